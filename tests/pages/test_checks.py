"""The deploy check keeps a site offline whose pages lack what the law asks for."""

import datetime
import re

import pytest
from django.core.checks import ERROR, run_checks
from django.core.management import CommandError, call_command
from django.utils import timezone

from lkintegration.core.languages import BY_CODE
from lkintegration.pages.models import Page

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def found(number="pages.E001"):
    messages = run_checks(tags=["content"], include_deployment_checks=True)
    return [message for message in messages if message.id == number]


def reports():
    return [message.msg for message in found()]


def fill_everything():
    for page in Page.objects.all():
        for column in ("lead", "body"):
            for code in BY_CODE:
                name = f"{column}_{code.replace('-', '_')}"
                text = getattr(page, name) or ""
                setattr(page, name, re.sub(r"\[\[(.+?)\]\]", "ausgefüllt", text))
        page.save()


def test_the_imprint_and_the_privacy_page_as_shipped_keep_the_site_offline():
    imprint, privacy = (
        next(message for message in found() if message.msg.startswith(name))
        for name in ("Impressum: Es fehlen noch Angaben: ", "Datenschutz: ")
    )

    assert "Rechtsform des Anbieters" in imprint.msg
    assert "Speicherdauer der Server-Protokolle" in privacy.msg
    assert imprint.level == privacy.level == ERROR


def test_nothing_is_reported_once_everything_is_filled_in():
    fill_everything()

    assert reports() == []


def test_every_page_is_reported_once_with_all_that_it_lacks():
    fill_everything()
    Page.objects.filter(key="impressum").update(body_de="<p>[[Rechtsform]], [[Name]]</p>")
    Page.objects.filter(key="home").update(lead_de="Hallo [[Name der Beauftragten]]")
    Page.objects.filter(key="kontakt").update(body_en="<p>[[Authority]]</p>")

    assert sorted(reports()) == [
        "Impressum: Es fehlen noch Angaben: Rechtsform, Name.",
        "Kontakt: Es fehlen noch Angaben: Englisch (1).",
        "Startseite: Es fehlen noch Angaben: Name der Beauftragten.",
    ]


@pytest.mark.parametrize("status", ["draft", "in_review", "archived"])
def test_a_page_that_nobody_sees_is_not_reported(status):
    fill_everything()
    Page.objects.filter(key="impressum").update(body_de="<p>[[Rechtsform]]</p>", status=status)

    assert reports() == []


def test_blanks_do_not_stop_everyday_checks():
    assert run_checks(tags=["content"], include_deployment_checks=False) == []


def test_the_command_fails_until_everything_is_filled_in():
    with pytest.raises(CommandError, match="Rechtsform des Anbieters"):
        call_command("check", "--deploy", "--tag", "content")
    fill_everything()

    call_command("check", "--deploy", "--tag", "content")


# --- how long messages are kept -------------------------------------------------------------------


def test_the_privacy_page_as_shipped_names_the_period_in_every_language():
    assert found("pages.W002") == []


def test_a_period_that_the_privacy_page_does_not_name_is_a_warning(settings):
    fill_everything()
    settings.MESSAGE_RETENTION_DAYS = 45

    (warning,) = found("pages.W002")
    assert warning.msg.startswith("Nachrichten bleiben 45 Tage auf der Website.")
    assert "Deutsch, Leichte Sprache, Englisch" in warning.msg


@pytest.mark.parametrize(
    ("column", "text", "is_named"),
    [
        ("body_fa", "<p>پس از ۹۰ روز</p>", True),
        ("body_en", "<p>after three months</p>", False),
        ("body_en", "<p>after 90 days: [[reason]]</p>", False),
        ("body_de", "<p>Art. 90 DSGVO, nach 90 Stunden</p>", False),
        ("body_ro", "<p>după 90 de zile</p>", True),
        ("body_ru", "<p>через 90 дней</p>", True),
        ("body_ar", "", True),
    ],
)
def test_the_period_counts_where_a_reader_of_any_language_finds_it(column, text, is_named):
    fill_everything()
    Page.objects.filter(key="datenschutz").update(**{column: text})

    assert (found("pages.W002") == []) == is_named


# --- how long security.txt holds ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (None, "Niemand hat bestätigt"),
        (-1, "gelten nur bis"),
        (0, "gelten nur bis"),
        (29, "gelten nur bis"),
        (30, None),
        (366, None),
        (367, "zu spät"),
    ],
)
def test_a_security_txt_that_ends_soon_keeps_the_site_offline(settings, days, told):
    until = None if days is None else timezone.localdate() + datetime.timedelta(days=days)
    settings.SECURITY_TXT_EXPIRES = until

    messages = run_checks(tags=["security"], include_deployment_checks=True)
    found = [message for message in messages if message.id == "pages.E002"]

    assert [message.level for message in found] == ([ERROR] if told else [])
    assert all(told in message.msg for message in found)
