"""What programs read on a page: schema.org in JSON-LD 1.1, and what Open Graph says of it.

Each app says what its records are (``about``); the project puts a page's graph together.
"""

import json
from collections.abc import Callable
from functools import singledispatch
from typing import Any, NamedTuple

from django.utils.text import Truncator

Node = dict[str, Any]
DISTRICT = "Landkreis Lörrach"
DESCRIPTION_LENGTH = 155  # as in <meta name="description">


class Address(NamedTuple):
    """Where a page is: ``site`` is scheme and host, ``page`` its canonical address."""

    site: str
    page: str

    def on_site(self, name: str) -> str:
        """Return the identifier of a thing that the whole site knows."""
        return f"{self.site}/#{name}"

    def on_page(self, name: str) -> str:
        """Return the identifier of a thing that this page is about."""
        return f"{self.page}#{name}"


class About(NamedTuple):
    """What one page is about.

    ``trail`` has name and path of each page between the home page and this one; ``node`` makes
    the thing that the page describes, if it is more than a text.
    """

    title: str
    description: str = ""
    trail: tuple[tuple[str, str], ...] = ()
    page_type: str = "WebPage"
    node: Callable[[], Node] | None = None


@singledispatch
def about(record: Any, address: Address) -> About:
    """Return what the page of ``record`` is about. Apps register one function a model.

    Nothing that is not public may enter: no draft, no place that is not public, no e-mail address.
    """
    raise TypeError(f"{type(record).__name__} has no page.")


def shortened(text: Any) -> str:
    """Return ``text`` as a description: as long as search engines show it."""
    return Truncator(str(text or "")).chars(DESCRIPTION_LENGTH)


def filled(**properties: Any) -> Node:
    """Return a node without its empty properties; ``type`` and ``id`` stand for the keywords."""
    keywords = {"type": "@type", "id": "@id"}
    return {
        keywords.get(name, name): value
        for name, value in properties.items()
        if value not in (None, "", [], {})
    }


def district() -> Node:
    """Return the area that the office is responsible for."""
    return {"@type": "AdministrativeArea", "name": DISTRICT}


def breadcrumbs(steps: list[tuple[str, str]]) -> Node:
    """Return the way to a page as names and absolute addresses; the last one has no address."""
    items = [
        filled(type="ListItem", position=position, name=name, item={"@id": url} if url else None)
        for position, (name, url) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def written(nodes: list[Node]) -> str:
    """Return the graph of a page as the content of ``<script type="application/ld+json">``.

    Escaped as by Django's ``json_script``: nothing in it can end the element.
    """
    graph = {"@context": "https://schema.org", "@graph": nodes}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
