"""People have names in parts, and one place puts them together in one order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.models import ContactPerson
from tests import factories
from tests.admin import PUBLISHER, STAFF, entries, person, save, send
from tests.core.browser import page_of, words
from tests.core.refusals import assert_refused

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SCREENS = "/verwaltung/contacts/contactperson/"
NAMELESS = "Bitte einen Vornamen oder einen Nachnamen angeben."
HEIDE = {
    "form_of_address": "ms",
    "title": "Dr.",
    "given_name": "Anna",
    "family_name": "von der Heide",
    "suffix": "M.A.",
}


@pytest.fixture
def staff():
    return person(STAFF, PUBLISHER)


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (HEIDE, "Dr. Anna von der Heide, M.A."),
        ({"given_name": "Anna", "family_name": "Muster"}, "Anna Muster"),
        ({"given_name": "Ayla", "family_name": ""}, "Ayla"),
        ({"given_name": "", "family_name": "Sukarno"}, "Sukarno"),
        ({"title": "Prof. Dr.", "given_name": "", "family_name": "Öz"}, "Prof. Dr. Öz"),
    ],
)
def test_the_name_is_written_in_one_order_everywhere(client, parts, name):
    contact = factories.contact_person(**parts)

    assert contact.name == str(contact) == name
    page = page_of(client.get(contact.get_absolute_url()))
    address = "Frau " if parts.get("form_of_address") else ""
    assert words(page.xpath("//h1")[0]) == address + name
    assert words(page.xpath("//title")[0]).startswith(name)
    listed = page_of(client.get("/de/kontakt/")).xpath("//h3[.//a]")
    assert address + name in {words(heading) for heading in listed}


def test_the_address_of_a_page_is_made_of_the_name_without_title_and_suffix():
    assert factories.contact_person(**HEIDE).slug == "anna-von-der-heide"


@pytest.mark.parametrize("nothing", ["", "\u200b", " "])
def test_a_person_without_a_name_is_refused(nothing):
    contact = factories.contact_person(
        save=False, title="Dr.", given_name=nothing, family_name=nothing
    )

    assert_refused(contact, NAMELESS)


def test_people_stand_in_the_order_of_their_family_names(client):
    names = [("Anna", "Zander"), ("Zoe", "Äbi"), ("Jo", "Öz"), ("Bea", "Öz"), ("Otto", "")]
    for given_name, family_name in names:
        factories.contact_person(given_name=given_name, family_name=family_name, order=2)

    headings = page_of(client.get("/de/kontakt/")).xpath("//h3[.//a]")

    assert [words(heading) for heading in headings] == [
        *("Frau Eva Petersik", "Zoe Äbi", "Otto", "Bea Öz", "Jo Öz", "Anna Zander")
    ]


# --- staff ----------------------------------------------------------------------------------------


def test_staff_write_the_parts(staff):
    contact = factories.contact_person()

    save(staff, contact, **HEIDE)

    contact.refresh_from_db()
    assert {part: getattr(contact, part) for part in HEIDE} == HEIDE
    assert "name" not in entries(staff, contact)


def test_staff_who_write_no_name_are_told(staff):
    contact = factories.contact_person()

    answer = send(staff, contact, given_name="", family_name="\u2060")

    assert NAMELESS in words(page_of(answer))
    assert ContactPerson.objects.get(pk=contact.pk).name == contact.name


@pytest.mark.parametrize("query", ["Heide", "Anna Heide", "dr. anna", "von der"])
def test_staff_find_a_person_by_the_parts_of_the_name(staff, query):
    contact = factories.contact_person(**HEIDE)

    rows = page_of(staff.get(SCREENS, {"q": query})).xpath("//th[@class='field-full_name']")

    assert [words(row) for row in rows] == [contact.name]


def test_staff_find_the_names_that_are_not_split_yet(staff):
    whole = factories.contact_person(given_name="", family_name="Anna Maria Müller")
    factories.contact_person(given_name="", family_name="Sukarno")

    rows = page_of(staff.get(SCREENS, {"name": "ganz"})).xpath("//th[@class='field-full_name']")

    assert [words(row) for row in rows] == [whole.name]


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_no_part_of_a_name_is_lost_on_the_way(title, given_name, family_name, suffix):
    parts = (title, given_name, family_name, suffix)
    contact = ContactPerson(
        title=title, given_name=given_name, family_name=family_name, suffix=suffix
    )

    place = 0
    for part in parts:
        place = contact.name.index(part, place) + len(part)
