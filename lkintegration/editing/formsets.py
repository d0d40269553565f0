"""The rows below a record, brought together like the record itself."""

import secrets
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME as DELETE

from lkintegration.editing.merging import RowsDraft
from lkintegration.editing.merging_form import MergingForm
from lkintegration.editing.sent_rows import MADE, SentRows, is_made
from lkintegration.editing.shown_form import NEW_ROW
from lkintegration.editing.unique_rows import add_errors_for_doubles, find_doubles, make_room


class RowFormSet(SentRows):
    """Rows that several people may change, add and delete at the same time.

    A row that somebody has deleted meanwhile is named and left out; a new row that is there already
    is not added again. Whoever deletes a row that somebody has changed meanwhile is asked once.
    """

    def _construct_form(self, i: int, **kwargs: Any) -> MergingForm:
        made = ""
        if self.draft is not None:
            if i < self.initial_form_count():
                key = self.sent_key(i) if self.is_bound else str(self.get_queryset()[i].pk)
                kwargs["draft"] = self.draft.get(key, {})
            else:
                made = self.shown_in(i).get(NEW_ROW, "")
                made = made if made in self.draft else ""
                if made:
                    kwargs["draft"] = self.draft[made]
        form: MergingForm = super()._construct_form(
            i, shows_draft=self.shows_draft, waits=True, **kwargs
        )
        form.new_row = made
        form.bring_together()
        return form

    # --- checking ---------------------------------------------------------------------------------
    def full_clean(self) -> None:
        if self.is_bound and self.management_form.is_valid():
            self._drop_doubles()
        super().full_clean()

    def _drop_doubles(self) -> None:
        """Leave out new rows that somebody has added meanwhile, or that were sent twice."""
        shown = self.new_rows_shown()
        drafted = [
            {name: field["sent"] for name, field in fields.items()}
            for key, fields in (self.draft or {}).items()
            if is_made(key) and key not in shown
        ]
        stored = self._queryset if self.shows_draft else self.added_since
        for form in find_doubles(self.extra_forms, stored, drafted, self.empty_form):
            form.is_dropped = True
            if not self.shows_draft:
                self.notices.append("Eine neue Zeile stand schon da. Sie steht nur einmal.")

    def clean(self) -> None:
        super().clean()
        if self.shows_draft and self.notices:
            raise ValidationError(
                [f"{notice} Sichern Sie die Arbeitskopie neu." for notice in self.notices]
            )
        if questions := [*self._questions()]:
            raise ValidationError(questions)

    def validate_unique(self) -> None:
        staying = [
            form
            for form in self.forms
            if not self._should_delete_form(form) and (form.instance.pk or form.has_changed())
        ]
        add_errors_for_doubles(staying, self.added_since)

    def save_existing_objects(self, commit: bool = True) -> Any:
        deleted = [form for form in self.initial_forms if form in self.deleted_forms]
        moved = [form for form in self.initial_forms if form not in deleted]
        make_room(moved, deleted)
        return super().save_existing_objects(commit)

    def _questions(self) -> Iterator[str]:
        for form in self.initial_forms:
            others = form.changed_by_others | form.disputed
            is_mine = DELETE not in form.left_alone
            if not self._should_delete_form(form):
                continue
            if is_mine and others - {DELETE}:
                labels = ", ".join(str(form.fields[name].label) for name in sorted(others))
                yield (
                    f"„{form.instance}“ hat inzwischen jemand geändert ({labels}). Soll die Zeile "
                    "trotzdem weg, sichern Sie noch einmal."
                )
            elif DELETE in form.changed_by_others and form.changed_data:
                yield (
                    f"„{form.instance}“ hat inzwischen jemand zum Löschen vorgemerkt. Soll die "
                    "Zeile bleiben, nehmen Sie den Haken bei „Löschen“ weg und sichern Sie noch "
                    "einmal."
                )

    def others_changed(self) -> list[str]:
        """Return in German what somebody else has changed meanwhile, row by row."""
        return [
            f"{row.instance}: {label}"
            for row in self.initial_forms
            for label in row.others_changed()
        ]

    # --- drafts -----------------------------------------------------------------------------------
    def drafted(self) -> RowsDraft:
        """Return what is drafted of the rows from now on."""
        found: RowsDraft = {}
        for form in self.forms:
            if form.is_dropped:
                continue
            if fields := form.drafted():
                key = form.instance.pk or form.new_row or f"{MADE}{secrets.token_hex(4)}"
                found[str(key)] = fields
        sent = {str(row.pk) for row in self._queryset} | self.new_rows_shown()
        there = {str(row.pk) for row in self.added_since}
        for key, fields in (self.draft or {}).items():
            if key not in sent and (is_made(key) or key in there):
                found[key] = fields
        return found
