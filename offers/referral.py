"""Which advice service is for whom: the rule that nobody falls through.

Limits are data: each first point of contact serves the ages from ``min_age`` to ``max_age``, both
included. The district says JMD "bis 27 Jahre" and MBE "ab 28 Jahren"; the federal programmes draw
the line at the 27th birthday (JMD 12 to 26, MBE "über 27" or "ab 27"). Taken literally, either
wording could leave a person of 27 with nobody. Here both answer at 27.

Whoever is younger than every first contact's lowest age is a child: the parents' service is
responsible. Where nothing fits exactly, the nearest fit is given, and what was relaxed is named.

Only services that are known to serve the reader's municipality answer for it. Those of which nobody
knows come after them, and that is said; they are the answer where no other is.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from offers.catalogue import Catalogue, FirstContact
from offers.enums import Programme

MOST_FIRST = 8
MOST_OTHERS = 6


class Verdict(StrEnum):
    """Why these services are responsible."""

    NO_AGE = "no_age"  # age not given: both are explained
    CHILD = "child"  # the service for the parents' age
    ONE = "one"  # exactly one programme serves this age
    CHOICE = "choice"  # several programmes serve this age; the reader may choose
    NEAREST = "nearest"  # no programme serves this age; the nearest is given


class Reach(StrEnum):
    """What is known of the services that answer about the reader's municipality."""

    HERE = "here"  # they serve it, or the reader named none
    PERHAPS = "perhaps"  # nobody knows whether they serve it
    ELSEWHERE = "elsewhere"  # they serve others


@dataclass(frozen=True)
class Wishes:
    """What a reader told us; nothing is required."""

    age: int | None = None
    municipality: str | None = None
    language: str | None = None
    topic: str | None = None


@dataclass(frozen=True)
class Answer:
    """Who is responsible (primary keys, best first), why, and what else fits.

    ``programme`` is set where the verdict is ``ONE``; ``low`` and ``high`` are the ages that the
    responsible services cover together. ``reach`` says whether they serve the reader's
    municipality; ``perhaps`` are services that may do so or not. ``language_known``: at least one
    of the responsible is known to speak the reader's language.
    """

    verdict: Verdict
    first: list[int]
    others: list[int]
    perhaps: list[int]
    programme: str = ""
    low: int = 0
    high: int = 0
    reach: Reach = Reach.HERE
    language_known: bool = True
    adult_may_help: bool = False


def responsible(
    catalogue: Catalogue, age: int | None, municipality: str | None
) -> tuple[Verdict, list[FirstContact], Reach]:
    """Return the verdict, the responsible first contacts, and whether they serve the place."""
    circles = _circles(catalogue, municipality)
    nearest_reach, nearest_circle = circles[0]
    if age is None:
        return Verdict.NO_AGE, nearest_circle, nearest_reach
    youngest = min((c.low for c in catalogue.first_contacts), default=0)
    for reach, contacts in circles:
        found = [c for c in contacts if c.low <= age <= c.high]
        if found:
            several = len({c.programme for c in found}) > 1
            return (Verdict.CHOICE if several else Verdict.ONE), found, reach
        if contacts and age < youngest:
            return Verdict.CHILD, contacts, reach
    distance = {c: max(c.low - age, age - c.high) for c in nearest_circle}
    nearest = min(distance.values(), default=0)
    found = [c for c in nearest_circle if distance[c] == nearest]
    return Verdict.NEAREST, found, nearest_reach


def _circles(
    catalogue: Catalogue, municipality: str | None
) -> list[tuple[Reach, list[FirstContact]]]:
    """Return the first contacts in the order in which they are asked; each circle has some."""
    everyone = catalogue.first_contacts
    if not municipality or not everyone:
        return [(Reach.HERE, everyone)]
    here = catalogue.by_municipality.get(municipality, 0)
    circles = [
        (Reach.HERE, [c for c in everyone if c.bit & here]),
        (Reach.PERHAPS, [c for c in everyone if c.bit & catalogue.area_unknown]),
        (Reach.ELSEWHERE, everyone),
    ]
    return [(reach, contacts) for reach, contacts in circles if contacts]


