"""One-time links: the first account, a forgotten password, the way back in for the locked out."""

import datetime
import re
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from lkintegration.accounts.emails import email_thread
from lkintegration.accounts.models import StaffSession, TryCount
from tests.accounts.logging_in import (
    PASSWORD,
    can_log_in,
    colleague,
    is_logged_in,
    make_older,
    send_login,
)
from tests.core.browser import page_of, words
from tests.smtp import Health, SMTPServer

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ASK = "/verwaltung/passwort-vergessen/"
NEW = "drei-Wolken-ueber-Kamelen"
EMAIL = "kollegin@example.org"


@pytest.fixture
def mail(settings: Any) -> Any:
    with SMTPServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def ask(email: str = EMAIL, client: Client | None = None, **extra: Any) -> Any:
    """Send the form; wait until what is to be sent has been."""
    response = (client or Client()).post(ASK, {"email": email}, **extra)
    email_thread.submit(lambda: None).result(timeout=20)
    return response


def link_in(text: str) -> str:
    (link,) = re.findall(r"https?://[^/]+(/verwaltung/zugang/\S+)", text)
    return link


def set_password(client: Client, link: str, password: str = NEW) -> Any:
    """Open the link and send its form."""
    shown = client.get(link, follow=True)
    return client.post(
        shown.request["PATH_INFO"], {"new_password1": password, "new_password2": password}
    )


def made(*arguments: str) -> str:
    """Run the command; return what it prints."""
    out = StringIO()
    call_command("access_link", *arguments, stdout=out)
    return out.getvalue()


def test_a_forgotten_password_is_replaced_over_a_link_that_holds_once(mail: SMTPServer) -> None:
    colleague(email=EMAIL)
    old = Client()
    can_log_in(old)

    ask()

    (letter,) = mail.inbox
    assert letter["To"] == EMAIL
    link = link_in(letter.get_content())
    client = Client()
    assert set_password(client, link).url == "/verwaltung/login/"
    assert not is_logged_in(client)  # whoever has the link has no session yet
    assert not is_logged_in(old)
    assert not can_log_in(Client())
    assert send_login(client, password=NEW).status_code == 302
    assert "gilt nicht mehr" in words(page_of(Client().get(link, follow=True)))


def test_the_link_lets_in_who_strangers_have_made_wait(mail: SMTPServer) -> None:
    colleague(email=EMAIL)
    for n in range(8):
        send_login(Client(REMOTE_ADDR=f"198.51.100.{n}"))
    client = Client()
    assert send_login(client, password=PASSWORD).status_code == 429

    ask()
    set_password(client, link_in(mail.inbox[0].get_content()))

    assert send_login(client, password=NEW).status_code == 302


def test_the_page_says_the_same_whether_there_is_an_account(mail: SMTPServer) -> None:
    colleague(email=EMAIL)
    colleague("abgeschaltet", email="aus@example.org", is_active=False)
    colleague("draussen", email="kein-amt@example.org", is_staff=False)

    said = set()
    for email in (EMAIL, "aus@example.org", "kein-amt@example.org", "niemand@example.org"):
        client = Client(REMOTE_ADDR=f"192.0.2.{len(email)}")
        response = ask(email, client)
        said.add((response.status_code, response.url, words(page_of(client.get(response.url)))))

    assert len(said) == 1
    assert [letter["To"] for letter in mail.inbox] == [EMAIL]


@pytest.mark.parametrize(
    "email", ["KOLLEGIN@example.org", "kollegın@example.org", "kollegin@EXAMPLE.org\r\nBcc: x@y.de"]
)
def test_a_letter_goes_to_the_address_of_the_account_alone(mail: SMTPServer, email: str) -> None:
    colleague(email=EMAIL)

    ask(email)

    assert {letter["To"] for letter in mail.inbox} <= {EMAIL}
    assert all(letter["Bcc"] is None for letter in mail.inbox)


def test_nobody_fills_a_mailbox(mail: SMTPServer) -> None:
    colleague(email=EMAIL)

    answers = [ask(REMOTE_ADDR=f"198.51.100.{n}").status_code for n in range(6)]

    assert answers == [302, 302, 302, 429, 429, 429]
    assert len(mail.inbox) == 3


