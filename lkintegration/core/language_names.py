"""Names of languages in the reader's language, as the Unicode CLDR has them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from babel import Locale, UnknownLocaleError

from lkintegration.core.formats import enumeration, reader_locale
from lkintegration.core.language_tags import canonical_tag

# Persian is Farsi in Iran and Dari in Afghanistan: each speaker finds the own name.
ALSO_CALLED: Final = {"fa": "fa_AF"}


def language_name(tag: str) -> str:
    """Return the name of the language ``tag`` (BCP 47); the tag itself if unknown."""
    names = reader_locale().languages
    key = next((key for key in _keys(tag) if key in names), None)
    if key is None:
        return tag
    also = names.get(ALSO_CALLED.get(key, ""))
    return f"{names[key]}/{also}" if also else str(names[key])


def _keys(tag: str) -> Iterator[str]:
    """Yield under which CLDR may name a language: as written, as written today, without script."""
    yield tag.replace("-", "_")
    key = (canonical_tag(tag) or "").replace("-", "_")
    yield from (key, key.partition("_")[0])


class Autonym(NamedTuple):
    """What its own speakers call a language, and the direction in which they write."""

    name: str
    direction: str


def autonym(tag: str) -> Autonym | None:
    """Return the own name of the language ``tag`` (BCP 47), as a line begins with it."""
    try:
        locale = Locale.parse(canonical_tag(tag) or tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return None
    name = str(locale.languages.get(str(locale)) or locale.get_language_name())
    return Autonym(name[0].upper() + name[1:], locale.text_direction)


def language_names(rows: Iterable[Mapping[str, str]]) -> str:
    """Return the names of the languages in the ``tag`` of ``rows``, as one lists them."""
    return enumeration(language_name(row["tag"]) for row in rows)
