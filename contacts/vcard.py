"""A contact as a vCard 4.0 (RFC 6350).

Written here because the vCard libraries for Python write version 3.0 only.
"""

from collections.abc import Iterator
from typing import Any


def _text(text: str) -> str:
    """Return ``text`` as the value of a property that has one (RFC 6350, section 3.4).

    Its semicolons may stay as they are, and not every reader takes an escape away again.
    """
    text = "\n".join(text.splitlines())
    for plain, escaped in (("\\", "\\\\"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def _escaped(text: str) -> str:
    """Return ``text`` as one component of a value that semicolons divide."""
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


def _lines(contact: Any, url: str) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield "KIND:individual"
    yield f"FN:{_text(contact.name)}"
    given, _, family = contact.name.rpartition(" ")
    prefix = contact.get_form_of_address_display() if contact.form_of_address else ""
    yield f"N:{_escaped(family)};{_escaped(given)};;{_escaped(str(prefix))};"
    yield f"ORG:{_escaped(str(contact.organisation.name))}"
    yield f"TITLE:{_text(str(contact.role))}"
    if contact.phone:
        yield f"TEL;VALUE=uri;TYPE=voice,work:tel:{contact.phone.as_e164}"
    if contact.fax:
        yield f"TEL;VALUE=uri;TYPE=fax,work:tel:{contact.fax.as_e164}"
    location = contact.location
    if location and location.is_public:
        street = ", ".join(filter(None, [location.street, contact.room]))
        parts = ["", "", street, location.city, "", location.postcode, "Deutschland"]
        yield "ADR;TYPE=work:" + ";".join(map(_escaped, parts))
    for row in contact.language_tags:
        yield f"LANG:{row['tag']}"
    yield f"URL:{url}"
    yield "END:VCARD"


def vcard(contact: Any, url: str) -> str:
    """Return a ``ContactPerson``, prepared by ``with_card()``, as a vCard; ``url`` is its page.

    The e-mail address is left out: a file that anybody may fetch would hand it to harvesters.
    """
    return "".join(f"{_folded(line)}\r\n" for line in _lines(contact, url))
