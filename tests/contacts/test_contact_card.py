"""One card says how to reach a person, on every page that names them."""

import datetime
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from contacts.models import ContactPerson, Language
from lkintegration.pages.enums import PageKey
from offers.models import Service
from tests import factories
from tests.core.browser import page_of, words
from tests.languages import CODES
from tests.site.pages import record_paths

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

PAGES = ["contact list", "contact page", "service page", "finder"]
DAY = datetime.timedelta(days=1)
CALL_FIRST = "Rufen Sie vorher an."
STATE = "Stand der Angaben: 1. November 2026."


@pytest.fixture
def contact():
    contact = factories.contact_person(
        name="Ayla Muster",
        form_of_address="ms",
        role_de="Beraterin für Zugewanderte",
        organisation=factories.organisation(name_de="Amt am Berg", phone="+4976214100"),
        phone="+4976214105301",
        fax="+49762141095301",
        email="ayla@example.org",
        location=factories.location(street="Palmstraße 3", postcode="79539", city="Lörrach"),
        room="0.17",
        checked_on=datetime.date(2026, 11, 1),
    )
    contact.languages.set(Language.objects.filter(tag__in=["de", "ar"]))
    return contact


@pytest.fixture
def see(client, contact):
    """Return what is on a page of one kind that shows the person, as the database is now."""
    service = factories.service(programme="mbe", first_contact=True, name_de="Beratung am Berg")
    service.contacts.add(contact)
    service.locations.add(factories.location())
    addresses = {
        "contact list": "kontakt/",
        "contact page": f"kontakt/{contact.slug}/",
        "service page": f"angebote/{service.slug}/",
        "finder": "beratung/?alter=40",
    }

    def find(page, code="de"):
        (found,) = page_of(client.get(f"/{code}/{addresses[page]}")).xpath("//main")
        return found

    return find


@pytest.fixture
def card(see, contact):
    """Return the card of the person on a page of one kind, as the database is now."""

    def find(page, code="de"):
        (found,) = [
            box
            for box in see(page, code).xpath(".//div[contains(@class, ' contact')]")
            if f"/{code}/kontakt/{contact.slug}/nachricht/" in box.xpath(".//a/@href")
        ]
        return found

    return find


def facts_of(card):
    """Return what the card says, by what it calls it."""
    return {
        words(row.find("dt")): row.find("dd") for row in card.xpath(".//dl[@class='facts']/div")
    }


def links_of(element):
    return {words(link): link.get("href") for link in element.xpath(".//a")}


def update(contact, **fields):
    ContactPerson.objects.filter(pk=contact.pk).update(**fields)


# --- what the card says ---------------------------------------------------------------------------


def test_the_card_says_everything_one_needs_to_reach_a_person(card):
    for page in PAGES:
        found = card(page)
        assert "Beraterin für Zugewanderte Amt am Berg" in words(found), page
        assert {name: words(fact) for name, fact in facts_of(found).items()} == {
            "Telefon": "+49 7621 410-5301",
            "Fax": "+49 7621 410-95301",
            "Adresse": (
                "Palmstraße 3 79539 Lörrach Zimmer 0.17 In der Karten-App öffnen OpenStreetMap"
            ),
            "Sprachen": "Arabisch und Deutsch",
        }, page


def test_the_card_is_the_same_on_every_page(card):
    cards = [card(page) for page in PAGES]

    assert len({words(found.find("dl")) for found in cards}) == 1
    assert len({tuple(found.xpath(".//dl//a/@href")) for found in cards}) == 1
    reach_out = [found.xpath(".//div[@class='reach-out']")[0] for found in cards]
    assert len({words(row) for row in reach_out}) == 1
    assert len({tuple(row.xpath(".//@href|.//@action")) for row in reach_out}) == 1


@pytest.mark.parametrize(
    ("page", "level"), [("contact list", "h3"), ("service page", "h3"), ("finder", "h4")]
)
def test_the_card_is_headed_by_the_name_which_leads_to_the_person(card, contact, page, level):
    (heading,) = card(page).xpath(f"./{level}")

    assert links_of(heading) == {"Frau Ayla Muster": f"/de/kontakt/{contact.slug}/"}


