"""Fields of the forms through which readers write: any script, and no control characters."""

from typing import Any

from django import forms

from lkintegration.core.characters import without_controls, without_marks
from lkintegration.core.languages import BY_CODE
from lkintegration.serving.widgets import Lines, OptionList


class WrittenField(forms.CharField):
    """Several lines of text in any script."""

    widget = Lines

    def to_python(self, value: Any) -> str:
        return without_controls(str(value or ""))


class LineField(forms.CharField):
    """One line of text: line breaks become spaces, so that none can begin a mail header."""

    def to_python(self, value: Any) -> str:
        return " ".join(without_controls(str(value or "")).split())


class EmailField(forms.EmailField):
    """An e-mail address."""

    def to_python(self, value: Any) -> str:
        return without_marks(without_controls(str(value or "")))


class LanguageSelect(OptionList):
    """Languages by the names their speakers use, each marked as that language."""

    def option_attributes(self, value: str) -> str:
        return f' lang="{value}" dir="{BY_CODE[value].direction}"'
