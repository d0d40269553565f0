"""Which advice service is for whom: the rule that nobody falls through.

Limits are data: each first point of contact serves the ages from ``min_age`` to ``max_age``, both
included. The district says JMD "bis 27 Jahre" and MBE "ab 28 Jahren"; the federal programmes draw
the line at the 27th birthday (JMD 12 to 26, MBE "über 27" or "ab 27"). Taken literally, either
wording could leave a person of 27 with nobody. Here both answer at 27.

Whoever is younger than every first contact's lowest age is a child: the parents' service is
responsible. Where nothing fits exactly, the nearest fit is given, and what was relaxed is named.

Only services that are known to serve the reader's municipality answer for it. Those of which nobody
knows come after them, and that is said; they are the answer where no other is.

Beside the answer stand the same programmes' advice online, and what else is known to fit: the more
it is made for this very person, the earlier.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from offers.catalogue import Catalogue, FirstContact
from offers.enums import Programme

MOST_FIRST = 8
MOST_ONLINE = 3
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

    ``programme`` is set where all that are responsible have the same, ``youngest`` is the lowest
    age that they serve. ``online`` is the advice of their programmes that one uses from anywhere.
    ``reach`` says whether they serve the reader's municipality; ``perhaps`` are services that may
    do so or not. ``language_known``: at least one of the responsible is known to speak the reader's
    language.
    """

    verdict: Verdict
    first: list[int]
    online: list[int]
    others: list[int]
    perhaps: list[int]
    programme: str = ""
    youngest: int = 0
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
    online = _online(catalogue, wishes, verdict, programmes)
    return Answer(
        verdict,
        _first(catalogue, contacts, wishes),
        _ranked(catalogue, online, _asked(catalogue, wishes), MOST_ONLINE),
        _others(catalogue, wishes, online),
        _perhaps(catalogue, wishes, verdict, mask),
        programme=contacts[0].programme if len(programmes) == 1 else "",
        youngest=min((contact.low for contact in contacts), default=0),
        reach=reach,
        language_known=not wishes.language or bool(mask & speaks),
        adult_may_help=verdict == Verdict.ONE and programmes == {Programme.JMD},
    )


def _first(catalogue: Catalogue, contacts: list[FirstContact], wishes: Wishes) -> list[int]:
    """Return the best responsible services, the best of each programme among them."""
    asked = _asked(catalogue, wishes)
    programmes = dict.fromkeys(contact.programme for contact in contacts)
    groups = [sum(c.bit for c in contacts if c.programme == name) for name in programmes]
    best = {key for group in groups for key in _ranked(catalogue, group, asked, 1)}
    ranked = _ranked(catalogue, sum(groups), asked, len(contacts))
    rest = [key for key in ranked if key not in best][: max(0, MOST_FIRST - len(best))]
    return [key for key in ranked if key in best or key in rest]


def _online(catalogue: Catalogue, wishes: Wishes, verdict: Verdict, programmes: set[str]) -> int:
    """Return the advice online that the responsible programmes give to the reader's age."""
    mask = sum(catalogue.online.get(programme, 0) for programme in programmes if programme)
    if wishes.age is not None and verdict in {Verdict.ONE, Verdict.CHOICE}:
        mask &= catalogue.by_age[wishes.age]
    return mask & ~(catalogue.all_first_contacts | catalogue.for_institutions)


def _others(catalogue: Catalogue, wishes: Wishes, online: int) -> list[int]:
    """Return what else is known to fit; of a reader anywhere only what holds everywhere."""
    mask = catalogue.select(age=wishes.age, municipality=wishes.municipality)
    if not wishes.municipality:
        mask &= catalogue.everywhere
    mask &= ~(catalogue.all_first_contacts | catalogue.for_institutions | online)
    return _ranked(catalogue, mask, _useful(catalogue, wishes), MOST_OTHERS)


def _perhaps(catalogue: Catalogue, wishes: Wishes, verdict: Verdict, mask: int) -> list[int]:
    """Return services that may serve the reader's municipality or not, first contacts first.

    ``mask`` are those that have answered.
    """
    # Of a child the parents ask, and their age is not known.
    age = None if verdict == Verdict.CHILD else wishes.age
    advice = catalogue.perhaps(age, wishes.municipality) & catalogue.all_first_contacts
    beside = catalogue.perhaps(wishes.age, wishes.municipality) & ~catalogue.all_first_contacts
    groups = (advice & ~mask, beside & ~catalogue.for_institutions)
    useful = _useful(catalogue, wishes)
    found = [key for group in groups for key in _ranked(catalogue, group, useful, MOST_OTHERS)]
    return found[:MOST_OTHERS]


def _asked(catalogue: Catalogue, wishes: Wishes) -> list[int]:
    """Return what serves each wish of the reader: the very municipality, the language, the topic.

    A wish that was not given asks for nothing. The first weighs most.
    """
    wanted = [
        (catalogue.only_in, wishes.municipality),
        (catalogue.by_language, wishes.language),
        (catalogue.by_topic, wishes.topic),
    ]
    return [masks.get(wish, 0) for masks, wish in wanted if wish]


def _useful(catalogue: Catalogue, wishes: Wishes) -> list[int]:
    """Return what makes a service useful to this person, the first weighing most.

    It is made for this age, it serves their wishes, one can use it at once and from anywhere.
    """
    made_for = [] if wishes.age is None else [catalogue.limited & catalogue.by_age[wishes.age]]
    at_once = sum(catalogue.online.values())
    return [*made_for, *_asked(catalogue, wishes), at_once]


def _ranked(catalogue: Catalogue, mask: int, criteria: list[int], most: int) -> list[int]:
    """Return the best of ``mask`` by ``criteria``; of equals the one checked last comes first."""
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
