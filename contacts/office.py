"""The office: whom to call, also while the database is away."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from contacts.models import ContactPerson
from lkintegration.core.generation import current_generation
from lkintegration.core.phones import Phone, in_pairs, written_in_full
from lkintegration.serving.memo import remember

CONTENT = Path(__file__).parent / "content"


class Call(NamedTuple):
    """One number: ``dialled``, ``written`` as people write it, ``easy`` in Leichte Sprache."""

    dialled: str
    written: str
    easy: str


class _LastSeen:
    """The number that the database held when this process last looked, or that it held none."""

    looked = False
    call: Call | None = None


def main_contact() -> ContactPerson | None:
    """Return the person whose number stands on every page, prepared by ``with_card()``."""
    return remember("office", _find_main_contact, lasts=True)


def _find_main_contact() -> ContactPerson | None:
    found: ContactPerson | None = ContactPerson.objects.office().first()
    if not current_generation().is_private:  # what a preview shows is not true yet
        number = found.phone if found else None
        _LastSeen.call = _call(number, found.organisation.phone) if found and number else None
        _LastSeen.looked = True
    return found


def last_known_number() -> Call | None:
    """Return the number that the database held last; before a first look, the shipped one."""
    return _LastSeen.call if _LastSeen.looked else shipped()


@cache
def shipped() -> Call | None:
    """Return the number in the content files that this version of the site came with."""
    organisations = {row["key"]: row for row in _rows("organisation")}
    for row in _rows("contactperson"):
        if row.get("represents_office") and row.get("phone"):
            organisation = organisations[row["organisation"]]
            switchboard = organisation.get("phone")
            return _call(
                Phone.stored_as(row["phone"]), switchboard and Phone.stored_as(switchboard)
            )
    return None


def _rows(kind: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(
        (CONTENT / f"{kind}s.toml").read_text(encoding="utf-8")
    )[kind]
    return rows


def _call(number: Phone, switchboard: Phone | None) -> Call:
    return Call(number.dialled, written_in_full(number, switchboard), in_pairs(number))
