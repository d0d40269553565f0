"""Reading translated fields: which text a reader gets, in which language, made by whom.

django-modeltranslation falls back to German silently. A page must not: German inside a foreign
page needs ``lang`` and ``dir``, and the reader is told (WCAG 2.2, 3.1.2).
"""

from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.db.models import F, Model, TextField, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from modeltranslation.manager import get_translatable_fields_for_model
from modeltranslation.utils import build_localized_fieldname

from lkintegration.core.enums import TranslationState
from lkintegration.core.languages import BY_CODE, SOURCE


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


decisions: Callable[[], Decisions] = Decisions


def ask_for_decisions(of_office: Callable[[], Decisions]) -> None:
    """Let ``of_office`` tell what the office has decided."""
    global decisions  # noqa: PLW0603  (set once, when the apps are ready)
    decisions = of_office


def has_reviewed_catalog(language: str) -> bool:
    """Return whether a person has read what the site itself says in a language (code)."""
    return language in decisions().reviewed_catalogs


def current_language() -> str:
    """Return the code of the reader's language; German where none is active."""
    language = get_language()
    return language if language in BY_CODE else SOURCE


def preferred_language(accept_language: str) -> str:
    """Return the best language of the site for a header ``Accept-Language`` (RFC 9110, 12.5.4)."""
    for code, quality in parse_accept_lang_header(accept_language):
        language = nearest_language(code)
        if language and quality > 0:  # 0 says "not this one"
            return language
    return settings.LANGUAGE_CODE


def nearest_language(tag: str) -> str | None:
    """Return the language of the site for a tag as people and programs write it.

    ``EN``, ``de_AT`` and ``uk-UA`` lead to ``en``, ``de`` and ``uk``; None where there is none.
    """
    try:
        return get_supported_language_variant(tag.lower().replace("_", "-"))
    except (LookupError, ValueError):  # ValueError: longer than any tag
        return None


def read(record: Model, field: str) -> ReadText:
    """Return what a reader of the active language gets of ``record.field``."""
    language = current_language()
    own = getattr(record, build_localized_fieldname(field, language)) or ""
    state = getattr(record, "translation_states", {}).get(language)
    machine, outdated = state in _MACHINE, state in _OUTDATED
    if own and not (machine and language in decisions().without_machine_texts):
        text = ReadText(own, False, machine, outdated)
    else:
        german = getattr(record, build_localized_fieldname(field, SOURCE)) or ""
        text = ReadText(german, bool(german), False)
    note(PageLanguages(text.fallback, text.machine, text.outdated))
    return text


def reader_text(field: str) -> Coalesce:
    """Return a query expression for the text a reader gets: for ordering and search.

    ``order_by`` on the field itself would sort untranslated rows as empty.
    """
    own = NullIf(F(build_localized_fieldname(field, current_language())), Value(""))
    german = F(build_localized_fieldname(field, SOURCE))
    return Coalesce(own, german, output_field=TextField())


def reader_columns(model: type[Model]) -> list[str]:
    """Return the translation columns of ``model`` that a reader of the active language may see."""
    return [
        build_localized_fieldname(field, language)
        for field in get_translatable_fields_for_model(model) or []
        for language in sorted({SOURCE, current_language()})
    ]


def unread_columns(model: type[Model], prefix: str = "") -> tuple[str, ...]:
    """Return the translation columns of ``model`` that no reader of the active language sees."""
    return _columns_beside(current_language(), model, prefix)


@lru_cache
def _columns_beside(code: str, model: type[Model], prefix: str) -> tuple[str, ...]:
    kept = {SOURCE, code}
    return tuple(
        prefix + build_localized_fieldname(field, language)
        for field in get_translatable_fields_for_model(model) or []
        for language in BY_CODE
        if language not in kept
    )
