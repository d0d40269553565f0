"""The words of published terms as pages, search and staff need them."""

from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

from lkintegration.core.languages import BY_CODE, EASY, SOURCE
from lkintegration.core.wording.reading import lines_of, sentences_of
from lkintegration.serving.memo import remember, remember_for_all
from lkintegration.serving.reader_texts import PageLanguages, note, observed, read
from lkintegration.terms.marks import ANCHOR, Finder
from lkintegration.terms.models import Term


class Note(NamedTuple):
    """What the end of a page says of a word; ``is_german`` in a page of another language, too."""

    word: str
    url: str
    anchor: str
    sentence: str
    is_german: bool


class Synonym(NamedTuple):
    """What people call a term in a language (code): ``phrase`` stands for the German ``word``."""

    language: str
    phrase: str
    word: str


def finder(language: str) -> Finder:
    """Return what finds published terms in a page of ``language``; it is made anew with the terms.

    In a page of another language, words that every language has are no German words.
    """
    is_german = language in {SOURCE, EASY}
    return remember_for_all(("finder of terms", is_german), partial(_finder, is_german), lasts=True)


def _finder(is_german: bool) -> Finder:
    terms = [term for term in Term.remembered() if is_german or term.stays_german]
    return Finder({term.slug: term.written_forms() for term in terms})


def notes(slugs: Iterable[str]) -> list[Note]:
    """Return what to say of the terms ``slugs``, in this order, in the reader's language."""
    found = [remember(("note", slug), partial(_note, slug), lasts=True) for slug in slugs]
    for row in found:
        note(row.languages)
    return [row.note for row in found]


class _Remembered(NamedTuple):
    """A note, and what kinds of text it shows, for the notice above each page that has it."""

    note: Note
    languages: PageLanguages


def _note(slug: str) -> _Remembered:
    term = next(term for term in Term.remembered() if term.slug == slug)
    with observed() as languages:
        text = read(term, "explanation")
    shown = Note(
        word=term.word,
        url=term.get_absolute_url(),
        anchor=ANCHOR + term.slug,
        sentence=first_sentence(text.value),
        is_german=text.fallback,
    )
    return _Remembered(shown, languages)


def first_sentence(text: str) -> str:
    """Return the first sentence of a plain text in any of our languages."""
    lines = lines_of(text, is_rich=False)
    return sentences_of(lines[0].text)[0] if lines else ""


def synonyms() -> list[Synonym]:
    """Return what people call the published terms, in all languages.

    Their abbreviations and other forms are German.
    """
    return [
        Synonym(language, phrase, term.word)
        for term in Term.remembered()
        for language in BY_CODE
        for phrase in (*term.called(language), *(term.own_forms() if language == SOURCE else ()))
    ]
