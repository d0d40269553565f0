"""A form's proof that we made it, for which page and when: signed, and no cookie needed."""

import enum
import secrets
import time
from typing import NamedTuple

from django.core import signing

SALT = "contacts.form"
SHORTEST = 3  # seconds; nobody fills in a form faster
LONGEST = 24 * 60 * 60  # seconds


class Flaw(enum.Enum):
    """What is wrong with a token."""

    FORGED = "forged"
    TOO_FAST = "too fast"
    EXPIRED = "expired"


class Checked(NamedTuple):
    """The result of a check: ``nonce`` tells one form from every other."""

    nonce: str
    flaw: Flaw | None


def issue(form: str, at: float | None = None) -> str:
    """Return a token for the form at the address ``form``, made at ``at`` (Unix time; now)."""
    made = int(time.time() if at is None else at)
    return signing.Signer(salt=SALT).sign_object([form, secrets.token_hex(8), made])


def check(token: str, form: str) -> Checked:
    """Return what ``token`` says for the form at the address ``form``."""
    try:
        made_for, nonce, made = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return Checked("", Flaw.FORGED)
    if made_for != form:
        return Checked("", Flaw.FORGED)
    age = time.time() - made
    if age > LONGEST:
        return Checked(nonce, Flaw.EXPIRED)
    # A clock that was set back makes a form come from the future: no reason to trust it less.
    return Checked(nonce, Flaw.TOO_FAST if 0 <= age < SHORTEST else None)
