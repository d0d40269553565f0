"""The page that answers which advice is for whom, and the list beside it."""

import re
from itertools import cycle, product

import pytest
from django.core.handlers.base import BaseHandler
from django.test import RequestFactory
from django.utils.translation import gettext, ngettext, override
from lxml import html

from contacts.models import Municipality
from offers.models import Service
from tests import factories
from tests.core.browser import on_one_line, page_of, words
from tests.languages import CODES
from tests.offers.areas import limit

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

PLACES = ["08336050", "08336081", "08336105", "08336091", "08336089"]
AGES = ["", "0", "11", "12", "26", "27", "28", "120"]
OFFICE = "tel:+4976214105301"
YOUNG = "Für Sie ist der Jugendmigrationsdienst (JMD) da."
ADULT = "Für Sie ist die Migrationsberatung für Erwachsene (MBE) da."
PARENTS = "Fragen Sie bei dem Dienst, der zu Ihrem Alter passt."
NO_AGE = "Ihr Alter entscheidet, welcher Dienst für Sie da ist."


@pytest.fixture(scope="module")
def visit():
    """Ask the site as a server does, all middleware included, without the test client's copies."""
    handler = BaseHandler()
    handler.load_middleware()
    requests = RequestFactory()
    return lambda path: handler.get_response(requests.get(path))


def answer_of(response):
    (section,) = page_of(response).xpath("//section[@aria-labelledby='antwort-titel']")
    return section


def sentence(response):
    return words(answer_of(response).find("h2"))


def slugs_of(section):
    return [href.split("/")[-2] for href in section.xpath(".//h3/a/@href")]


@pytest.mark.parametrize(
    ("age", "said"),
    [
        ("12", f"Sie sind 12 Jahre alt. {YOUNG}"),
        ("26", f"Sie sind 26 Jahre alt. {YOUNG}"),
        ("27", "Sie sind 27 Jahre alt. In diesem Alter können Sie wählen."),
        ("28", f"Sie sind 28 Jahre alt. {ADULT}"),
        ("120", f"Sie sind 120 Jahre alt. {ADULT}"),
        ("11", f"Ihr Kind ist jünger als 12 Jahre? {PARENTS}"),
        ("1", f"Ihr Kind ist jünger als 12 Jahre? {PARENTS}"),
        ("", NO_AGE),
        ("abc", NO_AGE),
        ("-1", NO_AGE),
        ("%D9%A2%D9%A7", "Sie sind 27 Jahre alt. In diesem Alter können Sie wählen."),
    ],
)
def test_the_answer_begins_with_its_reason(client, age, said):
    assert sentence(client.get(f"/de/beratung/?alter={age}")) == said


def test_the_answer_follows_the_limits_that_staff_enter(client):
    Service.objects.filter(programme="jmd").update(max_age=25, min_age=10)
    Service.objects.filter(programme="mbe").update(min_age=28)

    assert "jünger als 10 Jahre?" in sentence(client.get("/de/beratung/?alter=9"))
    assert sentence(client.get("/de/beratung/?alter=27")) == (
        "Sie sind 27 Jahre alt. Für dieses Alter gibt es hier keinen eigenen Dienst."
    )


@pytest.mark.parametrize(
    ("age", "services"),
    [
        ("24", ["jmd-caritas"]),
        ("27", ["jmd-caritas", "mbe-caritas"]),
        ("40", ["mbe-caritas"]),
        ("5", ["jmd-caritas", "mbe-caritas"]),
        ("abc", ["jmd-caritas", "mbe-caritas"]),
    ],
)
def test_the_services_responsible_in_schopfheim_come_first(client, age, services):
    response = client.get(f"/de/beratung/?alter={age}&ort=08336081")

    assert slugs_of(answer_of(response)) == services


def test_at_27_one_may_turn_to_either_and_the_reason_is_said(client):
    said = (
        "Sie können sich an jede dieser Stellen wenden. "
        "Der Grund: Die Altersgrenze zwischen den beiden Diensten ist nicht überall gleich."
    )

    assert said in words(answer_of(client.get("/de/beratung/?alter=27")))
    for age in (26, 28):
        assert said not in words(answer_of(client.get(f"/de/beratung/?alter={age}")))


def test_young_people_with_a_family_or_work_hear_of_the_adults_service(client):
    said = "Sie haben Fragen zu Ihrer Familie oder zu Ihrer Arbeit?"

    assert said in words(answer_of(client.get("/de/beratung/?alter=20")))
    assert said not in words(answer_of(client.get("/de/beratung/?alter=40")))


def test_parents_are_told_to_ask_for_their_child(client):
    answer = words(answer_of(client.get("/de/beratung/?alter=5")))

    assert "Fragen Sie dort als Mutter oder Vater." in answer
    assert "Angebote für Familien" not in answer  # nobody has named any


