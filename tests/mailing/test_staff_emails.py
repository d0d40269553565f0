"""Staff hear by e-mail what others did that concerns their work, as often as each wants to."""

import datetime
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.messages.receive_message import receive
from lkintegration.mailing.delivery import deliver_due
from lkintegration.mailing.enums import Delivery
from lkintegration.mailing.models import StaffEmail
from lkintegration.mailing.staff_emails import (
    STAFF_EMAILS,
    choose_frequency,
    delete_old_emails,
    tell_staff,
)
from lkintegration.pages.models import Page
from tests import factories
from tests.admin import EDITOR, PUBLISHER, STAFF, TRANSLATOR, account, client_of, key, said, save
from tests.core.browser import page_of, words
from tests.smtp import Health, SMTPServer

pytestmark = pytest.mark.django_db

CHOICE = reverse("eigene-e-mails")


@pytest.fixture(autouse=True)
def server(settings):
    with SMTPServer() as running:
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = running.port
        settings.MESSAGE_MAILBOX = "amt@example.org"
        settings.ALLOWED_HOSTS = ["integration.example.org", "testserver"]
        yield running


def colleague(*roles, name, **having):
    user = account(*roles, name=name, **having)
    user.email, user.first_name = f"{name}@example.org", name.capitalize()
    user.save()
    return user


def arrived(server):
    """Deliver what is due; return recipient, subject and text of each e-mail that came."""
    deliver_due([STAFF_EMAILS])
    found = [
        (
            mail["To"],
            mail["Subject"].strip().removeprefix("Verwaltung der Website: "),
            mail.get_content(),
        )
        for mail in server.inbox
    ]
    server.inbox.clear()
    return found


def test_who_is_made_responsible_for_a_message_hears_of_it_and_nothing_of_the_reader(server):
    stella, sven = colleague(STAFF, name="stella"), colleague(STAFF, name="sven")
    message = factories.message(text="Ich bin Ayla und suche Hilfe.", name="Ayla Muster")

    save(client_of(stella), message, assigned_to=str(sven.pk))

    ((to, subject, text),) = arrived(server)
    assert (to, subject) == ("sven@example.org", "Ihnen zugewiesen")
    assert f"Stella hat Ihnen zugewiesen: Nachricht {message.reference}." in text
    assert f"://integration.example.org/verwaltung/contacts/message/{message.pk}/change/" in text
    assert "Ayla" not in text


def test_nobody_hears_what_they_did_themselves(server):
    stella = colleague(STAFF, name="stella")

    save(client_of(stella), factories.message(), assigned_to=str(stella.pk))

    assert arrived(server) == []


def test_who_wrote_a_text_hears_that_it_came_back_and_that_it_was_published(server):
    edda, vera = colleague(EDITOR, name="edda"), colleague(PUBLISHER, name="vera")
    page = Page.objects.get(key="aufgaben")
    desk = reverse("freigabe", args=[key(page)])
    editor, publisher = client_of(edda), client_of(vera)
    save(editor, page, title_de="Zwölf Aufgaben")
    editor.post(desk, {"send": "1"})

    publisher.post(desk, {"give_back": "1", "note": "Bitte kürzer."})
    ((to, subject, text),) = arrived(server)
    assert (to, subject) == ("edda@example.org", "Zurückgegeben: Seitentext")
    assert "Zurückgegeben von Vera" in text
    assert "Hinweis: Bitte kürzer." in text
    assert desk in text

    editor.post(desk, {"send": "1"})
    publisher.post(desk, {"publish": "1"})
    ((to, subject, _text),) = arrived(server)
    assert (to, subject) == ("edda@example.org", "Veröffentlicht: Seitentext")


def test_who_may_read_messages_hears_of_a_new_one_but_for_whoever_gets_it(server, rf):
    colleague(STAFF, name="stella")
    colleague(STAFF, name="amt")  # whose address is the mailbox
    colleague(TRANSLATOR, name="tarek", languages=("ar",))
    closed = colleague(STAFF, name="frueher")
    closed.is_active = False
    closed.save()

    message = receive(rf.post("/"), factories.message(save=False, text="Geheim"))

    ((to, subject, text),) = arrived(server)
    assert (to, subject) == ("stella@example.org", "Neue Nachricht")
    assert message.reference in text
    assert "Geheim" not in text


