"""Where an offer holds is said: no list that gets empty makes an offer wider."""

import importlib
import io
import json

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from contacts.models import Municipality
from offers.catalogue import current
from offers.models import Service
from tests import factories
from tests.admin import entries, said, save, screen, send
from tests.core.browser import page_of, words
from tests.offers.areas import bring_back, limit

pytestmark = pytest.mark.django_db

SCHOPFHEIM, TUNAU = "08336081", "08336089"
UNKNOWN = "Das erfahren Sie am Telefon."
NOT_KNOWN_THERE = "Fragen Sie vorher nach, ob das auch für Schopfheim gilt."


@pytest.fixture
def tunau():
    return Municipality.objects.get(ags=TUNAU)


@pytest.fixture
def treff(tunau):
    """A service for Tunau alone."""
    service = factories.service(slug="treff", name_de="Treff")
    limit(service, [tunau])
    return service


def where(client, slug):
    page = page_of(client.get(f"/de/angebote/{slug}/"))
    (place,) = page.xpath("//dl//dt[normalize-space()='Für welche Orte?']/following-sibling::dd")
    return words(place)


def area_served(client, slug):
    """Return the types of the areas that programs are told of."""
    page = page_of(client.get(f"/de/angebote/{slug}/"))
    graph = json.loads(page.findtext(".//script[@type='application/ld+json']"))["@graph"]
    (service,) = [node["mainEntity"] for node in graph if "mainEntity" in node]
    areas = service.get("areaServed", [])
    return [area["@type"] for area in (areas if isinstance(areas, list) else [areas])]


def listed(client, place, path="angebote"):
    """Return the slugs in the list (or finder) for a place: for certain, and perhaps."""
    page = page_of(client.get(f"/de/{path}/?ort={place}"))
    links = page.xpath("//main//li//h3/a")
    heading = page.xpath("//h2[@id='vielleicht']")
    perhaps = heading[0].xpath("following-sibling::ul[1]//h3/a") if heading else []
    slugs = [link.get("href").split("/")[-2] for link in links if link not in perhaps]
    return slugs, [link.get("href").split("/")[-2] for link in perhaps]


# --- losing the last municipality -----------------------------------------------------------------
LOSSES = {
    "the municipality is deleted": lambda service, town: town.delete(),
    "municipalities are deleted in bulk": lambda service, town: Municipality.objects.filter(
        pk=town.pk
    ).delete(),
    "it is removed": lambda service, town: service.municipalities.remove(town),
    "the list is cleared": lambda service, town: service.municipalities.clear(),
    "it loses its services": lambda service, town: town.services.clear(),
    "its services are set anew": lambda service, town: town.services.set([]),
    "its state from before comes back without the municipality": lambda service, town: (
        town.delete(),
        bring_back(Service.history.filter(slug="treff", area="named").first()),
    ),
}


@pytest.mark.parametrize("lose", LOSSES.values(), ids=LOSSES)
def test_without_its_last_municipality_an_offer_holds_nowhere(client, treff, tunau, lose):
    lose(treff, tunau)

    catalogue = current()
    bit = catalogue.bit_of(Service.objects.get(slug="treff").pk)
    for place, services in catalogue.by_municipality.items():
        assert not services & bit, place
    assert not catalogue.perhaps(municipality=SCHOPFHEIM) & bit
    for path in ("angebote", "beratung"):
        surely, perhaps = listed(client, SCHOPFHEIM, path)
        assert "treff" not in [*surely, *perhaps], path
    assert where(client, "treff") == UNKNOWN
    assert area_served(client, "treff") == []


def test_an_offer_that_is_deleted_and_comes_back_holds_nowhere_else(treff):
    key = treff.pk
    treff.delete()

    bring_back(Service.history.filter(slug="treff").first())

    catalogue = current()
    bit = catalogue.bit_of(key)
    places = {place for place, services in catalogue.by_municipality.items() if services & bit}
    assert places <= {TUNAU}
    assert not catalogue.perhaps(municipality=SCHOPFHEIM) & bit


@pytest.mark.any_database
def test_staff_see_in_every_place_that_an_offer_holds_nowhere(admin, treff, tunau):
    tunau.services.remove(treff)
    told = (
        "Ohne Gebiet: Treff (Verein Brücke): Das Angebot gilt nur für genannte Gemeinden, und "
        "keine ist mehr genannt. Es gilt jetzt nirgends. Nennen Sie Gemeinden oder wählen Sie ein "
        "anderes Gebiet."
    )

    out = io.StringIO()
    with pytest.raises(CommandError, match=r"^0 Lücken, 0 Überraschungen, 1 ohne Gebiet \("):
        call_command("check_referrals", stdout=out)
    assert out.getvalue().strip() == told
    (warning,) = [m for m in run_checks(databases=["default"]) if m.id == "offers.W003"]
    assert warning.msg == told
    page = page_of(admin.get("/verwaltung/offers/service/?area=named"))
    cells = page.xpath("//td[contains(@class,'field-sent_here')]")
    assert "jedes Alter, keine Gemeinde, Sprachen unbekannt" in [words(cell) for cell in cells]


