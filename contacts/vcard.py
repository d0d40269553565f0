"""A contact as a vCard, in version 4.0 (RFC 6350) or 3.0 (RFC 2426).

Version 3.0 is for the many programs that read no newer one: Outlook, Google Contacts, the cameras
of telephones. Written here because the vCard libraries for Python write version 3.0 only.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

from django.utils.translation import override

from contacts.enums import PhoneUse
from contacts.models import Location
from lkintegration.core.languages import SOURCE
from lkintegration.serving.facts import in_words


class Version(StrEnum):
    """The versions that we write, as the property VERSION has them."""

    NEW = "4.0"
    OLD = "3.0"


def _text(text: str) -> str:
    """Return ``text`` as the value of a property that has one (RFC 6350, section 3.4).

    Its semicolons may stay as they are, and not every reader takes an escape away again.
    """
    text = "\n".join(text.splitlines())
    for plain, escaped in (("\\", "\\\\"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def _escaped(text: str) -> str:
    """Return ``text`` as one component of a value that semicolons divide.

    In version 3.0 every value is escaped like that (RFC 2426, section 5).
    """
    return _text(text).replace(";", "\\;")


def _folded(line: str) -> str:
    """Return ``line`` in pieces of at most 75 octets, never inside a character (section 3.2)."""
    pieces: list[str] = []
    piece = ""
    for character in line:
        if len((piece + character).encode()) > 75 - bool(pieces):
            pieces.append(piece)
            piece = ""
        piece += character
    return "\r\n ".join([*pieces, piece])


def _number(number: Any, kind: str, version: Version) -> str:
    """Return a telephone number; programs that know 3.0 only show "tel:" as part of it."""
    if version is Version.OLD:
        extension = f" ext. {number.extension}" if number.extension else ""
        return f"TEL;TYPE={kind.upper()}:{number.dialled}{extension}"
    return f"TEL;VALUE=uri;TYPE={kind}:tel:{number.stored}"


def _lines(
    contact: Any, place: Location | None, url: str, version: Version, notes: Sequence[str]
) -> Iterator[str]:
    is_old = version is Version.OLD
    text = _escaped if is_old else _text
    yield "BEGIN:VCARD"
    yield f"VERSION:{version}"
    if not is_old:
        yield "KIND:individual"
    yield f"FN:{text(contact.name)}"
    name = (contact.family_name, contact.given_name, "", contact.prefix, contact.suffix)
    yield "N:" + ";".join(map(_escaped, name))
    yield f"ORG:{_escaped(str(contact.organisation.name))}"
    yield f"TITLE:{text(str(contact.role))}"
    if contact.phone:
        yield _number(contact.phone, "voice,work", version)
    if contact.second_phone:
        yield _number(contact.second_phone, _kind(contact.second_phone_for), version)
    if contact.fax:
        yield _number(contact.fax, "fax,work", version)
    if place:
        street = ", ".join(filter(None, [place.street, contact.room]))
        parts = ["", "", street, place.city, "", place.postcode, "Deutschland"]
        yield f"ADR;TYPE={'WORK' if is_old else 'work'}:" + ";".join(map(_escaped, parts))
    if not is_old:
        for row in contact.language_tags:
            yield f"LANG:{row['tag']}"
    if notes:
        lines = "\n".join(notes)
        yield f"NOTE:{text(lines)}"
    yield f"URL:{url}"
    yield "END:VCARD"


def _kind(use: str) -> str:
    """Return the types of a second number: of a person's own telephone, or of an office."""
    return "cell,voice" if use in {PhoneUse.MOBILE, PhoneUse.WHATSAPP} else "voice,work"


def vcard(
    contact: Any,
    place: Location | None,
    url: str,
    version: Version = Version.NEW,
    notes: Sequence[str] = (),
) -> str:
    """Return a ``ContactPerson``, prepared by ``with_card()``, as a vCard.

    ``place`` is where they are reached by letter, ``url`` their page; ``notes`` are German
    sentences, a line each. The words are German on every
    page: an address book sorts, finds and reads out names as their bearers write them. The e-mail
    address is left out: a file that anybody may fetch would hand it to harvesters.
    """
    with override(SOURCE):
        lines = map(in_words, _lines(contact, place, url, version, notes))
        return "".join(f"{_folded(line)}\r\n" for line in lines)
