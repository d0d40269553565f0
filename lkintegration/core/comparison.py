"""When two texts say the same, whatever programs have made of them."""

import html
import re
import unicodedata

from django.utils.html import strip_tags

from lkintegration.core.characters import without_marks

_ADDRESS = re.compile(r'href="([^"]*)"')
_START_OF_BLOCK = re.compile(r"<(?:p|li|ul|ol|h[1-6])>")
_END_OF_BLOCK = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>")
_HYPHENS = str.maketrans("\u2010\u2011", "--")  # a program may have kept a line together


def gist(text: str) -> str:
    """Return what a text says: texts with the same gist are one text to whoever translates it.

    This is the one rule for "the same German". Words and the addresses of links count. White space
    of any kind, Unicode's normal forms, marks that nobody sees, hyphens that keep a line together
    and formatting (bold, italic, paragraphs, headings, lists) do not: programs change them, and an
    editor may without saying anything new.
    """
    said = wording(_START_OF_BLOCK.sub(" ", text))
    said = without_marks(said).translate(_HYPHENS)
    return unicodedata.normalize("NFC", " ".join(said.split()))


def say_the_same(text: str, other: str) -> bool:
    """Return whether two texts have the same gist; most are the same to the letter."""
    return text == other or gist(text) == gist(other)


def wording(text: str) -> str:
    """Return words and addresses of a text as they are written, marks of direction included."""
    return " ".join([*words_of(text).split(), *_ADDRESS.findall(text)])


def words_of(text: str) -> str:
    """Return ``text`` without tags, with a space where a block ends."""
    return html.unescape(strip_tags(_END_OF_BLOCK.sub(" ", text))).strip()
