"""Cyrillic and Arabic letters in Latin ones, so that German words heard in them are recognised.

ICU writes both as librarians do: "Ауслендербехёрде" becomes "Auslenderbekherde", and Arabic
becomes consonants only, the vowels written in it among them. These tables read a letter as somebody
does who writes German words by ear: х is h before a vowel and ch elsewhere, و is u, ي is i.
All expect lower case without diacritics that are written apart (Unicode NFKC).
"""

import re

CYRILLIC = re.compile("[а-ӿ]")
ARABIC = re.compile("[ء-ۓ]")


def _table(pairs: str) -> dict[int, str]:
    """Return the table for ``str.translate`` of "from:to" pairs; several letters may have one."""
    rows = (pair.split(":") for pair in pairs.split())
    return {ord(letter): latin for letters, latin in rows for letter in letters}


_CYRILLIC_LETTERS = _table(
    "а:a б:b в:w г:g ґ:g д:d её:e є:je ж:zh зс:s иіїы:i йј:j к:k л:l м:m н:n о:o п:p р:r т:t у:u"
    " ў:u ф:f х:ch ц:z чћ:tsch шщ:sch э:e ю:ju я:ja ьъ:"
    " љ:lj њ:nj ђ:j џ:j"  # Serbian, Macedonian
)
# ü and ä have no letter of their own, an English j has two, and -tion is heard with z.
_CYRILLIC_SOUNDS = (
    (re.compile("(?<=[бвгґджзклмнпрстфхцчшщ])ю"), "u"),
    (re.compile("(?<=[бвгґджзклмнпрстфхцчшщ])я"), "a"),
    (re.compile("(?<=[бвгґджзклмнпрстфхцчшщ])є"), "e"),
    (re.compile("х(?=[аеёєиіїоуыэюя])|^х"), "h"),
    (re.compile("цион|ціон"), "tion"),
    (re.compile("дж"), "j"),
    (re.compile("(?<=[аеёєиіїоуыэюя])й(?![аеёєиіїоуыэюя])"), "i"),
)

_ARABIC_LETTERS = _table(
    "اأإآٱعةۃ:a بٻ:b تطٹ:t سصث:s زذضظځ:z حهھۀەہ:h كکڪ:k غگڠګږ:g يیىئېۍێ:i وؤۆۇۈۋ:u نںڼ:n دډڈ:d"
    " رړڕڑ:r لڵ:l پ:p ج:j چ:tsch خ:ch ژ:zh شښ:sch ف:f ڤ:w ق:q م:m څ:ts ء:"
)
_ARABIC_SOUNDS = (
    (re.compile("(?<=..)[هەہ]$"), "a"),  # many write it for ة; in Persian it is e
    (re.compile("^و(?=.)"), "w"),
    (re.compile("^[يی](?=[اآو])"), "j"),
)
# "and", "in", "for", "as", "so" are written together with the article.
_ARTICLE = re.compile("^(?:[وف]?[بك]?ال|[وف]?لل)(?=...)")


def latin_of_cyrillic(word: str) -> str:
    """Return ``word`` in Latin letters; signs of other scripts stay."""
    for pattern, letters in _CYRILLIC_SOUNDS:
        word = pattern.sub(letters, word)
    return word.translate(_CYRILLIC_LETTERS)


def latin_of_arabic(word: str) -> str:
    """Return ``word``, which has no vowel signs any more, in Latin letters."""
    for pattern, letters in _ARABIC_SOUNDS:
        word = pattern.sub(letters, word)
    return word.translate(_ARABIC_LETTERS)


def without_article(word: str) -> str:
    """Return an Arabic ``word`` without its article and what is written together with that."""
    return _ARTICLE.sub("", word)
