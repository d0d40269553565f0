"""A new colleague: one form, an invitation, a password of one's own, and at work."""

import datetime
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lkintegration.accounts import links
from lkintegration.accounts.account_rights import refuse_former_administrators
from lkintegration.accounts.emails import email_thread
from lkintegration.accounts.links import INVITED_FOR
from tests.accounts.logging_in import can_log_in, colleague, is_logged_in, send_login
from tests.accounts.test_links import NEW, link_in, set_password
from tests.admin import (
    ACCOUNTS,
    PUBLISHER,
    STAFF,
    TRANSLATOR,
    account,
    client_of,
    entries,
    said,
    save,
    screen,
)
from tests.core.browser import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ADD = "/verwaltung/auth/user/add/"
EMAIL = "neue.kollegin@example.org"


@pytest.fixture
def chief():
    return User.objects.create_superuser("leitung", email="leitung@example.org")


@pytest.fixture
def mailbox(settings, mailoutbox):
    """Return what was sent, once all of it has been."""
    settings.EMAIL_HOST = "mail.example.org"

    def look():
        email_thread.submit(lambda: None).result(timeout=20)
        return mailoutbox

    return look


def role(name):
    return Group.objects.get(name=name).pk


def language(code):
    return Permission.objects.get(codename=f"translate_{code}").pk


def add(by, **form):
    """Fill in the form for a new account and save it; return the account and the answer."""
    names = {"first_name": "Núria", "last_name": "Beispiel Öz", "email": EMAIL}
    response = save(client_of(by), ADD, **names | form)
    return User.objects.get(email=EMAIL), response


def test_one_form_gives_name_roles_and_languages_and_invites(chief, mailbox):
    roles, languages = [role(TRANSLATOR), role(STAFF)], [language("ar")]

    made, answer = add(chief, groups=roles, languages=languages)

    assert answer.url == reverse("admin:auth_user_changelist")
    assert made.username == "nuria.beispiel-oez"
    assert set(made.groups.values_list("name", flat=True)) == {TRANSLATOR, STAFF}
    assert made.has_perm("editorial.translate_ar")
    assert made.is_staff
    (letter,) = mailbox()
    assert letter.to == [EMAIL]
    assert "Guten Tag Núria Beispiel Öz" in letter.body
    assert "„nuria.beispiel-oez“" in letter.body
    assert "7 Tage" in letter.body


def test_who_takes_up_an_invitation_is_at_work(chief, mailbox):
    add(chief, groups=[role(STAFF)])
    client, link = Client(), link_in(mailbox()[0].body)

    page = client.get(link, follow=True)
    answer = set_password(client, link)

    assert "Willkommen" in words(page_of(page))
    assert answer.url == "/verwaltung/"
    assert is_logged_in(client)
    assert "gilt nicht mehr" in words(page_of(Client().get(link, follow=True)))
    assert send_login(Client(), "nuria.beispiel-oez", NEW).status_code == 302


@pytest.mark.parametrize(("later", "is_open"), [(-1, True), (1, False)])
def test_an_invitation_holds_for_a_week(chief, mailbox, monkeypatch, later, is_open):
    add(chief, groups=[role(STAFF)])
    link = link_in(mailbox()[0].body)
    then = datetime.datetime.now() + INVITED_FOR + datetime.timedelta(minutes=later)
    monkeypatch.setattr(links.PasswordResetTokenGenerator, "_now", lambda _self: then)

    shown = words(page_of(Client().get(link, follow=True)))

    assert ("gilt nicht mehr" not in shown) == is_open


def test_who_only_manages_accounts_adds_one_and_an_administrator_makes_it_work(chief, mailbox):
    made, _answer = add(account(ACCOUNTS, name="amt"))
    assert (made.is_staff, mailbox()) == (False, [])

    save(client_of(chief), made, groups=[role(PUBLISHER)])

    made.refresh_from_db()
    assert made.is_staff
    assert [letter.to for letter in mailbox()] == [[EMAIL]]


