"""No page states a number or an address that the content files do not hold."""

import csv
import re
from pathlib import Path

import phonenumbers
import pytest
from django.apps import apps

from tests.languages import CODES
from tests.site.pages import FIXED, record_paths

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ROOT = Path(apps.get_app_config("contacts").path).parent
CONTENT = [
    path
    for folder in ("contacts", "offers", "concept", "lkintegration/pages")
    for path in (ROOT / folder / "content").iterdir()
]
# The brief's own list: the office, its fax, and the switchboard of the district office.
NUMBERS = {"+4976214105301", "+49762141095301", "+4976214100"}
STREETS = {
    "Palmstraße 3": "79539",
    "Luisenstraße 16": "79539",
    "Riedlistraße 16": "79576",
    "Else-Josenhans-Straße 6": "70173",
}
NUMBER = re.compile(r"(?:\+|\b0)[\d /()-]{6,}\d")
AGS = re.compile(r"08336\d{3}")  # keys of municipalities in the content files
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
STREET = re.compile(r"\b[A-ZÄÖÜ][\wäöüß-]*(?:straße|weg|platz|gasse|allee) \d+\w?")


def numbers_in(text: str) -> set[str]:
    """Return everything that looks like a telephone number, in E.164."""
    return {
        phonenumbers.format_number(
            phonenumbers.parse(candidate, "DE"), phonenumbers.PhoneNumberFormat.E164
        )
        for candidate in NUMBER.findall(text)
        if not AGS.fullmatch(candidate)
    }


def every_page(visit):
    for code in CODES:
        for path in [*FIXED, *record_paths()]:
            yield f"/{code}/{path}", visit(f"/{code}/{path}")


def test_the_content_files_hold_exactly_the_known_numbers():
    text = "\n".join(path.read_text(encoding="utf-8") for path in CONTENT)
    assert numbers_in(text) == NUMBERS


def test_every_number_and_address_on_the_site_is_a_known_one(visit):
    dialled, shown = set(), set()
    for address, seen in every_page(visit):
        dialled |= set(re.findall(r'href="tel:([^"]+)"', seen.body))
        shown |= numbers_in(re.sub(r"<[^>]+>", "\n", seen.body))
        assert not EMAIL.findall(seen.body), address
        assert set(STREET.findall(seen.text)) <= set(STREETS), address
    assert dialled == NUMBERS
    assert shown == NUMBERS


def test_streets_stand_beside_their_postcodes(visit):
    text = " ".join(re.sub(r"<[^>]+>", " ", seen.body) for _address, seen in every_page(visit))
    for street, postcode in STREETS.items():
        assert re.search(rf"{street}\W+{postcode}", text), street


def test_the_official_list_of_municipalities_is_complete():
    from contacts.models import Municipality

    with (ROOT / "contacts/content/municipalities.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == Municipality.objects.count() == 35
    for row in rows:
        municipality = Municipality.objects.get(ags=row["ags"])
        assert (municipality.name, municipality.postcodes) == (row["name"], row["postcodes"])
    assert Municipality.objects.filter(postcodes__contains="79677").count() == 7
