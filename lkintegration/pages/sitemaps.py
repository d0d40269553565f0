"""The map of the site for search engines (sitemaps.org): an index, and the files that it names.

Each page stands in it once in every language in which it is written, with its other versions and
its last change. One file holds the pages with a fixed address, each of the others the pages of so
many records of a kind. As text a file has up to 15 MB: it is packed while it is written, remembered
packed, and unpacked while it is sent to who cannot read it so.
"""

import datetime
import hashlib
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple, cast

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import re_accepts_gzip
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from lkintegration.core.kinds import content_of, kinds
from lkintegration.core.languages import BY_CODE, SOURCE
from lkintegration.core.models import Content
from lkintegration.pages.models import Page
from lkintegration.pages.page_languages import fixed_page_languages
from lkintegration.serving.addresses import (
    PublicAddress,
    PublicPattern,
    address_of,
    fixed_addresses,
    listed_patterns,
)
from lkintegration.serving.memo import remember_for_all
from lkintegration.serving.reader_texts import languages_of

MOST = 10_000  # addresses in a file; the protocol allows 50,000, and 50 MB
RECORDS = MOST // len(BY_CODE)  # in a file: each may be written in every language
AT_ONCE = 64 * 1024  # bytes that are unpacked
GZIP = 31  # of zlib: the format that browsers and search engines know
PROTOCOL = "http://www.sitemaps.org/schemas/sitemap/0.9"
START = '<?xml version="1.0" encoding="UTF-8"?>\n'


class Part(NamedTuple):
    """One file: the pages with a fixed address, or those of records from ``start`` on."""

    pattern: PublicPattern | None
    start: int
    changed: datetime.datetime | None


def parts() -> dict[str, Part]:
    """Return the files of the map by name. A name stays what it is while records are added."""
    return remember_for_all("parts of the map", _find_parts)


def _find_parts() -> dict[str, Part]:
    found = {"seiten": Part(None, 0, max(_latest_news().values(), default=None))}
    for pattern in listed_patterns():
        news = [row.news_at for row in _rows(pattern, "news_at")]
        for number, start in enumerate(range(0, len(news), RECORDS), 1):
            changed = max(news[start : start + RECORDS])
            found[f"{pattern.name}-{number}"] = Part(pattern, start, changed)
    return found


def sitemap_index(request: HttpRequest) -> HttpResponseBase:
    """Name the files of the map."""
    entries = (
        f"<sitemap><loc>{_origin(request)}{reverse('sitemap-part', args=[name])}</loc>"
        f"{_lastmod(part.changed)}</sitemap>\n"
        for name, part in parts().items()
    )
    body = f'{START}<sitemapindex xmlns="{PROTOCOL}">\n{"".join(entries)}</sitemapindex>\n'.encode()
    latest = max((part.changed for part in parts().values() if part.changed), default=None)
    return _answer(request, HttpResponse(body), body, latest)


def sitemap_part(request: HttpRequest, name: str) -> HttpResponseBase:
    """List the pages of one file; 404 if there is none of this name."""
    part, origin = parts().get(name), _origin(request)
    if part is None:
        raise Http404(name)
    packed = remember_for_all(("map", origin, name), lambda: _packed(_lines(origin, part)))
    response: HttpResponseBase
    if re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")):
        response = HttpResponse(packed, headers={"Content-Encoding": "gzip"})
    else:
        response = StreamingHttpResponse(_unpacked(packed))
    response.headers["Vary"] = "Accept-Encoding"
    return _answer(request, response, packed, part.changed)


def _answer(
    request: HttpRequest,
    response: HttpResponseBase,
    content: bytes,
    changed: datetime.datetime | None,
) -> HttpResponseBase:
    """Return ``response``, or 304 to who has the same ``content``, packed or not."""
    tag = f'W/"{hashlib.sha256(content).hexdigest()[:20]}"'
    sent = {"Content-Type": "application/xml", "Cache-Control": "no-cache", "ETag": tag}
    if changed:
        sent["Last-Modified"] = http_date(changed.timestamp())
    # The map is no page that a search should lead to.
    for header, value in (sent | {"X-Robots-Tag": "noindex"}).items():
        response.headers[header] = value
    told = cast("HttpResponse", response)  # the stubs know no stream
    return get_conditional_response(request, etag=tag, response=told) or told


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _packed(lines: Iterable[str]) -> bytes:
    pack = zlib.compressobj(wbits=GZIP)
    return b"".join([*(pack.compress(line.encode()) for line in lines), pack.flush()])


def _unpacked(packed: bytes) -> Iterator[bytes]:
    unpack = zlib.decompressobj(wbits=GZIP)
    while packed:
        yield unpack.decompress(packed, AT_ONCE)
        packed = unpack.unconsumed_tail
    yield unpack.flush()


def _lines(origin: str, part: Part) -> Iterator[str]:
    yield f'{START}<urlset xmlns="{PROTOCOL}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    write = partial(_urls, origin)
    if part.pattern is None:
        news, written = _latest_news(), fixed_page_languages()
        for address in fixed_addresses():
            if address.listed:
                codes = written.get(address.name, [*BY_CODE])
                there = [code for code in codes if code in address.languages]
                yield write(address, there, news.get(address.name))
    else:
        gaps = part.pattern.pattern.converters
        rows = _rows(part.pattern, *gaps, "news_at", "translation_states", "untranslated")
        for row in rows[part.start : part.start + RECORDS]:
            yield write(address_of(part.pattern, row), languages_of(row), row.news_at)
    yield "</urlset>\n"


def _urls(
    origin: str, address: PublicAddress, codes: list[str], changed: datetime.datetime | None
) -> str:
    """Write one page: its address in each language of ``codes``, all of which name each other."""
    places = {code: f"{origin}{address.path(code)}" for code in codes}
    versions = dict(places)
    if SOURCE in places:  # then the address without a language leads to the best one
        versions["x-default"] = f"{origin}{address.path('')}"
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{place}"/>'
        for code, place in versions.items()
    )
    said = f"{_lastmod(changed)}{links}"
    return "".join(f"<url><loc>{place}</loc>{said}</url>\n" for place in places.values())


def _lastmod(changed: datetime.datetime | None) -> str:
    return f"<lastmod>{timezone.localdate(changed)}</lastmod>" if changed else ""


def _rows(pattern: PublicPattern, *columns: str) -> Any:
    return content_of(cast("type[Content]", pattern.of)).rows_with_own_page(*columns)


def _latest_news() -> dict[str, datetime.datetime]:
    """Return when readers last saw something new on each page with a fixed address."""
    return remember_for_all("latest news", _find_latest_news)


def _find_latest_news() -> dict[str, datetime.datetime]:
    news: dict[str, list[datetime.datetime | None]] = defaultdict(list)
    for page in Page.objects.published().only("key", "publish_from", "changed_at"):
        news[page.key].append(page.news_at)
    for kind in (kind for kind in kinds() if kind.kind.shown_on):
        latest = content_of(kind).published().latest_news()
        for name in kind.kind.shown_on:
            news[name].append(latest)
    return {name: max(filter(None, found)) for name, found in news.items() if any(found)}
