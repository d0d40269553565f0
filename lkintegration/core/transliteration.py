"""Text of any script in the letters of ASCII, as far as there is a usual way to write it so."""

import re
import unicodedata
from functools import cache

import icu

# What ICU leaves as it is: letters that have a name of their own in Unicode (schwa is Azerbaijani).
_NAMED = {
    "ALPHA": "a",
    "ESH": "s",
    "EZH": "z",
    "GAMMA": "g",
    "IOTA": "i",
    "SCHWA": "e",
    "UPSILON": "u",
}
_LATIN = re.compile(
    rf"LATIN (?:CAPITAL |SMALL )?LETTER (?:[A-Z]+ )*?([A-Z]{{1,2}}|{'|'.join(_NAMED)})(?: WITH .*)?"
)
# What Ukrainian has and Russian has not: г is h there, and и is y.
_UKRAINIAN = re.compile(r"[іїєґ]|[сзц]ьк|[бпвмфр]['’ʼ][яюєї]", re.IGNORECASE)


# BGN/PCGN writes Cyrillic in the letters of English, where Any-Latin has diacritics (щ: shch, ŝ).
_FROM_UKRAINIAN = "NFC; Ukrainian-Latin/BGN"
_IN_ASCII = "NFC; Russian-Latin/BGN; Any-Latin; Latin-ASCII"


@cache  # made where it is needed: one of all scripts takes a megabyte
def _transliterator(rules: str) -> icu.Transliterator:
    return icu.Transliterator.createInstance(rules)


def in_ascii(text: str) -> str:
    """Return ``text`` with each letter in ASCII; what has no such spelling is left out.

    Scripts without vowels get none: "محمد" is "mhmd".
    """
    text = "".join(c for c in text if not "\ud800" <= c <= "\udfff")  # ICU takes no halves
    if _UKRAINIAN.search(text):
        text = _transliterator(_FROM_UKRAINIAN).transliterate(text)
    written = _transliterator(_IN_ASCII).transliterate(text)
    decomposed = unicodedata.normalize("NFKD", written)
    return "".join(c if c.isascii() else _named_letter(c) for c in decomposed)


def _named_letter(character: str) -> str:
    found = _LATIN.fullmatch(unicodedata.name(character, ""))
    return _NAMED.get(found[1], found[1].lower()) if found else ""
