"""Whether somebody needs a second factor beside the password, has one, and has just shown it.

The factors are devices of django-otp: an app that shows codes (TOTP, RFC 6238), passkeys (WebAuthn)
and recovery codes for the day when the others are lost. Those alone are no second factor.
"""

import datetime
import enum
from typing import Any, Final, NamedTuple, cast

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone
from django_otp import login as note_device
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from lkintegration.accounts.models import FactorDeadline, StaffSession
from lkintegration.core.rights import PUBLISH

GRACE: Final = datetime.timedelta(days=14)  # for those who need one, from when they first do
FRESH: Final = datetime.timedelta(minutes=15)  # before a step that asks who somebody is asks again
CONFIRMED: Final = "_confirmed"  # in the session: when somebody last showed who they are
DUE: Final = "_factor_due"  # the same: by when somebody without a factor needs one, None: never
STARTED: Final = "_started"  # the same: when they logged in (accounts.sessions)


class Standing(enum.Enum):
    """How somebody who is logged in stands to the second factor."""

    FREE = enum.auto()  # has none and needs none
    GRACE = enum.auto()  # has none and will need one
    OVERDUE = enum.auto()  # has none and needs one
    ASK = enum.auto()  # has one and has not shown it in this session
    SHOWN = enum.auto()


class Factors(NamedTuple):
    """What an account has; ``codes_left`` is the number of recovery codes."""

    app: TOTPDevice | None
    passkeys: list[WebAuthnCredential]
    codes_left: int

    @property
    def devices(self) -> list[Device]:
        """Return the second factors."""
        return [*([self.app] if self.app else []), *self.passkeys]

    @property
    def number(self) -> int:
        """Return how many second factors there are."""
        return len(self.devices)


def needs_factor(user: User) -> bool:
    """Return whether ``user`` may publish content or change accounts, by whatever role or right."""
    if user.is_superuser:
        return True
    for permission in user.get_all_permissions():
        app, _dot, codename = permission.partition(".")
        action = codename.partition("_")[0]
        if action == PUBLISH or (app == User._meta.app_label and action != "view"):
            return True
    return False


def standing_of(request: HttpRequest) -> tuple[Standing, datetime.datetime | None]:
    """Return how the user of ``request`` stands, and for ``GRACE`` until when.

    Asked once a session: whoever adds a factor, or loses it to an administrator, is logged out
    everywhere else (``end_other_sessions``).
    """
    user: Any = request.user
    if user.is_verified():
        return Standing.SHOWN, None
    if DUE not in request.session:
        has_factor, due_at = _factor_and_deadline(user)
        if has_factor:
            return Standing.ASK, None
        request.session[DUE] = due_at and due_at.timestamp()
    due: float | None = request.session[DUE]
    if due is None:
        return Standing.FREE, None
    moment = datetime.datetime.fromtimestamp(due, datetime.UTC)
    return (Standing.GRACE if moment > timezone.now() else Standing.OVERDUE), moment


def _factor_and_deadline(user: User) -> tuple[bool, datetime.datetime | None]:
    """Return whether ``user`` has a factor, and by when they need one; the time begins to run."""
    has_app, has_passkey, due_at = (
        User.objects.filter(pk=user.pk)
        .values_list(
            Exists(TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)),
            Exists(WebAuthnCredential.objects.filter(user=OuterRef("pk"), confirmed=True)),
            "factor_deadline__due_at",
        )
        .get()
    )
    if has_app or has_passkey or not needs_factor(user):
        return has_app or has_passkey, None
    if due_at is None:
        due_at = timezone.now() + GRACE
        FactorDeadline.objects.get_or_create(account=user, defaults={"due_at": due_at})
    return False, due_at


def factors_of(user: User) -> Factors:
    """Return the factors of ``user``."""
    return Factors(
        TOTPDevice.objects.filter(user=user, confirmed=True).first(),
        list(WebAuthnCredential.objects.filter(user=user, confirmed=True).order_by("created_at")),
        StaticToken.objects.filter(device__user=user, device__confirmed=True).count(),
    )


def is_fresh(request: HttpRequest) -> bool:
    """Return whether the user has logged in or shown who they are a short while ago."""
    session = request.session
    last: float = max(session.get(STARTED) or 0, session.get(CONFIRMED) or 0)
    return timezone.now().timestamp() - last < FRESH.total_seconds()


def confirm(request: HttpRequest, device: Device | None = None) -> None:
    """Note that the user has shown who they are, by ``device`` or by their password.

    The session gets a new key (OWASP, Session Management: renew it whenever rights grow).
    """
    request.session.cycle_key()
    request.session[CONFIRMED] = timezone.now().timestamp()
    request.session.pop(DUE, None)
    if device is not None:
        note_device(request, device)


def end_other_sessions(request: HttpRequest) -> None:
    """Log the user out everywhere else: there nobody has shown the factor that is new."""
    others = StaffSession.objects.filter(account=cast("User", request.user))
    others.exclude(session_key=request.session.session_key).delete()


@transaction.atomic
def remove_factor(user: User, persistent_id: str) -> Device | None:
    """Remove the factor of ``user`` with this number; return it, or None where there is none.

    Recovery codes go with the last factor that they stand in for.
    """
    factors = factors_of(user)
    for device in factors.devices:
        if device.persistent_id == persistent_id:
            device.delete()
            if factors.number == 1:
                StaticDevice.objects.filter(user=user).delete()
            return device
    return None


@transaction.atomic
def reset_factors(user: User) -> None:
    """Take all factors of ``user`` away, who has lost them.

    Whoever needs one sets up another with the next login: there is no second time of grace, in
    which the password alone would do.
    """
    for model in (TOTPDevice, WebAuthnCredential, StaticDevice):
        model.objects.filter(user=user).delete()
    FactorDeadline.objects.update_or_create(account=user, defaults={"due_at": timezone.now()})
    StaffSession.objects.filter(account=user).delete()
