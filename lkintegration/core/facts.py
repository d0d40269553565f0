"""Facts that texts name instead of repeating them: ``[[telefon:buero]]`` is the number of the day.

A placeholder stands in double brackets like a blank, and has a colon: what is asked for, and of
whom. A kind of content says which facts its public records have (``Content.facts``).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from django.utils.functional import Promise

from lkintegration.core.phones import Phone

OFFICE: Final = "buero"  # instead of a person's own key: whoever is the main contact of the office


class FactName(StrEnum):
    """What a placeholder may ask for, as staff write it."""

    PHONE = "telefon"
    SECOND_PHONE = "zweite-nummer"
    SWITCHBOARD = "telefonzentrale"
    FAX = "fax"
    EMAIL = "e-mail"
    NAME = "name"
    ADDRESS = "anschrift"


class Fact(NamedTuple):
    """One fact of a public record.

    ``key`` tells whose it is, ``owner`` tells staff. What a number is dialled through needs the
    ``switchboard``; before a name stands its ``form_of_address``, in the reader's language. An
    e-mail address is shown to readers on one page only, which ``shown_at`` names: its route, and
    the record there. Texts may still name a fact by a former key; no menu offers it.
    """

    name: FactName
    key: str
    value: Phone | str
    owner: str
    switchboard: Phone | None = None
    form_of_address: str | Promise = ""
    shown_at: tuple[str, str] = ("", "")
    is_former: bool = False

    @property
    def placeholder(self) -> str:
        """Return what stands for the fact in a text."""
        return f"[[{self.name}:{self.key}]]"


Facts = Mapping[str, Fact]  # by placeholder

_NAMES = "|".join(map(re.escape, FactName))
PLACEHOLDER: Final = rf"\[\[(?:{_NAMES}):[\w-]+\]\]"
_PLACEHOLDER = re.compile(PLACEHOLDER)
# A link in a link is none: there stands the bare fact.
_PART = re.compile(rf"(?P<link><a\b[^>]*>)|(?P<end></a>)|<[^>]*>|(?P<placeholder>{PLACEHOLDER})")


def by_placeholder(facts: Iterable[Fact]) -> Facts:
    """Return ``facts`` as texts name them; a key of today counts more than one of the past."""
    return {fact.placeholder: fact for fact in sorted(facts, key=lambda one: not one.is_former)}


def names_facts(text: str) -> bool:
    """Return whether there is a placeholder in ``text``."""
    return "[[" in text and bool(_PLACEHOLDER.search(text))


def fill_text(text: str, written: Callable[[str], str | None]) -> str:
    """Return plain text with what ``written`` returns for each placeholder; None lets it stand."""
    return _PLACEHOLDER.sub(lambda found: _or_itself(found[0], written(found[0])), text)


def fill_html(html: str, linked: Callable[[str, bool], str | None]) -> str:
    """Return safe HTML with what ``linked`` returns for each placeholder; None lets it stand.

    ``linked`` is told whether the placeholder stands where a link may. What stands in a tag stays.
    """
    depth = 0

    def fill(found: re.Match[str]) -> str:
        nonlocal depth
        if placeholder := found["placeholder"]:
            return _or_itself(placeholder, linked(placeholder, not depth))
        depth += bool(found["link"]) - bool(found["end"])
        return found[0]

    return _PART.sub(fill, html)


def without_placeholders(text: str) -> str:
    """Return the words of a text that are its own."""
    return _PLACEHOLDER.sub(" ", text)


def _or_itself(placeholder: str, written: str | None) -> str:
    return placeholder if written is None else written
