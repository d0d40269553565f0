"""Codes that people type as their second factor: of an app, or recovery codes.

A code of an app has six digits, so guesses are counted as those of a password are. A recovery code
is 80 bits of chance that nobody guesses: it works also while an app's guesses have to wait, so that
whoever knows the password cannot keep the owner out.
"""

import base64
import hashlib
import io
import re
import secrets
from typing import Final
from urllib.parse import quote, urlencode

import segno
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from lkintegration.accounts.limits import ACCOUNT
from lkintegration.accounts.marks import mark
from lkintegration.accounts.tries import count_try, forget_tries

NUMBER_OF_CODES: Final = 10
CODE_BYTES: Final = 10
ISSUER: Final = "Integration Landkreis Lörrach"  # what the app writes above the code
APP_CODE = re.compile(r"\d{6}")
RECOVERY_CODE = re.compile(r"[a-z2-7]{16}")


def verify_code(user: User, typed: str) -> Device:
    """Return the device of ``user`` that ``typed`` is a code of; the code is used up.

    Raises ``ValidationError`` in German, and ``TooManyTriesError`` where guesses have to wait.
    """
    code = re.sub(r"[\s-]", "", typed).lower()
    if RECOVERY_CODE.fullmatch(code):
        device = _use_recovery_code(user, code)
    elif APP_CODE.fullmatch(code):
        subject = mark("factor", str(user.pk))
        count_try({subject: ACCOUNT})
        device = _use_app_code(user, code)
        if device:
            forget_tries(subject)
    else:
        raise ValidationError(
            "Der Code der App hat 6 Ziffern, ein Wiederherstellungscode 16 Buchstaben und Ziffern."
        )
    if device is None:
        raise ValidationError(
            "Dieser Code stimmt nicht oder wurde schon benutzt. Warten Sie auf den nächsten der "
            "App; stimmt er auch nicht, stellen Sie die Uhr des Telefons auf „automatisch“."
        )
    return device


def forget_wrong_codes(user: User) -> None:
    """Let ``user`` try codes of an app again at once."""
    forget_tries(mark("factor", str(user.pk)))


@transaction.atomic
def _use_app_code(user: User, code: str) -> Device | None:
    # Locked, so that a code works once however many requests bring it.
    apps = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True)
    return next((device for device in apps if device.verify_token(code)), None)


@transaction.atomic
def _use_recovery_code(user: User, code: str) -> Device | None:
    devices = StaticDevice.objects.select_for_update().filter(user=user, confirmed=True)
    return next((device for device in devices if device.verify_token(_digest(user, code))), None)


@transaction.atomic
def make_recovery_codes(user: User) -> list[str]:
    """Give ``user`` new recovery codes in place of the old; return them, shown only now."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="Wiederherstellungscodes")
    codes = [
        base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().lower()
        for _number in range(NUMBER_OF_CODES)
    ]
    for code in codes:
        device.token_set.create(token=_digest(user, code))
    return ["-".join(code[start : start + 4] for start in range(0, 16, 4)) for code in codes]


def _digest(user: User, code: str) -> str:
    """Return what is kept of a code: as much chance as it has, so that a plain hash is enough."""
    digest = hashlib.sha256(f"{user.pk}:{code}".encode()).digest()
    return base64.b32encode(digest[:CODE_BYTES]).decode().lower()


def new_app_key() -> str:
    """Return the secret of a new app, 160 bits as RFC 4226 advises, in hexadecimal digits."""
    return secrets.token_hex(20)


def app_address(user: User, key: str) -> str:
    """Return the address that an app reads from the QR code (Key URI Format)."""
    secret = typed_key(key).replace(" ", "")
    label = quote(f"{ISSUER}:{user.get_username()}")
    return (
        f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': ISSUER}, quote_via=quote)}"
    )


def typed_key(key: str) -> str:
    """Return the secret as people type it into an app that cannot read the QR code."""
    text = base64.b32encode(bytes.fromhex(key)).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def qr_picture(text: str) -> str:
    """Return a QR code with ``text`` as the address of a picture (data:)."""
    picture = io.BytesIO()
    segno.make_qr(text, error="m").save(picture, kind="png", scale=5)
    return f"data:image/png;base64,{base64.b64encode(picture.getvalue()).decode()}"


@transaction.atomic
def add_app(user: User, key: str, typed: str) -> Device | None:
    """Make the app with ``key`` a factor of ``user`` in place of an earlier one; return it.

    None where ``typed`` is no code of it. Raises ``TooManyTriesError``.
    """
    count_try({mark("new factor", str(user.pk)): ACCOUNT})
    device = TOTPDevice(user=user, key=key, name="Authenticator-App")
    if not device.verify_token(re.sub(r"\s", "", typed)):
        TOTPDevice.objects.filter(pk=device.pk).delete()
        return None
    forget_tries(mark("new factor", str(user.pk)))
    TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    return device
