"""Form controls written by hand: Django's own ask the template engine once for every option."""

from collections.abc import Collection
from html import escape  # of the library: Django's makes a safe string of each, here of all at once
from typing import Any

from django import forms
from django.utils.safestring import SafeString, mark_safe

from lkintegration.core.languages import SOURCE


class Line(forms.TextInput):
    """An input of one line; its type is "text" unless ``attrs`` say so."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return the element with what the reader wrote."""
        own = {"name": name, "type": self.input_type, "value": value or None}
        return _element(f"<input{_attributes(self.build_attrs(own | self.attrs, attrs))}>")


class Lines(forms.Textarea):
    """An input of several lines."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return the element with what the reader wrote."""
        own = self.build_attrs({"name": name} | self.attrs, attrs)
        # The browser drops the first line break, so that one of the reader's own stays.
        return _element(f"<textarea{_attributes(own)}>\n{escape(str(value or ''))}</textarea>")


class OptionList(forms.Select):
    """A list to choose from."""

    german: Collection[str] = frozenset()  # values whose label is German on every page

    def option_attributes(self, value: str) -> str:
        """Return what else to write into the option ``value``: escaped, with a space in front."""
        return f' lang="{SOURCE}"' if value in self.german else ""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return the element with the reader's choice."""
        chosen = str(value or "")
        options = "\n".join(
            f'<option value="{escape(option)}"{self.option_attributes(option)}'
            f"{' selected' if option == chosen else ''}>{escape(str(label))}</option>"
            for option, label in self.choices
        )
        own = self.build_attrs({"name": name} | self.attrs, attrs)
        return _element(f"<select{_attributes(own)}>\n{options}</select>")


def _attributes(attrs: dict[str, Any]) -> str:
    """Return attributes as Django's ``flatatt`` writes them: those with a value first, by name."""
    named = sorted((name, attrs[name]) for name in attrs if not isinstance(attrs[name], bool))
    written = [f' {name}="{escape(str(value))}"' for name, value in named if value is not None]
    return "".join([*written, *(f" {name}" for name in sorted(attrs) if attrs[name] is True)])


def _element(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308  (every part is escaped)
