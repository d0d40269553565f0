"""Staff see which words of the site nobody has explained, and begin an explanation from there."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lkintegration.terms.models import Term
from lkintegration.terms.unexplained import unexplained_words
from tests import factories
from tests.admin import EDITOR, TRANSLATOR, entries, person, seasoned
from tests.core.browser import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LIST = "/verwaltung/woerter/unerklaert/"
TEXT = (
    "<p>Das Passvergabeamt hilft. Fragen Sie den Passvergabeamtsleiter oder die ABH.</p>"
    "<p>Passvergabeamtes, Passvergabeamt: Zettel, Zettel. Wir zetteln nichts an. zettel</p>"
    "<p>Meldeblatt Wechmar Gesundheitsamt</p>"
)


def found():
    return {each.word: each for each in unexplained_words()}


@pytest.fixture
def service():
    Term.objects.all().delete()
    factories.municipality(name="Wechmar")
    return factories.service(name_de="Hilfe", helps_with_de=TEXT)


def test_words_are_counted_in_all_their_forms(service):
    assert found()["Passvergabeamt"].number == 3
    assert "Passvergabeamtes" not in found()


def test_what_is_hard_by_the_rules_of_easy_german_comes_first(service):
    why = {word: each.why for word, each in found().items()}

    assert why["Passvergabeamt"] == "lang"
    assert why["ABH"] == "Abkürzung"
    assert why["Gesundheitsamt"] == "lang: Gesundheits-Amt"
    assert why["Meldeblatt"] == ""
    order = [bool(each.why) for each in unexplained_words()]
    assert order == sorted(order, reverse=True)


def test_names_verbs_and_what_is_explained_are_left_out(service):
    factories.term(word="Passvergabeamt", short_form="ABH", status="draft")
    factories.term(word="Meldezettel", other_words_de="Meldeblatt")

    words = found()

    assert {"Wechmar", "Zettel", "Passvergabeamt", "ABH", "Meldeblatt"}.isdisjoint(words)
    assert "Passvergabeamtsleiter" in words


def test_words_of_drafts_are_no_words_of_the_site():
    factories.service(helps_with_de="<p>Passvergabeamt</p>", status="draft")

    assert "Passvergabeamt" not in found()


def test_a_link_opens_the_form_with_the_word_filled_in(service):
    factories.service(helps_with_de="<p>Viele&nbsp;Passübergabeämter.</p>" * 30)
    editor = person(EDITOR)
    links = page_of(editor.get(LIST)).xpath("//table[@class='check-list']//a/@href")
    (link,) = [link for link in links if "Pass%C3%BCbergabe" in link]

    assert parse_qs(urlsplit(link).query) == {"word": ["Passübergabeämter"]}
    assert entries(editor, link)["word"] == ["Passübergabeämter"]


def test_who_may_not_add_a_term_gets_no_link(service):
    page = page_of(person(TRANSLATOR).get(LIST))

    assert page.xpath("//table[@class='check-list']//th[@scope='row']")
    assert not page.xpath("//table[@class='check-list']//a")


def test_the_list_goes_page_by_page(service, admin):
    first, second = (page_of(admin.get(f"{LIST}?seite={number}")) for number in (1, 2))
    words = [
        page.xpath("//table[@class='check-list']//th[@scope='row']/text()")
        for page in (first, second)
    ]

    assert len(words[0]) == 50
    assert not set(words[0]) & set(words[1])
    assert page_of(admin.get(f"{LIST}?seite=99999")).xpath("//table[@class='check-list']")


def test_the_list_costs_a_query_a_kind(service, admin):
    seasoned(admin)
    factories.term(word="Passvergabeamt")

    with CaptureQueriesContext(connection) as queries:
        assert admin.get(LIST).status_code == 200

    assert len(queries) <= 25


def test_the_lists_of_the_admin_lead_there(admin):
    for address in ("/verwaltung/", "/verwaltung/terms/term/"):
        assert page_of(admin.get(address)).xpath(f"//a[@href='{LIST}']")
