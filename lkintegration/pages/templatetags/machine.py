"""Template tags for what programs read in the head of a page."""

import re
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from babel.core import get_global
from django import template
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from lkintegration.core.translations import current_language
from lkintegration.pages.structured_data import card
from lkintegration.serving.memo import remember
from lkintegration.serving.structured_data import Address

register = template.Library()


@register.simple_tag(takes_context=True)
def structured_data(context: Any, record: Any = None, title: str = "") -> SafeString:
    """Return the Open Graph of a page and its JSON-LD, for the head; kept until content changes.

    ``record`` is what the page shows, ``title`` the name of a page below the record's own.
    """
    address = Address(context.get("site_url", ""), context.get("canonical_url", ""))
    # A page of no record may have any address, so all of them share one entry.
    key = ("structured data", address if record or title else address.site, title)
    return remember(key, partial(_structured_data, record, title, address))


def _structured_data(record: Any, title: str, address: Address) -> SafeString:
    found = card(record, title, address)
    return render_to_string(
        "includes/structured_data.html",
        {
            "card": found,
            # A finished data block, escaped by serving.structured_data.written.
            "json_ld": mark_safe(found.json_ld),  # noqa: S308
            "site": address.site,
            "url": address.page,
            "locale": _locale(current_language()),
        },
    )


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


@lru_cache
def _locale(code: str) -> str:
    """Return language and territory as Open Graph writes them, by CLDR's likely subtags."""
    language, _script, territory = get_global("likely_subtags")[code.partition("-")[0]].split("_")
    return f"{language}_{territory}"
