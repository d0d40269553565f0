"""Tags of languages as people, browsers and other sites write them (BCP 47), and what they lead to.

A tag names one of our languages in its own way (``EN``, ``de_AT``, ``prs``, ``mo``), or another
language, for which the nearest of ours is a guess. Both come from the Unicode CLDR: aliases and
``languageMatching`` as ICU has them, and which official language most people speak where a language
is at home (``territoryInfo``, in babel).
"""

import re
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from typing import Final

import icu
from babel.languages import get_territory_language_info

from lkintegration.core.languages import BY_CODE, EASY, SOURCE

LONGEST_HEADER: Final = 500  # characters of Accept-Language that are read
LONGEST_TAG: Final = 35  # characters; RFC 5646 (4.4.1) asks programs to take as many
# Whom we cannot understand at all reads English rather than German; whom we know nothing of gets
# the source of all texts.
BRIDGE: Final = "en"
# CLDR says Russian, as older people learnt it at school. Turkish is the nearest relative, written
# in the same letters.
NEAREST: Final = {"az_Latn": "tr"}
# ISO 639-3: languages that others count as one, so that who asks for one is served by the other.
COUNTED_AS: Final = {
    **dict.fromkeys(("acm", "aeb", "apc", "arq", "ars", "ary", "arz"), "ar"),
    **dict.fromkeys(("bs", "cnr", "hr", "sr"), "sh"),
    **dict.fromkeys(("ckb", "sdh"), "ku"),
    **dict.fromkeys(("nb", "nn"), "no"),
}
_TAG = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
_QUALITY = re.compile(r"q\s*=\s*([01](?:\.\d*)?|\.\d+)")
_LEAST = 0.001


def preferred_language(accept_language: str) -> str:
    """Return the language of the site for a header ``Accept-Language`` (RFC 9110, 12.5.4).

    What the reader names comes before what we guess, each in the order of the reader's wishes; with
    a quality of 0 a language is refused. Leichte Sprache is only for who names it.
    """
    wishes = list(_wishes(accept_language))
    refused = {own_language(tag) for tag, quality in wishes if not quality}
    wanted = [tag for tag, quality in wishes if quality]
    for find in (own_language, related_language):
        for code in map(find, wanted):
            if code and code not in refused:
                return code
    others = (code for code in BY_CODE if code != EASY)
    last = [BRIDGE, SOURCE] if wanted else [SOURCE, BRIDGE]
    return next((code for code in (*last, *others) if code not in refused), SOURCE)


def addressed_language(word: str) -> str | None:
    """Return the language of the site that the first word of an address means; None without one.

    Other words stand there as well, some of which are tags of languages that few have heard of
    (``www``): a guess is made only for those that CLDR has a name for.
    """
    if code := own_language(word):
        return code
    locale = _locale(word)
    if locale is None or locale.getDisplayLanguage(icu.Locale(BRIDGE)) == locale.getLanguage():
        return None
    return related_language(word)


@lru_cache(maxsize=1024)
def own_language(tag: str) -> str | None:
    """Return the language of the site that a tag names; None where it names another, or nothing."""
    return next((code for code in _spellings(tag) if code in BY_CODE), None)


@lru_cache(maxsize=1024)
def related_language(tag: str) -> str | None:
    """Return the language of the site that comes nearest to a tag of another one; None without.

    CLDR matches languages by what their speakers read. Where it names none, it is the language of
    the country; also where CLDR names English and the letters are the same: people who speak Pashto
    read Persian rather than English.
    """
    locale = _locale(tag)
    if locale is None:
        return None
    likely = _likely(locale)
    written = f"{likely.getLanguage()}_{likely.getScript()}"
    code = NEAREST.get(written) or _closest(locale)
    if code and code != BRIDGE:
        return code
    at_home = _language_at_home(likely)
    is_readable = not code or (at_home and _script(at_home) == likely.getScript())
    return at_home if is_readable else code


