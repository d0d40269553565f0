"""What understanding knows of the site: made once per generation, shared by all threads."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from lkintegration.core.folding import fold, fold_word, spellings, written_words
from lkintegration.core.foreign_scripts import without_article
from lkintegration.search.understanding.sounds import sound
from lkintegration.search.understanding.vocabulary import Vocabulary

_BRACKETS = re.compile(r"\([^)]*\)")
# "Hausen im Wiesental", "Weil am Rhein": people leave out where it lies.
_LIES_AT = re.compile(r" (?:im|am|an der|in|bei) .*")
_SHORTEST_PART = 5  # letters of one half of a double name: "Grenzach", not "Häg"
FIRST_LETTERS = 3


class Phrase(NamedTuple):
    """What people of one language call German terms."""

    words: list[str]
    language: str
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Knowledge:
    """Words, synonyms and places of the site.

    ``synonyms``: language → folded phrase → German terms that it means, folded, between blanks.
    ``places``: folded name or postcode → AGS key, where it names one municipality only.
    ``municipalities``: AGS key → name, as a misspelt one is corrected.
    """

    vocabulary: Vocabulary
    synonyms: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    municipalities: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def joined_places(self) -> dict[str, str]:
        """Return the places by their names without blanks, to find those that are misspelt."""
        names = {name.replace(" ", ""): ags for name, ags in self.places.items()}
        return {name: ags for name, ags in names.items() if name.isalpha()}

    @cached_property
    def place_names(self) -> Vocabulary:
        """Return the same names with a way to write them."""
        names = {
            name.replace(" ", ""): self.municipalities.get(ags, name.title())
            for name, ags in self.places.items()
        }
        return Vocabulary({name: names[name] for name in self.joined_places})

    @cached_property
    def phrases(self) -> dict[str, list[Phrase]]:
        """All that is called otherwise, by the first letters of its first word."""
        found: dict[str, list[Phrase]] = defaultdict(list)
        for language, rows in self.synonyms.items():
            for phrase, terms in rows.items():
                words = phrase.split()
                found[words[0][:FIRST_LETTERS]].append(Phrase(words, language, terms))
        return dict(found)

    @cached_property
    def _terms(self) -> frozenset[str]:
        return frozenset(
            term for rows in self.synonyms.values() for terms in rows.values() for term in terms
        )

    def is_term(self, word: str) -> bool:
        """Return whether the folded ``word`` is a German term that has other names."""
        return word in self._terms

    def is_hearsay(self, word: str) -> bool:
        """Return whether the folded ``word`` is how people write a German term that sounds so."""
        terms = (term for rows in self.synonyms.values() for term in rows.get(word, ()))
        return any(sound(word) == sound(term.replace(" ", "")) for term in terms)


def synonyms(rows: Iterable[tuple[str, str, str]]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return ``Knowledge.synonyms`` of rows (language, what people call it, German term)."""
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for language, phrase, german in rows:
        bare = [without_article(word) for word in written_words(phrase)]
        term = " ".join(fold(german))
        for key in {" ".join(fold(phrase)), " ".join(map(fold_word, bare))} - {"", term}:
            before = found[language].get(key, ())
            found[language][key] = tuple(dict.fromkeys([*before, term]))
    return dict(found)


def places(rows: Iterable[tuple[str, str, Iterable[str]]]) -> dict[str, str]:
    """Return ``Knowledge.places`` of rows (AGS key, name, postcodes).

    A name goes without its addition, too ("Rheinfelden", "Schönau"), and a double name by either
    half. What several municipalities are called, or have as a postcode, is no place.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for ags, name, postcodes in rows:
        for key in {*_names(name), *postcodes}:
            found[key].add(ags)
    return {key: ags for key, (ags, *others) in found.items() if not others}


def _names(name: str) -> set[str]:
    plain = _BRACKETS.sub("", name).strip()
    forms = {name, plain, _LIES_AT.sub("", plain)}
    forms |= {part for part in plain.split("-") if len(part) >= _SHORTEST_PART}
    return {key for form in forms for key in _phrases(form)}


def _phrases(name: str) -> set[str]:
    """Return ``name`` in all spellings, its words between blanks."""
    phrases = [""]
    for word in written_words(name):
        phrases = [f"{before} {form}" for before in phrases for form in spellings(word)]
    return {phrase.strip() for phrase in phrases}
