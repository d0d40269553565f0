"""Leichte Sprache: the rules of DIN SPEC 33429 and of Netzwerk Leichte Sprache that a program sees.

Whether people understand a text only they can say.
"""

import re
from collections.abc import Iterator
from typing import Final

from lkintegration.core.wording.reading import Line, sentences_of, words_in
from lkintegration.core.wording.rules import ABBREVIATION, Rule, long_sentences, passives, pattern
from lkintegration.core.wording.splitting import (
    LONGEST_WHOLE,
    is_split_wrongly,
    is_too_long,
    split_form,
    split_verbs,
)

MOST_WORDS: Final = 12  # in a sentence
# Pictures in words, which some readers take for what they say.
FIGURATIVE: Final = (
    r"Rahmen",
    r"(?:Ihre[mnr]?|dem|den|de[ns]) Weg(?:e|en)?",
    r"Wege? zu[rm]?",
    r"Kräfte",
    r"lange halten|hält \w+ länger",
    r"verschwinden",
    r"viele Seiten",
    r"macht eine Pause",
    r"Vielfalt wächst|wächst die Vielfalt",
    r"setzt Grenzen|Grenzen setzen",
    r"begleite\w*",
    r"Hand in Hand",
    r"an einen Tisch|am selben Tisch",
    r"Brücken?",
    r"Schlüssel",
    r"offene Tür\w*|Türen öffnen",
    r"Bausteine?|Säulen?|Fundament|Grundstein",
    r"im Blick|mit anderen Augen|Augenhöhe",
    r"ins Leben \w+|auf die Beine|Fuß fassen",
    r"Anstoß|Anstöße|Impulse?",
    r"steuern|steuert|steuere|gesteuert",
    r"Richtung",
    r"Wurzeln?",
    r"Lücken?",
    r"Hürden?",
    r"unter einem Dach|roter Faden|auf einen Blick|am Puls",
    r"stimmen? (?:\w+ )?ab",
)
# Each has a meaning that readers may not know; where it stands, a line explains it.
TO_EXPLAIN: Final = (
    *("App", "Barriere", "Behörde", "Beschluss", "Browser", "Caritas", "Cookie", "Diakonie"),
    *("Einbürgerung", "Gebärden-Sprache", "Gesellschaft", "Handlungs-Feld", "Impressum"),
    *("Integration", "Integrations-Konzept", "Konzept", "Kreistag", "Leitziele"),
    *("Link", "Menü", "Migration", "Migrations-Hintergrund", "Mobilität", "Netzwerk", "Programm"),
    *("QR-Code", "Rechtsform", "Server", "Teilhabe", "vCard", "Verwaltung", "Vielfalt"),
    *("Wirtschaft", "Workshop", "Zuwanderung"),
)


_SPOKEN = "spricht man so"  # what follows is a sound: "Wel-kam"


def _sentences_in_a_line(line: Line) -> Iterator[str]:
    if len(sentences_of(line.text)) > 1:
        yield line.text


def _long_words(line: Line) -> Iterator[str]:
    for word in words_in(line.text):
        if (split := split_form(word)) and "-" not in word:
            yield f"{word}: {split}"
        elif is_too_long(word):
            yield word


def _wrongly_split(line: Line) -> Iterator[str]:
    if _SPOKEN not in line.text:
        yield from (word for word in words_in(line.text) if is_split_wrongly(word))


def _split_verbs(line: Line) -> Iterator[str]:
    yield from split_verbs(line.text)


_NEGATION = re.compile(r"\b(?:nicht|keine?[mnrs]?)\b", re.IGNORECASE)


_NOT = re.compile(r"\b(?:nicht|nichts|nie|niemals|niemand\w*|keine?[mnrs]?)\b", re.IGNORECASE)
_WITHOUT = re.compile(r"\b(?:ohne|außer|un(?!ter|ser|gefähr|bedingt|d\b|s\b)[a-zäöüß]{4,})\b")


def _double_negation(line: Line) -> Iterator[str]:
    for sentence in sentences_of(line.text):
        if _NOT.search(sentence) and _WITHOUT.search(sentence):
            yield sentence


def _pale_negation(line: Line) -> Iterator[str]:
    if line.strong is not None:
        yield from (word for word in _NEGATION.findall(line.text) if word not in line.strong)