def test_what_was_relaxed_is_said(client):
    Service.objects.filter(programme="mbe").update(max_age=80)
    too_old = words(answer_of(client.get("/de/beratung/?alter=90")))
    assert "Am besten passt dieser Dienst. Fragen Sie dort nach" in too_old

    speechless = words(answer_of(client.get("/de/beratung/?alter=40&sprache=ar")))
    assert "Fragen Sie dort vorher, ob jemand Ihre Sprache spricht." in speechless

    for service in Service.objects.filter(programme="mbe"):
        limit(service, Municipality.objects.filter(name="Lörrach"))
    elsewhere = words(answer_of(client.get("/de/beratung/?alter=40&ort=08336081")))
    assert "In Schopfheim gibt es keine eigene Beratungsstelle." in elsewhere


def test_without_any_service_the_office_s_number_remains(client):
    Service.objects.all().delete()

    section = answer_of(client.get("/de/beratung/?alter=24"))

    assert words(section.find("h2")) == "Zurzeit ist hier keine Beratungsstelle eingetragen."
    assert OFFICE in section.xpath(".//a/@href")


def test_a_service_is_shown_with_how_to_reach_it_now(client):
    service = Service.objects.get(slug="jmd-caritas")
    person = factories.contact_person(name="Mara Muster", phone="+4976219999123")
    service.contacts.add(person)
    service.locations.add(factories.location(street="Brückenweg 7"))
    factories.opening_hours(contact=person)
    Service.objects.filter(pk=service.pk).update(documents_de="<p>Ihren Ausweis</p>")

    section = answer_of(client.get("/de/beratung/?alter=19"))

    assert "tel:+4976219999123" in section.xpath(".//a/@href")
    for piece in ("Mara Muster", "Brückenweg 7", "Jetzt", "Montag: 08:00–12:00", "Ihren Ausweis"):
        assert piece in words(section)


def test_a_person_without_a_phone_is_written_to(client):
    person = factories.contact_person(phone="", email="jmd@example.org")
    Service.objects.get(slug="jmd-caritas").contacts.add(person)

    section = answer_of(client.get("/de/beratung/?alter=19"))

    assert f"/de/kontakt/{person.slug}/nachricht/" in section.xpath(".//a/@href")
    assert f"/de/kontakt/{person.slug}/e-mail/" in section.xpath(".//form/@action")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_finder_costs_the_same_however_many_services(
    client, rows, django_assert_num_queries, seasoned
):
    Service.objects.exclude(slug="jmd-caritas").delete()
    made = [
        factories.service(first_contact=True, programme="jmd", min_age=12, max_age=27)
        for _ in range(rows - 1)
    ]
    for service in [Service.objects.get(), *made] if rows == 1 else Service.objects.all():
        person = factories.contact_person(location=factories.location())
        factories.opening_hours(contact=person)
        service.contacts.add(person)
        service.locations.add(person.location)
    address = "/ar/beratung/?alter=19&ort=08336081&sprache=ar&thema=arbeit"
    seasoned("ar")

    with django_assert_num_queries(5):
        page = client.get(address)
    assert len(slugs_of(answer_of(page))) == rows
    with django_assert_num_queries(1):
        client.get(address)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_many_services(
    client, rows, django_assert_num_queries, seasoned
):
    Service.objects.all().delete()
    for _ in range(rows):
        factories.service()
    seasoned("ar")

    with django_assert_num_queries(4):
        client.get("/ar/angebote/")


@pytest.mark.parametrize(
    "address",
    [
        "/de/beratung/?alter=24&ort=08336081&sprache=ar&thema=arbeit",
        "/ar/beratung/?alter=%D9%A2%D9%A7",
        "/de/beratung/?alter=abc",
        "/de/angebote/?alter=24&thema=sprache&seite=1",
    ],
)
def test_the_same_address_shows_everybody_the_same_page(client, address):
    from django.test import Client

    first, second = client.get(address), Client().get(address)

    assert first.status_code == 200
    assert first.content == second.content


@pytest.mark.parametrize(
    "path", ["beratung/?alter=24&ort=08336081", "beratung/?alter=abc", "angebote/?thema=arbeit"]
)
def test_neither_cookie_nor_token_nor_script_is_needed(client, path):
    response = client.get(f"/de/{path}")

    assert not response.cookies
    assert "Set-Cookie" not in response.headers
    page = page_of(response)
    search, form = page.xpath("//form")
    assert (search.method, form.method) == ("GET", "GET")
    assert page.xpath("//form//input[@type='hidden']") == []
    assert "csrf" not in response.content.decode().lower()
    assert page.xpath("//script[not(@type='application/ld+json')]") == []


