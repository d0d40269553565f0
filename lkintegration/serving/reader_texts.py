"""Reading translated fields: which text a reader gets, in which language, made by whom.

django-modeltranslation falls back to German silently. A page must not: German inside a foreign
page needs ``lang`` and ``dir``, and the reader is told (WCAG 2.2, 3.1.2).
"""

from collections.abc import Container, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils.translation import gettext as _

from lkintegration.core.enums import TranslationState
from lkintegration.core.languages import BY_CODE, SOURCE
from lkintegration.core.models import LanguageSetting
from lkintegration.core.translation_states import text_of
from lkintegration.core.translations import current_language
from lkintegration.serving.memo import remember

# Around a text in whose words nobody is to look for explanations; no page shows them.
PLAIN_START, PLAIN_END = "<!--plain-->", "<!--/plain-->"


class ReadText(NamedTuple):
    """The text of one field as a reader gets it."""

    value: str
    fallback: bool  # German, because the reader's language is missing
    machine: bool  # translated by machine, not yet reviewed
    outdated: bool = False  # the German has changed since


@dataclass
class PageLanguages:
    """What kinds of text one page has shown so far; decides which notice the reader sees."""

    fallback: bool = False
    machine: bool = False
    outdated: bool = False

    def remarks(self) -> list[str]:
        """Return what the reader must know, a sentence each."""
        found = []
        if self.fallback:
            found.append(_("Noch nicht alles ist übersetzt. Diese Teile sind auf Deutsch."))
        if self.machine:
            found.append(_("Diese Übersetzung ist maschinell erstellt und noch nicht geprüft."))
        if self.outdated:
            found.append(_("Der deutsche Text ist neuer als die Übersetzung."))
        return found


_MACHINE = frozenset(str(state) for state in TranslationState if state.is_machine)
_OUTDATED = frozenset(str(state) for state in TranslationState if state.is_outdated)

_page: ContextVar[PageLanguages | None] = ContextVar("page_languages", default=None)


@contextmanager
def observed() -> Iterator[PageLanguages]:
    """Collect what :func:`read` returns inside the ``with`` block."""
    page = PageLanguages()
    token = _page.set(page)
    try:
        yield page
    finally:
        _page.reset(token)


def note(languages: PageLanguages) -> None:
    """Count what was shown elsewhere among what the page that is being observed shows."""
    if page := _page.get():
        page.fallback |= languages.fallback
        page.machine |= languages.machine
        page.outdated |= languages.outdated


class Decisions(NamedTuple):
    """What the office has decided about languages, each a set of their codes.

    ``without_machine_texts``: readers get German where no person has read the translation.
    ``reviewed_catalogs``: a person has read menu, buttons and notices.
    """

    without_machine_texts: Container[str] = ()
    reviewed_catalogs: Container[str] = (SOURCE,)


def decisions() -> Decisions:
    """Return what the office has decided about the languages."""
    return remember("decisions about languages", _decisions, lasts=True)


def _decisions() -> Decisions:
    rows = list(LanguageSetting.objects.all())
    return Decisions(
        without_machine_texts=frozenset(row.code for row in rows if not row.shows_machine_texts),
        reviewed_catalogs=frozenset({SOURCE, *(row.code for row in rows if row.catalog_reviewed)}),
    )


def has_reviewed_catalog(language: str) -> bool:
    """Return whether a person has read what the site itself says in a language (code)."""
    return language in decisions().reviewed_catalogs


def languages_of(record: Any) -> list[str]:
    """Return the languages in which readers get any text of ``record``; of others they get German.

    ``record`` is content, prepared by ``with_languages()``.
    """
    missing = {row["language"] for row in record.untranslated}
    return [code for code in BY_CODE if code not in missing and not _is_withheld(record, code)]


def _is_withheld(record: Any, language: str) -> bool:
    """Return whether readers get German, because no person has read the translation."""
    state = getattr(record, "translation_states", {}).get(language)
    return state in _MACHINE and language in decisions().without_machine_texts


def read(record: Model, field: str) -> ReadText:
    """Return what a reader of the active language gets of ``record.field``."""
    language = current_language()
    own = text_of(record, field, language)
    state = getattr(record, "translation_states", {}).get(language)
    machine, outdated = state in _MACHINE, state in _OUTDATED
    if own and not _is_withheld(record, language):
        text = ReadText(own, False, machine, outdated)
    else:
        german = text_of(record, field, SOURCE)
        text = ReadText(german, bool(german), False)
    note(PageLanguages(text.fallback, text.machine, text.outdated))
    return text
