"""What a page is about, said once: for its title, its way back, search engines and programs.

Each app says what its records are (``about``); the project makes a page's card of it, whose graph
is schema.org in JSON-LD 1.1.
"""

import json
import re
from collections.abc import Callable
from functools import singledispatch
from typing import Any, NamedTuple

from django.utils.functional import Promise

from lkintegration.serving.facts import in_words

Node = dict[str, Any]
DISTRICT = "Landkreis Lörrach"
DESCRIPTION_LENGTH = 155  # as in <meta name="description">
_SENTENCE_END = re.compile(r"[.!?؟۔]+[\"'»”“’)]*(?=\s)")


class Address(NamedTuple):
    """Where a page is: ``site`` is scheme and host, ``page`` its address."""

    site: str
    page: str

    def on_site(self, name: str) -> str:
        """Return the identifier of a thing that the whole site knows."""
        return f"{self.site}/#{name}"

    def on_page(self, name: str) -> str:
        """Return the identifier of a thing that this page is about."""
        return f"{self.page}#{name}"


class Step(NamedTuple):
    """A page on the way to another one."""

    label: str
    path: str


class About(NamedTuple):
    """What one page is about.

    ``trail`` has each page between the home page and this one; ``node`` makes the thing that the
    page describes, if it is more than a text. Readers are led back to the last of the trail, or to
    ``back``. The browser's tab and search engines show ``head_title`` and ``head_description``
    where the page has others than it is shared with; the latter may be found when it is read.
    Nobody should find or share a page that ``is_private``, such as the answer to a form.
    """

    title: str
    description: str = ""
    trail: tuple[Step, ...] = ()
    page_type: str = "WebPage"
    node: Callable[[Address], Node] | None = None
    back: Step | None = None
    head_title: str = ""
    head_description: str | Promise = ""
    is_private: bool = False


class Below(NamedTuple):
    """A page below that of ``record``, such as a form; ``own`` is what it says of itself."""

    record: Any
    own: About


@singledispatch
def about(record: Any) -> About:
    """Return what the page of ``record`` is about. Apps register one function a model.

    Nothing that is not public may enter: no draft, no place that is not public, no e-mail address.
    """
    raise TypeError(f"{type(record).__name__} has no page.")


@about.register
def about_itself(page: About) -> About:
    """Return what a page without a record says of itself."""
    return page


@about.register
def about_below(page: Below) -> About:
    """Return what a page below that of a record is about."""
    above = about(page.record)
    step = Step(above.title, page.record.get_absolute_url())
    return page.own._replace(description=above.description, trail=(*above.trail, step))


def shortened(text: Any) -> str:
    """Return ``text`` as a description, as long as search engines show it.

    A longer text ends with its last whole sentence, or, where much would be lost, after a word.
    """
    words = " ".join(in_words(str(text or "")).split())
    if len(words) <= DESCRIPTION_LENGTH:
        return words
    begin = words[: DESCRIPTION_LENGTH + 1]
    ends = [match.end() for match in _SENTENCE_END.finditer(begin)]
    if ends and ends[-1] > DESCRIPTION_LENGTH / 2:
        return begin[: ends[-1]]
    return begin[: DESCRIPTION_LENGTH - 1].rpartition(" ")[0].rstrip(" ,;:–،") + "…"


def filled(**properties: Any) -> Node:
    """Return a node without its empty properties; ``type`` and ``id`` stand for the keywords.

    Programs get the facts that a text names in words, and dots for what it lacks, as readers do.
    """
    keywords = {"type": "@type", "id": "@id"}
    return {
        keywords.get(name, name): in_words(value) if isinstance(value, str) else value
        for name, value in properties.items()
        if value not in (None, "", [], {})
    }


def district() -> Node:
    """Return the area that the office is responsible for."""
    return {"@type": "AdministrativeArea", "name": DISTRICT}


def breadcrumbs(steps: list[Step]) -> Node:
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