@pytest.mark.parametrize("path", ["beratung", "angebote"])
def test_what_was_entered_stays_entered(client, path):
    page = page_of(client.get(f"/uk/{path}/?alter=24&ort=08336081&sprache=ar&thema=arbeit"))

    entered = dict(page.xpath("//main//form")[0].form_values())
    assert entered == {"alter": "24", "ort": "08336081", "sprache": "ar", "thema": "arbeit"}


# --- every language -----------------------------------------------------------------------------
@pytest.mark.parametrize("code", CODES)
def test_every_language_answers_every_age_with_a_number_to_call(visit, code):
    places = cycle(PLACES)
    for age, _turn in product(AGES, range(1 + (code in {"de", "ar"}))):
        place = next(places)
        response = visit(f"/{code}/beratung/?alter={age}&ort={place}")

        assert response.status_code == 200
        page = html.fromstring(response.content.decode())
        (section,) = page.xpath("//section[@aria-labelledby='antwort-titel']")
        assert section.xpath(".//a[starts-with(@href,'tel:+')]"), (code, age, place)
        assert slugs_of(section), (code, age, place)


@pytest.mark.parametrize("place", PLACES)
def test_every_age_in_every_kind_of_municipality_is_answered_in_german(visit, place):
    for age in AGES:
        response = visit(f"/de/beratung/?alter={age}&ort={place}")

        assert response.status_code == 200
        assert 'href="tel:+' in response.content.decode().split('id="antwort"')[1]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    ("age", "found"),
    [
        (19, YOUNG),
        (27, "In diesem Alter können Sie wählen."),
        (40, ADULT),
    ],
)
def test_the_reason_is_given_in_the_reader_s_language(visit, code, age, found):
    response = visit(f"/{code}/beratung/?alter={age}")
    with override(code):
        own = ngettext("Sie sind %(age)d Jahr alt.", "Sie sind %(age)d Jahre alt.", age)
        said = f"{own % {'age': age}} {gettext(found)}"

    assert response.headers["Content-Language"] == code
    (heading,) = html.fromstring(response.content.decode()).xpath("//h2[@id='antwort-titel']")
    assert words(heading) == on_one_line(said)


# --- the list -----------------------------------------------------------------------------------
def listed(response):
    (section,) = page_of(response).xpath("//section[@id='liste']")
    return slugs_of(section)


def fill(number):
    organisation = factories.organisation()
    for index in range(number):
        service = factories.service(name_de=f"Angebot {index:02}", organisation=organisation)
        limit(service, Municipality.objects.filter(ags="08336081"))


def test_the_list_is_narrowed_by_every_filter_at_once(client):
    for age, place, topic, services in (
        ("40", "08336105", "bildung", ["mbe-caritas", "mbe-diakonie", "mbe-drk"]),
        ("24", "08336081", "bildung", ["jmd-caritas", "jmd4you"]),
        ("24", "08336081", "mobilitaet", []),
    ):
        response = client.get(f"/de/angebote/?alter={age}&ort={place}&thema={topic}")
        assert sorted(listed(response)) == sorted(services)


def test_who_names_an_age_is_shown_nothing_for_institutions_only(client):
    there = "/de/angebote/dolmetscherpool/"

    for asked, is_shown in (("", True), ("thema=sprache", True), ("alter=40", False)):
        for place in ("", "&ort=08336050"):
            page = page_of(client.get(f"/de/angebote/?{asked}{place}"))
            assert (there in page.xpath("//main//h3/a/@href")) is is_shown, (asked, place)


def test_the_list_says_how_many_there_are(client):
    everything = page_of(client.get("/de/angebote/"))
    one = page_of(client.get("/de/angebote/?thema=freizeit"))

    assert words(everything.get_element_by_id("liste-titel")) == "15 Angebote"
    assert words(one.get_element_by_id("liste-titel")) == "1 Angebot"


def test_leafing_keeps_the_filters(client):
    fill(45)
    address = "/de/angebote/?alter=24&ort=08336081&sprache=&thema="

    page = page_of(client.get(f"{address}&seite=2"))
    (onwards,) = page.xpath("//a[@rel='next']/@href")
    (back,) = page.xpath("//a[@rel='prev']/@href")

    for link, number in ((onwards, "3"), (back, "1")):
        assert "alter=24" in link
        assert "ort=08336081" in link
        assert f"seite={number}" in link
        reached = page_of(client.get(f"/de/angebote/{link}"))
        assert reached.xpath("//input[@id='alter']")[0].value == "24"
    first = listed(client.get(f"/de/angebote/{back}"))
    second = listed(client.get(f"{address}&seite=2"))
    last = listed(client.get(f"/de/angebote/{onwards}"))
    together = [*first, *second, *last]
    assert (len(first), len(second)) == (20, 20)
    assert len(together) == len(set(together))
    assert sum(slug.startswith("angebot") for slug in together) == 45


