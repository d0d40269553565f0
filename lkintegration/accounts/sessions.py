"""Who is logged in: eight hours without a request end a session, twelve hours end any.

Django's sessions (``SESSION_ENGINE``) in a table that knows whose they are, so that people see
theirs and can end them.
"""

import datetime
from typing import Any, Final, cast

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, login
from django.contrib.auth.models import User
from django.contrib.sessions.backends import db
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from lkintegration.accounts.browsers import browser_of
from lkintegration.accounts.models import StaffSession

LONGEST: Final = datetime.timedelta(hours=12)  # the idle limit is SESSION_COOKIE_AGE
SEEN_EVERY: Final = datetime.timedelta(minutes=1)  # a request a second need not write each time
CLOCKS_DIFFER: Final = datetime.timedelta(minutes=5)  # between hosts, at most
_STARTED, _SEEN, _BROWSER = "_started", "_seen", "_browser"


class SessionStore(db.SessionStore):
    """Django's sessions in the database, with an end that no use puts off."""

    @classmethod
    def get_model_class(cls) -> type[StaffSession]:
        return StaffSession

    def create_model_instance(self, data: dict[str, Any]) -> StaffSession:
        """Return the row for ``data``; who is in it, since when and until when are columns."""
        now = timezone.now()
        if SESSION_KEY in data:
            data.setdefault(_STARTED, now.timestamp())
        data[_SEEN] = now.timestamp()
        row = cast("StaffSession", super().create_model_instance(data))
        row.account_id = data.get(SESSION_KEY)
        row.password_state = data.get(HASH_SESSION_KEY, "")
        row.browser = data.get(_BROWSER, "")
        row.started_at = _moment(data.get(_STARTED))
        row.last_seen_at = now
        return row

    def get_expiry_date(self, **kwargs: Any) -> datetime.datetime:
        """Return when the session ends if nothing more is asked."""
        idle_end = super().get_expiry_date(**kwargs)
        started = _moment(self.get(_STARTED))
        return min(idle_end, started + LONGEST) if started else idle_end

    def _get_session_from_db(self) -> StaffSession | None:
        """Return the row, unless it ends later than any can.

        Such a one was used while the clock was ahead, and would last days too long.
        """
        # Django calls it for every look-up; its stubs do not know it.
        row = cast("StaffSession | None", super()._get_session_from_db())  # type: ignore[misc]
        if row is not None and row.expire_date > _latest_end():
            self._session_key = None
            return None
        return row

    def note_use(self) -> None:
        """Put off the end for want of use."""
        seen = _moment(self.get(_SEEN))
        if seen is None or seen < timezone.now() - SEEN_EVERY:
            self.modified = True


def start_session(request: HttpRequest, account: User) -> None:
    """Log ``account`` in with this browser, for twelve hours at most from now."""
    # Nothing of an earlier one, a second factor shown there least of all: with the password alone
    # an open session would last on and count as just begun.
    request.session.flush()
    login(request, account)
    request.session[_BROWSER] = browser_of(request)


def sessions_of(account: User) -> QuerySet[StaffSession]:
    """Return the sessions in which ``account`` is logged in, the last used first."""
    return StaffSession.objects.filter(
        account=account,
        expire_date__range=(timezone.now(), _latest_end()),
        password_state__in=_password_states(account),
    ).order_by("-last_seen_at")


def end_void_sessions(account: User) -> None:
    """End the sessions that a password of before has opened; all, if the account is off."""
    held = StaffSession.objects.filter(account=account)
    if account.is_active:
        held = held.exclude(password_state__in=_password_states(account))
    held.delete()


def end_all_sessions() -> None:
    """Log everybody out.

    For a database that comes from a backup: whoever was logged in then may have logged out since.
    """
    StaffSession.objects.all().delete()


def _latest_end() -> datetime.datetime:
    idle = datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return timezone.now() + idle + CLOCKS_DIFFER


def _password_states(account: User) -> list[str]:
    return [account.get_session_auth_hash(), *account.get_session_auth_fallback_hash()]


def _moment(timestamp: float | None) -> datetime.datetime | None:
    return datetime.datetime.fromtimestamp(timestamp, datetime.UTC) if timestamp else None


def account_saved(instance: User, update_fields: frozenset[str] | None, **_rest: object) -> None:
    """Answer the signal: what was saved of the account may void its sessions."""
    if update_fields is None or not {"password", "is_active"}.isdisjoint(update_fields):
        end_void_sessions(instance)
