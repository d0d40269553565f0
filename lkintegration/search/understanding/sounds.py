"""How words sound in German: Kölner Phonetik (Hans Joachim Postel, 1969), for folded words.

One change: vowels are left out before equal codes are drawn together. So a word has the same code
whether somebody writes its vowels or not, as in Arabic script.
"""

import re

_STEPS = (
    (re.compile("tion"), "zion"),  # as it is heard
    (re.compile("ph"), "f"),
    (re.compile("[dt](?=[csz])"), "8"),
    (re.compile("(?<=[ckq])x"), "8"),
    (re.compile("x"), "48"),
    (re.compile("(?m)^c(?=[ahkloqrux])"), "4"),
    (re.compile("(?<=[sz])c"), "8"),
    (re.compile("c(?=[ahkoqux])"), "4"),
)
_CODES = str.maketrans("aeijouybpdtfvwgkqlmnrcsz", "000000011223334445667888", "h")
_VOWELS_INSIDE = re.compile("(?<=[0-9])0+")
_REPEATED = re.compile(r"([0-9])\1+")


def sound(words: str) -> str:
    """Return the code of a folded word without digits; of several words, one a line, all codes.

    Vowels count at the beginning only, as 0: "Jobcenter" and "jubsntr" are 18627 after it.
    """
    for pattern, code in _STEPS:
        words = pattern.sub(code, words)
    return _REPEATED.sub(r"\1", _VOWELS_INSIDE.sub("", words.translate(_CODES)))


# Arabic in Latin letters, with the digits that stand for letters which Latin lacks.
_DIGITS_OF_ARABIC = str.maketrans(
    {"2": "", "3": "", "5": "ch", "6": "t", "7": "h", "8": "g", "9": "g"}
)
_CONSONANTS = (
    (re.compile("kh|x"), "ch"),
    (re.compile("gh|q"), "g"),
    (re.compile("dh|th"), "z"),
    (re.compile("sch|sh"), "S"),
    (re.compile("tsch"), "C"),
    (re.compile("[aeiouyw]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


def skeleton(word: str) -> str:
    """Return the consonants of an Arabic or Persian word, folded or as people write it in Latin.

    "motarjem", "mutarjim" and "mtrjm" have the same.
    """
    word = word.translate(_DIGITS_OF_ARABIC)
    for pattern, letters in _CONSONANTS:
        word = pattern.sub(letters, word)
    return word
