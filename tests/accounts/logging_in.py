"""The login as people and guessers use it."""

import datetime
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from lkintegration.accounts.models import TryCount
from tests.core.browser import page_of, words

LOGIN = "/verwaltung/login/"
PASSWORD = "vier-Birnen-im-Nebel"  # noqa: S105  (of tests alone)
WRONG = "falsch-geraten-und-lang"


def colleague(name: str = "kollegin", **having: Any) -> User:
    """Make an account of staff with ``PASSWORD``."""
    return User.objects.create_user(name, password=PASSWORD, **{"is_staff": True, **having})


def send_login(client: Client, name: str = "kollegin", password: str = WRONG, **extra: Any) -> Any:
    """Send the form of the login; ``extra`` are REMOTE_ADDR and the like."""
    return client.post(LOGIN, {"username": name, "password": password}, **extra)


def can_log_in(client: Client, name: str = "kollegin", **extra: Any) -> bool:
    """Return whether the right password logs in."""
    return send_login(client, name, PASSWORD, **extra).status_code == 302


def is_logged_in(client: Client) -> bool:
    """Return whether the browser is logged in."""
    return client.get("/verwaltung/").status_code == 200


def refusal(response: Any) -> str:
    """Return what the page says first about what was sent."""
    return words(page_of(response).xpath("//*[contains(@class, 'errornote')]")[0])


def make_older(span: datetime.timedelta) -> None:
    """Let the counts of tries be so much older, as if time had passed."""
    for row in TryCount.objects.all():
        row.last_at, row.open_at = row.last_at - span, row.open_at - span
        row.save()


def longest_wait() -> int:
    """Return for how many seconds a try makes people wait at most, however late one looks."""
    rows = TryCount.objects.values_list("open_at", "last_at")
    return max(max(0, round((end - last).total_seconds())) for end, last in rows)
