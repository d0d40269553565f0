"""Fields of the forms through which readers write: any script, and no control characters."""

import re
import unicodedata
from typing import Any

from django import forms

from lkintegration.core.languages import BY_CODE
from lkintegration.serving.widgets import Lines, OptionList

# Control characters but tab and line feed, surrogates, and the 66 code points that are none
# (Unicode, 23.7). Not the whole category Cn, in which every emoji stands that is younger than
# this Python.
_LAST_OF_PLANES = "".join(
    chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
_NOT_WRITTEN = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_LAST_OF_PLANES}]+"
)


def cleaned(text: str) -> str:
    """Return ``text`` with plain line ends and without control and non-characters.

    Direction marks and joiners stay: Arabic, Persian and emoji need them.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_WRITTEN.sub("", lines).strip()


def bare(text: str) -> str:
    """Return ``text`` without invisible marks, which come along with a copied address or number."""
    return "".join(c for c in text if unicodedata.category(c) != "Cf").strip()


class WrittenField(forms.CharField):
    """Several lines of text in any script."""

    widget = Lines

    def to_python(self, value: Any) -> str:
        return cleaned(str(value or ""))


class LineField(forms.CharField):
    """One line of text: line breaks become spaces, so that none can begin a mail header."""

    def to_python(self, value: Any) -> str:
        return " ".join(cleaned(str(value or "")).split())


class EmailField(forms.EmailField):
    """An e-mail address."""

    def to_python(self, value: Any) -> str:
        return bare(cleaned(str(value or "")))


class LanguageSelect(OptionList):
    """Languages by the names their speakers use, each marked as that language."""

    def option_attributes(self, value: str) -> str:
        return f' lang="{value}" dir="{BY_CODE[value].direction}"'
