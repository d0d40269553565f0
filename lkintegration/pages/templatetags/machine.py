"""Template tags for what programs read in the head of a page."""

import re
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lkintegration.pages.structured_data import Card, card
from lkintegration.serving.memo import remember
from lkintegration.serving.structured_data import About, Address

register = template.Library()


@register.simple_tag(takes_context=True)
def page_card(context: Any) -> Card:
    """Return the card of the page; remembered until content changes.

    A view names the ``subject`` of its page (of anything that ``about`` knows); of a page with a
    fixed address it is the editable text. Without either, ``untitled`` is the title.
    """
    address = Address(context.get("site_url", ""), context.get("page_url", ""))
    subject = context.get("subject") or context.get("page")
    untitled = str(context.get("untitled") or _("Diese Seite überarbeiten wir gerade."))
    return remember(_key(subject, untitled, address), partial(card, subject, untitled, address))


def _key(subject: Any, untitled: str, address: Address) -> tuple[Any, ...]:
    """Return what tells a card from others; what has no address of its own shares one."""
    if not subject:
        return "page card", address.site, untitled
    if isinstance(subject, About) and subject.is_private:
        return "page card", address.site, subject
    return "page card", address


@register.simple_tag
def mark_icon() -> SafeString:
    """Return the site's mark as a ``data:`` address: the icon without a request of its own."""
    return _mark()


@lru_cache
def _mark() -> SafeString:
    found = finders.find("img/mark.svg")
    svg = " ".join(Path(str(found)).read_text(encoding="utf-8").split()).replace('"', "'")
    svg = re.sub(r"(?<=\d) (?=\d)", ",", svg)  # between numbers a comma does as well, in one byte
    # The characters that a URL may not hold (WHATWG URL, "URL code points"), and no others.
    for character in "%#<> ":
        svg = svg.replace(character, f"%{ord(character):02X}")
    return mark_safe(f"data:image/svg+xml,{svg}")  # noqa: S308  (our own drawing, escaped)
