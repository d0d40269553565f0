"""Dates and numbers on pages of every type, against the table that people wrote by hand."""

import datetime

import pytest
from django.utils import timezone
from django.utils.translation import override

from lkintegration.core.languages import EASY
from tests import factories
from tests.core.browser import page_of
from tests.core.test_formats import DATES, FIRST, NOVEMBER, NUMBERS, SPANS
from tests.languages import CODES

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# 28249 and 22.5 of a hundred, as the figures have them.
FIGURES = {
    "de": ("28.249", "22,5\N{NO-BREAK SPACE}%"),
    "de-simple": ("28.000", "23 von 100"),
    "en": ("28,249", "22.5%"),
    "uk": ("28\N{NO-BREAK SPACE}249", "22,5%"),
    "ar": ("28,249", "22.5%"),
    "tr": ("28.249", "%22,5"),
    "it": ("28.249", "22,5%"),
    "ro": ("28.249", "22,5\N{NO-BREAK SPACE}%"),
    "fr": ("28\N{NARROW NO-BREAK SPACE}249", "22,5\N{NO-BREAK SPACE}%"),
    "sq": ("28\N{NO-BREAK SPACE}249", "22,5%"),
    "ru": ("28\N{NO-BREAK SPACE}249", "22,5\N{NO-BREAK SPACE}%"),
    "fa": ("28,249", "22.5%"),
}
PLACES = {
    "de": "Grenzach-Wyhlen und Lörrach",
    "de-simple": "Grenzach-Wyhlen und Lörrach",
    "en": "Grenzach-Wyhlen and Lörrach",
    "uk": "Grenzach-Wyhlen і Lörrach",
    "ar": "Grenzach-Wyhlen وLörrach",
    "tr": "Grenzach-Wyhlen ve Lörrach",
    "it": "Grenzach-Wyhlen e Lörrach",
    "ro": "Grenzach-Wyhlen și Lörrach",
    "fr": "Grenzach-Wyhlen et Lörrach",
    "sq": "Grenzach-Wyhlen dhe Lörrach",
    "ru": "Grenzach-Wyhlen и Lörrach",
    "fa": "Grenzach-Wyhlen و Lörrach",
}


@pytest.mark.parametrize("code", CODES)
def test_the_concept_page(visit, code):
    page = visit(f"/{code}/konzept/").page
    day, _november, month = DATES[code]

    times = [time.text_content() for time in page.iterfind(".//time")]
    figures = [bdi.text_content() for bdi in page.iterfind(".//td/bdi")]

    assert times == [day, "2005", month, "2007", "2015", SPANS[code]]
    inhabitants = "233.000" if code == EASY else NUMBERS[code][0]
    assert {inhabitants, *NUMBERS[code][2:], *FIGURES[code]} <= set(figures)


@pytest.fixture
def november(monkeypatch):
    """Let today be a day that the table knows."""
    monkeypatch.setattr(timezone, "localdate", lambda: NOVEMBER)


@pytest.mark.parametrize("code", CODES)
def test_a_service(client, november, code):
    service = factories.service(checked_on=FIRST, area="named", slug="muster")
    towns = [factories.municipality(name=name) for name in ("Grenzach-Wyhlen", "Lörrach")]
    service.municipalities.set(towns)

    page = page_of(client.get(f"/{code}/angebote/muster/"))

    text = page.text_content()
    assert DATES[code][0] in text
    assert PLACES[code] in text
    assert DATES[code][1] in page.xpath("string(//div[contains(@class, 'print-foot')])")


@pytest.mark.parametrize("code", CODES)
def test_a_person(client, code):
    contact = factories.contact_person(checked_on=FIRST, slug="muster")
    factories.opening_hours(
        contact=contact, weekday=0, opens=datetime.time(9, 5), closes=datetime.time(17, 30)
    )
    factories.opening_hours(
        contact=contact, weekday=1, opens=datetime.time(20), closes=datetime.time(0)
    )

    page = page_of(client.get(f"/{code}/kontakt/muster/"))

    hours = [row.text_content() for row in page.iterfind(".//ul[@class='hours']//bdi")]
    assert DATES[code][0] in page.text_content()
    assert hours == ["9:05–17:30" if code == "fa" else "09:05–17:30", "20:00–24:00"]


@pytest.mark.parametrize("code", CODES)
def test_a_guiding_goal_and_its_edition(client, code):
    march = datetime.date(2007, 3, 1)
    edition = factories.concept(adopted_on=march, adopted_on_precision="month", slug="muster")
    factories.guiding_goal(concept=edition, adopted_on=FIRST, slug="muster")
    with override(code):
        address = edition.get_absolute_url()

    day, _november, month = DATES[code]
    assert day in page_of(client.get(f"/{code}/leitziele/muster/")).text_content()
    assert month in page_of(client.get(address)).text_content()


def test_a_name_and_what_follows_it_are_parted_by_the_comma_of_the_script(client):
    factories.contact_person(name="Ayla Muster", slug="muster", email="ayla@example.org")

    for code, comma in (("de", ","), ("ar", "،"), ("fa", "،"), ("tr", ",")):
        page = page_of(client.post(f"/{code}/kontakt/muster/e-mail/"))
        assert f"Ayla Muster{comma} Beraterin" in page.text_content()
