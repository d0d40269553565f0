"""Texts of the time before placeholders get them, and nobody has to do anything again."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from contacts.models import ContactPerson
from lkintegration.core.translation_states import state_of
from lkintegration.pages.models import Page
from lkintegration.seed.fingerprints import fingerprint
from lkintegration.seed.models import LoadedRecord
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

MIGRATION = import_module("lkintegration.pages.migrations.0010_facts_once")


def migrate():
    MIGRATION.convert(apps, SimpleNamespace(connection=connection))


@pytest.fixture(scope="module")
def facts():
    known = MIGRATION.Facts()
    known.add(
        "buero",
        phone="+4976214105301",
        fax="+49762141095301",
        switchboard="+4976214100",
        email="amt@example.org",
        address="Palmstraße 3, 79539 Lörrach",
        form_of_address="ms",
        name="Eva Petersik",
    )
    return known


@pytest.mark.parametrize(
    ("text", "converted"),
    [
        ('Ruf <a href="tel:+4976214105301">+49 7621 410-5301</a>.', "Ruf [[telefon:buero]]."),
        (
            "Tel. 07621/410-5301 oder 0049 7621 410 0",
            "Tel. [[telefon:buero]] oder [[telefonzentrale:buero]]",
        ),
        ("0 76 21 - 4 10 53 01", "[[telefon:buero]]"),
        ("Fax: \u2066+49 (0) 7621 410-95301\u2069", "Fax: [[fax:buero]]"),
        ("Palmstraße 3,\n79539 Lörrach", "[[anschrift:buero]]"),
        ("Пані Eva Petersik", "[[name:buero]]"),
        ('<a href="mailto:amt@example.org">Amt@example.org</a>', "[[e-mail:buero]]"),
        ("amt@example.org", "[[e-mail:buero]]"),
    ],
)
def test_what_equals_a_stored_fact_becomes_its_placeholder(facts, text, converted):
    assert facts.converted(text) == converted


@pytest.mark.parametrize(
    "text",
    [
        '<a href="tel:+4976214105301">Rufen Sie uns an</a>',  # its words are others
        "+49 7621 410-53012",
        "Az. 07621/410-5301/2024",
        "Palmstraße 30, 79539 Lörrach",
        "Eva Petersik schrieb das 2018.",
        "kein-amt@example.org",
        '<a href="https://example.org/07621410-5301">x</a>',
    ],
)
def test_what_only_looks_like_it_stays(facts, text):
    assert facts.converted(text) == text


OLD = '<p>Frau Eva Petersik: <a href="tel:+4976214105301">+49 7621 410-5301</a></p>'


@pytest.fixture
def page():
    """Return a page as it was before, with a translation that a person has checked."""
    page = Page.objects.get(key="impressum")
    page.body_de, page.body_en = OLD, OLD.replace("Frau", "Ms")
    page.translation_states = {}
    page.confirmed_language = "en"
    page.save()
    return page


def test_no_translation_is_outdated_and_the_newest_state_of_the_history_is_what_is_stored(page):
    migrate()

    page.refresh_from_db()
    assert page.body_de == page.body_en == "<p>[[name:buero]]: [[telefon:buero]]</p>"
    assert page.history.first().body_de == page.body_de
    page.title_de = page.title_de + " "
    page.save()
    assert not state_of(page, "en").is_outdated


def test_the_content_files_own_what_staff_have_not_changed(page):
    seen = LoadedRecord.objects.get(model="pages.Page", object_id=page.pk)
    seen.fingerprints["body_de"] = fingerprint(page.body_de)
    seen.save()

    migrate()

    seen.refresh_from_db()
    page.refresh_from_db()
    assert seen.fingerprints["body_de"] == fingerprint(page.body_de)
    assert seen.fingerprints["body_en"] != fingerprint(page.body_en)  # staff's text stays theirs


def test_the_facts_of_who_is_not_public_are_left_in_texts(page):
    ContactPerson.objects.update(status="draft")
    before = page.body_de

    migrate()

    page.refresh_from_db()
    assert page.body_de == before


def test_other_contacts_are_named_by_their_address():
    factories.contact_person(slug="max-muster", phone="+497621123456", email="max@example.org")
    Page.objects.filter(key="kontakt").update(lead_de="Max: 07621 123456, max@example.org")

    migrate()

    lead = Page.objects.get(key="kontakt").lead_de
    assert lead == "Max: [[telefon:max-muster]], [[e-mail:max-muster]]"