def test_what_happens_while_an_e_mail_waits_is_added_to_it(server):
    stella = colleague(STAFF, name="stella")

    for number in range(3):
        tell_staff([stella.pk], "Neue Nachricht", f"Nummer {number}.", "/verwaltung/")

    ((_to, subject, text),) = arrived(server)
    assert subject == "3 Mitteilungen"
    assert [f"Nummer {number}." in text for number in range(3)] == [True, True, True]


def test_what_happens_while_an_e_mail_is_sent_is_another_one(server):
    stella = colleague(STAFF, name="stella")
    tell_staff([stella.pk], "Eins", "Eins.", "/verwaltung/")
    StaffEmail.objects.update(delivery=Delivery.SENDING, claimed_at=timezone.now())

    tell_staff([stella.pk], "Zwei", "Zwei.", "/verwaltung/")

    assert [subject for _to, subject, _text in arrived(server)] == ["Zwei"]


def at(hour):
    moment = datetime.datetime(2030, 5, 14, hour, tzinfo=timezone.get_current_timezone())
    return mock.patch("django.utils.timezone.now", return_value=moment)


def test_who_wants_one_a_day_gets_it_in_the_morning(server):
    stella = colleague(STAFF, name="stella")
    choose_frequency(stella, "daily")
    with at(9):
        tell_staff([stella.pk], "Eins", "Eins.", "/verwaltung/")
    with at(16):
        tell_staff([stella.pk], "Zwei", "Zwei.", "/verwaltung/")
        assert arrived(server) == []

    with (
        at(16),
        mock.patch(
            "django.utils.timezone.now", return_value=StaffEmail.objects.get().next_attempt_at
        ),
    ):
        ((_to, subject, _text),) = arrived(server)

    assert subject == "2 Mitteilungen"
    assert (
        timezone.localtime(StaffEmail.objects.get().next_attempt_at).isoformat()[:16]
        == "2030-05-15T07:00"
    )


def test_each_chooses_how_often_on_a_page_of_their_account(server):
    stella = colleague(STAFF, name="stella")
    client = client_of(stella)
    tell_staff([stella.pk], "Eins", "Eins.", "/verwaltung/")
    assert CHOICE in client.get(reverse("konto")).content.decode()

    answer = client.post(CHOICE, {"frequency": "never"}, follow=True)

    assert "Gespeichert." in said(answer)
    tell_staff([stella.pk], "Zwei", "Zwei.", "/verwaltung/")
    assert arrived(server) == []
    chosen = page_of(client.get(CHOICE)).xpath("//option[@selected]/@value")
    assert chosen == ["never"]
    assert client.post(CHOICE, {"frequency": "stündlich"}).status_code == 200


def test_the_page_says_where_e_mails_go_or_why_none_comes(settings):
    settings.EMAIL_HOST = ""
    seen = words(page_of(client_of(account(STAFF, name="ohne")).get(CHOICE)))

    assert "noch keinen Mailserver" in seen
    assert "keine E-Mail-Adresse" in seen


def test_without_a_mail_server_nothing_is_kept(settings):
    settings.EMAIL_HOST = ""

    tell_staff([colleague(STAFF, name="stella").pk], "Eins", "Eins.", "/verwaltung/")

    assert not StaffEmail.objects.exists()


def test_the_same_outbox_tries_again_and_doubts_as_with_readers_messages(server):
    stella = colleague(STAFF, name="stella")
    tell_staff([stella.pk], "Eins", "Eins.", "/verwaltung/")
    server.health = Health.BUSY
    assert arrived(server) == []
    assert StaffEmail.objects.get().delivery == Delivery.WAITING

    StaffEmail.objects.update(next_attempt_at=timezone.now())
    server.health = Health.SILENT
    deliver_due([STAFF_EMAILS])

    assert StaffEmail.objects.get().delivery == Delivery.UNCERTAIN


def test_an_account_that_is_switched_off_gets_nothing_more(server):
    stella = colleague(STAFF, name="stella")
    tell_staff([stella.pk], "Eins", "Eins.", "/verwaltung/")
    stella.is_active = False
    stella.save()

    assert arrived(server) == []


def test_what_arrived_and_what_is_a_week_old_is_deleted(server):
    stella = colleague(STAFF, name="stella")
    now = timezone.now()
    ages = {"delivered": 0, "waiting": 6, "uncertain": 8}
    for delivery, days in ages.items():
        StaffEmail.objects.create(
            account=stella, delivery=delivery, created_at=now - datetime.timedelta(days=days)
        )

    assert delete_old_emails(now) == 2
    assert [row.delivery for row in StaffEmail.objects.all()] == ["waiting"]
