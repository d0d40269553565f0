"""Addresses that name a record or a language; what names none is no such page."""

import pytest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from lkintegration.core.languages import BY_CODE, FOREIGN, LANGUAGES
from lkintegration.core.record_keys import RecordKey

KEY = RecordKey("offers.service", 7)


def language_in(path):
    return resolve(path).kwargs.get("language")


def test_a_view_gets_the_key_and_the_language():
    found = resolve("/verwaltung/vorschau/offers.service-7/de-simple/")

    assert found.kwargs == {"key": KEY, "language": BY_CODE["de-simple"]}


def test_an_address_is_made_from_a_language_or_its_code():
    for language in LANGUAGES:
        address = reverse("vorschau", args=[KEY, language])
        assert address == reverse("vorschau", args=[KEY, language.code])
        assert language_in(address) == language


def test_german_is_no_language_to_translate_into():
    assert language_in("/verwaltung/naechste-uebersetzung/ar/") == BY_CODE["ar"]
    assert language_in("/verwaltung/naechste-uebersetzung/de/") is None
    assert [language_in(reverse("vorausfuellen", args=[code])).code for code in FOREIGN] == FOREIGN
    with pytest.raises(NoReverseMatch):
        reverse("vorausfuellen", args=["de"])


@pytest.mark.parametrize(
    "part",
    [
        *("offers.service-0", "offers.service-007", "offers.service--7", "offers.service-٧"),
        *("offers.service", "service-7", "Offers.Service-7", "offers.service-7.name", "x"),
        "offers.service-" + "9" * 19,
    ],
)
def test_no_other_part_of_an_address_is_a_record(part):
    with pytest.raises(ValueError, match=r"ervice|x"):
        RecordKey.parse(part)
    try:
        match = resolve(f"/verwaltung/freigabe/{part}/")
    except Resolver404:
        return
    assert match.url_name != "freigabe"
