"""Fields of the forms through which readers write: any script, and no control characters."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.html import escape

from contacts.reply_languages import ReplyLanguage
from lkintegration.core.characters import without_controls, without_marks
from lkintegration.core.translations import current_language
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

    languages: Mapping[str, ReplyLanguage] = {}

    def option_attributes(self, value: str) -> str:
        language = self.languages[value]
        return f' lang="{escape(language.lang)}" dir="{language.direction}"'


class LanguageField(forms.ChoiceField):
    """One of the languages in which the office answers."""

    widget = LanguageSelect

    def offer(self, languages: Iterable[ReplyLanguage]) -> None:
        """Let a reader choose one of ``languages``; choose theirs beforehand, or the first."""
        by_tag = {language.tag: language for language in languages}
        self.choices = [(tag, language.label) for tag, language in by_tag.items()]
        self.widget.languages = by_tag
        reader = current_language()
        wanted = (reader, reader.partition("-")[0], *by_tag)
        self.initial = next(tag for tag in wanted if tag in by_tag)
