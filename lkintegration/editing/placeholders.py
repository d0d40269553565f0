"""Placeholders in the texts that staff write: which there are, and what is wrong with one.

What they stand for is in ``core.facts``.
"""

import re
from difflib import get_close_matches
from typing import Final, NamedTuple

from django.db.models import Field, TextField

from lkintegration.core.blanks import has_brackets, without_inline_tags
from lkintegration.core.facts import OFFICE, Fact, FactName
from lkintegration.core.kinds import is_content
from lkintegration.core.phones import Phone, written_in_full
from lkintegration.core.richtext import RichTextField
from lkintegration.core.slugs import german_slug
from lkintegration.serving.facts import known_facts

PLACEHOLDERS: Final = "data-placeholders"  # marks the fields of a form for placeholders.js
MOST: Final = 120  # facts that are offered, those of the office first
FEW: Final = 4  # that are named in a sentence
HELP: Final = (
    "Nummern und Adressen schreiben Sie als Platzhalter: [[telefon:buero]], [[anschrift:buero]]. "
    "Alle stehen unter dem Formular."
)
BLANK_HAS_NONE: Final = "Eine Lücke schreiben Sie ohne Doppelpunkt."
LABELS: Final = {
    FactName.PHONE: "Telefon",
    FactName.SECOND_PHONE: "zweite Nummer",
    FactName.SWITCHBOARD: "Telefonzentrale",
    FactName.FAX: "Fax",
    FactName.EMAIL: "E-Mail",
    FactName.NAME: "Name",
    FactName.ADDRESS: "Anschrift",
}
_IN_TAG = re.compile(r"<[^>]*\[\[[^<>\[\]]*:[^<>\[\]]*\]\][^>]*>")
_HAS_COLON = re.compile(r"\[\[[^<>\[\]]*:[^<>\[\]]*\]\]")


class Offer(NamedTuple):
    """A placeholder as staff choose it: what they write, what it is, what readers get today."""

    placeholder: str
    label: str
    value: str


def offers() -> list[Offer]:
    """Return the placeholders that a text may hold, those of the office first."""
    return [
        Offer(fact.placeholder, f"{LABELS[fact.name]} {_whose(fact)}", _value(fact))
        for fact in _offered()[:MOST]
    ]


def _offered() -> list[Fact]:
    """Return the facts to choose from; those of the main contact are the office's only."""
    current = [fact for fact in known_facts().values() if not fact.is_former]
    office = [fact for fact in current if fact.key == OFFICE]
    pages = {fact.shown_at for fact in office}
    return [*office, *(fact for fact in current if fact.shown_at not in pages)]


def _whose(fact: Fact) -> str:
    return "des Hauptkontakts" if fact.key == OFFICE else f"von {fact.owner}"


def _value(fact: Fact) -> str:
    if isinstance(fact.value, Phone):
        return written_in_full(fact.value, fact.switchboard)
    return f"{fact.form_of_address} {fact.value}".strip()


def fault_of(text: str) -> str:
    """Return what is wrong with the placeholders of a text, in German; nothing if all is well.

    What has a colon is one; a blank has none.
    """
    if not has_brackets(text):
        return ""
    if _IN_TAG.search(text):
        return (
            "In der Adresse eines Links steht ein Platzhalter. Schreiben Sie ihn in den Text: Aus "
            "einer Nummer wird von selbst ein Link."
        )
    plain = without_inline_tags(text)
    for found in _HAS_COLON.findall(plain):
        if found not in known_facts():
            return _unknown(found)
        if text.count(found) != plain.count(found):
            return f"In {found} darf nichts für sich fett, kursiv oder verlinkt sein."
    return ""


def _unknown(written: str) -> str:
    offered = [fact.placeholder for fact in _offered()]
    by_folded = {_folded(placeholder): placeholder for placeholder in offered}
    near = get_close_matches(_folded(written), by_folded, n=1, cutoff=0.75)
    meant = f" Meinten Sie {by_folded[near[0]]}?" if near else ""
    few = ", ".join(offered[:FEW])
    there = f" Es gibt zum Beispiel: {few}. Alle stehen unter dem Formular." if few else ""
    return f"Den Platzhalter {written} gibt es nicht.{meant}{there} {BLANK_HAS_NONE}"


def _folded(placeholder: str) -> str:
    return german_slug(placeholder.replace(":", " "), 200)


def takes_placeholders(field: Field) -> bool:
    """Return whether readers see what stands in a translated column of several lines."""
    original = getattr(field, "translated_field", None)
    if original is None or not isinstance(field, TextField):
        return False
    model = field.model
    return not (is_content(model) and original.name in model.kind.found_by)


def help_for(field: Field) -> str:
    """Return the line of help below a plain text; formatted ones have a menu."""
    if isinstance(field, RichTextField) or not takes_placeholders(field):
        return ""
    return HELP
