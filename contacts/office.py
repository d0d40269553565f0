"""The office's telephone number, known to each worker even while the database is away."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from phonenumber_field.phonenumber import PhoneNumber, to_python

from contacts.models import ContactPerson
from lkintegration.core.phones import written

CONTENT = Path(__file__).parent / "content"


class Call(NamedTuple):
    """One number: ``dialled`` in E.164, ``written`` as people write it."""

    dialled: str
    written: str


_last_seen: tuple[Call | None] | None = None


def remember(office: ContactPerson | None) -> None:
    """Note the number that the database holds now, or that it holds none."""
    global _last_seen  # noqa: PLW0603  (one a process; replaced as a whole)
    if office and office.phone:
        _last_seen = (_call(office.phone, office.organisation.phone),)
    else:
        _last_seen = (None,)


def last_known() -> Call | None:
    """Return the number that the database held last; before a first look, the shipped one."""
    return _last_seen[0] if _last_seen else shipped()


@cache
def shipped() -> Call | None:
    """Return the number in the content files that this version of the site came with."""
    organisations = {row["key"]: row for row in _rows("organisation")}
    for row in _rows("contactperson"):
        if row.get("represents_office") and row.get("phone"):
            organisation = organisations[row["organisation"]]
            return _call(to_python(row["phone"]), to_python(organisation.get("phone", "")))
    return None


def _rows(kind: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(
        (CONTENT / f"{kind}s.toml").read_text(encoding="utf-8")
    )[kind]
    return rows


def _call(number: PhoneNumber, switchboard: PhoneNumber | None) -> Call:
    return Call(number.as_e164, written(number, switchboard))
