"""Every public address, from the declarations that the apps make where they route it.

An app's ``urls.py`` says ``public(…)`` instead of Django's ``path(…)``; that is the only list of
addresses. ``public_addresses()`` yields them all, record by record::

    for address in public_addresses():
        for language in address.languages:
            print(address.path(language))  # /de/, /ar/, …, /de/angebote/jmd-caritas/, …

The sitemap, the page cache and whatever visits every page ask here.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, path, resolve, reverse
from django.utils.translation import override

from lkintegration.core.kinds import content_of, kinds
from lkintegration.core.languages import BY_CODE, SOURCE
from lkintegration.core.models import Content

MOST_LOOKED_UP = 1024  # addresses of which a worker remembers who declared them


class Use(Enum):
    """What readers do at an address. It decides what holds for the address by itself."""

    PAGE = "read"  # the same for everybody, so it is cached; search engines may list it
    FORM = "fill in"  # proves by a token that it is ours, so it is another one each time
    FILE = "take away"  # for programs and for paper: a vCard, a QR code, a feed
    STEP = "go on"  # only a form leads there, so nobody can name its address beforehand


class PublicPattern(URLPattern):
    """A route with what else must be known of it; ``public`` makes it."""

    use: Use
    reads: tuple[str, ...]
    of: type[Content] | None
    where: Callable[[Any], bool]
    listed: bool

    @property
    def is_cached(self) -> bool:
        """Return whether the page cache may keep what is there."""
        return self.use in {Use.PAGE, Use.FILE}

    @property
    def only_language(self) -> str:
        """Return the code of the one language in which the page is there; empty if in all."""
        first = str(self.pattern).partition("/")[0]
        return first if first in BY_CODE else ""


def public(
    route: str,
    view: Callable[..., Any],
    *,
    name: str,
    use: Use = Use.PAGE,
    reads: Iterable[str] = (),
    of: type[Content] | None = None,
    where: Callable[[Any], bool] | None = None,
    listed: bool | None = None,
) -> PublicPattern:
    """Route ``view`` like Django's ``path`` and declare the address.

    ``reads`` names the parameters of the query that the view reads, in the order in which we write
    them; all others never reach it (``serving.page_cache``). ``of`` is the kind of content of which
    each record has such an address, or each of which ``where`` is true; the gaps of the route are
    its attributes (``<slug:slug>``). ``listed`` says whether search engines are told of it: pages
    are, everything else is not. Raises ``ValueError`` where search engines shall be told of an
    address that some records lack: their map looks at no record.

    A route that begins with a language ("de-simple/leichte-sprache/") stands outside of
    ``i18n_patterns``: the page is there in this language alone, and links lead to it from all.
    """
    made = path(route, view, {}, name)
    pattern = PublicPattern(made.pattern, made.callback, made.default_args, made.name)
    pattern.use, pattern.reads, pattern.of = use, tuple(reads), of
    pattern.where = where or (lambda record: True)
    pattern.listed = use is Use.PAGE if listed is None else listed
    if where and pattern.listed:
        raise ValueError(f"{name} is listed, and not there for every record.")
    return pattern


@dataclass(frozen=True)
class PublicAddress:
    """One public address in all its languages.

    ``rest`` follows the language: "angebote/jmd-caritas/". ``record`` is whose address it is, if it
    is one of a record.
    """

    name: str
    rest: str
    languages: tuple[str, ...]  # ("",) where the address has none: /robots.txt; one: see public()
    use: Use
    reads: tuple[str, ...]
    listed: bool
    record: Content | None = None

    def path(self, language: str, **parameters: str) -> str:
        """Return the address in ``language``, e.g. "/ar/beratung/?alter=24".

        Raises ``ValueError`` for parameters that the page does not read.
        """
        if unread := set(parameters) - set(self.reads):
            raise ValueError(f"{self.name} does not read {sorted(unread)}")
        query = _written(parameters, self.reads)
        return f"/{language}/{self.rest}".replace("//", "/", 1) + (f"?{query}" if query else "")


def public_addresses() -> Iterator[PublicAddress]:
    """Yield every public address: the fixed ones, then those of every published record.

    One query a kind of content that has pages. Steps of a form are not among them.
    """
    yield from fixed_addresses()
    yield from record_addresses()


def fixed_addresses() -> Iterator[PublicAddress]:
    """Yield the addresses that stand fast whatever the content; asks no database."""
    for pattern in public_patterns().values():
        if pattern.use is not Use.STEP and pattern.of is None:
            yield address_of(pattern, None)


def record_addresses() -> Iterator[PublicAddress]:
    """Yield the addresses of the records whose own page readers can open."""
    for kind in kinds():
        patterns = [
            pattern
            for pattern in public_patterns().values()
            if pattern.use is not Use.STEP and pattern.of is kind
        ]
        records = content_of(kind).with_own_page().order_by("pk") if patterns else []
        for record in records:
            yield from (
                address_of(pattern, record) for pattern in patterns if pattern.where(record)
            )


def listed_patterns() -> list[PublicPattern]:
    """Return the declarations of pages of records that search engines are told of."""
    return [pattern for pattern in public_patterns().values() if pattern.listed and pattern.of]


def address_of(pattern: PublicPattern, record: Any) -> PublicAddress:
    """Return the address that ``pattern`` declares, that of ``record`` if it is one of records.

    One look-up for all languages. Of ``record`` only the gaps of the route are read.
    """
    gaps = {name: getattr(record, name) for name in pattern.pattern.converters}
    with override(SOURCE):
        found = reverse(pattern.name, kwargs=gaps)
    first, _slash, rest = found.removeprefix("/").partition("/")
    has_language = first in BY_CODE
    return PublicAddress(
        name=str(pattern.name),
        rest=rest if has_language else found.removeprefix("/"),
        languages=_languages(first),
        use=pattern.use,
        reads=pattern.reads,
        listed=pattern.listed,
        record=record,
    )


@cache
def public_patterns() -> dict[str, PublicPattern]:
    """Return all declarations by name, in the order of the routes."""
    return {str(pattern.name): pattern for pattern in _walk(get_resolver().url_patterns)}


@lru_cache(maxsize=MOST_LOOKED_UP)
def declaration(path: str) -> PublicPattern | None:
    """Return what is declared of the address at ``path``, which begins with a language.

    None if nothing is: no page of ours is there.
    """
    try:
        with override(path.split("/")[1]):
            return public_patterns().get(resolve(path).view_name)
    except Resolver404:
        return None


def address_in_one_language(rest: str) -> str:
    """Return the address that ``rest`` follows a language in, of a page that is there in one only.

    Empty if there is none.
    """
    for pattern in public_patterns().values():
        only = pattern.only_language
        if only and str(pattern.pattern) == f"{only}/{rest}":
            return f"/{pattern.pattern}"
    return ""


def read_parameters(query: str, reads: tuple[str, ...]) -> str:
    """Return of ``query``, as WSGI has it, only what is read, in the order of ``reads``.

    Of a parameter that is named more than once the last value counts, as for Django. Raises
    ``TooManyFieldsSent``.
    """
    found = QueryDict(query.encode("latin-1"), encoding="utf-8")
    return _written({name: str(found[name]) for name in reads if name in found}, reads)


def _walk(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[PublicPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns)
        elif isinstance(pattern, PublicPattern):
            yield pattern


def _languages(code: str) -> tuple[str, ...]:
    """Return the languages of an address that is ``/<code>/…`` where German is active."""
    if code == SOURCE:
        return tuple(BY_CODE)
    return (code if code in BY_CODE else "",)


def _written(parameters: dict[str, str], reads: tuple[str, ...]) -> str:
    return urlencode([(name, parameters[name]) for name in reads if name in parameters])
