"""The page of results: what readers get of a question, in their language, without a script."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from contacts.models import Municipality
from lkintegration.search.engine.following import follow_all
from lkintegration.search.models import UnansweredQuestion
from lkintegration.search.understanding.reading import LONGEST
from offers.enums import Area
from tests import factories
from tests.core.browser import on_one_line, page_of
from tests.languages import each

pytestmark = pytest.mark.django_db

MOST_QUERIES = 6


@pytest.fixture
def ask(client):
    """Ask in a language; return the page. What was written before is followed first."""

    def ask(text, code="de", **more):
        follow_all()
        response = client.get(f"/{code}/suche/", {"q": text} | more)
        assert response.status_code == 200
        return page_of(response)

    return ask


def titles(page):
    return [
        on_one_line(link.text_content()) for link in page.xpath("//*[@class='search-result']//a")
    ]


def heading(page):
    return on_one_line(page.xpath("//h2[@id='ergebnisse']")[0].text_content())


def hints(page):
    return page.xpath("//main//*[@class='hint']//a/@href")


def make(number, name="Zwirbelkurs", **fields):
    return [factories.service(name_de=f"{name} {n}", **fields) for n in range(number)]


@pytest.mark.parametrize("code", each())
def test_without_a_question_the_page_explains_itself_and_may_be_kept(client, code):
    response = client.get(f"/{code}/suche/")
    page = page_of(response)

    assert page.xpath("//form[@role='search']//label[@for='q']")
    assert not page.xpath("//h2[@id='ergebnisse']")
    assert page.xpath("//main//a[starts-with(@href, 'tel:')]")
    assert "no-store" not in response.headers.get("Cache-Control", "")


def test_an_empty_question_is_none(client):
    assert b"ergebnisse" not in client.get("/de/suche/?q=%20%00%20").content


def test_an_answer_is_for_nobody_to_keep_or_to_list(client):
    response = client.get("/de/suche/?q=Beratung")

    assert "no-store" in response.headers["Cache-Control"]
    assert page_of(response).xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not page_of(response).xpath("//link[@rel='canonical']")


@pytest.mark.parametrize(("number", "words"), [(0, ""), (1, "1 Ergebnis"), (3, "3 Ergebnisse")])
def test_a_page_says_how_much_was_found(ask, number, words):
    make(number)
    page = ask("Zwirbelkurs")

    assert heading(page) == words or "Dazu haben wir nichts gefunden"
    assert len(titles(page)) == number
    assert not page.xpath("//main//h3[not(ancestor::li)]")


def test_many_results_stand_together_by_what_they_are_and_page_by_page(ask):
    make(28)
    factories.contact_person(family_name="Zwirbelkurs")
    factories.term(word="Zwirbelkurs")
    page = ask("Zwirbelkurs")

    headings = [h3.text_content().strip() for h3 in page.xpath("//main//h3[not(ancestor::li)]")]
    assert heading(page) == "30 Ergebnisse"
    assert headings[:2] == ["Das passt am besten", "Angebote"]
    assert len(titles(page)) == 20
    (next_page,) = page.xpath("//a[@rel='next']/@href")
    assert next_page == "?q=Zwirbelkurs&seite=2"
    assert len(titles(ask("Zwirbelkurs", seite="2"))) == 10


def test_words_are_marked_whole_and_nothing_of_a_reader_becomes_markup(ask):
    factories.service(name_de="Zwirbelkurs", helps_with_de="<p>Ein Zwirbelkurs & mehr.</p>")
    page = ask('"Zwirbelkurs"><&')

    assert page.xpath("//main//mark/text()") == ["Zwirbelkurs", "Zwirbelkurs"]
    assert page.xpath("//input[@name='q']/@value") == ['"Zwirbelkurs"><&']
    assert not page.xpath("//main//mark/*")


def test_what_is_written_in_the_readers_language_comes_first(ask):
    factories.service(name_de="Zwirbelkurs deutsch")
    factories.service(name_de="Zwirbelkurs arabisch", name_ar="Zwirbelkurs دورة")
    page = ask("Zwirbelkurs", "ar")

    assert titles(page) == ["Zwirbelkurs دورة", "Zwirbelkurs deutsch"]
    (german,) = page.xpath("//*[@class='search-result']//a/span[@lang='de'][@dir='ltr']")
    assert german.text_content() == "Zwirbelkurs deutsch"
    assert page.xpath("//aside[contains(@class, 'notice')]//a[@hreflang='de']")
    links = page.xpath("//*[@class='search-result']//a/@href")
    assert all(link.startswith("/ar/angebote/") for link in links)


def test_a_place_leads_to_what_serves_it(ask):
    assert "/de/angebote/?ort=08336081" in hints(ask("Schopfheim"))


def test_a_service_for_another_place_comes_last(ask):
    for name in ("Lörrach", "Schopfheim"):
        service = factories.service(name_de=f"Zwirbelkurs von {name}", area=Area.NAMED)
        service.municipalities.add(Municipality.objects.get(name=name))
    factories.term(word="Zwirbelkurs als Wort")

    assert titles(ask("Zwirbelkurs Schopfheim")) == [
        "Zwirbelkurs von Schopfheim",
        "Zwirbelkurs als Wort",
        "Zwirbelkurs von Lörrach",
    ]


def test_an_age_leads_to_the_finder(ask):
    assert "/de/beratung/?alter=24#antwort" in hints(ask("Beratung 24 Jahre"))
    assert "/de/beratung/?alter=24&ort=08336081#antwort" in hints(
        ask("Beratung 24 Jahre Schopfheim")
    )


def test_a_telephone_number_leads_to_whose_it_is(ask):
    assert titles(ask("07621 410-5301"))[0] == "Eva Petersik"


def test_a_misspelt_question_is_offered_as_the_site_writes_it(ask):
    page = ask("Intergrationskurs")

    assert page.xpath("//main//a[starts-with(@href, '/de/suche/?q=')]/bdi/text()") == [
        "Integrationskurs"
    ]
    assert titles(page)


@pytest.mark.parametrize("code", each())
def test_nothing_found_still_leads_on(ask, code):
    page = ask("xyzzy", code)

    links = page.xpath("//section[@aria-labelledby='ergebnisse']//a/@href")
    assert {f"/{code}/beratung/", f"/{code}/angebote/", f"/{code}/woerter/"} <= {*links}
    assert [link for link in links if link.startswith("tel:")]


def test_what_was_asked_in_vain_is_counted(ask):
    ask("xyzzy")
    ask("Beratung")
    ask("Schopfheim")

    assert list(UnansweredQuestion.objects.values_list("text", "count")) == [("xyzzy", 1)]


def test_a_question_without_words_says_so(ask):
    assert heading(ask("?!?")) == "Darin steht kein Wort, nach dem wir suchen können"


def test_a_long_question_is_read_as_far_as_it_says(ask):
    page = ask("wort " * 100)

    assert "Wir haben nur den Anfang gelesen." in on_one_line(page.text_content())
    assert len(page.xpath("//input[@name='q']/@value")[0]) <= LONGEST


@pytest.mark.parametrize("number", [1, 3, 30])
def test_an_answer_takes_at_most_six_queries_however_much_it_finds(client, seasoned, number):
    make(number)
    follow_all()
    seasoned("ar")
    client.get("/ar/suche/?q=anderes")
    with CaptureQueriesContext(connection) as queries:
        client.get("/ar/suche/?q=Zwirbelkurs")

    assert len(queries) <= MOST_QUERIES, [query["sql"] for query in queries]


def test_every_page_has_the_box_and_the_link_but_for_the_page_of_results(client):
    page = page_of(client.get("/tr/kontakt/"))
    (form,) = page.xpath("//header//form[@role='search'][@action='/tr/suche/']")
    assert form.xpath("input[@name='q']/@aria-label") == form.xpath("button/text()")
    assert form.get("method", "get") == "get"
    assert page.xpath("//header//nav//a[@href='/tr/suche/']")
    assert len(page_of(client.get("/tr/suche/")).xpath("//form[@role='search']")) == 1


@pytest.mark.parametrize("code", each())
def test_browsers_are_told_how_to_search(client, code):
    (link,) = page_of(client.get(f"/{code}/")).xpath("//link[@rel='search']")
    response = client.get(link.get("href"))
    names = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    document = etree.fromstring(response.content)

    assert response.headers["Content-Type"].startswith(link.get("type"))
    assert document.tag == "{http://a9.com/-/spec/opensearch/1.1/}OpenSearchDescription"
    assert len(document.findtext("o:ShortName", namespaces=names)) <= 16
    assert document.findtext("o:Language", namespaces=names) == code
    (url,) = document.xpath("o:Url[@type='text/html']/@template", namespaces=names)
    assert url == f"http://testserver/{code}/suche/?q={{searchTerms}}"
