"""Texts of pages that have their place in the code."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from lkintegration.pages.enums import LEGAL, PageKey
from lkintegration.pages.models import Page

pytestmark = pytest.mark.django_db


def test_every_page_has_its_text():
    assert set(Page.objects.published().values_list("key", flat=True)) == {
        "home",
        "beratung",
        "angebote",
        "kontakt",
        "konzept",
        "leitziele",
        "aufgaben",
        "woerter",
        "impressum",
        "datenschutz",
        "barrierefreiheit",
        "barriere-melden",
        "leichte-sprache",
    }


def test_there_are_the_five_legal_pages_of_a_district():
    assert [str(key) for key in LEGAL] == [
        "impressum",
        "datenschutz",
        "barrierefreiheit",
        "barriere-melden",
        "leichte-sprache",
    ]


def test_a_page_has_one_text():
    again = Page(key="impressum", title_de="Noch ein Impressum")

    with pytest.raises(ValidationError) as refusal:
        again.full_clean()
    assert refusal.value.messages == ["Für diese Seite gibt es schon einen Text."]
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_a_text_belongs_to_a_page_that_exists():
    with pytest.raises(ValidationError):
        Page(key="geheim", title_de="Geheim").full_clean()


@pytest.mark.parametrize("key", PageKey.values)
def test_every_text_knows_the_address_of_its_page(client, key):
    address = Page(key=key).get_absolute_url()

    own = {"home": "/de/", "leichte-sprache": "/de-simple/leichte-sprache/"}
    assert address == own.get(key, f"/de/{key}/")
    assert client.get(address).status_code == 200


def test_blanks_are_found_in_every_text_of_every_language():
    page = Page(
        title_de="[[Titel]]",
        lead_de="Von [[Name]]",
        body_de="<p>[[Anschrift]]</p>",
        body_en="<p>[[Address]]</p>",
    )

    assert {language.code: names for language, names in page.blanks().items()} == {
        "de": ["Titel", "Name", "Anschrift"],
        "en": ["Address"],
    }
    assert page.missing == "Titel, Name, Anschrift (in 2 Sprachen)"
    assert Page(key="home").blanks() == {}


def test_translations_are_named_where_they_alone_lack_something():
    page = Page(body_de="<p>Amt</p>", lead_en="[[Name]]", body_en="<p>[[Address]]</p>")
    page.body_ar = "<p>[[العنوان]]</p>"

    assert page.missing == "Englisch (2), Arabisch (1)"
    assert Page(key="home").missing == ""


def test_a_page_goes_by_the_name_staff_know():
    assert str(Page(key="barrierefreiheit")) == "Erklärung zur Barrierefreiheit"
