"""A page marks the German words that it uses first, and explains them at its end."""

import pytest
from django.db import connection
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lkintegration.core.enums import PublicationStatus
from lkintegration.pages.models import Page
from lkintegration.terms.models import Term
from lkintegration.terms.words import first_sentence, synonyms
from tests import factories
from tests.core.browser import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

TEXT = "<h2>Passamt</h2><p>Das Passamt hilft. Die Passämter helfen, und das Meldeblatt auch.</p>"


@pytest.fixture(autouse=True)
def no_other_term():
    Term.objects.all().delete()


@pytest.fixture
def term():
    return factories.term(
        word="Passamt",
        slug="passamt",
        forms="Passämter\r\n",
        explanation_de="Das Passamt macht Pässe. Es ist im Rathaus.",
        explanation_ar="هذه الدائرة تصدر الجوازات. وهي في البلدية.",
        other_words_ar="دائرة الجوازات\nالباسامت",
    )


@pytest.fixture
def service():
    return factories.service(slug="hilfe", name_de="Hilfe im Passamt", helps_with_de=TEXT)


def shown(code="de", path="angebote/hilfe/"):
    return page_of(Client().get(f"/{code}/{path}"))


def marks(page):
    return [(link.text_content(), link.get("href")) for link in page.xpath(LINKS)]


LINKS = "//a[starts-with(@href, '#w-')]"
NOTES = "//section[contains(@class, 'words')]"


def test_the_first_word_in_the_text_leads_to_its_explanation(term, service):
    page = shown()

    assert marks(page) == [("Passamt", "#w-passamt")]
    (link,) = page.xpath(LINKS)
    assert link.getparent().tag == "p"
    (note,) = page.xpath("//*[@id='w-passamt']")
    assert note.findtext("dd").strip() == "Das Passamt macht Pässe."
    assert note.xpath("dt/a/@href") == ["/de/woerter/passamt/"]
    assert page.xpath(f"{NOTES}/h2")[0].text_content() == "Wörter erklärt"


def test_a_page_without_such_words_says_nothing_of_them(service):
    page = shown()

    assert not marks(page)
    assert not page.xpath(NOTES)


def test_in_another_script_the_german_word_stands_apart_and_is_explained_in_it(term, service):
    service.helps_with_ar = "<p>اذهب إلى مكتب الجوازات (Passamt).</p>"
    service.save()
    page = shown("ar")

    (link,) = page.xpath(LINKS)
    assert link.xpath("ancestor::bdi/@lang") == ["de"]
    (note,) = page.xpath("//*[@id='w-passamt']")
    assert note.findtext("dd").strip() == "هذه الدائرة تصدر الجوازات."
    assert note.xpath("dt/a/bdi/@lang") == ["de"]
    assert note.xpath("dt/a/@href") == ["/ar/woerter/passamt/"]


def test_in_latin_letters_the_word_is_german_like_those_of_the_list(term, service):
    service.helps_with_en = "<p>Go to the Passamt.</p>"
    service.save()

    assert [link.getparent().get("lang") for link in shown("en").xpath(LINKS)] == ["de"]


def test_a_word_that_every_language_has_is_explained_in_german_pages_only(term, service):
    term.stays_german = False
    term.save()
    service.helps_with_en = "<p>Go to the Passamt.</p>"
    service.save()

    assert marks(shown())
    assert not marks(shown("en"))


def test_an_explanation_that_is_not_translated_is_german_and_the_page_says_so(term, service):
    service.helps_with_en, service.name_en = "<p>Go to the Passamt.</p>", "Help"
    service.save()
    page = shown("en")

    (german,) = page.xpath("//*[@id='w-passamt']/dd/span")
    assert german.text_content() == "Das Passamt macht Pässe."
    assert (german.get("lang"), german.get("dir")) == ("de", "ltr")
    assert page.xpath("//main/aside[contains(@class, 'notice')]")


def test_a_text_that_is_not_translated_is_looked_through_as_german(term, service):
    assert marks(shown("ar")) == [("Passamt", "#w-passamt")]


def test_a_word_does_not_lead_to_itself_but_to_others(term):
    factories.term(word="Meldeblatt", slug="meldeblatt", explanation_de="Das Passamt hat es.")

    assert not marks(shown(path="woerter/passamt/"))
    assert marks(shown(path="woerter/meldeblatt/")) == [("Passamt", "#w-passamt")]


def test_the_list_of_all_words_explains_them_itself(term):
    assert not marks(shown(path="woerter/"))


def test_editors_switch_it_off_for_a_text(term, service):
    page = Page.objects.get(key="angebote")
    page.body_de = "<p>Das Passamt.</p>"
    page.save()
    service.explains_words = False
    service.save()

    assert not marks(shown())
    assert "<!--" not in Client().get("/de/angebote/hilfe/").content.decode()
    assert marks(shown(path="angebote/")) == [("Passamt", "#w-passamt")]


def test_a_word_that_is_not_public_is_not_explained(term, service):
    assert marks(shown())

    term.status = PublicationStatus.DRAFT
    term.save()

    assert not marks(shown())


def test_a_page_that_is_known_asks_nothing_more(term, service):
    Client().get("/de/impressum/")  # whatever page comes first after a change

    with CaptureQueriesContext(connection) as queries:
        assert marks(shown())

    assert "terms_term" not in "".join(query["sql"] for query in queries)


def test_what_stands_in_an_explanation_is_text(service):
    factories.term(word="Passamt", slug="passamt", explanation_de="<b>Pässe</b> & mehr.")

    page = shown()

    assert page.xpath("//*[@id='w-passamt']/dd")[0].text_content().strip() == "<b>Pässe</b> & mehr."


def test_headings_links_and_forms_are_left_alone(term):
    source = (
        "{% load terms %}{% explainwords %}<h2>Passamt</h2><a href='/'>Passamt</a>"
        "<form><label>Passamt</label></form>{% endexplainwords %}"
    )

    html = engines["django"].from_string(source).render()

    assert "#w-" not in html


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Das ist ein Amt. Es hilft.", "Das ist ein Amt."),
        ("Das ist ein Amt.\nEs hilft.", "Das ist ein Amt."),
        ("Das kostet z. B. 5 Euro. Mehr nicht.", "Das kostet z. B. 5 Euro."),
        ("هذه دائرة. وهي تساعد.", "هذه دائرة."),
        ("Это ведомство. Оно помогает.", "Это ведомство."),
        ("Ein Amt", "Ein Amt"),
        ("", ""),
    ],
)
def test_the_first_sentence_stands_alone(text, first):
    assert first_sentence(text) == first


def test_search_gets_what_people_call_a_word(term):
    found = {(each.language, each.phrase) for each in synonyms() if each.word == "Passamt"}

    assert found == {("ar", "دائرة الجوازات"), ("ar", "الباسامت"), ("de", "Passämter")}


def test_names_of_offices_are_german_in_every_language_in_all_their_forms(term):
    common = factories.term(word="Meldeblatt", slug="meldeblatt", stays_german=False)

    assert {"Passamt", "Passämter", "Passamts"} <= set(Term.german_words())
    assert common.word not in Term.german_words()
