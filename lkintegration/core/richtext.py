"""Formatted text: what an editor may use, and how it is kept free of everything else."""

import html as entities
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import nh3
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi
from django_prose_editor.fields import ProseEditorField
from modeltranslation.fields import TranslationFieldDescriptor

from lkintegration.core import german_words, pasted
from lkintegration.core.blanks import mark_blanks, without_blanks
from lkintegration.core.characters import UNSEEN, as_browsers_read, is_blank
from lkintegration.core.languages import SOURCE
from lkintegration.core.link_reading import as_link, is_link, own_page, read_link
from lkintegration.core.pasted import Pasted


def _address(tag: str, attribute: str, value: str) -> str:
    return as_link(as_browsers_read(value))


_CLEANER = nh3.Cleaner(
    tags={"h2", "h3", "p", "br", "ul", "ol", "li", "strong", "em", "a", "span"},
    attributes={"a": {"href"}, "*": set()},  # not even lang and title, which nh3 lets pass
    tag_attribute_values={"span": {"lang": {SOURCE}}},
    # page: is our own: a link to a page of the site in whatever language the reader uses.
    url_schemes={"http", "https", "mailto", "tel", "page"},
    link_rel=None,
    attribute_filter=_address,
)
GERMAN_WORD = f'<span lang="{SOURCE}">'  # in a text of another language
_PAGE_LINK = re.compile(r'href="page:([^"]*)"', re.IGNORECASE)
_LINK = re.compile(r"""<a\b[^>]*?\bhref\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
# Translators may have set a number apart themselves, by a sign.
_TAG_OR_NUMBER = re.compile(r"<[^>]*>|(?<!\u2066)(\+\d[\d ()/-]{6,}\d)")
_WITHOUT_LETTERS = re.compile(rf"(?:<[^>]*>|&\#?\w+;|[{UNSEEN}])*+")  # but for those in entities


def read_pasted(html: str) -> Pasted:
    """Return ``html`` with only the allowed elements, and what its author does not mean.

    A link that leads nowhere from here, such as one within the document, becomes its text.
    """
    return _read(html, lambda href: _is_address(href) and is_link(href))


def _read(html: str, is_address: Callable[[str], bool]) -> Pasted:
    found = pasted.read(html or "", is_address)
    cleaned = _CLEANER.clean(found.html).strip()
    return found._replace(html="" if is_blank_html(cleaned) else cleaned)


def _is_address(href: str) -> bool:
    return "href" in _CLEANER.clean(f'<a href="{entities.escape(href)}">x</a>')


# A save cleans each text of a record several times, in all languages, though few of them are new.
@lru_cache(maxsize=1_024)
def clean_html(html: str) -> str:
    """Return ``html`` with only the allowed elements; empty where no text is left."""
    return _read(html, _is_address).html


def check_links(html: str) -> None:
    """Raise ``ValidationError`` with the reason for each link that leads nowhere."""
    refused = []
    for quoted in _LINK.findall(html or ""):
        try:
            read_link(entities.unescape(quoted.strip("\"'")))
        except ValidationError as error:
            refused += error.messages
    if refused:
        raise ValidationError([*dict.fromkeys(refused)])


def is_blank_html(html: str) -> bool:
    """Return whether nobody sees anything of formatted text."""
    return bool(_WITHOUT_LETTERS.fullmatch(html)) and is_blank(
        entities.unescape(_TAG.sub("", html))
    )


def is_blank_in(field: object, text: str) -> bool:
    """Return whether nobody sees anything of ``text`` in a ``field`` of a model."""
    return is_blank_html(text) if isinstance(field, RichTextField) else is_blank(text)


def _page_link(match: re.Match[str]) -> str:
    return f'href="{own_page(match[1]) or own_page("home")}"'


def render_html(
    html: str, *, for_staff: bool = False, fill: Callable[[str], str] | None = None
) -> SafeString:
    """Return stored formatted text ready for a page: cleaned again, links and marks resolved.

    ``fill`` puts facts in the places of their placeholders. Readers get the text without its
    blanks, staff see them marked.
    """
    html = html or ""
    # What was stored has been read once, which takes longer and leaves no span without a language.
    is_clean = "<span>" not in html and _CLEANER.clean(html) == html
    clean = html if is_clean else clean_html(html)
    with_links = _PAGE_LINK.sub(_page_link, clean)
    with_words = with_links.replace(GERMAN_WORD, german_words.START)
    with_words = with_words.replace("</span>", german_words.END)
    if get_language_bidi() and not for_staff:
        with_words = _TAG_OR_NUMBER.sub(_in_order, with_words)
    filled = fill(with_words) if fill else with_words
    if for_staff:
        return mark_blanks(filled)
    return mark_safe(without_blanks(filled))  # noqa: S308  (cleaned)


def _in_order(match: re.Match[str]) -> str:
    """Return a telephone number set apart: its parts would run from right to left."""
    return f'<bdi dir="ltr">{match[1]}</bdi>' if match[1] else match[0]


class RichTextField(ProseEditorField):
    """Formatted text: two headings, lists, bold, italic, German words, line breaks and links only.

    Cleaned on every save, not only in forms: imports and scripts pass through here as well.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault(
            "extensions",
            {
                "Heading": {"levels": [2, 3]},
                "Bold": True,
                "Italic": True,
                "GermanWord": True,  # static/js/german_word.js
                "HardBreak": True,
                "BulletList": True,
                "OrderedList": True,
                "ListItem": True,
                "Link": {
                    "enableTarget": False,
                    "protocols": ["https", "http", "mailto", "tel", "page"],
                },
            },
        )
        kwargs.setdefault("sanitize", clean_html)
        super().__init__(*args, **kwargs)

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Return the text as it is stored. Raises ``ValidationError`` for links that lead nowhere.

        The links are read before anything is taken out of the text.
        """
        check_links(value)
        return super().clean(value, model_instance)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = clean_html(super().pre_save(model_instance, add))
        # Not through the untranslated name: behind it stands the column of the active language,
        # and the German it falls back to would be written there.
        shown_through = getattr(type(model_instance), self.attname, None)
        if not isinstance(shown_through, TranslationFieldDescriptor):
            setattr(model_instance, self.attname, value)
        return value
