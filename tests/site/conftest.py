"""Visits every page once for all sweeps: content does not change between their tests."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from lxml import html

from lkintegration.core.languages import BY_CODE
from offers.catalogue import current


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


@pytest.fixture(scope="session")
def _visits() -> dict[str, Visit]:
    return {}


@pytest.fixture
def visit(db: None, _visits: dict[str, Visit]) -> Callable[[str], Visit]:
    """Return the page at an address, fetched at most once in a session."""
    # Django asks SQLite once whether it knows JSON; that is no query of a page.
    assert connection.features.supports_json_field
    # Nor is what a worker reads once after a change, to know the catalogue of services.
    for language in BY_CODE:
        with translation.override(language):
            current().sorted_keys(0, language)
        Client().get(f"/{language}/impressum/")

    def fetch(address: str) -> Visit:
        if address not in _visits:
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
                " ".join(" ".join(page.itertext()).split()),
                [query["sql"] for query in queries],
            )
        return _visits[address]

    return fetch