def test_the_name_stands_once_on_the_person_s_own_page(client, contact, card):
    assert not card("contact page").xpath(".//h2|.//h3|.//h4")
    (heading,) = page_of(client.get(f"/de/kontakt/{contact.slug}/")).xpath("//h1")
    assert words(heading) == "Frau Ayla Muster"


def test_numbers_are_dialled_in_full_and_shown_as_they_are_written(card):
    for page in PAGES:
        facts = facts_of(card(page))
        assert links_of(facts["Telefon"]) == {"+49 7621 410-5301": "tel:+4976214105301"}, page
        assert links_of(facts["Fax"]) == {"+49 7621 410-95301": "tel:+49762141095301"}, page


def test_what_is_not_known_is_not_there(card, contact):
    update(contact, phone="", fax="", room="", location=None, checked_on=None)
    contact.languages.clear()

    assert {page: facts_of(card(page)) for page in PAGES} == {page: {} for page in PAGES}


def test_a_person_without_a_room_has_an_address(card, contact):
    update(contact, room="")

    addresses = {page: words(facts_of(card(page))["Adresse"]) for page in PAGES}
    assert {page for page, address in addresses.items() if "Zimmer" in address} == set()


def test_a_place_that_is_not_published_is_on_no_card_and_on_no_map(card, contact):
    contact.location.status = "draft"
    contact.location.save()

    for page in PAGES:
        found = card(page)
        assert "Adresse" not in facts_of(found), page
        links = found.xpath(".//@href")
        assert not [href for href in links if "geo:" in href or "Palm" in href], page


def test_a_card_speaks_the_reader_s_language(card, contact):
    update(contact, role_en="Adviser")

    for page in PAGES:
        found = card(page, "en")
        assert "Adviser" in words(found), page
        assert "Arabic and German" in words(found), page


# --- maps -----------------------------------------------------------------------------------------


def test_a_place_with_coordinates_is_shown_on_the_spot(card, contact):
    place = contact.location
    place.latitude, place.longitude = Decimal("47.614200"), Decimal("-7.660700")
    place.save()

    for page in PAGES:
        links = links_of(facts_of(card(page))["Adresse"])
        assert (links["In der Karten-App öffnen"], links["OpenStreetMap"]) == (
            "geo:47.614200,-7.660700?q=47.614200,-7.660700",
            "https://www.openstreetmap.org/"
            "?mlat=47.614200&mlon=-7.660700#map=18/47.614200/-7.660700",
        ), page


def test_coordinates_are_written_with_a_point_in_every_language(card, contact):
    place = contact.location
    place.latitude, place.longitude = Decimal(0), Decimal("179.999999")
    place.save()

    for code in CODES:
        links = card("contact page", code).xpath(".//a/@href")
        assert "geo:0.000000,179.999999?q=0.000000,179.999999" in links, code


def test_a_place_without_coordinates_is_searched_for(card):
    address = "Palmstra%C3%9Fe%203%2C%2079539%20L%C3%B6rrach"
    for page in PAGES:
        links = links_of(facts_of(card(page))["Adresse"])
        assert (links["In der Karten-App öffnen"], links["OpenStreetMap"]) == (
            f"geo:0,0?q={address}",
            f"https://www.openstreetmap.org/search?query={address}",
        ), page


@pytest.mark.parametrize(
    "street", ["Haus A&B 1", "Weg 1 #2", "Ist hier? 3", "a=b;c 4", '"><b>5', "100% 6", "Süd/West 7"]
)
def test_a_strange_address_cannot_break_out_of_its_link(card, contact, street):
    place = contact.location
    place.street = street
    place.save()

    links = links_of(facts_of(card("contact page"))["Adresse"])

    for href, name in ((links["In der Karten-App öffnen"], "q"), (links["OpenStreetMap"], "query")):
        parts = urlsplit(href)
        assert parse_qs(parts.query) == {name: [f"{street}, 79539 Lörrach"]}
        assert parts.fragment == ""


def test_the_map_s_server_does_not_learn_where_the_reader_comes_from(card):
    (link,) = card("contact page").xpath(".//a[bdi='OpenStreetMap']")

    assert "noreferrer" in link.get("rel").split()


