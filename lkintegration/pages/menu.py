"""The main menu: first what residents look for, then what the office says of itself."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy


class Section(NamedTuple):
    """One part of the site by the name of its address; ``pages`` are those that belong to it."""

    name: str
    label: Promise
    pages: frozenset[str] = frozenset()


class Group(NamedTuple):
    """Sections that stand in the menu under one word."""

    label: Promise
    sections: tuple[Section, ...]


class Entry(NamedTuple):
    """A line of the menu; ``current`` is the value of ``aria-current``, empty on other pages.

    A group leads nowhere itself, so its ``url`` is empty: ``below`` are its lines.
    """

    url: str
    label: str
    current: str = ""
    below: tuple["Entry", ...] = ()


SECTIONS = (
    Section("beratung", gettext_lazy("Beratung")),
    Section("angebote", gettext_lazy("Angebote"), frozenset({"angebot"})),
    Section(
        "kontakt",
        pgettext_lazy("page", "Kontakt"),
        frozenset({"kontakt-person", "nachricht", "kontakt-nachricht"}),
    ),
    Section("woerter", gettext_lazy("Wörter"), frozenset({"wort"})),
)
ABOUT_US = Group(
    gettext_lazy("Über uns"),
    (
        Section("konzept", gettext_lazy("Konzept")),
        Section("leitziele", gettext_lazy("Leitziele"), frozenset({"leitziel"})),
        Section("aufgaben", gettext_lazy("Aufgaben")),
    ),
)
ALL = (*SECTIONS, *ABOUT_US.sections)


def main_menu(here: str) -> list[Entry]:
    """Return the menu in the reader's language on the page whose address is named ``here``."""
    below = tuple(_line(section, here) for section in ABOUT_US.sections)
    is_here = any(line.current for line in below)
    group = Entry("", str(ABOUT_US.label), "true" if is_here else "", below)
    return [*(_line(section, here) for section in SECTIONS), group]


def entry(name: str) -> Entry | None:
    """Return the line of one section; None where there is none of that name."""
    return next((_line(section) for section in ALL if section.name == name), None)


def label(name: str) -> str:
    """Return what one section is called; empty where there is none of that name."""
    return next((str(section.label) for section in ALL if section.name == name), "")


def _line(section: Section, here: str = "") -> Entry:
    return Entry(reverse(section.name), str(section.label), _current(section, here))


def _current(section: Section, here: str) -> str:
    if here == section.name:
        return "page"
    return "true" if here in section.pages else ""
