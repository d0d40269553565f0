"""What was found, as a page of results shows it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final, NamedTuple

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from lkintegration.core.languages import SOURCE
from lkintegration.core.translations import current_language
from lkintegration.pages.menu import label as menu_label
from lkintegration.search.engine.finding import Hit, find
from lkintegration.search.engine.knowledge import knowledge
from lkintegration.search.excerpts import excerpt, marked
from lkintegration.search.understanding.question import Question
from lkintegration.search.understanding.reading import read_question
from lkintegration.serving.facts import in_words
from offers.catalogue import current
from offers.models import Service

ON_A_PAGE: Final = 20
MANY: Final = 10  # from more on, results are put together by what they are
BEST: Final = 3  # of many stand before all others, whatever they are
ELSEWHERE: Final = gettext_lazy("Über diese Website")  # what has no place in the menu
BEST_FIRST: Final = gettext_lazy("Das passt am besten")
IN_GERMAN: Final = gettext_lazy("Auf Deutsch")


class Result(NamedTuple):
    """One record that was found; ``label`` says where on the site it stands.

    ``is_german``: readers of the page's language get it in German.
    """

    label: str
    url: str
    title: SafeString
    title_language: str
    excerpt: SafeString
    excerpt_language: str
    is_german: bool = False


class Section(NamedTuple):
    """Results under one heading, which is empty where there is but one list."""

    heading: str
    results: list[Result]


class Place(NamedTuple):
    """A municipality that was asked for: how many services are known to serve it, and where."""

    name: str
    services: int
    url: str


@dataclass(frozen=True)
class Answer:
    """What the site knows of a question: of all that was found one ``page``, in ``sections``."""

    question: Question
    page: Page[tuple[str, Hit]]
    sections: list[Section]
    place: Place | None
    finder_url: str

    @property
    def total(self) -> int:
        """Return how many records were found."""
        return self.page.paginator.count

    @property
    def is_found(self) -> bool:
        """Return whether there is anything to read on."""
        return bool(self.total or self.place or self.finder_url)

    @property
    def corrected(self) -> str:
        """Return the question as the site writes it; empty where the reader wrote it so."""
        return " ".join(self.question.corrected)

    @property
    def single_words(self) -> tuple[str, ...]:
        """Return words to ask for one by one, where all together have found nothing."""
        words = self.question.corrected
        return words if len(words) > 1 and not self.total else ()


def answer(text: str, language: str, page: str, now: datetime.datetime | None = None) -> Answer:
    """Return what answers ``text`` for readers of ``language``; of many results one ``page``."""
    question = read_question(text, language, knowledge())
    hits = find(question, language, now or timezone.now())
    ordered = _in_order(hits, question.municipality, language)
    found = Paginator(ordered, ON_A_PAGE).get_page(page)
    return Answer(
        question=question,
        page=found,
        sections=_sections(found.object_list),
        place=_place(question.municipality),
        finder_url=_finder_url(question),
    )


def _in_order(hits: list[Hit], municipality: str | None, language: str) -> list[tuple[str, Hit]]:
    """Return hits with the heading above each.

    What is written in the reader's language comes first; services for other places come last.
    """
    hits = sorted(hits, key=lambda hit: _is_for_others(hit, municipality))
    own = [hit for hit in hits if hit.language == language]
    german = [hit for hit in hits if hit.language != language]
    heading = str(IN_GERMAN) if language != SOURCE else ""
    return [*_grouped(own), *((heading, hit) for hit in german)]


def _grouped(hits: list[Hit]) -> Iterable[tuple[str, Hit]]:
    """Put many hits together by their labels, in the order of the best of each."""
    if len(hits) <= MANY:
        return [("", hit) for hit in hits]
    labels = {part: label_of(part) for part in {_part_of(hit) for hit in hits}}
    groups: dict[str, list[Hit]] = {}
    for hit in hits[BEST:]:
        groups.setdefault(labels[_part_of(hit)], []).append(hit)
    best = [(str(BEST_FIRST), hit) for hit in hits[:BEST]]
    return [*best, *((label, hit) for label, group in groups.items() for hit in group)]


def _is_for_others(hit: Hit, municipality: str | None) -> bool:
    """Return whether ``hit`` is a service that is known not to serve ``municipality``."""
    if not municipality or hit.kind != Service._meta.label_lower:
        return False
    catalogue = current()
    bit = catalogue.bit_of(hit.object_id)
    serves = catalogue.by_municipality.get(municipality, 0) | catalogue.area_unknown
    return bool(bit & ~serves)


def _sections(rows: Iterable[tuple[str, Hit]]) -> list[Section]:
    return [
        Section(heading, [_result(hit, heading) for _heading, hit in group])
        for heading, group in groupby(rows, key=lambda row: row[0])
    ]


def _result(hit: Hit, heading: str) -> Result:
    label = label_of(_part_of(hit))
    return Result(
        label="" if label == heading else label,
        url=hit.url,
        title=marked(in_words(hit.title), hit.matched),
        title_language=hit.title_language,
        excerpt=excerpt(in_words(hit.text), hit.matched),
        excerpt_language=hit.text_language,
        is_german=hit.language != current_language(),
    )


def _part_of(hit: Hit) -> str:
    """Return the part of the site to which the page of ``hit`` belongs: "angebote"."""
    return hit.path.partition("/")[0]


def label_of(part: str) -> str:
    """Return what a part of the site is called, as in the menu."""
    return menu_label(part) or str(ELSEWHERE)


def _place(municipality: str | None) -> Place | None:
    """Return the place that was asked for; None without one, or where nothing serves it."""
    catalogue = current() if municipality else None
    town = catalogue and next(
        (town for town in catalogue.municipalities if town.ags == municipality), None
    )
    if not catalogue or not town:
        return None
    services = catalogue.select(municipality=town.ags).bit_count()
    return Place(town.name, services, f"{reverse('angebote')}?ort={town.ags}") if services else None


def _finder_url(question: Question) -> str:
    """Return the address of the finder with the age that was told; empty without one."""
    if question.age is None:
        return ""
    place = f"&ort={question.municipality}" if question.municipality else ""
    return f"{reverse('beratung')}?alter={question.age}{place}#antwort"