def test_the_link_goes_to_no_host_that_the_request_invents(mail: SMTPServer, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["integration.example.org", ".example.org"]
    colleague(email=EMAIL)

    ask(HTTP_HOST="evil.example.org")
    ask(HTTP_HOST="integration.example.org:8443")

    hosts = [re.findall(r"http://([^/]+)/", letter.get_content())[0] for letter in mail.inbox]
    assert hosts == ["integration.example.org", "integration.example.org:8443"]


def test_a_mail_server_that_is_ill_is_nobodys_error(mail: SMTPServer, caplog: Any) -> None:
    colleague(email=EMAIL)
    mail.up(Health.REFUSING)

    assert ask().status_code == 302

    assert "SMTPRecipientsRefused" in caplog.text
    assert EMAIL not in caplog.text


def test_without_a_mail_server_the_page_says_who_helps(settings: Any) -> None:
    settings.EMAIL_HOST = ""

    page = page_of(Client().get(ASK))

    assert "verschickt keine E-Mails" in words(page)
    assert not page.xpath("//input[@name='email']")


@pytest.mark.parametrize("state", [{"is_active": False}, {"is_staff": False}])
def test_a_link_opens_nothing_for_an_account_that_is_off(state: dict[str, bool]) -> None:
    colleague()
    link = link_in(made("kollegin", "--site", "http://testserver"))
    User.objects.update(**state)

    assert "gilt nicht mehr" in words(page_of(Client().get(link, follow=True)))


@pytest.mark.parametrize(
    "link", ["MQ/abc-def", "%00/x", "x/set-password", "MQ/set-password", "9/" * 2]
)
def test_an_invented_link_opens_nothing(link: str) -> None:
    colleague()

    response = Client().get(f"/verwaltung/zugang/{link.rstrip('/')}/", follow=True)

    assert response.status_code == 200
    assert "gilt nicht mehr" in words(page_of(response))


def test_a_link_lapses_after_an_hour(settings: Any) -> None:
    colleague()
    link = link_in(made("kollegin", "--site", "http://testserver"))
    assert settings.PASSWORD_RESET_TIMEOUT == 3600
    settings.PASSWORD_RESET_TIMEOUT = -1

    assert "gilt nicht mehr" in words(page_of(Client().get(link, follow=True)))


def test_the_first_account_comes_by_a_command_without_a_password() -> None:
    printed = made("chefin", "--create", "--email", EMAIL, "--site", "https://www.example.org/")

    assert "https://www.example.org/verwaltung/zugang/" in printed
    account = User.objects.get(username="chefin")
    assert (account.is_superuser, account.has_usable_password()) == (True, False)
    client = Client()
    set_password(client, link_in(printed))
    assert send_login(client, "chefin", NEW).status_code == 302
    assert is_logged_in(client)


def test_the_command_also_ends_a_wait_and_the_link_obeys_the_rules_for_passwords() -> None:
    colleague()
    for _try in range(6):
        send_login(Client())
    link = link_in(made("kollegin"))
    assert can_log_in(Client(REMOTE_ADDR="192.0.2.99"))

    client = Client()
    refused = set_password(client, link_in(made("kollegin")), "Sommer2026!!!!")
    assert refused.status_code == 200
    assert "errät man leicht" in words(page_of(refused))
    # The login in between has used the first one up.
    assert "gilt nicht mehr" in words(page_of(Client().get(link, follow=True)))


@pytest.mark.parametrize(
    ("arguments", "words_of_it"),
    [
        (["niemand"], "Mit --create"),
        (["kollegin", "--create"], "bereits vergeben"),
        (["mit leerzeichen", "--create"], "gültigen"),
        (["neu", "--create", "--email", "keine"], "gültige"),
        (["draussen"], "darf nicht in die Verwaltung"),
    ],
)
def test_the_command_refuses_in_words(arguments: list[str], words_of_it: str) -> None:
    colleague()
    colleague("draussen", is_staff=False)

    with pytest.raises(CommandError, match=words_of_it):
        made(*arguments)


def test_opening_a_link_again_and_again_fills_no_table() -> None:
    colleague()
    link = link_in(made("kollegin"))
    client = Client()
    for _time in range(5):
        client.get(link, follow=True)
    Client().get("/verwaltung/zugang/MQ/abc-def/", follow=True)

    assert StaffSession.objects.count() == 1
    make_older(datetime.timedelta(0))
    assert TryCount.objects.count() == 0