def test_a_page_number_that_makes_no_sense_still_gives_a_page(client):
    fill(30)

    for number, shown in (
        *(("0", 3), ("-1", 3), ("99", 3), ("x", 1), ("", 1), ("1e1", 1), ("2.0", 1)),
        *(("9" * 5000, 1), ("%00", 1), ("%ED%A0%80", 1), ("%D9%A2", 2), (" 2 ", 2)),
    ):
        response = client.get(f"/de/angebote/?seite={number}")

        assert response.status_code == 200, number
        assert f"Seite {shown} von 3" in words(page_of(response)), number
        assert listed(response), number


def test_services_are_listed_as_the_reader_sorts(client):
    for name in ("Zytglogge", "Ärzte für alle", "Öffentlich"):
        factories.service(name_de=name)

    names = [words(h) for h in page_of(client.get("/de/angebote/")).xpath("//li//h3")]

    assert names[0] == "Ärzte für alle"
    assert names[-1] == "Zytglogge"
    assert names.index("mbeon: Beratung im Chat für Erwachsene") < names.index("Öffentlich")


def test_nothing_found_leads_to_the_office_s_number(client):
    page = page_of(client.get("/de/angebote/?sprache=hu"))

    (section,) = page.xpath("//section[@id='liste']")
    assert "Zu Ihrer Auswahl gibt es hier kein Angebot." in words(section)
    assert OFFICE in section.xpath(".//a/@href")


def test_what_else_fits_is_listed_once_something_is_asked(client):
    assert not page_of(client.get("/de/beratung/")).xpath("//h2[@id='weiteres']")

    page = page_of(client.get("/de/beratung/?alter=24&ort=08336081"))

    (section,) = page.xpath("//section[@aria-labelledby='weiteres']")
    assert 1 <= len(slugs_of(section)) <= 6
    assert "dolmetscherpool" not in slugs_of(section)
    assert "welcome-center-loerrach" not in slugs_of(section)
    (onwards,) = page.xpath("//main//a[starts-with(@href,'/de/angebote/?')]/@href")
    assert re.fullmatch(r"/de/angebote/\?alter=24&ort=08336081", onwards)


# --- what is there beside the answer ------------------------------------------------------------
PERSIAN_IN_SCHOPFHEIM = "alter=19&ort=08336081&sprache=fa"


def beside(page):
    """Return the slugs of the advice online, and of what else fits."""
    online = page.xpath("//section[@aria-labelledby='antwort-titel']//h4/a/@href")
    others = page.xpath("//section[@aria-labelledby='weiteres']//h3/a/@href")
    return [[href.split("/")[-2] for href in group] for group in (online, others)]


@pytest.mark.parametrize("code", ["de", "fa"])
def test_who_is_19_in_schopfheim_and_speaks_persian_finds_whom_to_call_and_advice_online(
    client, code
):
    page = page_of(client.get(f"/{code}/beratung/?{PERSIAN_IN_SCHOPFHEIM}"))
    (answer,) = page.xpath("//section[@aria-labelledby='antwort-titel']")
    online, others = beside(page)

    assert slugs_of(answer) == ["jmd-caritas"]
    assert answer.xpath(".//a[starts-with(@href,'tel:')]")
    assert online == ["jmd4you"]
    (link,) = answer.xpath(".//a[@href='https://www.jmd4you.de']")
    assert link.get("rel") == "external"
    assert others == ["sprachkurse-vhs", "bamf-suche", "einbuergerung"]  # there, online, the rest


@pytest.mark.parametrize(
    ("asked", "online"),
    [
        ("alter=19", ["jmd4you"]),
        ("alter=27", ["mbeon", "jmd4you"]),
        ("alter=28", ["mbeon"]),
        ("alter=8", ["mbeon", "jmd4you"]),  # of a child the parents ask
        ("", ["mbeon", "jmd4you"]),
    ],
)
def test_advice_online_is_that_of_the_programmes_that_are_there_for_the_age(client, asked, online):
    assert beside(page_of(client.get(f"/de/beratung/?{asked}")))[0] == online


def test_advice_online_without_a_website_is_no_way_there(client):
    Service.objects.filter(slug="jmd4you").update(website="")

    online, others = beside(page_of(client.get("/de/beratung/?alter=19")))

    assert online == []
    assert others[0] == "jmd4you"  # it stays what is made for this age


def test_who_names_no_town_is_not_sent_to_another_one(client):
    others = beside(page_of(client.get("/de/beratung/?alter=19")))[1]

    for service in Service.objects.filter(slug__in=others):
        assert service.area in {"district", "germany"}, service
    in_loerrach = beside(page_of(client.get("/de/beratung/?alter=19&ort=08336050")))[1]
    assert set(in_loerrach[:2]) == {"welcome-center-loerrach", "auslaenderbehoerde-loerrach"}
