"""Words as search compares them: lower-case letters of ASCII and digits, whatever the script.

The same for a text that is stored and for what a reader asks; nothing here knows which language a
word is in. ``fold`` has one spelling of each word, ``spellings`` all that are usual for it.
"""

import re
from functools import cache, lru_cache
from unicodedata import combining, decimal, normalize

from lkintegration.core.foreign_scripts import (
    ARABIC,
    CYRILLIC,
    latin_of_arabic,
    latin_of_cyrillic,
    without_article,
)

LONGEST_WORD = 60  # characters; what is longer is no word that anybody looks for
_MOST_MARKS = 4  # of one letter: Unicode's own order of them costs the square of their number
_NOT_FOLDED = re.compile("[^a-z0-9]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_ZWNJ = "\u200c"
# Soft hyphens, marks of direction, joiners, variation selectors, and the tatweel of Arabic.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u0640\u180e\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
)
_APOSTROPHE = re.compile("(?<=[а-ӿ])['’ʼ`´](?=[а-ӿ])", re.IGNORECASE)
_HYPHENATED = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
# Letters that are no other letter with a mark.
_LETTERS = str.maketrans("øłđðıħŋəĸŧƒ", "olddihnektf") | str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)


@cache  # made where it is needed: a set of all marks in Unicode
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds words, and what finds more marks on one letter than any language has."""
    import icu  # noqa: PLC0415  (megabytes)

    found = icu.UnicodeSet("[:M:]")
    marks = "".join(
        rf"\U{ord(found.getRangeStart(n)):08x}-\U{ord(found.getRangeEnd(n)):08x}"
        for n in range(found.getRangeCount())
    )
    word = re.compile(rf"[^\W_](?:[^\W_]|[{marks}]|{_ZWNJ}(?=[^\W_]))*")
    return word, re.compile(rf"([{marks}]{{{_MOST_MARKS}}})[{marks}]+")


def written_words(text: str) -> list[str]:
    """Return the words of ``text`` as they are written there, in order.

    Hyphens and apostrophes part words, but for the apostrophe of Ukrainian. What cannot be seen is
    left out, all but the joiner of Persian; signs that stand for others (ligatures, letters in full
    width) become those.
    """
    words, many_marks = _patterns()
    text = many_marks.sub(r"\1", _UNSEEN.sub("", _SURROGATES.sub(" ", text)))
    text = _APOSTROPHE.sub("", normalize("NFKC", text))
    return [word[:LONGEST_WORD] for word in words.findall(text)]


def fold(text: str) -> list[str]:
    """Return the words of ``text`` in one spelling each: "Müller-Straße 5": muller, strasse, 5."""
    return [folded for word in written_words(text) if (folded := fold_word(word))]


@lru_cache(4096)
def fold_word(word: str) -> str:
    """Return one of ``written_words`` as letters of ASCII and digits; empty if it has none."""
    return _folded(word.casefold().replace(_ZWNJ, ""))


@lru_cache(4096)
def _all_spellings(word: str) -> frozenset[str]:
    low = word.casefold()
    if low.isascii():
        return frozenset(filter(None, (_folded(low),)))
    joined = low.replace(_ZWNJ, "")
    found = {joined, normalize("NFC", joined).translate(_UMLAUTS), joined.replace("ё", "о")}
    if ARABIC.search(joined):
        parts = low.split(_ZWNJ)
        found |= {part for part in parts if len(part) > 2 and len(parts) > 1}
        found |= {without_article(_without_marks(spelling)) for spelling in found}
    return frozenset(filter(None, map(_folded, found)))


def spellings(word: str) -> set[str]:
    """Return all spellings in which one of ``written_words`` is stored and looked for.

    Umlauts as ae and a, ё as е and о, Arabic with and without the article.
    """
    return set(_all_spellings(word))


def script(word: str) -> str:
    """Return in which script ``word`` is written: "Arabic", "Cyrillic", "Latin" for all others."""
    if word.isascii():
        return "Latin"
    if ARABIC.search(word):
        return "Arabic"
    return "Cyrillic" if CYRILLIC.search(word.lower()) else "Latin"


def stored_words(text: str) -> list[str]:
    """Return what an index stores of ``text``: all spellings of its words, in order.

    What hyphens join is one word besides: "E-Mail" is e, mail and email.
    """
    joined = (match[0].replace("-", "") for match in _HYPHENATED.finditer(text))
    written = [*written_words(text), *(word for part in joined for word in written_words(part))]
    return [spelling for word in written for spelling in sorted(_all_spellings(word))]


def _without_marks(word: str) -> str:
    decomposed = normalize("NFKD", word)
    return "".join(c for c in decomposed if not combining(c))


def _folded(low: str) -> str:
    if low.isascii():
        return _NOT_FOLDED.sub("", low)
    low = "".join(str(decimal(c)) if c.isdecimal() else c for c in low)
    if CYRILLIC.search(low):
        low = latin_of_cyrillic(low)
    low = _without_marks(low)
    if ARABIC.search(low):
        low = latin_of_arabic(low)
    low = low.translate(_LETTERS)
    return _NOT_FOLDED.sub("", low if low.isascii() else _by_icu(low))[:LONGEST_WORD]


def _by_icu(word: str) -> str:
    from lkintegration.core.transliteration import in_ascii  # noqa: PLC0415  (megabytes of ICU)

    return in_ascii(word).lower()