def same_language(tag: str, tags: Collection[str]) -> str | None:
    """Return which of ``tags`` names the language of ``tag``, or one that is counted as it.

    The one that says it most exactly, where several do: ``zh`` before ``zh-Hant`` for ``zh``.
    """
    wanted = _names(tag)
    found = [
        (wanted.index(name), place, other)
        for other in tags
        for place, name in enumerate(_names(other))
        if name in wanted
    ]
    return min(found)[2] if found else None


def canonical_tag(tag: str) -> str | None:
    """Return a tag as CLDR writes it today, ``fa-AF`` for ``prs``; None where it is no tag."""
    locale = _locale(tag)
    return str(locale.toLanguageTag()) if locale else None


def _wishes(accept_language: str) -> Iterator[tuple[str, float]]:
    """Yield the tags that a reader names with their quality, the most wanted first.

    What is no tag is left out, ``*`` too: it says nothing that we must know. A quality that is no
    number counts as the least, for the language is named all the same.
    """
    header = accept_language
    if len(header) > LONGEST_HEADER:
        header = header[:LONGEST_HEADER].rpartition(",")[0]  # nothing of a tag that is cut off
    found = []
    for wish in header.split(","):
        tag, *parameters = (part.strip().lower() for part in wish.split(";"))
        qualities = [_quality(text) for text in parameters if text.startswith("q")]
        if _is_tag(tag):
            found.append((tag, min(qualities, default=1.0)))
    yield from sorted(found, key=lambda row: -row[1])


def _quality(parameter: str) -> float:
    found = _QUALITY.fullmatch(parameter)
    return min(float(found[1]), 1.0) if found else _LEAST


def _is_tag(text: str) -> bool:
    return len(text) <= LONGEST_TAG and _TAG.fullmatch(text) is not None


def _spellings(tag: str) -> Iterator[str]:
    """Yield a tag from its own words to the language alone, then as CLDR writes it (RFC 4647)."""
    if not _is_tag(tag):
        return
    yield from _shortened(tag.lower().replace("_", "-"))
    yield from _shortened((canonical_tag(tag) or "").lower())


def _shortened(tag: str) -> Iterator[str]:
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]


@lru_cache(maxsize=1024)
def _names(tag: str) -> list[str]:
    """Return all that a language goes by, the most exact first."""
    locale = _locale(tag)
    # CLDR writes Serbo-Croatian as Serbian.
    kin = sorted({tag.lower(), str(locale.getLanguage())}) if locale else []
    return [tag, *_spellings(tag), *(COUNTED_AS.get(name, name) for name in kin)]


@lru_cache(maxsize=1024)
def _locale(tag: str) -> "icu.Locale | None":
    """Return what ICU makes of a tag, as CLDR writes it today; None where it is none."""
    if not _is_tag(tag):
        return None
    try:
        locale = icu.Locale.forLanguageTag(tag.replace("_", "-"))
        locale.canonicalize()
    except icu.ICUError:
        return None
    return locale if locale.getLanguage() else None


def _likely(locale: "icu.Locale") -> "icu.Locale":
    """Return the language with the script and the country that are likely for it alone."""
    found = icu.Locale("_".join(filter(None, (locale.getLanguage(), locale.getScript()))))
    found.addLikelySubtags()
    return found


def _script(code: str) -> str:
    return str(_likely(icu.Locale(code)).getScript())


def _language_at_home(likely: "icu.Locale") -> str | None:
    """Return the official language that most people speak in the country of a language."""
    official = [
        (facts["population_percent"], language)
        for language, facts in get_territory_language_info(likely.getCountry()).items()
        if facts["official_status"] == "official"
    ]
    _share, language = max(official, default=(0, ""))
    return language if language in BY_CODE else None


def _closest(locale: "icu.Locale") -> str | None:
    found = _matcher().getBestMatchResult(locale).getSupportedLocale()
    return str(found.toLanguageTag()) if found else None


@cache
def _matcher() -> "icu.LocaleMatcher":
    """Return what knows our languages; Leichte Sprache is not one of CLDR's."""
    builder = icu.LocaleMatcherBuilder()
    for code in BY_CODE:
        if code != EASY:
            builder.addSupportedLocale(icu.Locale.forLanguageTag(code))
    return builder.setNoDefaultLocale().build()
