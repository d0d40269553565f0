"""What a program can check of a text, rule by rule: where it is hard to read, and what helps.

A rule looks at one line and yields the words that it means. It may be wrong: it advises whoever
writes, and decides nothing.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lkintegration.core.wording.reading import (
    Line,
    length_of,
    parts_of,
    sentences_of,
    words_in,
)

Find = Callable[[Line], Iterator[str]]


class Rule(NamedTuple):
    """``name`` says what is hard, ``advice`` what to do; ``find`` yields the words of a line."""

    name: str
    advice: str
    find: Find


def pattern(expression: str, flags: int = 0) -> Find:
    """Return what yields every match of ``expression``."""
    compiled = re.compile(expression, flags)

    def find(line: Line) -> Iterator[str]:
        for match in compiled.finditer(line.text):
            yield match[0].strip()

    return find


def long_sentences(most: int) -> Find:
    """Return what yields sentences of more than ``most`` words."""

    def find(line: Line) -> Iterator[str]:
        for sentence in sentences_of(line.text):
            yield from (part for part in parts_of(sentence) if length_of(part) > most)

    return find


def long_words(most: int) -> Find:
    """Return what yields words with a part of more than ``most`` letters."""

    def find(line: Line) -> Iterator[str]:
        for word in words_in(line.text):
            if max(map(len, word.split("-"))) > most:
                yield word

    return find


_PASSIVE = re.compile(r"\b(?:wird|werden|wurden?|würden?)\b")
_PARTICIPLE = re.compile(
    r"\w{0,9}ge\w{2,}(?:t|en)|(?:be|ver|er|ent|zer|miss|über|unter|wider)\w{2,}t|\w{3,}iert"
    r"|(?:be|ver|ent|er|zer|unter|über)(?:\w*(?:schlossen|sprochen|standen|schrieben|schieden"
    r"|nommen|funden|boten|laden|troffen|griffen|worfen|loren|brochen|geben|tragen))"
)
_NO_PARTICIPLE = re.compile(
    r"\w*(?:gehen|gelten|gehören|gelingen|genießen|gewinnen|genügen|gestalten|gewähren|geht|gilt"
    r"|gelingt|gefällt|gehört|gibt|lich\w*|igen|ischen|samen|baren)"
    r"|(?:ein|aus|an|ab|weiter|auf|vor|zu|mit|wieder)?geben|gefallen|geschehen|gesamte?n?|geehrte?n?"
    r"|gegent?|genaue?n?|gemeinsam|bereit|bekannt|überhaupt|verwandt|besteht|bekommt|bedeutet"
    r"|beginnt|erhält|versteht|entsteht|vergeht|unterricht|erreicht|ergibt|bleibt"
)


def passives(line: Line) -> Iterator[str]:
    """Yield clauses in which something is done by nobody: "wird geprüft", "worden"."""
    for clause in re.split(r"[.!?:;,]\s|[–()]|\b(?:und|oder)\b", line.text):
        auxiliary = _PASSIVE.search(clause)
        words = [word for word in words_in(clause) if word.islower()]
        participles = [word for word in words if _is_participle(word)]
        if "worden" in words or (auxiliary and participles):
            yield clause.strip()


def _is_participle(word: str) -> bool:
    return bool(_PARTICIPLE.fullmatch(word)) and not _NO_PARTICIPLE.fullmatch(word)


ABBREVIATION = pattern(
    r"\b(?:bzw|usw|ggf|evtl|inkl|zzgl|ca|vgl|etc|sog|Nr|Art|Abs|Str|Tel|Std|Min|max|mind)\."
    r"|\b(?:z|d|u|o|i)\. ?(?:B|h|a|ä|Ä|d)\.(?: ?[RS]\.)?"
)
_ACRONYM = re.compile(r"\b(?:[A-ZÄÖÜ][\w]*-)?[A-ZÄÖÜ]{2,}[a-z]?(?:-[A-ZÄÖÜ]{2,})?\b")
KNOWN = frozenset({"EU", "SMS", "PDF", "QR", "IP", "ID", "OK", "CD", "TV", "FAX"})


def acronyms_in(text: str) -> list[str]:
    """Return the abbreviations of capitals in ``text`` that not everybody knows, each once."""
    found = dict.fromkeys(_ACRONYM.findall(text))
    return [short for short in found if not KNOWN & set(short.split("-"))]


def is_acronym_explained(short: str, text: str) -> bool:
    """Return whether ``text`` says what an abbreviation means.

    It does by "Jugendmigrationsdienst (JMD)", "JMD (Jugend…)", "kurz: JMD", "Die kurze Form ist:
    JMD", "JMD ist die kurze Form von", "JMD bedeutet".
    """
    short = re.escape(short)
    explained = (
        rf"\({short}[\s,)]|\b{short} \(|\b{short} (?:ist|bedeutet|heißt|steht)\b"
        rf"|(?:[Kk]urz|[Ff]orm ist|[Aa]bkürzung(?: ist)?): ?{short}\b"
    )
    return bool(re.search(explained, text))
