"""What each worker knows of the site's words: built anew with each generation of the content."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from django.db.models import Count, F, Max, Sum

from contacts.models import Municipality
from lkintegration.core.folding import stored_words
from lkintegration.search.models import Word
from lkintegration.search.understanding.knowledge import Knowledge, places, synonyms
from lkintegration.search.understanding.vocabulary import Vocabulary
from lkintegration.serving.memo import remember_for_all
from lkintegration.terms.words import synonyms as what_people_say

SMALL: Final = 65_521  # so that a sum of squares stays within 64 bits


class Known(NamedTuple):
    """What understanding needs, and what finding needs beside it.

    ``entries`` says in how many public entries a word stands, ``place_words`` by which words a
    municipality (AGS key) is named.
    """

    knowledge: Knowledge
    entries: Mapping[str, int]
    place_words: Mapping[str, frozenset[str]]
    postcodes: frozenset[str]


def knowledge() -> Knowledge:
    """Return what ``read_question`` needs: from the second call in a generation on no query."""
    return known().knowledge


def known() -> Known:
    """Return the same with the frequencies of words, as ranking needs them."""
    return remember_for_all("words of the site", _read)


def _read() -> Known:
    """Read what this process has not read before: most changes bring no new word or name."""
    state = Word.objects.aggregate(
        number=Count("pk"),
        newest=Max("pk"),
        sum=Sum("entries"),
        check=Sum(F("pk") * F("entries")),
        # What comes and what goes may add up alike once, but not in squares as well.
        squares=Sum(F("pk") % SMALL * (F("pk") % SMALL) * F("entries")),
    )
    words = _words(tuple(state.values()))
    towns = tuple(Municipality.objects.order_by("ags").values_list("ags", "name", "postcodes"))
    return Known(
        Knowledge(
            vocabulary=words.vocabulary,
            synonyms=_folded_synonyms(tuple(what_people_say())),
            places=_folded_places(towns),
            municipalities={ags: name for ags, name, _codes in towns},
        ),
        words.entries,
        _place_words(towns),
        frozenset(code for _ags, _name, codes in towns for code in codes.split()),
    )


class _Words(NamedTuple):
    vocabulary: Vocabulary
    entries: Mapping[str, int]


@lru_cache(1)
def _words(state: tuple[int, ...]) -> _Words:
    """Return all words; where a row has changed, so has at least one of the sums in ``state``."""
    written: dict[str, str] = {}
    languages: dict[str, set[str]] = defaultdict(set)
    entries: Counter[str] = Counter()
    rows = Word.objects.filter(entries__gt=0).order_by("language")
    for word, language, form, number in rows.values_list("word", "language", "written", "entries"):
        written.setdefault(word, form)
        languages[word].add(language)
        entries[word] += number
    return _Words(Vocabulary(written, languages), entries)


@lru_cache(1)
def _folded_synonyms(
    rows: tuple[tuple[str, str, str], ...],
) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    return synonyms(rows)


@lru_cache(1)
def _folded_places(towns: tuple[tuple[str, str, str], ...]) -> Mapping[str, str]:
    return places((ags, name, codes.split()) for ags, name, codes in towns)


@lru_cache(1)
def _place_words(towns: tuple[tuple[str, str, str], ...]) -> Mapping[str, frozenset[str]]:
    return {ags: frozenset(stored_words(f"{name} {codes}")) for ags, name, codes in towns}
