"""How long a login lasts, that people see and end theirs, and what ends them all."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from lkintegration.accounts.enums import EventKind
from lkintegration.accounts.models import LoginEvent, StaffSession, TryCount
from lkintegration.accounts.retention import delete_old_logins
from lkintegration.accounts.sessions import sessions_of
from tests.accounts.logging_in import PASSWORD, can_log_in, colleague, is_logged_in, send_login
from tests.core.browser import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SESSIONS = "/verwaltung/konto/"
NEW = "drei-Wolken-ueber-Kamelen"
MINUTE, HOUR = datetime.timedelta(minutes=1), datetime.timedelta(hours=1)


def logged_in(name: str = "kollegin", **headers: str) -> Client:
    client = Client(**headers)
    assert can_log_in(client, name)
    return client


def key_of(client: Client) -> str:
    return client.cookies["sessionid"].value


def age(client: Client, span: datetime.timedelta, *, idle: bool = True) -> None:
    """Let the session of a browser be so much older, unused meanwhile if ``idle``."""
    row = StaffSession.objects.get(pk=key_of(client))
    store = client.session
    store["_started"] -= span.total_seconds()
    store.save()
    if idle:
        end = row.expire_date - span
        StaffSession.objects.filter(pk=row.pk).update(expire_date=end)


def end_of(client: Client) -> datetime.timedelta:
    """Return how long the session lasts from now on without a request, to the minute."""
    left = StaffSession.objects.get(pk=key_of(client)).expire_date - timezone.now()
    return round(left / MINUTE) * MINUTE


def test_a_session_ends_eight_hours_after_the_last_request() -> None:
    colleague()
    used, idle = logged_in(), logged_in()

    age(used, 8 * HOUR - MINUTE)
    age(idle, 8 * HOUR + MINUTE)

    assert is_logged_in(used)
    assert not is_logged_in(idle)


def test_using_it_puts_the_end_off_but_never_beyond_twelve_hours() -> None:
    colleague()
    client = logged_in()
    assert end_of(client) == 8 * HOUR
    for _turn in range(2):  # three hours pass, with a request at their end
        row = StaffSession.objects.get(pk=key_of(client))
        store = client.session
        for moment in ("_started", "_seen"):
            store[moment] -= 3 * HOUR.total_seconds()
        row.session_data = store.encode(dict(store.items()))
        row.save()
        assert is_logged_in(client)

    assert end_of(client) == 6 * HOUR  # twelve hours after the login, not eight after the request


def test_a_session_used_while_the_clock_was_ahead_ends_when_it_is_put_right() -> None:
    account = colleague()
    ahead = logged_in()

    age(ahead, -48 * HOUR)

    assert not is_logged_in(ahead)
    assert not sessions_of(account).exists()


def test_the_cookie_goes_when_the_browser_is_closed() -> None:
    colleague()
    morsel = logged_in().cookies["sessionid"]

    assert (morsel["expires"], morsel["max-age"]) == ("", "")
    assert (morsel["httponly"], morsel["samesite"]) == (True, "Lax")


def test_people_see_where_they_are_logged_in_and_end_one_or_all_others() -> None:
    colleague()
    colleague("zweite")
    agents = [
        "Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537 Edg/140",
        "Mozilla Firefox/1",
        "",
    ]
    own, second, third = (logged_in(HTTP_USER_AGENT=agent) for agent in agents)
    stranger = logged_in("zweite")

    page = page_of(own.get(SESSIONS))
    rows = [words(row) for row in page.xpath("//form[@method='post']//tbody/tr/th")]
    assert rows == ["Unbekannter Browser", "Firefox", "Edge unter Windows"]
    assert "dieser Browser" in words(page.xpath("//form[@method='post']//tbody/tr")[2])
    marks = page.xpath("//button[@name='beenden']/@value")
    assert not set(marks) & set(StaffSession.objects.values_list("session_key", flat=True))

    assert own.post(SESSIONS, {"beenden": marks[0]}, follow=True).status_code == 200
    assert [is_logged_in(client) for client in (own, second, third)] == [True, True, False]
    own.post(SESSIONS, {"beenden": "alle"})
    assert [is_logged_in(client) for client in (own, second, stranger)] == [True, False, True]


@pytest.mark.parametrize("sent", ["", "alle", "0", "x" * 5000, "kollegin"])
def test_nobody_ends_sessions_of_others(sent: str) -> None:
    colleague()
    colleague("zweite")
    own, other = logged_in(), logged_in("zweite")
    (mark,) = page_of(own.get(SESSIONS)).xpath("//button[@name='beenden']/@value") or [sent]

    other.post(SESSIONS, {"beenden": mark or sent})
    other.post(SESSIONS, {"beenden": key_of(own)})

    assert is_logged_in(own)
    assert Client().post(SESSIONS, {"beenden": "alle"}).url.startswith("/verwaltung/login/")


def change_own_password(client: Client, account: User) -> None:
    sent = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert client.post("/verwaltung/password_change/", sent).status_code == 302


def set_in_the_shell(client: Client, account: User) -> None:
    account.set_password(NEW)
    account.save()


def switch_off(client: Client, account: User) -> None:
    account.is_active = False
    account.save()


def switch_off_in_bulk(client: Client, account: User) -> None:
    User.objects.filter(pk=account.pk).update(is_active=False)


@pytest.mark.parametrize(
    ("act", "own_goes_on"),
    [
        (change_own_password, True),
        (set_in_the_shell, False),
        (switch_off, False),
        (switch_off_in_bulk, False),
    ],
)
def test_all_sessions_end_when_the_password_changes_or_the_account_goes_off(
    act: Any, own_goes_on: bool
) -> None:
    account = colleague()
    own, other = logged_in(), logged_in()

    act(own, account)

    assert (is_logged_in(own), is_logged_in(other)) == (own_goes_on, False)
    # Nor does a session come back with the account: none is left.
    User.objects.filter(pk=account.pk).update(is_active=True)
    assert (is_logged_in(own), is_logged_in(other)) == (own_goes_on, False)
    assert StaffSession.objects.filter(account=account).count() == own_goes_on


def test_a_change_of_name_or_a_login_elsewhere_ends_no_session() -> None:
    account = colleague()
    own = logged_in()
    account.first_name = "Anders"
    account.save()
    logged_in()

    assert is_logged_in(own)


def test_events_are_forgotten_after_90_days_and_so_are_ended_sessions_and_old_counts() -> None:
    account = colleague()
    now = timezone.now()
    for days in (89, 91):
        when = now - datetime.timedelta(days=days)
        LoginEvent.objects.create(happened_at=when, kind=EventKind.LOGIN, account=account)
    for hours in (-1, 1):
        StaffSession.objects.create(pk=f"s{hours}", expire_date=now + hours * HOUR)
        Session.objects.create(pk=f"s{hours}", expire_date=now + hours * HOUR)
    for hours in (23, 25):
        when = now - hours * HOUR
        TryCount.objects.create(subject=str(hours), count=9, last_at=when, open_at=when)

    assert delete_old_logins(now) == 4

    assert LoginEvent.objects.get().happened_at > now - datetime.timedelta(days=90)
    assert (StaffSession.objects.get().pk, Session.objects.get().pk) == ("s1", "s1")
    assert TryCount.objects.get().subject == "23"


def test_logging_in_as_somebody_else_leaves_nothing_of_the_one_before() -> None:
    colleague()
    colleague("zweite")
    client = logged_in()
    before = key_of(client)
    send_login(client, "zweite", PASSWORD)

    assert not StaffSession.objects.filter(pk=before).exists()
    assert StaffSession.objects.get(pk=key_of(client)).account.username == "zweite"
