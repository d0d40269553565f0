"""The main menu: the sections of the site."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


class Section(NamedTuple):
    """One part of the site by the name of its address; ``pages`` are those that belong to it."""

    name: str
    label: Promise
    pages: frozenset[str] = frozenset()


class Entry(NamedTuple):
    """A line of the menu; ``current`` is the value of ``aria-current``, empty on other pages."""

    url: str
    label: str
    current: str = ""


SECTIONS = (
    Section("beratung", gettext_lazy("Beratung")),
    Section("angebote", gettext_lazy("Angebote"), frozenset({"angebot"})),
    Section(
        "kontakt",
        gettext_lazy("Kontakt"),
        frozenset({"kontakt-person", "nachricht", "kontakt-nachricht"}),
    ),
    Section("konzept", gettext_lazy("Konzept")),
    Section("leitziele", gettext_lazy("Leitziele"), frozenset({"leitziel"})),
    Section("aufgaben", gettext_lazy("Aufgaben")),
)


def main_menu(here: str) -> list[Entry]:
    """Return the menu in the reader's language on the page whose address is named ``here``."""
    return [
        Entry(reverse(section.name), str(section.label), _current(section, here))
        for section in SECTIONS
    ]


def entry(name: str) -> Entry | None:
    """Return the line of one section; None where there is none of that name."""
    return next((Entry(reverse(s.name), str(s.label)) for s in SECTIONS if s.name == name), None)


def _current(section: Section, here: str) -> str:
    if here == section.name:
        return "page"
    return "true" if here in section.pages else ""
