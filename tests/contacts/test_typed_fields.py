"""Numbers, times and postcodes in the admin: shown as understood before they count."""

import datetime
import re

import pytest
from django.db import connection
from django.test import Client

from tests import factories
from tests.admin import PUBLISHER, STAFF, entries, key, person, save, screen, send
from tests.core.browser import form_of, page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LOERRACH = "Verstanden: +49 7621 410-5301, Lörrach. Stimmt das, sichern Sie noch einmal."
TWO = "Hier steht vielleicht mehr als eine Nummer."


@pytest.fixture
def staff(db):
    return person(STAFF, PUBLISHER)


@pytest.fixture
def contact(db):
    return factories.contact_person(phone="+4976219999123")


def again(client, response, record, button="_save"):
    """Send the form that came back once more, as it is; return the answer."""
    (form_id,) = page_of(response).xpath("//main//form[contains(@id, '_form')]/@id")
    return client.post(screen(record), form_of(response, form_id) | {button: "1"})


def errors_at(response, name):
    """Return what is said above the line of the form in which ``name`` stands."""
    lists = "ul[contains(@class, 'errorlist')]"
    (line,) = page_of(response).xpath(f"//*[@name='{name}']/ancestor::*[.//{lists}][1]")
    return words(line.xpath(f".//{lists}")[0])


def shown_in(response, name):
    return page_of(response).xpath(f"//*[@name='{name}']")[0].value


def number_of(record, name="phone"):
    record.refresh_from_db()
    return getattr(record, name)


# --- telephone numbers ----------------------------------------------------------------------------
def test_a_number_is_shown_as_understood_and_counts_when_it_is_sent_again(staff, contact):
    asked = send(staff, contact, phone="(0 76 21) 410-53 01")

    assert errors_at(asked, "phone") == LOERRACH
    assert shown_in(asked, "phone") == "+49 7621 410-5301"
    assert number_of(contact).stored == "+4976219999123"
    assert again(staff, asked, contact).status_code == 302
    assert number_of(contact).stored == "+4976214105301"


@pytest.mark.parametrize("typed", ["+49 7621 410-5301", "+49 7621 4105301", "+4976214105301"])
def test_a_number_in_the_written_form_is_taken_at_once(staff, contact, typed):
    save(staff, contact, phone=typed)

    assert number_of(contact).stored == "+4976214105301"


def test_two_numbers_in_one_field_are_asked_for_until_there_is_one(staff, contact):
    asked = send(staff, contact, phone="07621 410-5301 / -5302")

    assert errors_at(asked, "phone").startswith(TWO)
    assert shown_in(asked, "phone") == "07621 410-5301 / -5302"
    assert again(staff, asked, contact).status_code == 200
    assert number_of(contact).stored == "+4976219999123"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("07621 410-5301 DW 12", "+4976214105301;ext=12"),
        ("07621 410-0 ext. 5301", "+4976214105301"),
        ("07621 12345 Durchwahl 7", "+49762112345;ext=7"),
    ],
)
def test_an_extension_is_neither_dropped_nor_glued_to_the_number(staff, contact, typed, stored):
    asked = send(staff, contact, phone=typed)

    assert again(staff, asked, contact).status_code == 302
    assert number_of(contact).stored == stored
    assert send(staff, contact).status_code == 302  # it is shown in a form that is understood
    assert number_of(contact).stored == stored


def test_words_beside_a_number_are_named_before_they_go(staff, contact):
    asked = send(staff, contact, second_phone="+49176 1234567 (WhatsApp)")

    assert "„(WhatsApp)“ gehört nicht in dieses Feld" in errors_at(asked, "second_phone")
    again(staff, asked, contact)
    assert number_of(contact, "second_phone").stored == "+491761234567"


@pytest.mark.parametrize("number", ["110", "112", "115", "116 117", "116 016"])
def test_short_numbers_are_possible(staff, contact, number):
    save(staff, contact, phone=number)
    save(staff, contact.organisation, phone=number)

    assert number_of(contact).dialled == number.replace(" ", "")
    assert str(number_of(contact.organisation)) == number


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("0041 61 681 11 11", "+41616811111"), ("0033 3 89 69 44 44", "+33389694444")],
)
def test_a_number_of_a_neighbour_keeps_its_country(staff, contact, typed, stored):
    asked = send(staff, contact, phone=typed)

    assert again(staff, asked, contact).status_code == 302
    assert number_of(contact).stored == stored


def test_a_number_is_asked_about_before_a_draft_keeps_it(staff, contact):
    asked = send(staff, contact, "_prepare", phone="07621/410-5301")

    assert errors_at(asked, "phone") == LOERRACH
    assert again(staff, asked, contact, "_prepare").status_code == 302
    assert number_of(contact).stored == "+4976219999123"
    staff.post(f"/verwaltung/freigabe/{key(contact)}/", {"publish": "1"})
    assert number_of(contact).stored == "+4976214105301"


@pytest.mark.parametrize("term", ["07621/410-5399", "+49 7621 410-5399", "Muster", "76214105399"])
def test_a_person_is_found_by_a_number_as_it_is_written(staff, term):
    factories.contact_person(name="Berta Muster", phone="+4976214105399")

    page = staff.get("/verwaltung/contacts/contactperson/", {"q": term})

    assert [str(record) for record in page.context["cl"].queryset] == ["Berta Muster"]


@pytest.mark.parametrize("stored", ["+49762141053015302", "keine", "410-5301"])
def test_a_number_of_old_that_is_none_stands_in_nobody_s_way(staff, contact, stored):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contacts_contactperson SET phone = %s", [stored])

    save(staff, contact, room="0.17")

    assert re.sub("[ +]", "", str(number_of(contact))) == stored.lstrip("+")


