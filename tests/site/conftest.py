"""Visits every page once for all sweeps: content does not change between their tests."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from gettext import NullTranslations
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import trans_real
from lxml import html

from lkintegration.core.generation import Generation, current_generation, renew_generation
from lkintegration.core.languages import BY_CODE, EASY, SOURCE
from offers.catalogue import current
from offers.models import Service
from tests.core.browser import words


@dataclass(frozen=True)
class Visit:
    """What a reader's browser got from one address."""

    status: int
    headers: dict[str, str]
    cookies: list[str]
    body: str
    page: html.HtmlElement
    text: str
    queries: list[str]
    untranslated: set[str]


class Untranslated(NullTranslations):
    """Stands behind a language's catalogs and notes what they lack."""

    def __init__(self, german: Any) -> None:
        super().__init__()
        self.german = german
        self.asked: set[str] = set()

    def gettext(self, message: str) -> str:
        """Note ``message`` and give the German, as readers would get it."""
        self.asked.add(message)
        return str(self.german.gettext(message))

    def pgettext(self, context: str, message: str) -> str:
        """Note ``message``, whose meaning ``context`` tells, and give the German."""
        self.asked.add(message)
        return str(self.german.pgettext(context, message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Note ``msgid1`` and give the German."""
        self.asked.add(msgid1)
        return str(self.german.ngettext(msgid1, msgid2, n))


@pytest.fixture(scope="session")
def untranslated(django_db_setup: None) -> Iterator[dict[str, set[str]]]:
    """Return for each language what it was asked for and lacks. Clear it before you ask.

    English is missing because Django's own words are English without a catalog, Leichte Sprache
    because it takes months and weekdays from German.
    """
    german = trans_real.translation(SOURCE)
    watches = {code: Untranslated(german) for code in BY_CODE if code not in (SOURCE, EASY, "en")}
    before = {code: trans_real.translation(code)._fallback for code in watches}
    for code, watch in watches.items():
        trans_real.translation(code)._fallback = watch
    yield {code: watch.asked for code, watch in watches.items()}
    for code, fallback in before.items():
        trans_real.translation(code)._fallback = fallback


@pytest.fixture(scope="session")
def _visits() -> dict[str, Visit]:
    return {}


def _let_the_worker_know(language: str) -> None:
    """Have read what a worker reads once after a change: that is no query of a page."""
    with translation.override(language):
        current().sorted_keys(0, language)
    Service.objects.boundary()
    Client().get(f"/{language}/impressum/")


@pytest.fixture
def visit(
    db: None, _visits: dict[str, Visit], untranslated: dict[str, set[str]]
) -> Callable[[str], Visit]:
    """Return the page at an address, fetched at most once in a session."""
    if not _visits:
        renew_generation()  # nothing that was prepared before somebody watched
    # Django asks SQLite once whether it knows JSON; that is no query of a page.
    assert connection.features.supports_json_field
    known: dict[str, Generation] = {}

    def fetch(address: str) -> Visit:
        if address not in _visits:
            language = address.split("/")[1]
            if known.get(language) is not current_generation():
                _let_the_worker_know(language)
                known[language] = current_generation()
            asked = untranslated.get(language, set())
            asked.clear()
            with CaptureQueriesContext(connection) as queries:
                response = Client().get(address)
            body = response.content.decode()
            page = html.fromstring(body.encode())
            _visits[address] = Visit(
                response.status_code,
                dict(response.headers),
                list(response.cookies),
                body,
                page,
                words(page),
                [query["sql"] for query in queries],
                set(asked),
            )
        return _visits[address]

    return fetch
