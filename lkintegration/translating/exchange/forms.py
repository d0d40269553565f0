"""The two forms: texts for translators go out, translations come in."""

from typing import Any

from django import forms

from lkintegration.core.languages import BY_CODE
from lkintegration.core.models import Content
from lkintegration.core.permissions import AnyUser
from lkintegration.translating.exchange.document import MAX_BYTES, Document, FileError
from lkintegration.translating.exchange.formats import FORMATS, read
from lkintegration.translating.exchange.units import (
    STANDINGS,
    TO_DO,
    allowed_kinds,
    allowed_languages,
)


class RowsForm(forms.Form):
    """A form whose rows look like those of Django's admin."""

    def rows(self) -> list[tuple[forms.BoundField, str]]:
        """Return the fields, each with the template that puts it beside its label."""
        return [(field, f"admin/includes/field_{_layout(field)}.html") for field in self]


def _layout(field: forms.BoundField) -> str:
    if field.use_fieldset:
        return "group"
    return "tick" if field.widget_type == "checkbox" else "line"


def _languages(user: AnyUser | None) -> list[tuple[str, str]]:
    return [(code, BY_CODE[code].german) for code in allowed_languages(user)]


class ExportForm(RowsForm):
    """Which texts go out, and how."""

    sprache = forms.ChoiceField(label="Sprache")
    stand = forms.MultipleChoiceField(
        label="Stand der Übersetzung",
        choices=[(standing.value, standing.label) for standing in STANDINGS],
        initial=TO_DO,
        widget=forms.CheckboxSelectMultiple,
    )
    art = forms.MultipleChoiceField(
        label="Inhalte",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ohne Auswahl alle.",
    )
    format = forms.ChoiceField(
        label="Format",
        choices=[(name, form.label) for name, form in FORMATS.items()],
    )

    def __init__(self, user: AnyUser | None, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"use_required_attribute": False, "auto_id": "aus_%s"}
        super().__init__(*args, **kwargs)
        self.user = user
        languages = _languages(user)
        _choices(self, "sprache", languages)
        self._kinds = {
            model._meta.label_lower: model
            for code, _name in languages
            for model in allowed_kinds(user, code)
        }
        _choices(self, "art", [(k, m._meta.verbose_name_plural) for k, m in self._kinds.items()])

    def kinds(self) -> list[type[Content]]:
        """Return the models that are wanted and that the user may have in this language."""
        allowed = allowed_kinds(self.user, self.cleaned_data["sprache"])
        wanted = [self._kinds[name] for name in self.cleaned_data["art"]]
        return [model for model in allowed if not wanted or model in wanted]


class ImportForm(RowsForm):
    """A file of translations, its language, and who has read them."""

    sprache = forms.ChoiceField(label="Sprache")
    datei = forms.FileField(
        label="Datei",
        help_text="XLIFF 2.0 oder 1.2, XLSX oder CSV, bis 5 MB. "
        "Zuerst sehen Sie, was sich ändern würde.",
        error_messages={"empty": "Die Datei ist leer."},
    )
    reviewed = forms.BooleanField(
        label="Ein Mensch hat die Übersetzungen in dieser Datei geprüft.",
        required=False,
        help_text="Ohne Haken steht auf der Seite, dass eine Maschine übersetzt hat. "
        "Der Haken gilt für Texte, die in der Datei neu oder dort als geprüft gekennzeichnet sind.",
    )
    reviewed_by = forms.CharField(
        label="Geprüft von",
        required=False,
        max_length=60,
        help_text="Name der Person. Er steht dann in der Geschichte der Texte.",
    )

    document: Document

    def __init__(self, user: AnyUser | None, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"use_required_attribute": False, "auto_id": "ein_%s"}
        super().__init__(*args, **kwargs)
        _choices(self, "sprache", _languages(user))

    def clean_datei(self) -> Any:
        file = self.cleaned_data["datei"]
        try:
            if file.size > MAX_BYTES:
                raise FileError(f"Die Datei ist größer als {MAX_BYTES // 1024 // 1024} MB.")
            self.content = file.read()
            self.document = read(self.content)
        except FileError as error:
            raise forms.ValidationError(str(error)) from error
        return file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        reviewed, name = cleaned.get("reviewed"), cleaned.get("reviewed_by")
        if reviewed and not name and "reviewed_by" not in self.errors:
            self.add_error("reviewed_by", "Schreiben Sie, wer geprüft hat.")
        elif name and not reviewed:
            self.add_error("reviewed", "Setzen Sie den Haken, oder lassen Sie den Namen weg.")
        return cleaned


def _choices(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field: Any = form.fields[name]
    field.choices = choices
