"""Who gets in, what guessers get, and that nobody is locked out for good."""

import datetime
import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import User
from django.test import Client

from lkintegration.accounts.enums import EventKind
from lkintegration.accounts.limits import ACCOUNT, ADDRESS
from lkintegration.accounts.models import LoginEvent, TryCount
from tests.accounts.logging_in import (
    LOGIN,
    PASSWORD,
    WRONG,
    can_log_in,
    colleague,
    is_logged_in,
    longest_wait,
    make_older,
    refusal,
    send_login,
)

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
HOSTILE = [
    "https://evil.example",
    "//evil.example/verwaltung/",
    "/\\evil.example",
    "javascript:alert(1)",
    "/accounts/profile/",
    "/de/",
    "verwaltung/",
    "/verwaltungen/",
    "\x00/verwaltung/",
    "https://testserver.evil.example/verwaltung/",
    "",
]


def strangers(count: int) -> list[Client]:
    """Return that many browsers, each behind an address of its own."""
    return [Client(REMOTE_ADDR=f"198.51.{n // 250}.{n % 250 + 1}") for n in range(count)]


def test_a_guesser_gets_five_tries_however_many_addresses_they_have() -> None:
    colleague()

    answers = [send_login(stranger).status_code for stranger in strangers(20)]

    assert answers == [200] * ACCOUNT.free + [429] * 15


def test_waits_double_up_to_an_hour_and_end() -> None:
    colleague()
    seen = []
    for stranger in strangers(14):
        send_login(stranger)
        seen.append(longest_wait())
        make_older(datetime.timedelta(seconds=seen[-1]))

    assert seen == [0, 0, 0, 0, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600]
    assert can_log_in(strangers(1)[0])


def test_the_right_password_does_not_count_as_a_guess_and_does_not_help_during_a_wait() -> None:
    colleague()
    send_login(strangers(1)[0])
    for stranger in strangers(10):
        assert can_log_in(stranger)
    for stranger in strangers(4):
        send_login(stranger)

    refused = send_login(strangers(1)[0], password=PASSWORD)

    assert refused.status_code == 429
    assert 50 <= int(refused.headers["Retry-After"]) <= 60
    assert re.search(r"Bitte warten Sie 1 Minute \(bis \d\d:\d\d:\d\d Uhr\)", refusal(refused))


def test_a_wait_that_began_while_the_clock_was_ahead_ends_when_it_is_put_right() -> None:
    colleague()
    for _try in range(ACCOUNT.free):
        send_login(Client())

    make_older(-48 * HOUR)

    assert can_log_in(Client())


def test_strangers_cannot_keep_a_colleague_out_of_their_own_browser() -> None:
    colleague()
    own = Client(REMOTE_ADDR="192.0.2.7")
    assert can_log_in(own)
    own.post("/verwaltung/logout/")
    for stranger in strangers(9):
        send_login(stranger)

    assert can_log_in(own)
    assert not can_log_in(Client(REMOTE_ADDR="192.0.2.8"))


def test_a_known_browser_has_a_few_tries_of_its_own_and_another_account_none_of_them() -> None:
    colleague()
    colleague("zweite")
    own = Client()
    can_log_in(own)
    own.post("/verwaltung/logout/")

    assert [send_login(own).status_code for _try in range(7)] == [200] * 5 + [429] * 2
    assert send_login(own, "zweite").status_code == 200
    assert not can_log_in(own)
    make_older(HOUR)
    assert can_log_in(own)
    assert [send_login(Client(), password=WRONG).status_code for _try in range(6)] == [200] * 5 + [
        429
    ]


def test_a_cookie_that_is_no_known_browsers_helps_nobody() -> None:
    colleague()
    colleague("zweite")
    other, guesser = Client(), Client()
    can_log_in(other, "zweite")
    can_log_in(guesser)  # to learn what the cookie is called
    (name,) = [cookie for cookie in guesser.cookies if cookie.startswith("browser-")]
    (stolen,) = [m.value for c, m in other.cookies.items() if c.startswith("browser-")]
    for stranger in strangers(6):
        send_login(stranger)

    for value in (stolen, "", "a:b:c", guesser.cookies[name].value[:-1] + "_"):
        forged = Client()
        forged.cookies[name] = value
        assert send_login(forged, password=PASSWORD).status_code == 429, value


@pytest.mark.any_database
def test_an_office_behind_one_address_works_while_somebody_there_guesses() -> None:
    for number in range(12):
        colleague(f"kollege-{number}")
    for name in range(ADDRESS.free - 1):
        send_login(Client(), f"geraten-{name}")

    assert all(can_log_in(Client(), f"kollege-{number}") for number in range(12))


def test_one_address_cannot_guess_at_every_password() -> None:
    answers = [send_login(Client(), f"name-{n}").status_code for n in range(ADDRESS.free + 10)]

    assert answers == [200] * ADDRESS.free + [429] * 10
    assert TryCount.objects.count() == ADDRESS.free + 1  # a refused guess leaves nothing behind


def test_spelling_the_name_differently_gives_no_more_tries() -> None:
    colleague()
    spellings = ["kollegin", "Kollegin", "KOLLEGIN", "kolleGin", "kollegin", "ｋollegin"]

    assert [send_login(Client(), name).status_code for name in spellings] == [200] * 5 + [429]