def answer(catalogue: Catalogue, wishes: Wishes) -> Answer:
    """Return who is responsible for ``wishes``; never empty while any first contact is public."""
    verdict, contacts, reach = responsible(catalogue, wishes.age, wishes.municipality)
    mask = sum(contact.bit for contact in contacts)
    speaks = catalogue.by_language.get(wishes.language or "", 0)
    programmes = {contact.programme for contact in contacts}
    return Answer(
        verdict,
        _first(catalogue, contacts, wishes),
        _others(catalogue, wishes),
        _perhaps(catalogue, wishes, verdict, mask),
        programme=contacts[0].programme if len(programmes) == 1 else "",
        low=min((contact.low for contact in contacts), default=0),
        high=max((contact.high for contact in contacts), default=0),
        reach=reach,
        language_known=not wishes.language or bool(mask & speaks),
        adult_may_help=verdict == Verdict.ONE and programmes == {Programme.JMD},
    )


def _first(catalogue: Catalogue, contacts: list[FirstContact], wishes: Wishes) -> list[int]:
    """Return the best responsible services, the best of each programme among them."""
    programmes = dict.fromkeys(contact.programme for contact in contacts)
    groups = [sum(c.bit for c in contacts if c.programme == name) for name in programmes]
    best = {key for group in groups for key in _ranked(catalogue, group, wishes, 1)}
    ranked = _ranked(catalogue, sum(groups), wishes, len(contacts))
    rest = [key for key in ranked if key not in best][: max(0, MOST_FIRST - len(best))]
    return [key for key in ranked if key in best or key in rest]


def _others(catalogue: Catalogue, wishes: Wishes) -> list[int]:
    mask = catalogue.select(age=wishes.age, municipality=wishes.municipality)
    mask &= ~(catalogue.all_first_contacts | catalogue.for_institutions)
    return _ranked(catalogue, mask, wishes, MOST_OTHERS)


def _perhaps(catalogue: Catalogue, wishes: Wishes, verdict: Verdict, mask: int) -> list[int]:
    """Return services that may serve the reader's municipality or not, first contacts first.

    ``mask`` are those that have answered.
    """
    # Of a child the parents ask, and their age is not known.
    age = None if verdict == Verdict.CHILD else wishes.age
    advice = catalogue.perhaps(age, wishes.municipality) & catalogue.all_first_contacts
    beside = catalogue.perhaps(wishes.age, wishes.municipality) & ~catalogue.all_first_contacts
    groups = (advice & ~mask, beside & ~catalogue.for_institutions)
    found = [key for group in groups for key in _ranked(catalogue, group, wishes, MOST_OTHERS)]
    return found[:MOST_OTHERS]


def _ranked(catalogue: Catalogue, mask: int, wishes: Wishes, most: int) -> list[int]:
    """Return the best of ``mask``, in this order of weight.

    It is there for this very municipality, speaks the language, matches the topic, and was
    checked most recently.
    """
    wanted = [
        catalogue.only_in.get(wishes.municipality, 0) if wishes.municipality else None,
        catalogue.by_language.get(wishes.language, 0) if wishes.language else None,
        catalogue.by_topic.get(wishes.topic, 0) if wishes.topic else None,
    ]
    criteria = [criterion for criterion in wanted if criterion is not None]
    ranked: list[int] = []
    for fits in product((True, False), repeat=len(criteria)):
        group = mask
        for criterion, fit in zip(criteria, fits, strict=True):
            group &= criterion if fit else ~criterion
        for key in catalogue.keys_of(group):
            ranked.append(key)
            if len(ranked) == most:
                return ranked
    return ranked
