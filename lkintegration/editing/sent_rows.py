"""The rows below a record that came back from a browser, or are shown from a draft."""

import json
from functools import cached_property
from typing import Any

from django import forms
from django.forms import BaseInlineFormSet
from django.forms.formsets import ManagementForm
from django.http import QueryDict

from lkintegration.editing.merging import (
    RowsDraft,
    read_shown,
    renumber,
    show_drafted_texts,
)
from lkintegration.editing.other_people import name_of_gone
from lkintegration.editing.shown_form import AS_SHOWN, NEW_ROW

MOST_DIGITS = 3  # of the number of rows that are read without asking the database
MADE = "new-"  # begins the key that is made for a new row of a draft


class RowsManagementForm(ManagementForm):
    """Says beside the number of rows which drafted new rows the writer saw."""

    new_rows = forms.CharField(required=False, widget=forms.HiddenInput)


_Base: Any = BaseInlineFormSet  # whose stubs do not know how it makes its rows


class SentRows(_Base):
    """Finds out which rows there are: stored, gone meanwhile, new, new and only drafted.

    Rows that are gone are left out and named in ``notices``; rows that the writer has not seen are
    ``added_since``.
    """

    def __init__(
        self,
        data: Any = None,
        *args: Any,
        draft: RowsDraft | None = None,
        german: RowsDraft | None = None,
        **kwargs: Any,
    ) -> None:
        """Take a formset's usual arguments and the ``draft`` of the rows, as a form does.

        ``german`` is what is drafted of the German beside which the rows are translated.
        """
        self.draft, self.german = draft, german or {}
        self.shows_draft = data is None and bool(draft)
        self.notices: list[str] = []
        self.added_since: list[Any] = []
        super().__init__(data, *args, **kwargs)
        if self.shows_draft:
            self.data, self.is_bound = self._typed(), True
        if self.is_bound and self.management_form.is_valid():
            self._find_rows()
            self._leave_out_settled_rows()

    @classmethod
    def written(cls, data: Any) -> list[tuple[str, str]]:
        """Return what was written into rows whose record is gone: labels of fields, and text."""
        prefix, kind = cls.get_default_prefix(), cls.model._meta.verbose_name
        total = str(data.get(f"{prefix}-TOTAL_FORMS", ""))
        number_of_rows = int(total) if total.isdecimal() and len(total) <= MOST_DIGITS else 0
        forms = (
            cls.form(data, prefix=f"{prefix}-{number}", waits=True)
            for number in range(number_of_rows)
        )
        return [(f"{kind}, {label}", text) for form in forms for label, text in form.written()]

    @cached_property
    def management_form(self) -> ManagementForm:
        common = {"auto_id": self.auto_id, "prefix": self.prefix, "renderer": self.renderer}
        if self.is_bound:
            form = RowsManagementForm(self.data, **common)
            form.full_clean()
            return form
        return RowsManagementForm(initial=super().management_form.initial, **common)

    def get_queryset(self) -> Any:
        if not hasattr(self, "_queryset"):
            for row in super().get_queryset():
                show_drafted_texts(row, self.german.get(str(row.pk), {}))
        return super().get_queryset()

    def _typed(self) -> QueryDict:
        """Return the frame of what a browser would send of the draft; each row types its own."""
        stored = [str(row.pk) for row in self.get_queryset()]
        drafted = list(self.draft or {})
        known = stored + [key for key in drafted if key not in stored and not is_made(key)]
        made = [key for key in drafted if is_made(key)]
        data = QueryDict(mutable=True)
        numbers = {"TOTAL_FORMS": len(known) + len(made), "INITIAL_FORMS": len(known)}
        for name, value in {**numbers, "new_rows": json.dumps(made)}.items():
            data[f"{self.prefix}-{name}"] = str(value)
        for number, key in enumerate(known):
            data[self._name(number)] = key
        for number, key in enumerate(made, len(known)):
            data[f"{self.add_prefix(number)}-{AS_SHOWN}"] = json.dumps({NEW_ROW: key})
        return data

    def _find_rows(self) -> None:
        """Put the stored rows in the order in which they were sent; leave out those gone."""
        rows = {str(row.pk): row for row in self.get_queryset()}
        sent = [self.sent_key(number) for number in range(self.initial_form_count())]
        self.added_since = [row for key, row in rows.items() if key not in sent]
        self._queryset = [rows[key] for key in sent if key in rows]
        gone = [number for number, key in enumerate(sent) if key not in rows]
        for number in gone:
            self.notices.append(self._told_of_gone(number, sent[number]))
        self._leave_out(set(gone))

    def _leave_out_settled_rows(self) -> None:
        """Leave out drafted new rows that somebody has published or discarded meanwhile.

        One that the writer has changed stays, as a new row.
        """
        settled = set()
        for number in range(self.initial_form_count(), self.total_form_count()):
            key = self.shown_in(number).get(NEW_ROW)
            if key and key not in (self.draft or {}):
                if self._written_into(number):
                    self.notices.append(
                        "Eine vorbereitete neue Zeile hat inzwischen jemand veröffentlicht oder "
                        "verworfen. Mit Ihrer Änderung ist sie wieder eine neue Zeile: Prüfen Sie, "
                        "ob sie doppelt ist."
                    )
                else:
                    settled.add(number)
        self._leave_out(settled)

    def _leave_out(self, numbers: set[int]) -> None:
        if numbers:
            self.data = self._without(numbers)
            del self.management_form

    def _without(self, gone: set[int]) -> QueryDict:
        """Return what was sent without the rows ``gone``, the others numbered anew."""
        initial = self.initial_form_count()
        stays = [number for number in range(self.total_form_count()) if number not in gone]
        begins = [(f"{self.add_prefix(old)}-", new) for new, old in enumerate(stays)]
        data = renumber(
            self.data,
            {begin: f"{self.add_prefix(new)}-" for begin, new in begins},
            tuple(f"{self.add_prefix(number)}-" for number in gone),
        )
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(stays))
        data[f"{self.prefix}-INITIAL_FORMS"] = str(sum(number < initial for number in stays))
        return data

    def _told_of_gone(self, number: int, key: str) -> str:
        """Return in German which row is gone, and what was to be changed in it."""
        told = f"„{name_of_gone(self.model, key)}“ hat inzwischen jemand gelöscht."
        if written := self._written_into(number):
            told += f" Nicht gesichert ist Ihre Änderung daran ({'; '.join(written)})."
        return told

    def _written_into(self, number: int) -> list[str]:
        """Return in German what the writer changed in a row, by what it showed."""
        options = self.get_form_kwargs(number)
        row = self.form(self.data, prefix=self.add_prefix(number), waits=True, **options)
        return [f"{label}: {text}" for label, text in row.written()]

    def shown_in(self, number: int) -> dict[str, str]:
        """Return the digests of what a row showed that came back."""
        return read_shown(self.data.get(f"{self.add_prefix(number)}-{AS_SHOWN}"))

    def _name(self, number: int) -> str:
        return f"{self.add_prefix(number)}-{self.model._meta.pk.name}"

    def sent_key(self, number: int) -> str:
        """Return the key of a row that came back."""
        return str(self.data.get(self._name(number), ""))

    def new_rows_shown(self) -> set[str]:
        """Return the keys of the drafted new rows that the writer saw."""
        try:
            shown = json.loads(str(self.management_form.cleaned_data["new_rows"]))
            return {str(key) for key in shown}
        except (ValueError, TypeError, KeyError, RecursionError):
            return set()


def is_made(key: str) -> bool:
    """Return whether ``key`` was made for a row that is only drafted."""
    return key.startswith(MADE)
