"""From a question to what answers it: candidates from the index, put in order by ``ranking``."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

from django.db.models import Q, QuerySet
from django.urls import get_script_prefix
from django.utils import timezone
from modelsearch.backends import get_search_backend
from modelsearch.query import And, Or, PlainText, SearchQuery

from lkintegration.core.kinds import kinds
from lkintegration.core.languages import SOURCE
from lkintegration.core.translations import current_language
from lkintegration.search.engine.knowledge import known
from lkintegration.search.engine.ranking import Candidate, Ranked, frequency, rank
from lkintegration.search.models import TITLE_MARK, Entry
from lkintegration.search.understanding.question import Question, Wanted
from lkintegration.serving.reader_texts import decisions

MOST: Final = 150  # entries that a query of the index may bring, to be ranked
MOST_PARTIAL: Final = 50  # of those that may answer a part of the question only
MOST_ALTERNATIVES: Final = 40
# What serves a municipality without naming it (Municipality.place_word, Service.area_word).
SERVED: Final = 0.9
AREAS: Final = (("areadistrict", 0.5), ("areagermany", 0.3))


@dataclass(frozen=True)
class Hit:
    """A record that answers a question, as readers of one language find it.

    Title and text have each their own language: the reader's, or German where that is missing.
    ``path`` is what follows the language in the address of its page. ``matched`` are the folded
    words by which it was found.
    """

    kind: str
    object_id: int
    title: str
    title_language: str
    text: str
    text_language: str
    path: str
    score: float
    matched: frozenset[str]

    @property
    def language(self) -> str:
        """Return the language in which the record is written for this reader."""
        return self.text_language if self.text else self.title_language

    @property
    def url(self) -> str:
        """Return the address of the page: in the active language, if it is there in each."""
        if self.path.startswith("/"):
            return get_script_prefix() + self.path[1:]
        return f"{get_script_prefix()}{current_language()}/{self.path}"


def find(question: Question, language: str, now: datetime.datetime | None = None) -> list[Hit]:
    """Return what readers of ``language`` may see at ``now`` and answers ``question``.

    The best comes first; at most four queries.
    """
    now = now or timezone.now()
    entries = Entry.objects.filter(
        is_public=True,
        has_page=True,
        language__in=dict.fromkeys([language, SOURCE]),
        public_from__lte=now,
        public_until__gt=now,
    )
    if language in decisions().without_machine_texts:
        entries = entries.exclude(language=language, is_machine=True)
    return [_hit(ranked, language) for ranked in _ranked(question, entries, language)]


def find_for_staff(
    question: Question, language: str = SOURCE, kind: str = "", most: int = MOST
) -> list[Hit]:
    """Return what answers ``question``, drafts and records without a page included.

    ``kind`` limits it to one, by its label in lower case: "offers.service".
    """
    entries = Entry.objects.filter(language__in=dict.fromkeys([language, SOURCE]))
    if kind:
        entries = entries.filter(kind=kind)
    return [_hit(ranked, language) for ranked in _ranked(question, entries, language)[:most]]


def _ranked(question: Question, entries: QuerySet, language: str) -> list[Ranked]:
    if not question.words:
        return []
    frequencies = known().entries
    question = replace(question, words=_with_area(question))
    # Rows, not models: of up to 600 most are not shown. Named, because backends ask for their key.
    rows = entries.values_list(*Candidate._fields, named=True)
    found = _candidates(question.words, rows, frequencies)
    found |= {row.pk: row for row in _in_other_languages(found.values(), rows, language)}
    order = [model._meta.label_lower for model in kinds()]
    return rank(question, found.values(), language, frequencies, order)


def _with_area(question: Question) -> tuple[Wanted, ...]:
    """Return the words of ``question``; those that name a municipality find what serves it, too.

    A postcode that several share stands for none of them.
    """
    site = known()
    ags = question.municipality
    names = site.place_words.get(ags, frozenset()) if ags else site.postcodes
    serving = ((f"ags{ags}", SERVED), *AREAS) if ags else AREAS
    return tuple(
        replace(wanted, alternatives=(*wanted.alternatives, *serving))
        if any(word in names for word, _weight in wanted.alternatives)
        else wanted
        for wanted in question.words
    )


def _candidates(
    words: Sequence[Wanted], rows: QuerySet, frequencies: Mapping[str, int]
) -> dict[int, Candidate]:
    """Return what may answer ``words``, asking until there is enough: at most three times.

    Where a question is of common words only, those in titles matter most. What a record says in two
    languages stands in two entries, and a part may be answer enough: so some of the words alone
    come last.
    """
    needed = [wanted for wanted in words if wanted.is_needed] or list(words)
    rare = sorted(needed, key=lambda wanted: frequency(wanted, frequencies))
    titles = [_any_of(wanted, TITLE_MARK) for wanted in needed]
    is_common = frequency(rare[0], frequencies) > MOST
    found: dict[int, Candidate] = {}
    if len(needed) < len(words):
        found |= _ask(And([_any_of(wanted) for wanted in words]), rows, MOST)
    if len(found) < MOST and is_common and len(needed) == 1:
        found |= _ask(And(titles), rows, MOST)
    if len(found) < MOST:
        found |= (answers := _ask(And([_any_of(wanted) for wanted in needed]), rows, MOST))
        if is_common and len(needed) > 1 and len(answers) == MOST:  # some had no room
            found |= _ask(And(titles), rows, MOST)
    if len(found) < MOST and len(needed) > 1:
        sums = accumulate(frequency(wanted, frequencies) for wanted in rare)
        few = [wanted for wanted, number in zip(rare, sums, strict=True) if number <= MOST]
        # Of a common word a title is answer enough, a text is not (ranking.STRONG).
        parts = [_any_of(wanted) for wanted in few] or titles
        found |= _ask(Or(parts), rows, MOST_PARTIAL)
    return found


def _ask(query: SearchQuery, rows: QuerySet, most: int) -> dict[int, Candidate]:
    """Return what the index has for ``query``, by the keys of entries, the oldest first."""
    results = get_search_backend().search(query, rows, order_by_relevance=False)
    return {row.pk: row for row in results[:most]}


def _any_of(wanted: Wanted, mark: str = "") -> PlainText:
    words = [mark + word for word, _weight in wanted.alternatives[:MOST_ALTERNATIVES]]
    return PlainText(" ".join(words), operator="or")


def _in_other_languages(
    found: Iterable[Candidate], rows: QuerySet, language: str
) -> Iterable[Candidate]:
    """Return the entries of the same records in the other of the two languages."""
    keys: dict[str, set[int]] = defaultdict(set)
    for entry in found:
        keys[entry.kind].add(entry.object_id)
    if language == SOURCE or not keys:
        return []
    theirs = Q()
    for kind, numbers in keys.items():
        theirs |= Q(kind=kind, object_id__in=numbers)
    return rows.filter(theirs).exclude(pk__in=[entry.pk for entry in found])


def _hit(ranked: Ranked, language: str) -> Hit:
    own, german = (ranked.entries.get(code) for code in (language, SOURCE))
    titled = own if own and own.title else german or own
    told = own if own and own.text else german or own
    if not titled or not told:
        raise ValueError(ranked)  # no record is without entries
    return Hit(
        kind=ranked.kind,
        object_id=ranked.object_id,
        title=titled.title,
        title_language=titled.language,
        text=told.text,
        text_language=told.language,
        path=titled.path,
        score=ranked.score,
        matched=ranked.matched,
    )
