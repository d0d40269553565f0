"""Readers are told when it is closed and why: wherever they look, from weeks before to the end."""

import datetime
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from lxml import html

from contacts.models import ClosedPeriod, Location
from lkintegration.core.generation import current_generation, renew_generation
from offers.models import Service
from tests import factories
from tests.admin import TRANSLATOR, person, save, screen
from tests.core.browser import page_of, words
from tests.languages import CODES

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
CHRISTMAS = datetime.date(2026, 12, 23), datetime.date(2027, 1, 6)


@pytest.fixture
def on(monkeypatch):
    """Return how another day begins: for whoever asks, and with a generation of its own."""

    def begin(day, hour=12):
        moment = datetime.datetime.combine(day, datetime.time(hour), datetime.UTC)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        renew_generation()

    return begin


@pytest.fixture
def place():
    """Return the place of a first point of contact, without any hours, as all that are shipped."""
    place = factories.location()
    Service.objects.get(slug="jmd-caritas").locations.set([place])
    return place


def closed(owner, days=CHRISTMAS, **texts):
    kind = "location" if isinstance(owner, Location) else "contact"
    first, last = days
    return factories.closed_period(**{kind: owner}, first_day=first, last_day=last, **texts)


def sentences(client, path):
    page = page_of(client.get(path))
    return [words(node) for node in page.xpath("//main//p[@class='closed']")]


def test_a_closed_place_is_told_wherever_the_place_stands(client, place, on):
    closed(place, reason_de="Weihnachtsferien")
    on(CHRISTMAS[0])

    for path in (
        "/de/kontakt/",
        "/de/angebote/jmd-caritas/",
        "/de/beratung/?alter=19",
        "/de/angebote/?alter=19",
    ):
        told = sentences(client, path)
        assert "Geschlossen vom 23. Dezember bis 6. Januar: Weihnachtsferien" in told, path


def test_so_is_a_person_who_is_away(client, on):
    contact = factories.contact_person(location=factories.location())
    Service.objects.get(slug="jmd-caritas").contacts.set([contact])
    closed(contact, reason_de="Urlaub")
    closed(contact.location, reason_de="Umbau")
    on(CHRISTMAS[0])

    away = "Nicht erreichbar vom 23. Dezember bis 6. Januar: Urlaub"
    for path in (
        "/de/kontakt/",
        contact.get_absolute_url(),
        "/de/angebote/jmd-caritas/",
        "/de/beratung/?alter=19",
        "/de/angebote/?alter=19",
    ):
        assert away in sentences(client, path), path
    there = "Geschlossen vom 23. Dezember bis 6. Januar: Umbau"
    assert there in sentences(client, contact.get_absolute_url())


@pytest.mark.parametrize(
    ("day", "is_told"),
    [
        (CHRISTMAS[0] - 22 * DAY, False),
        (CHRISTMAS[0] - 21 * DAY, True),
        (CHRISTMAS[1], True),
        (CHRISTMAS[1] + DAY, False),
    ],
)
def test_it_is_told_from_three_weeks_before_until_the_last_day(client, place, on, day, is_told):
    closed(place)
    on(day)

    told = sentences(client, "/de/kontakt/")

    assert told == (["Geschlossen vom 23. Dezember bis 6. Januar"] if is_told else [])


def test_a_page_that_is_kept_tells_it_from_midnight_on(place, on):
    """What is kept belongs to a generation, and that ends with the day."""
    on(CHRISTMAS[0] - 22 * DAY, hour=21)  # 22 o'clock in Lörrach

    ends = datetime.datetime.fromtimestamp(current_generation().ends_at, datetime.UTC)

    assert timezone.localtime(ends).isoformat() == "2026-12-02T00:00:00+01:00"


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ((CHRISTMAS[0], CHRISTMAS[0]), "Geschlossen am 23. Dezember"),
        ((CHRISTMAS[0], None), "Vorübergehend geschlossen"),
        ((CHRISTMAS[0] + DAY, None), "Ab 24. Dezember vorübergehend geschlossen"),
        (
            (CHRISTMAS[0], datetime.date(2028, 1, 6)),
            "Geschlossen vom 23. Dezember 2026 bis 6. Januar 2028",
        ),
    ],
    ids=["one day", "without an end", "soon, without an end", "for more than a year"],
)
def test_the_sentence_fits_the_days(client, place, on, days, sentence):
    closed(place, days, reason_de="Umbau")
    on(CHRISTMAS[0])

    assert sentences(client, "/de/kontakt/") == [f"{sentence}: Umbau"]


def test_what_is_closed_without_an_end_is_not_said_to_open(client, place, on):
    for day in range(7):
        factories.opening_hours(location=place, weekday=day)
    closed(place, (CHRISTMAS[0], None), reason_de="Umbau")
    on(CHRISTMAS[0], hour=9)

    card = page_of(client.get("/de/kontakt/")).xpath("//*[contains(@class, 'location')]")
    text = next(words(node) for node in card if "Haus der Brücke" in words(node))

    assert "Vorübergehend geschlossen: Umbau" in text
    assert "Jetzt" not in text
    assert "Zurzeit" not in text


