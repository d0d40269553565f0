"""What a form knows beside the fields of its record: who else changes it, who has read a text."""

from typing import Any, cast

from django import forms
from django.db import connection
from django.forms.models import model_to_dict
from django.http import QueryDict

from lkintegration.core.models.history import HistoricalRow
from lkintegration.core.revisions import Revision, relations_of, revisions_since


class ContentForm(forms.ModelForm):
    """A form that two people may fill in at the same time without losing what either wrote.

    What only the other person changed stays as they left it. What both changed is an error once,
    which shows the other's text; saved again, one's own holds.
    """

    # A draft of the record, shown instead of what is stored (editing.drafts).
    draft_data: QueryDict | None = None
    # The names stand in drafts that are stored; "version" is the number of a revision.
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # Up to which revision the writer has been told what others changed.
    known_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(self.draft_data if data is None else data, *args, **kwargs)
        self.changed_by_others: list[str] = []  # labels of the fields
        if self.instance.pk:
            newest = self.instance.history.values_list("pk", flat=True).first()
            self.initial["seen_version"] = newest

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seen = cleaned.get("seen_version")
        if self.instance.pk and seen:
            if connection.in_atomic_block:  # we shall save: nobody else does until then
                locked = type(self.instance)._base_manager.select_for_update()
                locked.filter(pk=self.instance.pk).first()
            since = revisions_since(self.instance, seen)
            if since is not None and since.newer:
                self._bring_together(cleaned, since.base, since.newer)
        return cleaned

    def _bring_together(
        self, cleaned: dict[str, Any], base: HistoricalRow, newer: list[Revision]
    ) -> None:
        told = cleaned.get("known_version") or 0
        newest = newer[0].row
        before, theirs = _values(base, self), _values(newest, self)
        for name, value in theirs.items():
            if value == before[name] or name not in cleaned:
                continue
            field = self.fields[name]
            if not field.has_changed(before[name], self[name].data):
                cleaned[name] = field.clean(value)
                self.changed_by_others.append(str(field.label))
            elif field.has_changed(value, self[name].data) and told < newest.pk:
                self.add_error(name, self._conflict(name, newer))
        if self.errors:
            data = cast("QueryDict", self.data).copy()
            data[self.add_prefix("known_version")] = str(newest.pk)
            self.data = data

    def _conflict(self, name: str, newer: list[Revision]) -> str:
        for revision in newer:
            for change in revision.changes:
                if change.column == name:
                    return (
                        f"{revision.author} hat das inzwischen geändert, es heißt jetzt: "
                        f"„{change.after}“. Ihr Text steht noch hier. Soll er gelten, sichern Sie "
                        "noch einmal."
                    )
        return (
            "Das hat inzwischen jemand geändert. Sichern Sie noch einmal, wenn Ihres gelten soll."
        )


def _values(row: HistoricalRow, form: forms.ModelForm) -> dict[str, Any]:
    """Return the values of the form's fields in one earlier state, as the fields take them."""
    to_many = {field.name for field in relations_of(row)}
    values = model_to_dict(row.instance, [name for name in form.fields if name not in to_many])
    for field in relations_of(row):
        if field.name in form.fields:
            keys = getattr(row, field.name).values_list(field.m2m_reverse_field_name(), flat=True)
            values[field.name] = sorted(keys)
    return values


class TranslationForm(ContentForm):
    """The texts of one language; whoever has read them says so here."""

    reviewed = forms.BooleanField(
        label="Ein Mensch hat diese Übersetzung geprüft. Sie sagt, was das Deutsche heute sagt.",
        required=False,
        help_text="Ohne Haken steht auf der Seite, dass eine Maschine übersetzt hat oder dass der "
        "deutsche Text neuer ist.",
    )


class GermanForm(ContentForm):
    """The German texts of a record that has translations."""

    small_correction = forms.BooleanField(
        label="Nur eine kleine Korrektur: Die Übersetzungen stimmen weiter.",
        required=False,
        help_text="Ohne Haken gelten die Übersetzungen als veraltet, wenn sich der deutsche Text "
        "ändert.",
    )