@pytest.mark.any_database
def test_the_answer_is_the_same_whatever_account_there_is() -> None:
    colleague()
    colleague("draussen", is_staff=False)
    colleague("abgeschaltet", is_active=False)
    User.objects.create_user("ohne-passwort", is_staff=True)
    said = {}
    for name in ("kollegin", "draussen", "abgeschaltet", "ohne-passwort", "niemand"):
        answer = send_login(Client(REMOTE_ADDR=f"192.0.2.{len(name)}"), name)
        page = answer.content.decode().replace(name, "NAME")
        said[name] = (answer.status_code, re.sub(r'value="[A-Za-z0-9]{64}"', "", page))

    assert len(set(said.values())) == 1
    for name in ("draussen", "abgeschaltet"):
        answer = send_login(Client(), name, PASSWORD)
        assert (answer.status_code, refusal(answer)) == (
            200,
            refusal(send_login(Client(), "niemand")),
        )


@pytest.mark.any_database
def test_the_work_is_the_same_whatever_account_there_is(settings, django_assert_num_queries):
    settings.PASSWORD_HASHERS = [
        "lkintegration.accounts.hashers.Argon2Hasher",
        "lkintegration.accounts.hashers.FormerHasher",
    ]
    old = PBKDF2PasswordHasher()
    for name in ("alt", "aelter"):
        account = User.objects.create_user(name, is_staff=True)
        account.password = old.encode(PASSWORD, "salz", 1000)
        account.save()

    hashed = [work_of(name) for name in ("alt", "aelter", "niemand", "noch-jemand")]

    assert hashed == [["pbkdf2_sha256"]] * 4


def work_of(name: str) -> list[str]:
    """Return which hashers a try costs, by what they are called."""
    from lkintegration.accounts import hashers

    calls: list[str] = []
    watched = {}
    for hasher, method in ((hashers.Argon2Hasher, "verify"), (hashers.FormerHasher, "encode")):
        watched[hasher] = original = getattr(hasher, method)

        def call(self, *args, original=original, **kwargs):
            calls.append(self.algorithm)
            return original(self, *args, **kwargs)

        setattr(hasher, method, call)
    try:
        send_login(Client(), name)
    finally:
        hashers.Argon2Hasher.verify = watched[hashers.Argon2Hasher]
        hashers.FormerHasher.encode = watched[hashers.FormerHasher]
    return calls


@pytest.mark.any_database
@pytest.mark.parametrize("address", HOSTILE)
def test_logging_in_leads_to_no_page_outside_the_admin(address: str) -> None:
    colleague()

    response = Client().post(
        f"{LOGIN}?next={quote(address)}",
        {"username": "kollegin", "password": PASSWORD, "next": address},
    )

    assert response.url == "/verwaltung/"


@pytest.mark.any_database
def test_logging_in_leads_to_where_somebody_wanted_to_go() -> None:
    colleague()
    wanted = "/verwaltung/freigabe/?a=b"
    client = Client()
    login = client.get(wanted).url

    assert client.post(login, {"username": "kollegin", "password": PASSWORD}).url == wanted
    assert client.get(LOGIN).url == "/verwaltung/"


@pytest.mark.any_database
def test_what_happened_is_written_down_without_names_and_addresses() -> None:
    account = colleague()
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    client = Client(REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT=agent)
    send_login(client, "geheimer-name")
    for _try in range(6):
        send_login(client)
    make_older(HOUR)
    can_log_in(client)
    client.post("/verwaltung/logout/")

    events = LoginEvent.objects.order_by("pk")
    assert [(event.kind, event.account) for event in events] == [
        (EventKind.REFUSED, None),
        *[(EventKind.REFUSED, account)] * 4,
        (EventKind.WAIT, account),
        (EventKind.LOGIN, account),
        (EventKind.LOGOUT, account),
    ]
    assert {event.browser for event in events} == {"Firefox unter Linux"}
    stored = json.dumps([*events.values(), *TryCount.objects.values()], default=str)
    assert "geheimer-name" not in stored
    assert "203.0.113" not in stored


@pytest.mark.any_database
def test_every_cookie_of_the_login_carries_the_prefix(settings: Any) -> None:
    settings.COOKIE_PREFIX = "__Host-"
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    settings.SESSION_COOKIE_PATH = settings.CSRF_COOKIE_PATH = "/"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    colleague()
    client = Client()
    client.get(LOGIN, secure=True)
    send_login(client, password=PASSWORD, secure=True)
    client.post("/verwaltung/konto/", {"beenden": "alle"}, secure=True)  # says something

    assert len(client.cookies) == 4
    for name, morsel in client.cookies.items():
        assert name.startswith("__Host-")
        assert (morsel["path"], morsel["secure"], morsel["httponly"]) == ("/", True, True), name
        assert morsel["domain"] == ""


def test_a_session_starts_anew_with_every_login() -> None:
    colleague()
    client = Client()
    can_log_in(client)
    before = client.cookies["sessionid"].value
    send_login(client, password=PASSWORD)

    assert client.cookies["sessionid"].value != before
    assert is_logged_in(client)
    planted = Client()
    planted.cookies["sessionid"] = before
    assert not is_logged_in(planted)


def test_guesses_at_the_old_password_are_counted_too() -> None:
    client = Client()
    client.force_login(colleague())
    new = {
        "new_password1": "drei-Wolken-ueber-Kamelen",
        "new_password2": "drei-Wolken-ueber-Kamelen",
    }
    address = "/verwaltung/password_change/"

    guesses = [client.post(address, new | {"old_password": f"{WRONG}{n}"}) for n in range(7)]

    assert [answer.status_code for answer in guesses] == [200] * 5 + [429] * 2
    assert client.post(address, new | {"old_password": PASSWORD}).status_code == 429
    make_older(HOUR)
    assert client.post(address, new | {"old_password": PASSWORD}).status_code == 302