@pytest.mark.any_database
def test_reasons_that_the_site_knows_are_told_in_every_language(client, place, on):
    closed(place, reason_de="Weihnachtsferien")
    on(CHRISTMAS[0])

    told = {code: sentences(client, f"/{code}/kontakt/") for code in CODES}

    assert len({tuple(sentence) for sentence in told.values()}) == len(CODES)
    for code in set(CODES) - {"de", "de-simple"}:
        assert "Weihnachtsferien" not in told[code][0], code
        assert "Geschlossen" not in told[code][0], code
    assert told["en"] == ["Closed from 23 December to 6 January: Christmas holidays"]
    assert told["fr"] == ["Fermé du 23 décembre au 6 janvier : Vacances de Noël"]


def test_another_reason_is_told_as_translated_else_marked_as_german(client, place, on):
    closed(place, reason_de="Wasserschaden", reason_en="Water damage")
    on(CHRISTMAS[0])

    assert sentences(client, "/en/kontakt/")[0].endswith("Water damage")
    page = page_of(client.get("/ar/kontakt/"))
    (german,) = page.xpath("//main//p[@class='closed']/span")
    assert (german.get("lang"), german.get("dir"), words(german)) == ("de", "ltr", "Wasserschaden")


def test_programs_read_it_too(client, place, on):
    contact = factories.contact_person(location=place)
    closed(place, reason_de="Weihnachtsferien")
    closed(contact, (CHRISTMAS[0], None))
    on(CHRISTMAS[0])
    days = {
        "@type": "OpeningHoursSpecification",
        "validFrom": "2026-12-23",
        "opens": "00:00",
        "closes": "00:00",
    }
    ends = {"validThrough": "2027-01-06", "description": "Weihnachtsferien"}

    page = html.fromstring(client.get(contact.get_absolute_url()).content)
    (_office, told) = json.loads(page.findtext(".//script"))["@graph"]
    service = html.fromstring(client.get("/de/angebote/jmd-caritas/").content)
    (_office, offer) = json.loads(service.findtext(".//script"))["@graph"]

    known = told["mainEntity"]
    assert known["contactPoint"]["hoursAvailable"] == [days]
    assert known["workLocation"]["specialOpeningHoursSpecification"] == [days | ends]
    (there,) = offer["mainEntity"]["availableChannel"]["serviceLocation"]
    assert there["specialOpeningHoursSpecification"] == [days | ends]


@pytest.mark.parametrize("code", ["de", "en"])
def test_a_card_for_an_address_book_notes_it_in_german_with_the_year(client, on, code):
    contact = factories.contact_person()
    closed(contact, reason_de="Weihnachtsferien", reason_en="Christmas")
    on(CHRISTMAS[0])

    card = client.get(f"/{code}/kontakt/{contact.slug}/vcard/").content.decode()

    note = "NOTE:Nicht erreichbar vom 23. Dezember 2026 bis 6. Januar 2027: Weihnachtsferien"
    assert note in re.sub(r"\r\n ", "", card)


def test_a_picture_of_the_card_hangs_longer_than_notes_hold(client, on):
    contact = factories.contact_person()
    before = client.get(f"/de/kontakt/{contact.slug}/qr/").content
    closed(contact, reason_de="Urlaub")
    on(CHRISTMAS[0])

    assert client.get(f"/de/kontakt/{contact.slug}/qr/").content == before


def test_staff_leave_the_end_open(admin, place):
    period = closed(place)

    save(admin, period, last_day="")

    period.refresh_from_db()
    assert (period.last_day, str(period)) == (None, "ab 23.12.2026")
    assert ClosedPeriod.history.first().last_day is None


def test_a_reason_has_a_screen_in_every_language(admin, place):
    period = closed(place, reason_de="Wasserschaden")

    bar = page_of(admin.get(screen(period))).xpath("//nav[@class='language-bar']//a")
    assert len(bar) == len(CODES)
    assert [words(link).split()[-1] for link in bar if "sprache=ar" in link.get("href")] == [
        "fehlt"
    ]

    page = page_of(admin.get(screen(period, sprache="ar")))
    assert "Wasserschaden" in words(page.find(".//main"))
    save(admin, screen(period, sprache="ar"), reason_ar="أضرار المياه")
    period.refresh_from_db()
    assert (period.reason_de, period.reason_ar) == ("Wasserschaden", "أضرار المياه")


def test_a_translator_writes_the_reason_in_their_language_and_nothing_else(place):
    period = closed(place, reason_de="Wasserschaden")
    tarek = person(TRANSLATOR, languages=("ar",))

    save(tarek, screen(period, sprache="ar"), reason_ar="أضرار المياه", first_day="01.01.2020")

    period.refresh_from_db()
    assert period.reason_ar == "أضرار المياه"
    assert period.first_day == CHRISTMAS[0]
    assert tarek.post(screen(period, sprache="uk"), {"reason_uk": "x"}).status_code == 403


@pytest.mark.parametrize("code", ["de", "ar"])
def test_it_costs_no_query(client, place, on, code, seasoned):
    def queries(path):
        on(CHRISTMAS[0])
        with translation.override(code):
            seasoned(code)
        with CaptureQueriesContext(connection) as found:
            client.get(path)
        return len(found)

    paths = [f"/{code}/{path}" for path in ("kontakt/", "angebote/", "beratung/?alter=19")]
    before = [queries(path) for path in paths]
    closed(place, reason_de="Umbau")
    closed(factories.contact_person(location=place))

    assert [queries(path) for path in paths] == before
    assert max(before) <= 6
