"""Formatted text: what an editor may use, and how it is kept free of everything else."""

import html as entities
import re
from typing import Any

import nh3
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django_prose_editor.fields import ProseEditorField
from modeltranslation.fields import TranslationFieldDescriptor

from lkintegration.core import pasted
from lkintegration.core.characters import UNSEEN, as_browsers_read, is_blank
from lkintegration.core.pasted import Pasted


def _address(tag: str, attribute: str, value: str) -> str:
    return as_browsers_read(value)


_CLEANER = nh3.Cleaner(
    tags={"h2", "h3", "p", "br", "ul", "ol", "li", "strong", "em", "a"},
    attributes={"a": {"href"}, "*": set()},  # not even lang and title, which nh3 lets pass
    # page: is our own: a link to a page of the site in whatever language the reader uses.
    url_schemes={"http", "https", "mailto", "tel", "page"},
    link_rel=None,
    attribute_filter=_address,
)
_PAGE_LINK = re.compile(r'href="page:([^"]*)"', re.IGNORECASE)
_NAMESPACE = ":"  # in the names of the admin's addresses, which no reader has to do with
_BLANK = re.compile(r"\[\[([^<>\[\]]+)\]\]")
_TAG = re.compile(r"<[^>]*>")
_WITHOUT_LETTERS = re.compile(rf"(?:<[^>]*>|&\#?\w+;|[{UNSEEN}])*+")  # but for those in entities
_TAG_OR_BLANK = re.compile(rf"<[^>]*>|{_BLANK.pattern}")


def read_pasted(html: str) -> Pasted:
    """Return ``html`` with only the allowed elements, and what its author does not mean."""
    found = pasted.read(html or "", _is_address)
    cleaned = _CLEANER.clean(found.html).strip()
    return found._replace(html="" if is_blank_html(cleaned) else cleaned)


def _is_address(href: str) -> bool:
    return "href" in _CLEANER.clean(f'<a href="{entities.escape(href)}">x</a>')


def clean_html(html: str) -> str:
    """Return ``html`` with only the allowed elements; empty where no text is left."""
    return read_pasted(html).html


def is_blank_html(html: str) -> bool:
    """Return whether nobody sees anything of formatted text."""
    return bool(_WITHOUT_LETTERS.fullmatch(html)) and is_blank(
        entities.unescape(_TAG.sub("", html))
    )


def is_blank_in(field: object, text: str) -> bool:
    """Return whether nobody sees anything of ``text`` in a ``field`` of a model."""
    return is_blank_html(text) if isinstance(field, RichTextField) else is_blank(text)


def blanks(text: str) -> list[str]:
    """Return the names of the gaps, written ``[[name]]``, that staff still have to fill in."""
    return _BLANK.findall(text or "")


def _page_link(match: re.Match[str]) -> str:
    try:
        return f'href="{reverse("home" if _NAMESPACE in match[1] else match[1])}"'
    except NoReverseMatch:
        return f'href="{reverse("home")}"'


def _blank_mark(match: re.Match[str]) -> str:
    if not match[1]:  # a tag: a gap inside an address stays what it is
        return match[0]
    # The name inside comes from cleaned HTML, so it is escaped already.
    name = mark_safe(match[1])  # noqa: S308
    return format_html('<mark class="blank">{}: {}</mark>', _("wird noch ergänzt"), name)


def mark_blanks(html: str) -> SafeString:
    """Return safe ``html`` with every gap shown to readers as something still to come."""
    return mark_safe(_TAG_OR_BLANK.sub(_blank_mark, html))  # noqa: S308  (safe as it came)


def render_html(html: str) -> SafeString:
    """Return stored formatted text ready for a page: cleaned again, links and gaps resolved."""
    html = html or ""
    is_clean = (
        _CLEANER.clean(html) == html
    )  # what was stored has been read once, which takes longer
    clean = html if is_clean else clean_html(html)
    with_links = _PAGE_LINK.sub(_page_link, clean)
    return mark_blanks(with_links)


class RichTextField(ProseEditorField):
    """Formatted text, edited with two headings, lists, bold, italic, line breaks and links only.

    Cleaned on every save, not only in forms: imports and scripts pass through here as well.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault(
            "extensions",
            {
                "Heading": {"levels": [2, 3]},
                "Bold": True,
                "Italic": True,
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

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = clean_html(super().pre_save(model_instance, add))
        # Not through the untranslated name: behind it stands the column of the active language,
        # and the German it falls back to would be written there.
        shown_through = getattr(type(model_instance), self.attname, None)
        if not isinstance(shown_through, TranslationFieldDescriptor):
            setattr(model_instance, self.attname, value)
        return value
