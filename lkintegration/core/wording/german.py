"""Plain German: what makes a text of ours hard to read."""

import re
from collections.abc import Iterator
from typing import Final

from lkintegration.core.wording.reading import Line, sentences_of, words_in
from lkintegration.core.wording.rules import (
    ABBREVIATION,
    Rule,
    long_sentences,
    long_words,
    passives,
    pattern,
)

MOST_WORDS: Final = 20  # in a sentence
MOST_LETTERS: Final = 24  # in a word
MOST_NOUNS: Final = 3  # in a sentence, of those that are made of verbs
_MADE_NOUN = re.compile(r"[A-ZÄÖÜ]\w{3,}(?:ung|ungen|keit|keiten|heit|heiten|ierung)")
PLAINER: Final = {
    "gemäß": "nach",
    "hinsichtlich": "zu",
    "bezüglich": "zu",
    "seitens": "von",
    "mittels": "mit",
    "zwecks": "für",
    "sofern": "wenn",
    "etwaige": "mögliche",
    "unverzüglich": "sofort",
    "diesbezüglich": "dazu",
    "vorbehaltlich": "wenn",
    "erfolgt": "ein Verb: wer tut was?",
    "obliegt": "muss",
    "in Anspruch nehmen": "nutzen",
    "in Anspruch genommen": "genutzt",
    "zur Verfügung stellen": "geben",
    "zur Verfügung gestellt": "gegeben",
    "zur Verfügung steht": "gibt es",
    "zur Verfügung stehen": "gibt es",
    "Maßnahmen ergreifen": "etwas tun",
    "in Kenntnis setzen": "sagen",
    "Inanspruchnahme": "nutzen",
    "Antragstellung": "einen Antrag stellen",
    "zuzüglich": "und dazu",
    "nachfolgend": "hier",
    "vorgenannt": "dieser",
    "wohnhaft": "wohnt",
    "Personensorgeberechtigte": "Eltern",
}
_PLAINER = re.compile(rf"\b(?:{'|'.join(map(re.escape, PLAINER))})(?:n|r|s|en)?\b", re.IGNORECASE)


def _many_made_nouns(line: Line) -> Iterator[str]:
    for sentence in sentences_of(line.text):
        nouns = [word for word in words_in(sentence) if _MADE_NOUN.fullmatch(word)]
        if len(nouns) > MOST_NOUNS:
            yield ", ".join(nouns)


RULES: Final = (
    Rule(
        f"Langer Satz (über {MOST_WORDS} Wörter)",
        "Teilen Sie ihn.",
        long_sentences(MOST_WORDS),
    ),
    Rule("Passiv", "Sagen Sie, wer etwas tut.", passives),
    Rule(
        "Amtsdeutsch",
        "Nehmen Sie ein Wort, das man auch spricht.",
        pattern(_PLAINER.pattern, re.IGNORECASE),
    ),
    Rule("Abgekürzt", "Schreiben Sie es aus.", ABBREVIATION),
    Rule(
        "Viele Hauptwörter aus Verben",
        "Nehmen Sie Verben: „Wir beraten“ statt „Die Beratung erfolgt“.",
        _many_made_nouns,
    ),
    Rule(
        f"Langes Wort (über {MOST_LETTERS} Buchstaben)",
        "Sagen Sie es mit zwei Wörtern.",
        long_words(MOST_LETTERS),
    ),
    Rule(
        "„ist zu …“",
        "Sagen Sie, wer etwas tun muss oder kann.",
        pattern(r"\b(?:ist|sind) (?:\w+ ){0,4}zu(?: \w+en|\w+zu\w+en)\b(?=[.,;]|$)"),
    ),
)