def test_without_a_mail_server_the_invitation_is_a_page_to_print(chief, settings):
    settings.EMAIL_HOST = ""
    made, answer = add(chief, groups=[role(STAFF)])

    page = page_of(client_of(chief).get(answer.url))
    link = re.search(r"/verwaltung/zugang/\S+/", words(page))[0]
    client = Client()

    assert page.xpath("//img[starts-with(@src, 'data:image/png')]")
    assert set_password(client, link).url == "/verwaltung/"
    assert client_of(chief).get(answer.url).status_code == 403  # it is somebody's now
    assert made.pk == int(answer.url.split("/")[-3])


def test_nobody_else_sees_an_invitation(chief, settings):
    settings.EMAIL_HOST = ""
    made, answer = add(chief, groups=[role(STAFF)])

    assert client_of(account(ACCOUNTS)).get(answer.url).status_code == 403
    settings.EMAIL_HOST = "mail.example.org"
    assert client_of(chief).get(answer.url).status_code == 403
    assert not User.objects.get(pk=made.pk).has_usable_password()


def test_whether_an_account_opens_the_admin_follows_from_its_roles(chief):
    user = colleague(is_staff=False, last_login=timezone.now())
    client = client_of(chief)
    assert not can_log_in(Client())

    save(client, user, groups=[role(STAFF)])
    assert can_log_in(Client())

    save(client, user, groups=[])
    assert not can_log_in(Client())
    assert "is_staff" not in entries(client, user)


def test_the_log_names_what_was_given_and_taken(chief):
    user = account(PUBLISHER, name="kollegin")
    client = client_of(chief)
    save(client, user, groups=[role(TRANSLATOR)], languages=[language("ar")], first_name="Núria")
    save(client, user, languages=[], is_active=None)

    told = [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]

    assert told == [
        "Vorname geändert, Rolle „Übersetzung“ gegeben, Rolle „Veröffentlichung“ genommen, "
        "Sprache Arabisch gegeben.",
        "Konto abgeschaltet, Sprache Arabisch genommen.",
    ]
    history = words(page_of(client.get(screen(user, "history"))))
    assert "Rolle „Übersetzung“ gegeben" in history


def test_a_translator_without_a_language_is_warned_of(chief):
    user, client = account(name="kollegin"), client_of(chief)

    answer = save(client, user, groups=[role(TRANSLATOR)])

    assert any("fehlt noch eine Sprache" in text for text in said(client.get(answer.url)))


def test_the_last_administrator_stays_whatever_anybody_sends(chief):
    form = {"username": "leitung", "email": "leitung@example.org"}  # no box is ticked
    selected = {"action": "delete_selected", "_selected_action": [chief.pk], "post": "yes"}
    single = ("add_user", "change_user", "delete_user", "view_user")

    for actor in (chief, account(ACCOUNTS), account(rights=single)):
        client = client_of(actor)
        client.post(screen(chief), form)
        client.post(screen(chief, "delete"), {"post": "yes"})
        client.post(reverse("admin:auth_user_changelist"), selected)

        left = User.objects.get(pk=chief.pk)
        assert (left.is_superuser, left.is_active) == (True, True), actor


def test_two_administrators_do_not_take_the_rights_from_each_other_at_once(chief):
    other = User.objects.create_superuser("andere")
    User.objects.filter(pk=chief.pk).update(is_superuser=False)  # while ``chief`` saves a form

    refuse_former_administrators(other)
    with pytest.raises(PermissionDenied):
        refuse_former_administrators(chief)


def test_one_reads_names_and_ones_own_languages(chief):
    user = account(TRANSLATOR, languages=("ar", "tr"), name="nuria77")
    User.objects.filter(pk=user.pk).update(first_name="Núria", last_name="Beispiel")

    own = words(page_of(client_of(user).get("/verwaltung/konto/")))
    listed = page_of(client_of(chief).get(reverse("admin:auth_user_changelist")))

    assert "Rollen Übersetzung" in own
    assert "Arabisch, Türkisch" in own
    assert "Núria Beispiel" in words(listed.xpath("//*[@id='result_list']")[0])
    first_page = page_of(client_of(user).get("/verwaltung/"))
    assert words(first_page.xpath("//header//summary")[0]) == "Núria Beispiel"
