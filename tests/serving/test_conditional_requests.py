"""Whoever has what is no page already hears "nothing new" (RFC 9110, 13): feeds, maps, files.

What holds for pages is said in ``test_page_cache``.
"""

from collections.abc import Iterator

import pytest
from django.conf import settings

from lkintegration.pages.sitemaps import parts
from lkintegration.serving.addresses import Use, public_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SAID_AGAIN = ("ETag", "Vary", "Cache-Control")  # what 304 says again (15.4.5)


def files() -> Iterator[str]:
    """Yield every address that is no page, of records one of each sort."""
    by_name = {address.name: address for address in public_addresses() if address.use is Use.FILE}
    for address in by_name.values():
        for language in {"", "de", "ar"} & {*address.languages}:
            asked = {"seite": f"/{language}/"} if "seite" in address.reads else {}
            yield address.path(language, **asked)
    yield from (f"/sitemap-{name}.xml" for name in parts())
    yield from (f"/{file.name}" for file in settings.WHITENOISE_ROOT.iterdir())


def faults(site, path: str) -> Iterator[str]:
    """Yield what is wrong with the answers of an address to who has it, and to who has not."""
    status, headers, body = site.ask(path, HTTP_ACCEPT_ENCODING="gzip, br")
    tag, caching = headers.get("ETag", ""), headers.get("Cache-Control", "")
    if not (status.startswith("200") and tag and caching) or "no-store" in caching:
        yield f"{status}, {tag=}, {caching=}"
        return
    asked = {"HTTP_ACCEPT_ENCODING": "gzip, br", "HTTP_IF_NONE_MATCH": tag}
    known, told, nothing = site.ask(path, **asked)
    if not known.startswith("304") or nothing:
        yield f"{known} to who has it"
    if missing := [name for name in SAID_AGAIN if told.get(name) != headers.get(name)]:
        yield f"304 says otherwise: {missing}"
    if not site.ask(path, HTTP_IF_NONE_MATCH='"another"')[0].startswith("200"):
        yield "304 to who has something else"
    _status, plain, plain_body = site.ask(path)
    varies = headers.get("Vary", "")
    if plain_body != body and "Accept-Encoding" not in varies:
        yield "packed for some, and Vary does not say so"
    if plain_body != body and plain["ETag"] == tag and not tag.startswith("W/"):
        yield "one strong ETag for two sequences of bytes"
    if "Cookie" in varies:
        yield f"{varies=}"


def test_who_has_a_file_already_is_told_so_and_sent_nothing(site):
    found = {path: list(faults(site, path)) for path in files()}

    assert len(found) > 10
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
