"""What each worker knows of the site's words: built anew with each generation of the content."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from contacts.models import Municipality
from lkintegration.core.folding import stored_words
from lkintegration.core.languages import BY_CODE, SOURCE
from lkintegration.core.translation_states import text_of
from lkintegration.search.models import Word
from lkintegration.search.understanding.knowledge import Knowledge, places, synonyms
from lkintegration.search.understanding.vocabulary import Vocabulary
from lkintegration.serving.memo import remember_for_all
from lkintegration.terms.models import Term


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
            synonyms=synonyms(_synonyms()),
            places=places((ags, name, codes.split()) for ags, name, codes in towns),
            municipalities={ags: name for ags, name, _codes in towns},
        ),
        entries,
        {ags: frozenset(stored_words(f"{name} {codes}")) for ags, name, codes in towns},
        frozenset(code for _ags, _name, codes in towns for code in codes.split()),
    )


def _synonyms() -> Iterator[tuple[str, str, str]]:
    """Yield each language, what people of it say, and the German term that they mean."""
    for term in Term.objects.published():
        for language in BY_CODE:
            for phrase in text_of(term, "other_words", language).splitlines():
                yield language, phrase, term.word
        for phrase in [term.short_form, *term.forms.splitlines()]:
            yield SOURCE, phrase, term.word
