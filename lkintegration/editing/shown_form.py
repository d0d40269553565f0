"""A form that knows what it shows: what a browser sends back where nobody has touched it."""

from collections.abc import Mapping
from copy import copy
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from lkintegration.core.comparison import words_of
from lkintegration.core.relations import read_relations
from lkintegration.editing.merging import (
    Digests,
    Sent,
    digest,
    read_shown,
    sent_by_browser,
    sent_if_untouched,
    values_of,
    write_shown,
)

AS_SHOWN = "as_shown"
NEW_ROW = "row"  # among what is shown: the key of a row that is only drafted


class AsShownField(forms.CharField):
    """The digests of what a form shows, which it carries along; nobody writes into it."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class ShownForm(forms.ModelForm):
    """A form of a record that carries along the digests of what it shows."""

    new_row = ""  # the key of a row that is only drafted
    as_shown = AsShownField()

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        options, to_many = self._meta, [field.name for field in self._meta.model._meta.many_to_many]
        # Django would load all records of all relations, one query for each.
        self._meta = copy(options)
        self._meta.exclude = [*(options.exclude or ()), *to_many]
        super().__init__(data, *args, **kwargs)
        self._meta = options
        self.initial = {**self.shown_beside(), **self.initial}

    def shown_beside(self) -> dict[str, Any]:
        """Return what the form shows beside the columns: the keys of related records by field."""
        record: Any = self.instance
        if not record.pk:
            return {}
        fields = [field for field in record._meta.many_to_many if field.name in self.fields]
        return {
            field.name: [row.target for row in rows]
            for field, rows in zip(fields, read_relations(record, fields), strict=True)
        }

    def own_fields(self) -> list[tuple[str, forms.Field]]:
        """Return the fields that somebody fills in, by name."""
        hidden = {AS_SHOWN, self._key}
        return [
            (name, field)
            for name, field in self.fields.items()
            if name not in hidden and not isinstance(field, forms.models.InlineForeignKeyField)
        ]

    @property
    def _key(self) -> str:
        return str(self._meta.model._meta.pk.name)

    def stored(self, name: str) -> Sent:
        """Return what a browser sends of a field that shows what is stored."""
        field = self.fields[name]
        return sent_if_untouched(field, name, self.get_initial_for_field(field, name))

    def sent_of(self, name: str) -> Sent | None:
        """Return what came back of a field; None where it was not in the form."""
        return sent_by_browser(self.fields[name], name, self.add_prefix(name), self.data)

    def written(self) -> list[tuple[str, str]]:
        """Return what came back otherwise than it was shown: labels of fields, and the text."""
        known, found = read_shown(self.data.get(self.add_prefix(AS_SHOWN))), []
        for name, field in self.own_fields():
            sent = self.sent_of(name)
            before = Digests.read(known[name]).shown if name in known else None
            if sent and digest(field, sent) != (before or digest(field, self.stored(name))):
                text = " ".join(part for values in sent.values() for part in values)
                found.append((str(field.label), words_of(text)))
        return found

    def understood(self, name: str) -> Sent:
        """Return what came back of a field as a form would show it; as it came where it is wrong.

        Relations are not looked up: their keys have one form.
        """
        field = self.fields[name]
        sent = self.sent_of(name) or {}
        if isinstance(field, forms.ModelChoiceField):
            return sent
        raw = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        try:
            return sent_if_untouched(field, name, field.clean(raw))
        except ValidationError:
            return sent

    def _put(self, name: str, values: Sent) -> None:
        """Let the form hold ``values``, as if they had been sent."""
        for part, own in values.items():
            self._own_data.setlist(self.add_prefix(part), own)
            if not own:
                del self._own_data[self.add_prefix(part)]

    @cached_property
    def _own_data(self) -> QueryDict:
        """Return what was sent of this form, to be changed; from then on it is ``data``."""
        own, start = QueryDict(mutable=True), self.add_prefix("")
        for name in self.data:
            if name.startswith(start):
                own.setlist(name, values_of(self.data, name))
        self.data, self.is_bound = own, True
        return own

    def _carry(self, shown: Mapping[str, object]) -> None:
        key = {NEW_ROW: self.new_row} if self.new_row else {}
        self._own_data[self.add_prefix(AS_SHOWN)] = write_shown({**shown, **key})
