"""What each worker knows of the site's words: built anew with each generation of the content."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from contacts.models import Municipality
from lkintegration.core.folding import stored_words
from lkintegration.search.models import Word
from lkintegration.search.understanding.knowledge import Knowledge, places, synonyms
from lkintegration.search.understanding.vocabulary import Vocabulary
from lkintegration.serving.memo import remember_for_all
from lkintegration.terms.words import synonyms as what_people_say


class Known(NamedTuple):
    """What understanding needs, and what finding needs beside it.

    ``entries`` says in how many public entries a word stands, ``place_words`` by which words a
    municipality (AGS key) is named.
    """

    knowledge: Knowledge
    entries: Mapping[str, int]
    place_words: dict[str, frozenset[str]]
    postcodes: frozenset[str]


def knowledge() -> Knowledge:
    """Return what ``read_question`` needs: from the second call in a generation on no query."""
    return known().knowledge


def known() -> Known:
    """Return the same with the frequencies of words, as ranking needs them."""
    return remember_for_all("words of the site", _read)


def _read() -> Known:
    written: dict[str, str] = {}
    languages: dict[str, set[str]] = defaultdict(set)
    entries: Counter[str] = Counter()
    rows = Word.objects.filter(entries__gt=0).order_by("language")
    for word, language, form, number in rows.values_list("word", "language", "written", "entries"):
        written.setdefault(word, form)
        languages[word].add(language)
        entries[word] += number
    towns = list(Municipality.objects.values_list("ags", "name", "postcodes"))
    return Known(
        Knowledge(
            vocabulary=Vocabulary(written, languages),
            synonyms=synonyms(what_people_say()),
            places=places((ags, name, codes.split()) for ags, name, codes in towns),
            municipalities={ags: name for ags, name, _codes in towns},
        ),
        entries,
        {ags: frozenset(stored_words(f"{name} {codes}")) for ags, name, codes in towns},
        frozenset(code for _ags, _name, codes in towns for code in codes.split()),
    )