# --- how old it is --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "evidence", "warned"),
    [
        (-1, "own", True),
        (-1, "public", True),
        (-400, "own", True),
        (0, "own", False),
        (1, "own", False),
        (None, "own", False),
        (-1, "unverified", True),
        (1, "unverified", True),
        (None, "unverified", True),
    ],
)
@pytest.mark.parametrize("of", ["contact", "place"])
def test_readers_are_told_once_to_call_before_they_rely_on_what_is_old_or_unverified(
    see, contact, days, evidence, warned, of
):
    Service.objects.update(evidence="public")
    record = contact if of == "contact" else contact.services.get().locations.get()
    planned = None if days is None else timezone.localdate() + days * DAY
    type(record).objects.filter(pk=record.pk).update(next_check_on=planned, evidence=evidence)
    pages = PAGES if of == "contact" else [page for page in PAGES if page != "contact page"]

    notices = {page: words(see(page)).count(CALL_FIRST) for page in pages}

    assert notices == dict.fromkeys(pages, int(warned))


def test_the_page_of_a_person_says_once_of_when_the_details_are(see, contact):
    assert words(see("contact page")).count(STATE) == 1

    update(contact, evidence="unverified")

    assert words(see("contact page")).count(f"{STATE} {CALL_FIRST}") == 1
    assert words(see("contact page")).count(STATE) == 1


# --- writing --------------------------------------------------------------------------------------


@pytest.mark.parametrize("email", ["ayla@example.org", ""])
def test_every_card_leads_to_a_form_for_a_message(client, card, contact, email):
    update(contact, email=email)
    form = f"/de/kontakt/{contact.slug}/nachricht/"

    links = {
        page: card(page).xpath(".//a[normalize-space()='Nachricht schreiben']/@href")
        for page in PAGES
    }

    assert links == {page: [form] for page in PAGES}
    (heading,) = page_of(client.get(form)).xpath("//h1")
    assert words(heading) == "Nachricht an Ayla Muster"


def test_an_e_mail_address_is_shown_on_request_only(client, card, contact):
    address = f"/de/kontakt/{contact.slug}/e-mail/"
    for page in PAGES:
        found = card(page)
        (form,) = found.xpath(".//form")
        assert words(form) == "E-Mail-Adresse zeigen", page
        assert (form.method, form.get("action")) == ("POST", address), page
        assert "example.org" not in found.text_content(), page
        assert not [value for value in found.xpath(".//@*") if "example.org" in value], page

    shown = page_of(client.post(address)).xpath("//main")[0]
    assert links_of(shown)["ayla@example.org"] == "mailto:ayla@example.org"


def test_there_is_no_button_for_an_address_that_is_not_known(client, card, contact):
    update(contact, email="")

    assert [page for page in PAGES if card(page).xpath(".//form|.//button")] == []
    assert client.post(f"/de/kontakt/{contact.slug}/e-mail/").status_code == 404


# --- faults and barriers --------------------------------------------------------------------------


def fault_link(response):
    (link,) = page_of(response).xpath("//main//a[text()='Fehler melden']")
    return link.get("href")


@pytest.mark.parametrize("model", [Service, ContactPerson])
def test_every_service_s_and_person_s_page_leads_to_the_report_of_a_fault(client, contact, model):
    records = list(model.objects.published())
    assert records

    for record in records:
        address = record.get_absolute_url()
        assert fault_link(client.get(address)) == f"{address}fehler-melden/"


@pytest.mark.parametrize("code", ["de", "ar"])
def test_the_report_of_a_fault_begins_on_a_page_that_names_the_record(client, contact, code):
    page = page_of(client.get(f"/{code}/kontakt/{contact.slug}/"))
    address = f"/{code}/kontakt/{contact.slug}/fehler-melden/"
    assert address in page.xpath("//main//a/@href")

    main = page_of(client.get(address)).xpath("//main")[0]

    assert links_of(main)["Ayla Muster"] == f"/{code}/kontakt/{contact.slug}/"


