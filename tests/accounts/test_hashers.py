"""How passwords are hashed: as OWASP says, a few at a time, the older ones still known."""

import threading
import time
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.test import Client

from lkintegration.accounts import hashers
from lkintegration.accounts.hashers import PLACES, HashingBusyError, one_at_a_time
from lkintegration.accounts.links import access_link
from lkintegration.settings.base import PASSWORD_HASHERS
from tests.accounts.logging_in import (
    LOGIN,
    PASSWORD,
    can_log_in,
    colleague,
    longest_wait,
    refusal,
    send_login,
)
from tests.core.browser import page_of, words

pytestmark = pytest.mark.any_database


@pytest.fixture(autouse=True)
def _hashers(settings: Any) -> None:
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS


def test_passwords_are_hashed_with_the_figures_of_owasp() -> None:
    assert make_password(PASSWORD).startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.django_db
def test_a_hash_of_an_earlier_version_opens_and_is_replaced() -> None:
    account = User(username="kollegin", is_staff=True)
    account.password = hashers.FormerHasher().encode(PASSWORD, "salz", 1000)
    account.save()

    assert can_log_in(Client())

    account.refresh_from_db()
    assert account.password.startswith("argon2$")
    assert can_log_in(Client())


def test_never_more_than_a_few_threads_hash_or_wait_for_it() -> None:
    """Of many that come at once one hashes, a few wait, the others are refused at once."""
    running, most, refused, done = [], [], [], []
    together = threading.Barrier(PLACES + 6)
    everybody_asked = threading.Event()

    def hash_one() -> None:
        together.wait()
        try:
            with one_at_a_time():
                running.append(1)
                most.append(len(running))
                everybody_asked.wait(10)
                running.pop()
            done.append(1)
        except HashingBusyError:
            refused.append(1)
            if len(refused) == 6:
                everybody_asked.set()

    threads = [threading.Thread(target=hash_one) for _n in range(PLACES + 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (max(most), len(done), len(refused)) == (1, PLACES, 6)


class Crowd:
    """Takes every place to hash inside ``with``."""

    def __enter__(self) -> None:
        self.leave = threading.Event()
        self.threads = [threading.Thread(target=self._stay) for _n in range(PLACES)]
        for thread in self.threads:
            thread.start()
        while hashers._places._value:  # type: ignore[attr-defined]
            time.sleep(0.001)

    def _stay(self) -> None:
        with one_at_a_time():
            self.leave.wait()

    def __exit__(self, *_error: object) -> None:
        self.leave.set()
        for thread in self.threads:
            thread.join()


@pytest.mark.django_db
def test_while_too_many_hash_a_login_is_told_to_come_again_and_costs_no_try() -> None:
    colleague()
    with Crowd():
        answers = [send_login(Client(), name, PASSWORD) for name in ("kollegin", "niemand") * 5]

    assert {answer.status_code for answer in answers} == {503}
    assert {answer.headers["Retry-After"] for answer in answers} == {"5"}
    assert "Gerade melden sich viele zugleich an." in refusal(answers[0])
    assert longest_wait() == 0
    assert can_log_in(Client())


@pytest.mark.django_db
def test_every_other_form_with_a_password_says_so_too() -> None:
    account = colleague()
    client = Client()
    form = client.get(access_link(account, ""), follow=True).request["PATH_INFO"]
    new = {
        "new_password1": "drei-Wolken-ueber-Kamelen",
        "new_password2": "drei-Wolken-ueber-Kamelen",
    }
    with Crowd():
        answer = client.post(form, new)
        page = client.get(LOGIN)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "noch nicht gespeichert" in words(page_of(answer))
    assert page.status_code == 200
    assert client.post(form, new).status_code == 302
