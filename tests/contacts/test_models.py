"""What the database refuses about contacts, and how it says so."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from contacts.models import Language
from tests import factories
from tests.core.refusals import assert_refused

pytestmark = pytest.mark.django_db

NO_WAY = "Bitte mindestens eine Telefonnummer oder eine E-Mail-Adresse angeben."
ORDER = (
    "„Bis“ muss nach „von“ liegen. Über Mitternacht geht es von frühestens 14:00 bis spätestens "
    "06:00; sonst beginnt am nächsten Wochentag eine neue Zeile."
)
ONE_OWNER = "Bitte entweder eine Kontaktperson oder einen Ort wählen."


def messages(record):
    with pytest.raises(ValidationError) as refusal:
        record.full_clean()
    return refusal.value.messages


def test_a_person_without_any_way_to_reach_them_is_refused():
    assert_refused(factories.contact_person(save=False, phone="", email=""), NO_WAY)


@pytest.mark.parametrize(
    "ways",
    [
        {"phone": "+4976219999123", "email": ""},
        {"phone": "", "email": "ayla@example.org"},
        {"phone": "+4976219999123", "email": "ayla@example.org"},
    ],
)
def test_one_way_to_reach_a_person_is_enough(ways):
    contact = factories.contact_person(save=False, **ways)

    contact.full_clean()
    contact.save()

    assert contact.pk


def test_a_fax_machine_alone_does_not_reach_anybody():
    fax_only = factories.contact_person(save=False, phone="", fax="+4976219999124")

    assert_refused(fax_only, NO_WAY)


def test_only_one_person_can_stand_for_the_office():
    assert_refused(
        factories.contact_person(save=False, represents_office=True),
        "Eine andere Person ist schon Hauptkontakt des Amtes.",
    )


def test_a_number_that_cannot_be_dialled_is_refused():
    assert messages(factories.contact_person(save=False, phone="12")) == [
        "Die eingegebene Telefonnummer ist ungültig."
    ]


def test_a_place_has_both_coordinates_or_none():
    message = "Bitte Breite und Länge angeben, oder keine von beiden."

    assert_refused(factories.location(save=False, latitude=Decimal("47.6")), message)
    assert_refused(factories.location(save=False, longitude=Decimal("7.6")), message)
    factories.location(latitude=Decimal("47.614"), longitude=Decimal("7.665")).full_clean()


@pytest.mark.parametrize(
    ("field", "value"),
    [("latitude", "90.000001"), ("latitude", "-91"), ("longitude", "180.1"), ("longitude", "-181")],
)
def test_a_place_lies_on_the_earth(field, value):
    other = {"latitude": Decimal(0), "longitude": Decimal(0)}

    assert messages(factories.location(save=False, **other | {field: Decimal(value)}))


@pytest.mark.parametrize("postcode", ["7999", "799999", "D-799", "79 99", "٧٩٥٣٩"])
def test_a_postcode_has_five_digits(postcode):
    assert "Die Postleitzahl hat fünf Ziffern." in messages(
        factories.location(save=False, postcode=postcode)
    )


@pytest.mark.parametrize("make", [factories.opening_hours, factories.closed_period])
def test_hours_and_closures_belong_to_a_person_or_a_place_never_to_both_or_none(make):
    person, place = factories.contact_person(), factories.location()

    assert_refused(make(save=False, contact=person, location=place), ONE_OWNER)
    assert_refused(make(save=False, contact=None, location=None), ONE_OWNER)
    make(contact=person).full_clean()
    make(location=place).full_clean()


@pytest.mark.parametrize("closes", [datetime.time(8), datetime.time(7, 59)])
def test_hours_end_after_they_begin(closes):
    assert_refused(
        factories.opening_hours(save=False, opens=datetime.time(8), closes=closes), ORDER
    )


@pytest.mark.parametrize(("opens", "closes"), [(13, 2), (13, 6), (20, 7), (12, 11)])
def test_hours_on_both_sides_of_midnight_are_those_of_an_evening(opens, closes):
    hours = {"opens": datetime.time(opens), "closes": datetime.time(closes)}

    assert_refused(factories.opening_hours(save=False, **hours), ORDER)


@pytest.mark.parametrize(
    ("opens", "closes", "written"),
    [
        (20, 2, "Montag 20:00–02:00"),
        (14, 6, "Montag 14:00–06:00"),
        (9, 0, "Montag 09:00–24:00"),
        (0, 0, "Montag 00:00–24:00"),
    ],
)
def test_hours_may_last_until_midnight_and_into_the_night(opens, closes, written):
    hours = {"opens": datetime.time(opens), "closes": datetime.time(closes)}

    row = factories.opening_hours(**hours)

    row.full_clean()
    assert str(row) == written


def test_a_closure_does_not_end_before_it_begins():
    assert_refused(
        factories.closed_period(
            save=False,
            first_day=datetime.date(2026, 8, 3),
            last_day=datetime.date(2026, 8, 2),
        ),
        "Der letzte Tag darf nicht vor dem ersten liegen.",
    )


def test_a_closure_may_last_one_day():
    day = datetime.date(2026, 8, 3)

    assert str(factories.closed_period(first_day=day, last_day=day)) == "03.08.2026 bis 03.08.2026"


@pytest.mark.parametrize("ags", ["833605", "0833605a", "083360500"])
def test_the_key_of_a_municipality_has_eight_digits(ags):
    assert "Der Gemeindeschlüssel hat acht Ziffern." in messages(
        factories.municipality(save=False, ags=ags)
    )


def test_the_key_of_a_municipality_is_unique():
    assert messages(factories.municipality(save=False, ags="08336050")) == [
        "Gemeinde mit diesem Wert für das Feld Amtlicher Gemeindeschlüssel existiert bereits."
    ]


@pytest.mark.parametrize("postcodes", ["7954", "79539,79540", "79539  79540", ""])
def test_postcodes_of_a_municipality_are_separated_by_single_spaces(postcodes):
    assert messages(factories.municipality(save=False, postcodes=postcodes))


def test_the_district_has_its_35_municipalities():
    assert factories.Municipality.objects.count() == 35
    assert factories.Municipality.objects.get(ags="08336050").name == "Lörrach"


def test_an_organisation_that_is_still_needed_cannot_be_deleted():
    person = factories.contact_person()

    with pytest.raises(ProtectedError):
        person.organisation.delete()


def test_a_person_outlives_their_place():
    person = factories.contact_person(location=factories.location())

    person.location.delete()

    person.refresh_from_db()
    assert person.location is None


def test_records_are_named_as_staff_know_them():
    organisation = factories.organisation(name_de="Caritas")
    location = factories.location(organisation=organisation, name_de="Haus der Brücke")

    assert str(organisation) == "Caritas"
    assert str(location) == "Haus der Brücke, Brückenweg 1, 79999 Musterdorf"
    assert str(factories.contact_person()) == "Ayla Muster"
    assert str(factories.opening_hours(weekday=6)) == "Sonntag 08:00–12:00"


@pytest.mark.parametrize(("typed", "tag"), [("ZH_hant", "zh-Hant"), ("Pl", "pl"), ("prs", "prs")])
def test_a_language_tag_is_kept_as_standards_write_it(typed, tag):
    Language.objects.filter(tag="pl").delete()
    language = Language(tag=typed, name="Neu")

    language.full_clean()

    assert language.tag == tag


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ("Kurdisch!", "Bitte ein Kürzel wie uk, fa-AF oder zh-Hant angeben."),
        ("FA", "Diese Sprache gibt es schon: Persisch (Farsi, Dari)."),
        ("mo", "Diese Sprache gibt es schon: Rumänisch."),
    ],
)
def test_a_language_tag_that_is_none_or_a_second_one_is_refused(tag, message):
    with pytest.raises(ValidationError) as refused:
        Language(tag=tag, name="Neu").full_clean()

    assert refused.value.message_dict["tag"] == [message]
