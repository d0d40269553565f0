"""What a form knows beside the fields of its record: who else changes it, who has read a text."""

from copy import copy
from typing import Any, cast

from django import forms
from django.db.models import BaseConstraint, Q
from django.forms.models import model_to_dict
from django.http import QueryDict

from lkintegration.core.models.history import HistoricalRow
from lkintegration.core.relations import read_relations
from lkintegration.core.revisions import Revision, relations_of, revisions_since


class VersionField(forms.IntegerField):
    """The number of a revision that the form carries along; nobody writes into it."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class ContentForm(forms.ModelForm):
    """A form that two people may fill in at the same time without losing what either wrote.

    What only the other person changed stays as they left it. What both changed is an error once,
    which shows the other's text; saved again, one's own holds.

    Relations that stay as they are are neither looked up nor written: they are not in
    ``cleaned_data``. What depends on nothing that was changed is not checked again.
    """

    # A draft of the record, shown instead of what is stored (editing.drafts).
    draft_data: QueryDict | None = None
    # The names stand in drafts that are stored; "version" is the number of a revision.
    seen_version = VersionField()
    # Up to which revision the writer has been told what others changed.
    known_version = VersionField()

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        options, to_many = self._meta, [field.name for field in self._meta.model._meta.many_to_many]
        # Django would load all records of all relations, one query for each.
        self._meta = copy(options)
        self._meta.exclude = [*(options.exclude or ()), *to_many]
        super().__init__(self.draft_data if data is None else data, *args, **kwargs)
        self._meta = options
        self.changed_by_others: list[str] = []  # labels of the fields
        if self.instance.pk:
            self.initial = {**self._related(), **self.initial}
            if not self.is_bound:
                newest = self.instance.history.values_list("pk", flat=True).first()
                self.initial["seen_version"] = newest

    def _related(self) -> dict[str, list[int]]:
        """Return the keys of the related records by field."""
        record: Any = self.instance
        fields = [field for field in record._meta.many_to_many if field.name in self.fields]
        return {
            field.name: [row.target for row in rows]
            for field, rows in zip(fields, read_relations(record, fields), strict=True)
        }

    def _clean_fields(self) -> None:
        fields = self.fields
        self.fields = {
            name: field for name, field in fields.items() if not self._is_same_relation(name, field)
        }
        super()._clean_fields()  # type: ignore[misc]
        self.fields = fields

    def _is_same_relation(self, name: str, field: forms.Field) -> bool:
        if self.instance.pk is None or not isinstance(field, forms.ModelChoiceField):
            return False
        is_missing = field.required and self[name].data in field.empty_values
        return name not in self.changed_data and not is_missing

    def _get_validation_exclusions(self) -> set[str]:
        exclude: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclude | (self._settled() if self.instance.pk else set())

    def _settled(self) -> set[str]:
        """Return the unchanged fields whose check would ask the database for what it knows."""
        changed = set(self.changed_data)
        model = self._meta.model._meta
        groups = [fields_of(constraint) for constraint in model.constraints]
        together = {name for group in groups for name in group}
        touched = {name for group in groups if group & changed for name in group}
        alone = {field.name for field in model.fields if field.unique or field.is_relation}
        return (alone | together) - touched - changed

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seen = cleaned.get("seen_version")
        if self.instance.pk and seen:
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


def fields_of(constraint: BaseConstraint) -> set[str]:
    """Return the names of the fields that a constraint is about."""
    names = set(getattr(constraint, "fields", ()))
    condition: Q | None = getattr(constraint, "condition", None)
    return names | (condition.referenced_base_fields if condition else set())


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