def barrier_link(response):
    (link,) = page_of(response).xpath("//footer//a[contains(@href, '/barriere-melden/')]")
    return link.get("href")


def page_named_by(client, response):
    """Return the page that the form names when one follows the link in the footer."""
    (form,) = page_of(client.get(barrier_link(response))).xpath("//form[@method='post']")
    return dict(form.form_values())["seite"]


@pytest.mark.parametrize("key", [key for key in PageKey if key != "leichte-sprache"])
@pytest.mark.parametrize("code", ["de", "ar"])
def test_every_page_s_footer_leads_to_the_report_of_a_barrier_on_that_page(client, key, code):
    path = f"/{code}/" if key == PageKey.HOME else f"/{code}/{key}/"

    assert page_named_by(client, client.get(path)) == path


def test_the_pages_of_records_do_so_as_well(client, contact):
    factories.guiding_goal()
    paths = [f"/de/{path}" for path in record_paths()]
    assert {path.split("/")[2] for path in paths} == {
        *("angebote", "kontakt", "leitziele", "woerter"),
    }

    for path in paths:
        assert parse_qs(urlsplit(barrier_link(client.get(path))).query) == {"seite": [path]}


def test_forms_and_what_follows_them_do_so_as_well(client, contact):
    message = factories.message()
    base = f"/de/kontakt/{contact.slug}/"

    for path in (
        *("/de/kontakt/nachricht/", f"/de/kontakt/nachricht/{message.reference}/"),
        *(f"{base}nachricht/", f"{base}fehler-melden/", "/de/barriere-melden/"),
    ):
        assert page_named_by(client, client.get(path)) == path
    for path in ("/de/kontakt/nachricht/", f"{base}e-mail/"):
        assert page_named_by(client, client.post(path)) == path


def test_the_report_of_a_barrier_does_not_repeat_what_a_reader_asked_for(client):
    response = client.get("/de/beratung/?alter=17&sprache=ar")

    assert parse_qs(urlsplit(barrier_link(response)).query) == {"seite": ["/de/beratung/"]}


@pytest.mark.parametrize(
    "path", ["/de/gibt-es-nicht/", "/de/a&b=c/", "/de/ä ö/", '/de/"><script>alert(1)</script>/']
)
def test_a_page_that_does_not_exist_can_be_named_too(client, path):
    response = client.get(path)

    assert response.status_code == 404
    assert "<script>" not in response.content.decode()
    assert page_named_by(client, response) == path


# --- second and short numbers ---------------------------------------------------------------------
@pytest.mark.parametrize(("code", "label"), [("de", "Vertretung"), ("ar", None)])
def test_a_second_number_stands_under_what_it_is_for(card, contact, code, label):
    contact.second_phone, contact.second_phone_for = "+4976214105302", "deputy"
    contact.save()

    shown = card("contact page", code)

    (link,) = shown.xpath(".//a[@href='tel:+4976214105302']")
    assert [bdi.get("dir") for bdi in link.xpath("bdi")] == ["ltr"]
    assert words(link) == "+49 7621 410-5302"
    assert label is None or label in words(shown)


@pytest.mark.parametrize("code", ["de", "ar"])
def test_a_short_number_is_dialled_without_a_country(card, contact, code):
    contact.phone = "116117"
    contact.save()

    (link,) = card("contact page", code).xpath(".//a[@href='tel:116117']")

    assert words(link) == "116 117"


def test_an_extension_stands_behind_the_number_that_is_dialled(card, contact):
    contact.phone = "+49762112345;ext=12"
    contact.save()

    shown = card("contact page")

    assert shown.xpath(".//a[@href='tel:+49762112345']")
    assert "+49 7621 12345 (Durchwahl 12)" in words(shown)


def test_hours_until_midnight_end_at_24_o_clock(card, contact):
    factories.opening_hours(contact=contact, opens=datetime.time(20), closes=datetime.time(0))
    factories.opening_hours(
        contact=contact, weekday=1, opens=datetime.time(20), closes=datetime.time(2)
    )

    shown = words(card("contact page"))

    assert "Montag: 20:00–24:00" in shown
    assert "Dienstag: 20:00–02:00" in shown
