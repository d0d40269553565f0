"""Which passwords are refused because anybody here would guess them."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from lkintegration.core.transliteration import in_ascii

LEAST_LEFT: Final = 5  # letters that must be left of a password without what is obvious
SHORTEST_WORD: Final = 3

SEASONS: Final = (
    "fruehling fruehjahr sommer herbst winter spring summer autumn ostern pfingsten weihnachten "
    "januar februar maerz april mai juni juli august september oktober november dezember "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag"
)
SITE: Final = (
    "integration integrationsbeauftragte integrationsbeauftragter migration beratung redaktion "
    "verwaltung website webseite homepage internet landkreis landratsamt kreis amt buero konzept "
    "baden wuerttemberg deutschland germany schwarzwald wiesental markgraeflerland dreilaendereck "
    "freiburg basel muellheim hochrhein rhein wiese"
)
HABITS: Final = (
    "passwort kennwort password geheim hallo willkommen welcome admin administrator root user "
    "benutzer login start test neu sicher gast chef mein meine dein unser ist das und der die"
)
ROWS: Final = (
    "qwertzuiop",
    "asdfghjkl",
    "yxcvbnm",
    "qwertyuiop",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
)
# Figures and signs that people write for letters.
_INSTEAD: Final = str.maketrans("013457@$!|", "oieastasii")
_GERMAN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_RUNS: Final = tuple({row for text in ROWS for row in (text, text[::-1])})


class ObviousPasswordValidator:
    """Refuses passwords of names, places, seasons, words of this site, and figures around them.

    ``places`` is a table (CSV) with a column "name": the municipalities of the district.
    """

    def __init__(self, places: Path) -> None:
        self.places = places
        self.common = CommonPasswordValidator()

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ``ValidationError`` if too little is left of ``password`` when that is gone."""
        words = _known_words(self.places) | frozenset(_words_of_account(user))
        for reading in _readings(password):
            rest = _once(_without(words, reading))
            is_found = len(rest) < LEAST_LEFT and rest != reading
            if is_found or rest in self.common.passwords:
                raise ValidationError(
                    "Dieses Passwort errät man leicht: Es besteht fast nur aus Namen, Orten, "
                    "Jahreszeiten oder Wörtern, auf die hier jeder kommt.",
                    code="password_obvious",
                )

    def get_help_text(self) -> str:
        return (
            "Keine Jahreszeit mit Jahr, kein Ort, kein Name, kein Wort wie „Integration“. Gut sind "
            "vier Wörter, die nichts miteinander zu tun haben."
        )


def _readings(password: str) -> Iterator[str]:
    """Yield the letters of ``password``: figures as letters, and without figures."""
    folded = _folded(password)
    yield re.sub("[^a-z]", "", folded.translate(_INSTEAD))
    yield re.sub("[^a-z]", "", folded)


def _folded(text: str) -> str:
    return in_ascii(unicodedata.normalize("NFKC", text).casefold().translate(_GERMAN)).lower()


@cache
def _known_words(places: Path) -> frozenset[str]:
    with places.open(encoding="utf-8") as file:
        names = " ".join(row["name"] for row in csv.DictReader(file))
    return frozenset(_words(f"{SEASONS} {SITE} {HABITS} {names}"))


def _words_of_account(user: User | None) -> Iterator[str]:
    if user is not None:
        for text in (user.username, user.first_name, user.last_name, user.email):
            yield from _words(text)


def _words(text: Any) -> list[str]:
    found = re.findall("[a-z]+", _folded(str(text)))
    return [word for word in found if len(word) >= SHORTEST_WORD]


def _without(words: frozenset[str], letters: str) -> str:
    """Return ``letters`` without known words, rows of the keyboard and letters typed again.

    One pass from left to right; each time the longest is taken.
    """
    longest = max(map(len, words), default=0)
    left, start = [], 0
    while start < len(letters):
        sizes = range(min(longest, len(letters) - start), SHORTEST_WORD - 1, -1)
        word = next((size for size in sizes if letters[start : start + size] in words), 0)
        known = max(word, _run(letters, start))
        if not known:
            left.append(letters[start])
        start += known or 1
    return "".join(left)


def _run(letters: str, start: int) -> int:
    """Return how many letters from ``start`` on are one letter or one row; 0 below three."""
    same = len(letters) - start - len(letters[start:].lstrip(letters[start]))
    size = SHORTEST_WORD
    while start + size <= len(letters) and any(letters[start : start + size] in r for r in _RUNS):
        size += 1
    longest = max(same, size - 1)
    return longest if longest >= SHORTEST_WORD else 0


def _once(letters: str) -> str:
    """Return what ``letters`` say again and again: "abab" is "ab"."""
    again = re.fullmatch(r"(.+?)\1+", letters)
    return again[1] if again else letters
