"""Names of weekdays and languages in the reader's language, as the Unicode CLDR has them."""

from collections.abc import Iterable, Iterator, Mapping

from babel import Locale
from babel.lists import format_list

from lkintegration.core.language_tags import canonical_tag
from lkintegration.core.languages import EASY, SOURCE
from lkintegration.core.translations import current_language


def reader_locale() -> Locale:
    """Return the conventions of the reader's language."""
    reader = current_language()
    return Locale.parse(SOURCE if reader == EASY else reader)


def weekday_name(number: int) -> str:
    """Return the name of a weekday, 0 for Monday, as a line begins with it."""
    name = str(reader_locale().days["stand-alone"]["wide"][number])
    return name[0].upper() + name[1:]


def language_name(tag: str) -> str:
    """Return the name of the language ``tag`` (BCP 47); the tag itself if unknown."""
    names = reader_locale().languages
    return next((str(names[key]) for key in _keys(tag) if key in names), tag)


def _keys(tag: str) -> Iterator[str]:
    """Yield under which CLDR may name a language: as written, as written today, without script."""
    yield tag.replace("-", "_")
    key = (canonical_tag(tag) or "").replace("-", "_")
    yield from (key, key.partition("_")[0])


def language_names(rows: Iterable[Mapping[str, str]]) -> str:
    """Return the names of the languages in the ``tag`` of ``rows``, as one lists them."""
    return str(format_list([language_name(row["tag"]) for row in rows], locale=reader_locale()))
