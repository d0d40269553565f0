"""The deploy check lists what the published pages still lack."""

import re

import pytest
from django.core.checks import run_checks
from django.core.management import call_command

from lkintegration.core.languages import BY_CODE
from lkintegration.pages.models import Page

pytestmark = pytest.mark.django_db


def gaps():
    return [
        message.msg
        for message in run_checks(tags=["content"], include_deployment_checks=True)
        if message.id == "pages.W001"
    ]


def fill_everything():
    for page in Page.objects.all():
        for column in ("lead", "body"):
            for code in BY_CODE:
                name = f"{column}_{code.replace('-', '_')}"
                text = getattr(page, name) or ""
                setattr(page, name, re.sub(r"\[\[(.+?)\]\]", "ausgefüllt", text))
        page.save()


def test_the_office_s_own_pages_still_have_gaps():
    assert "Impressum: „Rechtsform des Anbieters“ fehlt noch." in gaps()
    assert "Impressum: „Aufsichtsbehörde“ fehlt noch." in gaps()
    assert "Datenschutz: „Speicherdauer der Server-Protokolle“ fehlt noch." in gaps()


def test_nothing_is_listed_once_everything_is_filled_in():
    fill_everything()

    assert gaps() == []


def test_every_gap_of_every_published_page_is_listed():
    fill_everything()
    Page.objects.filter(key="impressum").update(body_de="<p>[[Rechtsform]], [[Name]]</p>")
    Page.objects.filter(key="home").update(lead_de="Hallo [[Name der Beauftragten]]")

    assert sorted(gaps()) == [
        "Impressum: „Name“ fehlt noch.",
        "Impressum: „Rechtsform“ fehlt noch.",
        "Startseite: „Name der Beauftragten“ fehlt noch.",
    ]


def test_a_gap_that_only_a_translation_has_is_listed_with_its_language():
    fill_everything()
    Page.objects.filter(key="impressum").update(body_en="<p>[[Authority]]</p>")

    assert gaps() == ["Impressum: „Authority (Englisch)“ fehlt noch."]


def test_a_gap_in_an_opening_text_is_marked_for_readers(client):
    Page.objects.filter(key="kontakt").update(lead_de="Das Team: [[Name]] & Co.")

    page = client.get("/de/kontakt/").content.decode()

    assert '<mark class="blank">wird noch ergänzt: Name</mark> &amp; Co.' in page


@pytest.mark.parametrize("status", ["draft", "in_review", "archived"])
def test_gaps_of_a_page_that_nobody_sees_are_not_listed(status):
    fill_everything()
    Page.objects.filter(key="impressum").update(body_de="<p>[[Rechtsform]]</p>", status=status)

    assert gaps() == []


def test_gaps_do_not_stop_everyday_checks():
    assert run_checks(tags=["content"], include_deployment_checks=False) == []


def test_the_check_runs_on_the_command_line(capsys):
    call_command("check", "--deploy", "--tag", "content")

    assert "„Rechtsform des Anbieters“ fehlt noch." in capsys.readouterr().err
