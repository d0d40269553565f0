"""What people have typed into forms and not saved yet, and who has which form open."""

import datetime
from typing import Final, NamedTuple, Self
from uuid import UUID

from django.contrib.auth.models import User
from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.http import QueryDict

from lkintegration.core.account_names import account_name
from lkintegration.editing.models import TypedForm

LIFETIME: Final = datetime.timedelta(days=30)
OPEN_FOR: Final = datetime.timedelta(seconds=75)  # after a browser was last heard of
MOST_BYTES: Final = 500_000  # of one form
MOST_FORMS: Final = 30  # of one account
KEY: Final = "_typed"  # the field that names the form in what it sends
_NOT_TYPED: Final = (KEY, "csrfmiddlewaretoken")
_SALT: Final = "typed-form"


class OpenForm(NamedTuple):
    """A form that was shown to somebody, who may use it therefore."""

    user_id: int
    key: UUID
    address: str

    def sign(self) -> str:
        """Return what the form's script shows, so that nobody names a form they have not seen."""
        return signing.dumps([self.user_id, str(self.key), self.address], salt=_SALT)

    @classmethod
    def read(cls, signed: str, user: User) -> Self | None:
        """Return what ``sign`` has signed; None if that was not for ``user``."""
        try:
            user_id, key, address = signing.loads(signed, salt=_SALT)
        except signing.BadSignature:
            return None
        return cls(user_id, UUID(key), address) if user_id == user.pk else None


def keep(form: OpenForm, sent: str, now: datetime.datetime, *, is_closed: bool = False) -> None:
    """Note that ``form`` is open, and what was typed into it; nothing typed leaves what was.

    ``sent`` is what a browser would send, encoded. Raises ``SuspiciousOperation`` where that has
    too many fields.
    """
    seen_at = None if is_closed else now
    own = TypedForm.objects.filter(user_id=form.user_id)
    if not sent:
        mine = own.filter(key=form.key)
        if is_closed:
            mine.filter(typed_at=None).delete()
        if not mine.update(seen_at=seen_at) and not is_closed:
            own.update_or_create(key=form.key, defaults=_named(form) | {"seen_at": now})
        return
    pairs = [
        [name.replace("\0", ""), value.replace("\0", "")]  # an error to PostgreSQL, and in no text
        for name, values in QueryDict(sent).lists()
        for value in values
        if name not in _NOT_TYPED
    ]
    typed = {"sent": pairs, "typed_at": now, "seen_at": seen_at}
    with transaction.atomic():
        own.update_or_create(key=form.key, defaults=_named(form) | typed)
        newest = own.exclude(typed_at=None).order_by("-typed_at").values_list("pk", flat=True)
        TypedForm.objects.filter(pk__in=list(newest[MOST_FORMS:])).delete()


def _named(form: OpenForm) -> dict[str, object]:
    return {"user_id": form.user_id, "address": form.address}


def others_in(form: OpenForm, now: datetime.datetime) -> list[str]:
    """Return the names of those who have the form at the same address open right now."""
    there = TypedForm.objects.filter(address=form.address, seen_at__gt=now - OPEN_FOR)
    rows = there.exclude(user_id=form.user_id).select_related("user").order_by("user_id")
    return list(dict.fromkeys(account_name(row.user) for row in rows))


def typed_before(user: User, address: str, but: UUID) -> list[TypedForm]:
    """Return what ``user`` has typed at ``address`` and not saved, the newest first.

    ``but`` is the form that is shown.
    """
    rows = TypedForm.objects.filter(user=user, address=address).exclude(typed_at=None)
    return list(rows.exclude(key=but).order_by("-typed_at"))


def find_typed(user: User, address: str, key: UUID | None) -> QueryDict | None:
    """Return what ``user`` has typed into one form at ``address``, as a browser would send it."""
    if key is None:
        return None
    rows = TypedForm.objects.filter(user=user, address=address, key=key).exclude(typed_at=None)
    typed = rows.first()
    if typed is None:
        return None
    fields = QueryDict(mutable=True)
    for name, value in typed.sent:
        fields.appendlist(name, value)
    return fields


def find_address(user: User, key: UUID) -> str:
    """Return where the form is into which ``user`` has typed; empty if there is none."""
    rows = TypedForm.objects.filter(user=user, key=key)
    return rows.values_list("address", flat=True).first() or ""


def forget_typed(user: User, key: UUID | None) -> None:
    """Forget one form of ``user``: it is saved, or given up. One query."""
    if key:
        TypedForm.objects.filter(user=user, key=key).delete()


def read_key(text: str | None) -> UUID | None:
    """Return the key of a form that a browser has sent; None if it is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def delete_old_typed_forms(now: datetime.datetime) -> int:
    """Delete what nobody has gone on with for ``LIFETIME``, and forms nobody typed into."""
    is_old = Q(typed_at__lt=now - LIFETIME) | Q(typed_at=None, seen_at__lt=now - OPEN_FOR)
    return TypedForm.objects.filter(is_old).delete()[0]