def test_bringing_back_a_state_without_its_municipality_warns_at_once(admin, treff, tunau):
    row = treff.history.first()
    tunau.services.clear()
    Service.objects.filter(pk=treff.pk).update(area="district")
    tunau.delete()

    response = admin.post(f"/verwaltung/offers/service/stand/{row.pk}/")
    if response.status_code == 200:  # it asks whether the rest may come alone
        (form,) = page_of(response).xpath("//div[@id='content']//form")
        response = admin.post(form.action, dict(form.form_values()))
    found = said(admin.get(response.url))

    assert any(text.startswith("Durch diese Änderung: Ohne Gebiet: Treff") for text in found)


def test_naming_a_municipality_again_is_said_to_be_done(admin, treff, tunau):
    tunau.services.clear()

    response = save(admin, treff, municipalities=[str(tunau.pk)])
    found = said(admin.get(response.url))

    assert any(text.startswith("Erledigt: Ohne Gebiet: Treff") for text in found)


@pytest.mark.any_database
# --- choosing the area ----------------------------------------------------------------------------
def test_the_form_asks_for_a_municipality_where_only_some_are_meant(admin, treff):
    response = send(admin, treff, municipalities=[])

    assert "Nennen Sie mindestens eine Gemeinde." in words(page_of(response))
    assert treff.municipalities.count() == 1


@pytest.mark.any_database
@pytest.mark.parametrize("area", ["district", "germany", "unknown"])
def test_municipalities_beside_another_area_are_asked_about(admin, treff, area):
    response = send(admin, treff, area=area)

    assert "Unten stehen Gemeinden." in words(page_of(response))
    treff.refresh_from_db()
    assert treff.area == "named"


@pytest.mark.any_database
def test_a_wider_area_is_chosen_by_saying_so_and_the_form_says_what_changed(admin, treff):
    response = save(admin, treff, area="district", municipalities=[])

    treff.refresh_from_db()
    assert (treff.area, treff.municipalities.count()) == ("district", 0)
    assert (
        "Wer hierhin kommt: jedes Alter, ganzer Landkreis, Sprachen unbekannt. "
        "Vorher: jedes Alter, 1 Gemeinde, Sprachen unbekannt."
    ) in said(admin.get(response.url))


@pytest.mark.any_database
def test_an_age_limit_that_is_emptied_is_said_too(admin):
    jmd = Service.objects.get(slug="jmd-caritas")

    found = said(admin.get(save(admin, jmd, max_age="").url))

    assert any(
        "ab 12 Jahren, ganzer Landkreis" in text and "Vorher: 12 bis 27" in text for text in found
    )


def test_of_a_new_service_nothing_is_known_until_somebody_says_it(admin):
    assert entries(admin, "/verwaltung/offers/service/add/")["area"] == ["unknown"]


def test_two_people_who_change_area_and_municipalities_are_asked(admin, treff, tunau):
    """One widens the area; the other, who still sees the old one, exchanges the municipality."""
    other = Municipality.objects.get(ags=SCHOPFHEIM)
    seen = entries(admin, treff)
    save(admin, treff, area="district", municipalities=[])

    data = seen | {"municipalities": [str(other.pk)], "_save": "1"}
    response = admin.post(screen(treff), data)

    assert response.status_code == 200
    treff.refresh_from_db()
    assert (treff.area, treff.municipalities.count()) == ("district", 0)


@pytest.mark.any_database
# --- what readers are told ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("slug", "said_there", "served"),
    [
        ("einbuergerung", "ganzer Landkreis Lörrach", ["AdministrativeArea"]),
        ("mbeon", "ganz Deutschland", ["Country"]),
        ("integrationsmanagement-weil", "Weil am Rhein", ["City"]),
        ("fluechtlingssozialarbeit", UNKNOWN, []),
    ],
)
def test_the_page_of_a_service_and_its_data_say_where_it_holds(client, slug, said_there, served):
    assert where(client, slug) == said_there
    assert area_served(client, slug) == served


@pytest.mark.any_database
def test_municipalities_that_limit_nothing_are_not_shown(client, treff):
    Service.objects.filter(pk=treff.pk).update(area="district")

    assert where(client, "treff") == "ganzer Landkreis Lörrach"
    assert area_served(client, "treff") == ["AdministrativeArea"]