RULES: Final = (
    Rule(f"Langer Satz (über {MOST_WORDS} Wörter)", "Teilen Sie ihn.", long_sentences(MOST_WORDS)),
    Rule(
        "Mehrere Sätze in einem Absatz",
        "Jeder Satz steht in einer eigenen Zeile.",
        _sentences_in_a_line,
    ),
    Rule(
        "Nebensatz",
        "Machen Sie 2 Sätze daraus.",
        pattern(
            r", (?:der|die|das|dem|den|dass|weil|wenn|damit|ob|wo|wie|was|wer|welche\w?|um|sodass"
            r"|obwohl|sondern|bevor|nachdem|während) [^,.;:]*"
            r"|\b(?:obwohl|jedoch|sowohl|indem|sodass|falls|sofern)\b"
        ),
    ),
    Rule("Passiv", "Sagen Sie: Wer macht etwas?", passives),
    Rule(
        "Genitiv",
        "Schreiben Sie „von“: „der Plan vom Landkreis“.",
        pattern(
            r"\b(?!(?:Sie|Ihnen|Ihr|Wir|Und|Oder|Aber|Mit|In|Bei|Von|Zu|Aus|An|Auf|Für|Nach|Auch|Dann"
            r"|Hier|Dort|So|Nur|Noch|Schon|Ist|Hat|Kann|Was|Wer|Wo|Wie|Alle|Viele|Das|Dort)\b)"
            r"[A-ZÄÖÜ][\w-]+ (?:des|eines|dieses|jedes|Ihres|unseres|der|einer|Ihrer|unserer"
            r"|aller) (?:[a-zäöü]+en )?[A-ZÄÖÜ][\w-]+"
        ),
    ),
    Rule(
        "Konjunktiv",
        "Sagen Sie es ohne Wunsch: „kann“ statt „könnte“.",
        pattern(r"\b(?:würde|könnte|hätte|wäre|dürfte|müsste|sollte)(?:n|st|t)?\b", re.IGNORECASE),
    ),
    Rule(
        "Vergangenheit ohne „haben“ oder „sein“",
        "Schreiben Sie: „hat gemacht“, „ist gekommen“.",
        pattern(
            r"(?<![\w-])(?:machten?|ging(?:en)?|kam(?:en)?|sagten?|zeigten?|begann|entstand|half(?:en)?|trat"
            r"|beschloss|nannten?|arbeiteten?|suchten?|fand|lag|blieb|brachten?|schrieb|sprach)\b"
        ),
    ),
    Rule(
        f"Langes Wort (über {LONGEST_WHOLE} Buchstaben)",
        "Trennen Sie es mit Bindestrich oder nehmen Sie ein kürzeres.",
        _long_words,
    ),
    Rule(
        "Bindestrich, wo keiner hilft",
        "Schreiben Sie das Wort ohne Bindestrich.",
        _wrongly_split,
    ),
    Rule("Zerlegtes Verb", "Schreiben Sie das Verb in einem Wort.", _split_verbs),
    Rule(
        "Bildliche Sprache",
        "Sagen Sie, was wirklich gemeint ist.",
        pattern(rf"\b(?:{'|'.join(FIGURATIVE)})\b"),
    ),
    Rule("Abgekürzt", "Schreiben Sie es aus.", ABBREVIATION),
    Rule(
        "Zahl als Wort",
        "Schreiben Sie Ziffern: 2 statt zwei.",
        pattern(
            r"\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|hundert|tausend)\b",
            re.IGNORECASE,
        ),
    ),
    Rule(
        "Schwere Zahl",
        "Runden Sie, und schreiben Sie keine Prozente.",
        pattern(r"\b\d+,\d+\b|\d ?%|\bProzent\b|\+49"),
    ),
    Rule(
        "Sonderzeichen",
        "Schreiben Sie es mit Worten.",
        pattern(r"[;&§()/<>\[\]–]"),
    ),
    Rule("Doppelte Verneinung", "Sagen Sie, was ist.", _double_negation),
    Rule(
        "Verneinung",
        "Sagen Sie, was ist. Geht das nicht, machen Sie das Wort fett.",
        _pale_negation,
    ),
)


def words_to_explain(text: str) -> list[str]:
    """Return the words of ``text`` whose meaning somebody has to tell."""
    return [word for word in TO_EXPLAIN if re.search(rf"(?<![\w-]){word}(?![\w-])", text)]


def is_explained(word: str, text: str) -> bool:
    """Return whether ``text`` says what ``word`` means.

    It does by "Integration bedeutet: …", "Ein Browser ist …", "Caritas. Das ist …".
    """
    says = r"(?:bedeutet|bedeuten|heißt|heißen|ist|sind)"
    begin = rf"(?<![\w-]){word}\w{{0,2}}"
    return bool(
        re.search(rf"{begin}(?: \w+)? {says}\b", text)
        or re.search(rf"{begin}[.:] (?:Das|Dort|Es|Er|Sie|Ein|Eine) {says}\b", text)
    )
