"""The words from A to Z, and the page of each."""

import json

import pytest

from lkintegration.pages.models import Page
from lkintegration.terms.models import Term
from tests import factories
from tests.core.browser import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

WORD = {
    "word": "Laufzettel",
    "short_form": "LZ",
    "explanation_de": "Ein Laufzettel nennt die Ämter. Sie geben ihn am Ende ab.",
    "explanation_tr": "Laufzettel daireleri gösterir. Sonunda geri verirsiniz.",
}


@pytest.fixture
def only():
    """Return a function that leaves the words it is given, and no other."""

    def fill(*names):
        Term.objects.all().delete()
        return [factories.term(word=name) for name in names]

    return fill


def main_of(response):
    (main,) = page_of(response).xpath("//main")
    return main


def listed(response):
    """Return the words below each letter."""
    return {
        words(section.find("h2")): [words(link) for link in section.xpath(".//li/a")]
        for section in main_of(response).xpath(".//section[h2]")
    }


def test_words_stand_from_a_to_z_below_their_letters(client, only):
    only("Zeugnis", "Ärztin", "Amt", "Öffnungszeit", "Ortsteil")

    assert listed(client.get("/de/woerter/")) == {
        "A": ["Amt", "Ärztin"],
        "O": ["Öffnungszeit", "Ortsteil"],
        "Z": ["Zeugnis"],
    }


def test_the_order_is_that_of_the_readers_language(client, only):
    only("Zeugnis", "Öffnungszeit", "Ortsteil")

    assert list(listed(client.get("/tr/woerter/"))) == ["O", "Ö", "Z"]


def test_each_letter_on_top_leads_to_its_words(client, only):
    only("Amt", "Zeugnis", "49-Euro-Ticket")
    main = main_of(client.get("/ar/woerter/"))

    fragments = main.xpath(".//nav//a/@href")
    assert fragments == ["#0–9", "#A", "#Z"]
    assert [f"#{heading.get('id')}" for heading in main.xpath(".//section/h2")] == fragments


def test_a_word_is_listed_with_its_short_form_and_leads_to_its_page(client, only):
    only()
    factories.term(**WORD)

    (link,) = main_of(client.get("/ar/woerter/")).xpath(".//section//li/a")
    assert words(link) == "Laufzettel (LZ)"
    assert link.get("href") == "/ar/woerter/laufzettel/"
    assert link.find("bdi").get("lang") == "de"


def test_a_word_that_is_not_public_is_neither_listed_nor_found(client, only):
    (term,) = only("Laufzettel")
    Term.objects.filter(pk=term.pk).update(status="draft")

    assert listed(client.get("/de/woerter/")) == {}
    assert client.get("/de/woerter/laufzettel/").status_code == 404


def test_the_german_explanation_stands_beside_the_readers_own(client, only):
    only()
    factories.term(**WORD)
    main = main_of(client.get("/tr/woerter/laufzettel/"))

    heading = main.find(".//h1/bdi")
    assert (words(heading), heading.get("lang")) == ("Laufzettel (LZ)", "de")
    own, german = main.xpath(".//section[h2]")
    assert [words(part) for part in (*own, *german)] == [
        "Türkçe",
        WORD["explanation_tr"],
        "Deutsch",
        WORD["explanation_de"],
    ]
    assert (german.get("lang"), german.get("dir")) == ("de", "ltr")


def test_readers_of_german_get_one_explanation(client, only):
    only()
    factories.term(**WORD)
    main = main_of(client.get("/de/woerter/laufzettel/"))

    assert not main.xpath(".//section")
    assert words(main).count("Ein Laufzettel nennt die Ämter.") == 1


def test_what_is_not_translated_stands_there_once_in_german_with_a_notice(client, only):
    only()
    factories.term(**WORD)
    main = main_of(client.get("/uk/woerter/laufzettel/"))

    (german,) = main.xpath(".//div[@lang='de']")
    assert words(german) == WORD["explanation_de"]
    assert words(main).count("Ein Laufzettel nennt die Ämter.") == 1
    assert main.xpath(".//aside//a[@hreflang='de']")


def test_who_wants_it_easier_is_led_to_leichte_sprache(client):
    factories.term(**WORD, explanation_de_simple="Auf dem Laufzettel stehen Ämter.")
    path = "/de-simple/woerter/laufzettel/"

    for code in ("de", "tr"):
        links = main_of(client.get(f"/{code}/woerter/laufzettel/")).xpath(".//a/@href")
        assert path in links
    assert path not in main_of(client.get(path)).xpath(".//a/@href")


def test_nobody_is_led_to_leichte_sprache_that_is_not_there(client):
    factories.term(**WORD)
    main = main_of(client.get("/tr/woerter/laufzettel/"))

    assert not main.xpath(".//a[@hreflang='de-simple']")


@pytest.mark.parametrize(
    ("field", "path"), [("page", "/tr/kontakt/"), ("service", "/tr/angebote/sprechstunde/")]
)
def test_a_word_leads_on_to_a_page_or_a_service(client, field, path):
    target = {
        "page": lambda: Page.objects.get(key="kontakt"),
        "service": lambda: factories.service(slug="sprechstunde"),
    }[field]()
    factories.term(**WORD, **{field: target})

    (link,) = main_of(client.get("/tr/woerter/laufzettel/")).xpath(".//section[h2/@id='mehr']//a")
    assert link.get("href") == path
    assert words(link)


def test_what_people_say_instead_stands_on_no_page(client):
    factories.term(**WORD, other_words_de="Wanderzettel", forms="Laufzettels")

    for path in ("/de/woerter/", "/de/woerter/laufzettel/"):
        assert "Wanderzettel" not in client.get(path).content.decode()


def test_an_address_that_changes_leads_on(client):
    term = factories.term(**WORD)
    term.slug = "umlaufzettel"
    term.save()

    moved = client.get("/tr/woerter/laufzettel/")
    assert moved.status_code == 301
    assert moved.headers["Location"] == "/tr/woerter/umlaufzettel/"


def test_programs_learn_the_word_and_the_set_it_belongs_to(client):
    factories.term(**WORD)
    page = page_of(client.get("/tr/woerter/laufzettel/"))
    (_office, about) = json.loads(page.findtext(".//script[@type='application/ld+json']"))["@graph"]

    term = about["mainEntity"]
    assert term["@type"] == "DefinedTerm"
    assert term["name"] == {"@language": "de", "@value": "Laufzettel"}
    assert term["alternateName"] == "LZ"
    assert term["description"] == WORD["explanation_tr"]
    assert term["inDefinedTermSet"]["url"] == "http://testserver/tr/woerter/"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_many_words(
    client, rows, only, django_assert_num_queries, seasoned
):
    only(*(f"Wort {number}" for number in range(rows)))
    seasoned("ar")

    with django_assert_num_queries(3):
        client.get("/ar/woerter/")


@pytest.mark.parametrize("field", ["page", "service"])
def test_the_page_of_a_word_costs_two_queries_wherever_it_leads(
    client, field, django_assert_num_queries, seasoned
):
    target = {"page": lambda: Page.objects.get(key="kontakt"), "service": factories.service}
    factories.term(**WORD, **{field: target[field]()})
    seasoned("tr")

    with django_assert_num_queries(2):
        client.get("/tr/woerter/laufzettel/")