def test_the_list_names_what_is_certain_and_then_what_may_be(client):
    surely, perhaps = listed(client, SCHOPFHEIM)

    assert {"jmd-caritas", "einbuergerung", "mbeon"} <= set(surely)
    assert set(perhaps) == {*("mbe-diakonie", "fluechtlingssozialarbeit", "dolmetscherpool")}
    page = page_of(client.get(f"/de/angebote/?ort={SCHOPFHEIM}"))
    assert NOT_KNOWN_THERE in words(page.get_element_by_id("liste"))
    assert words(page.get_element_by_id("liste-titel")) == f"{len(surely)} Angebote"


@pytest.mark.any_database
def test_without_a_place_the_list_makes_no_difference(client):
    page = page_of(client.get("/de/angebote/"))

    assert words(page.get_element_by_id("liste-titel")) == "15 Angebote"
    assert not page.xpath("//h2[@id='vielleicht']")


def test_what_may_be_follows_on_the_pages_of_a_long_list(client):
    Service.objects.all().delete()
    organisation = factories.organisation()
    for index in range(15):
        factories.service(name_de=f"A {index:02}", organisation=organisation)
        factories.service(name_de=f"B {index:02}", organisation=organisation, area="unknown")

    shown = [listed(client, f"{SCHOPFHEIM}&seite={number}") for number in (1, 2)]

    assert [(len(surely), len(perhaps)) for surely, perhaps in shown] == [(15, 5), (0, 10)]
    second = page_of(client.get(f"/de/angebote/?ort={SCHOPFHEIM}&seite=2"))
    assert "Dazu haben wir hier noch kein Angebot." not in words(second)


@pytest.mark.any_database
def test_where_nothing_is_certain_that_is_said_before_what_may_be(client):
    Service.objects.exclude(slug="fluechtlingssozialarbeit").delete()

    page = page_of(client.get(f"/de/angebote/?ort={SCHOPFHEIM}"))
    section = words(page.get_element_by_id("liste"))

    assert section.index("gibt es hier kein Angebot") < section.index(NOT_KNOWN_THERE)
    assert listed(client, SCHOPFHEIM) == ([], ["fluechtlingssozialarbeit"])


def test_the_finder_answers_with_what_is_certain_and_names_the_rest_after_it(client):
    page = page_of(client.get(f"/de/beratung/?alter=40&ort={SCHOPFHEIM}"))
    answer, rest = page.get_element_by_id("antwort"), page.get_element_by_id("vielleicht")

    assert "mbe-diakonie" not in " ".join(answer.xpath(".//a/@href"))
    section = rest.getparent()
    assert NOT_KNOWN_THERE in words(section)
    slugs = [href.split("/")[-2] for href in section.xpath(".//h3/a/@href")]
    assert slugs[0] == "mbe-diakonie"  # advice first
    assert "dolmetscherpool" not in slugs  # nobody is sent there


def test_what_is_not_known_answers_where_nothing_else_does_and_says_so(client):
    for service in Service.objects.filter(slug__in=["mbe-caritas", "mbe-drk"]):
        limit(service, Municipality.objects.filter(ags=TUNAU))

    page = page_of(client.get(f"/de/beratung/?alter=40&ort={SCHOPFHEIM}"))
    answer = page.get_element_by_id("antwort")

    assert [href.split("/")[-2] for href in answer.xpath(".//h3/a/@href")] == ["mbe-diakonie"]
    assert NOT_KNOWN_THERE in words(answer)
    assert "ist kein Dienst nur für diesen Ort da" not in words(answer)


@pytest.mark.any_database
def test_parents_of_a_child_hear_of_advice_that_may_be_for_them(client):
    _surely, perhaps = listed(client, f"{SCHOPFHEIM}&alter=5", "beratung")

    assert perhaps[0] == "mbe-diakonie"


# --- the proof ------------------------------------------------------------------------------------
def test_the_proof_counts_on_no_service_of_which_the_area_is_not_known():
    Service.objects.filter(programme="mbe").update(area="unknown")

    with pytest.raises(CommandError, match="Lücken"):
        call_command("check_referrals", stdout=io.StringIO())


# --- what there was before ------------------------------------------------------------------------
def test_a_list_from_before_is_taken_at_its_word_and_an_empty_one_is_not(treff):
    migration = importlib.import_module("offers.migrations.0010_area")
    everywhere = factories.service(slug="ueberall")
    Service.objects.update(area="unknown")
    Service.history.update(area="unknown")

    migration.name_municipalities(apps, None)

    areas = dict(Service.objects.values_list("slug", "area"))
    assert (areas["treff"], areas["ueberall"]) == ("named", "unknown")
    assert areas["mbe-drk"] == "named"
    assert treff.history.first().area == "named"
    assert everywhere.history.first().area == "unknown"
