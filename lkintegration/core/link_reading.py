"""Where a link leads: what people type for it, understood; one rule for every text and field.

Our own pages are named by ``page:`` and the name of their address, so that a link leads to the page
in the reader's language.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.urls import NoReverseMatch, reverse

from lkintegration.core.characters import as_browsers_read
from lkintegration.core.languages import BY_CODE
from lkintegration.core.understood import Understood

PAGE: Final = "page:"
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d+(?:[/?#]|$))", re.IGNORECASE)
_TELEPHONE = re.compile(r"tel:\+?[\d ()/.-]{2,30}", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_is_web_address = URLValidator(schemes=["http", "https"])

_POSSIBLE = (
    "Möglich sind eine Internetadresse (www.beispiel.de), eine E-Mail-Adresse, eine Telefonnummer "
    "(tel:+49 …) und eine eigene Seite aus der Liste."
)
_TO_SCRIPTS = "Links mit „{}:“ öffnet die Website nicht. {}"
_TO_PLACES = (
    "„{}“ führt nur von manchen Seiten zum Ziel. Wählen Sie die eigene Seite aus der Liste, dann "
    "führt der Link in jeder Sprache dorthin."
)


@lru_cache(maxsize=1_024)
def read_link(text: str) -> Understood:
    """Return the address that somebody means. Raises ``ValidationError`` with the reason."""
    typed = as_browsers_read(text)
    scheme = _SCHEME.match(typed)
    if scheme:
        address, remark = typed, _remark(typed, scheme[1].lower())
    elif typed.startswith("//"):
        address, remark = f"https:{typed}", "Internetadresse"
    elif typed.startswith(("/", "#", "?", ".")):
        raise ValidationError(_TO_PLACES.format(typed))
    elif _is_valid(validate_email, typed):
        address, remark = f"mailto:{typed}", "E-Mail-Adresse"
    elif _HOST.fullmatch(typed):
        address, remark = f"https://{typed}", "Internetadresse"
    else:
        raise ValidationError(f"„{typed}“ ist keine Adresse. {_POSSIBLE}")
    if remark == "Internetadresse" and not _is_valid(_is_web_address, address):
        raise ValidationError(f"„{typed}“ ist keine vollständige Internetadresse. {_POSSIBLE}")
    return Understood(address, address, remark)


def as_link(text: str) -> str:
    """Return the address that somebody means; what is none stays as it is."""
    try:
        return str(read_link(text).value)
    except ValidationError:
        return text


def is_link(text: str) -> bool:
    """Return whether ``text`` names a place to which a link may lead."""
    return _is_valid(read_link, text)


def own_page(name: str) -> str:
    """Return the address of a page of ours in the active language; empty where there is none."""
    if ":" in name:  # the admin's
        return ""
    try:
        address = reverse(name)
    except NoReverseMatch:
        return ""
    return address if address.split("/")[1] in BY_CODE else ""


def _remark(address: str, scheme: str) -> str:
    if scheme == "page":
        name = address[len(PAGE) :]
        if not own_page(name):
            raise ValidationError(
                f"Eine Seite „{name}“ gibt es hier nicht. Wählen Sie die Seite aus der Liste."
            )
        return "eigene Seite"
    if scheme == "tel" and _TELEPHONE.fullmatch(address):
        return "Telefonnummer"
    if scheme == "mailto" and _is_valid(
        validate_email, address[len("mailto:") :].split("?", maxsplit=1)[0]
    ):
        return "E-Mail-Adresse"
    if scheme in {"tel", "mailto"}:
        raise ValidationError(f"„{address}“ ist nicht vollständig. {_POSSIBLE}")
    if scheme not in {"http", "https"}:
        raise ValidationError(_TO_SCRIPTS.format(scheme, _POSSIBLE))
    return "Internetadresse"


def _is_valid(check: Callable[[str], object], text: str) -> bool:
    try:
        check(text)
    except ValidationError:
        return False
    return True
