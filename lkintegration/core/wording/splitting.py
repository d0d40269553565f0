"""Long words in Leichte Sprache: which ones get a hyphen, and where. One method for all texts.

- A compound of 13 letters or more gets hyphens, where ``SPLIT`` says: "Telefon-Nummer".
- Shorter and well-known words stay whole: "Landkreis", "Rathaus".
- Names stay as they stand on the door: "Landratsamt", "Caritasverband", "Wiesental".
- What a hyphen would make mean something else stays whole: "Großeltern", "Zusammenleben".
- Verbs stay whole: "zusammenarbeiten".

A compound with a hyphen that is not in ``SPLIT`` is a mistake, and so is one of ``SPLIT`` without.
"""

import re
from typing import Final

LONGEST_WHOLE: Final = 12  # letters of a word without a hyphen


def _listed(words: str) -> list[str]:
    return words.split()


SPLIT: Final = {
    word.replace("-", "").casefold(): word
    for word in _listed("""
    Anschluss-Unterbringung Ansprech-Person Arbeits-Erlaubnis Arbeits-Treffen
    Aufenthalts-Erlaubnis Aufenthalts-Titel Aufsichts-Behörde Ausbildungs-Platz
    Ausländer-Behörde Barriere-Freiheit Beratungs-Stelle Bildungs-Abschluss Computer-Programm
    Deutsch-Kenntnisse Dolmetscher-Pool Einbürgerungs-Stelle Flüchtlings-Sozialarbeit
    Gebärden-Sprache Gemeinschafts-Unterkunft Gemeinschafts-Unterkünfte Geschäfts-Stelle
    Gesundheits-Amt Handlungs-Feld Hilfs-Angebot Integrations-Arbeit Integrations-Beauftragte
    Integrations-Konzept Integrations-Kurs Integrations-Management Integrations-Politik
    Internet-Adresse Internet-Anschluss Internet-Seite Jugend-Migrations-Dienst Kinder-Betreuung
    Kranken-Versicherung Menschen-Rechte Migrations-Beratung Migrations-Hintergrund
    Muttersprach-Kurs Online-Beratung Schlichtungs-Stelle Sprach-Auswahl Staats-Angehörigkeit
    Telefon-Nummer Vorlese-Programm Widerspruchs-Recht Wohnungs-Suche Zuwanderungs-Gesetz
    Öffnungs-Zeit
    """)
}
# Long words that stay whole: names, nouns made of verbs, what a hyphen would distort.
WHOLE: Final = frozenset(
    word.casefold()
    for word in _listed("""
    Baden-Württemberg Bundesamt Caritasverband Datenschutz-Grundverordnung E-Mail
    E-Mail-Adresse E-Mails Einschränkung Interkulturelle
    Else-Josenhans-Straße Frauencafé Gerechtigkeit Grenzach-Wyhlen Großeltern Informationen
    Internationales IP-Adresse Landesbeauftragte Landeszentrum Landratsamt Luisenstraße
    Mehrgenerationenhaus Palmstraße Passwort QR-Code Rheinfelden Riedlistraße Schwarzwald
    selbstverständlich unterschiedlich verantwortlich Volkshochschule Vorwahl Welcome-Center
    Wiesental Zusammenarbeit Zusammenleben
    """)
)
_ENDINGS = ("", "n", "en", "s", "es", "e", "er", "r", "m", "nen")
_ENDING = re.compile(r"(?:en|er|es|em|e|n|s)$")
_VERBS = {
    "zusammen": "arbeiten leben passen bringen halten fassen stellen wohnen gehören tragen kommen",
    "dazu": "gehören kommen lernen",
    "weiter": "lernen machen helfen gehen arbeiten leben geben leiten schicken",
    "zurück": "gehen rufen kommen holen geben schicken",
    "kennen": "lernen",
    "teil": "nehmen haben",
    "statt": "finden",
}
_SPLIT_VERB = re.compile(
    r"\b(?:"
    + "|".join(
        rf"{first} (?:ge)?(?:{'|'.join(verb[:-2] for verb in verbs.split())})(?:en|e?t)"
        for first, verbs in _VERBS.items()
    )
    + r")\b"
)
_COMPOUND = re.compile(r"\b[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ]?[a-zäöüß]+)+\b")


def split_form(word: str) -> str:
    """Return how ``word`` is written with its hyphens; empty where it has none.

    Endings of cases and plurals do not count: "Telefonnummern" is "Telefon-Nummern".
    """
    plain = word.replace("-", "").casefold()
    for ending in _ENDINGS:
        stem = plain[: len(plain) - len(ending)] if ending else plain
        if plain.endswith(ending) and stem in SPLIT:
            return SPLIT[stem] + word[len(word) - len(ending) :] if ending else SPLIT[stem]
    return ""


def is_whole(word: str) -> bool:
    """Return whether ``word`` stays as it is although it is long or has a hyphen."""
    plain = word.casefold()
    return any(plain.removesuffix(ending) in WHOLE for ending in _ENDINGS)


def is_too_long(word: str) -> bool:
    """Return whether ``word`` is long, or long in one of its parts, and neither list has it.

    Endings do not count; and of other words than nouns, only compounds are that long.
    """
    if is_whole(word) or split_form(word):
        return False
    most = LONGEST_WHOLE if word[0].isupper() else LONGEST_WHOLE + 2
    return any(len(_ENDING.sub("", part)) > most for part in word.split("-"))


def is_split_wrongly(word: str) -> bool:
    """Return whether a compound has a hyphen that no list gives it."""
    if not _COMPOUND.fullmatch(word) or is_whole(word):
        return False
    return split_form(word) != word


def split_verbs(text: str) -> list[str]:
    """Return the verbs that are torn apart: "zusammen arbeiten" for "zusammenarbeiten"."""
    return _SPLIT_VERB.findall(text)