@pytest.mark.parametrize("name", ["phone", "second_phone", "fax"])
def test_a_program_cannot_store_two_numbers_as_one(name, contact):
    setattr(contact, name, "07621 410-5301 / -5302")

    assert not getattr(contact, name).is_valid()
    with pytest.raises(Exception, match="Telefonnummer"):
        contact.full_clean()


# --- while one types ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "typed", "answer"),
    [
        (
            "telefon",
            "07621/410-5301",
            {"message": "Verstanden: +49 7621 410-5301, Lörrach", "written": "+49 7621 410-5301"},
        ),
        ("beginn", "9", {"message": "Verstanden: 09:00", "written": "09:00"}),
        ("ende", "0 Uhr", {"message": "Verstanden: 24:00", "written": "24:00"}),
        ("postleitzahl", "D-79539", {"message": "Verstanden: 79539", "written": "79539"}),
        (
            "postleitzahlen",
            "79539,79540",
            {"message": "Verstanden: 79539 79540", "written": "79539 79540"},
        ),
    ],
)
def test_the_script_learns_what_the_form_would_understand(staff, kind, typed, answer):
    assert staff.get(f"/verwaltung/verstanden/{kind}/", {"text": typed}).json() == answer


@pytest.mark.parametrize("typed", ["07621 1 / -2", "0176 1234567 (WhatsApp)", "", "\x00"])
def test_the_script_writes_nothing_into_the_field_where_something_would_be_lost(staff, typed):
    answer = staff.get("/verwaltung/verstanden/telefon/", {"text": typed})

    assert list(answer.json()) == ["message"]


def test_only_staff_ask_and_only_for_what_there_is(staff):
    assert Client().get("/verwaltung/verstanden/telefon/", {"text": "115"}).status_code == 302
    assert staff.get("/verwaltung/verstanden/farbe/", {"text": "rot"}).status_code == 404


# --- opening hours --------------------------------------------------------------------------------
def with_hours(opens, closes):
    prefix = "openinghours_rows"
    return {
        f"{prefix}-TOTAL_FORMS": "1",
        f"{prefix}-0-weekday": "0",
        f"{prefix}-0-opens": opens,
        f"{prefix}-0-closes": closes,
    }


@pytest.mark.parametrize(
    ("opens", "closes", "written"),
    [
        ("9", "12", "Montag 09:00–12:00"),
        ("9.00", "12.30", "Montag 09:00–12:30"),
        ("9 Uhr", "17 Uhr", "Montag 09:00–17:00"),
        ("0900", "1630", "Montag 09:00–16:30"),
        ("9h", "12h30", "Montag 09:00–12:30"),
        ("9:00", "24:00", "Montag 09:00–24:00"),
        ("20:00", "02:00", "Montag 20:00–02:00"),
        ("20:00", "26:00", "Montag 20:00–02:00"),
    ],
)
@pytest.mark.parametrize("make", [factories.contact_person, factories.location])
def test_hours_are_taken_as_people_write_them(staff, make, opens, closes, written):
    owner = make()

    save(staff, owner, **with_hours(opens, closes))

    (row,) = owner.openinghours_rows.all()
    assert str(row) == written
    assert send(staff, owner).status_code == 302  # untouched, it stays
    assert [str(row) for row in owner.openinghours_rows.all()] == [written]


def test_hours_that_are_not_understood_say_how_they_should_look(staff, contact):
    asked = send(staff, contact, **with_hours("9-12", "halb 5"))

    assert errors_at(asked, "openinghours_rows-0-opens").startswith("Hier steht mehr als eine")
    assert "zum Beispiel 09:00" in words(page_of(asked))
    assert shown_in(asked, "openinghours_rows-0-opens") == "9-12"


def test_a_form_that_comes_back_shows_the_time_that_was_understood(staff, contact):
    asked = send(staff, contact, **with_hours("9", "halb 5"))

    assert shown_in(asked, "openinghours_rows-0-opens") == "09:00"


def test_hours_on_their_own_screen_are_taken_alike(staff):
    row = factories.opening_hours()

    save(staff, row, opens="20", closes="2 Uhr")

    row.refresh_from_db()
    assert (row.opens, row.closes) == (datetime.time(20), datetime.time(2))
    assert entries(staff, row)["closes"] == ["02:00"]


def test_midnight_reads_24_in_the_list_and_in_the_history(staff):
    row = factories.opening_hours()
    save(staff, row, closes="24 Uhr")

    assert "24:00" in words(page_of(staff.get("/verwaltung/contacts/openinghours/")))
    assert "24:00" in words(page_of(staff.get(screen(row, "history"))))


# --- postcodes ------------------------------------------------------------------------------------
@pytest.mark.parametrize("typed", ["D-79539", "79 539", "79539", "７９５３９"])
def test_a_postcode_is_taken_as_people_write_it(staff, typed):
    place = factories.location()

    save(staff, place, postcode=typed)

    place.refresh_from_db()
    assert place.postcode == "79539"


def test_a_town_beside_the_postcode_is_named_before_it_goes(staff):
    place = factories.location()

    asked = send(staff, place, postcode="79539 Lörrach")

    assert "„Lörrach“ gehört nicht in dieses Feld" in errors_at(asked, "postcode")
    assert shown_in(asked, "postcode") == "79539"
    assert again(staff, asked, place).status_code == 302


def test_the_browser_cuts_nothing_off_a_postcode(staff):
    page = page_of(staff.get(screen(factories.location())))

    assert page.xpath("//input[@name='postcode']")[0].get("maxlength") is None


def test_the_postcodes_of_a_municipality_are_taken_whatever_divides_them(staff):
    town = factories.municipality()

    save(staff, town, postcodes="D-79539, 79 540")

    town.refresh_from_db()
    assert town.postcodes == "79539 79540"
