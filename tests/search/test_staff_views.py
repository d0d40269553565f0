"""Staff see what was asked in vain, and make a synonym or a term of it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from lkintegration.search.models import UnansweredQuestion
from lkintegration.terms.models import Term
from tests import factories
from tests.admin import EDITOR, PUBLISHER, STAFF, TRANSLATOR, account, client_of
from tests.core.browser import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LIST = "/verwaltung/nicht-gefunden/"
SYNONYM = "/verwaltung/nicht-gefunden/synonym/"


@pytest.fixture
def _asked():
    UnansweredQuestion.objects.create(text="ausgangsort", day=timezone.localdate(), count=3)
    UnansweredQuestion.objects.create(text="einmal", day=timezone.localdate(), count=1)


def sent(term, language, words="ausgangsort"):
    return {"text": "ausgangsort", "words": words, "term": term.pk, "language": language}


@pytest.mark.usefixtures("_asked")
def test_the_list_names_what_was_asked_often_and_what_to_do(admin):
    page = page_of(admin.get(LIST))

    assert page.xpath("//tbody//th/text()") == ["ausgangsort"]
    links = {link.text: link.get("href") for link in page.xpath("//tbody//a")}
    assert links == {
        "Als Synonym": f"{SYNONYM}?text=ausgangsort",
        "Als Wort": "/verwaltung/terms/term/add/?word=ausgangsort",
        "Selbst suchen": "/de/suche/?q=ausgangsort",
    }


def test_an_empty_list_and_a_switched_off_count_say_so(admin, settings):
    settings.COUNT_UNANSWERED_QUESTIONS = False
    shown = admin.get(LIST).content.decode()

    assert "Nichts wurde öfter vergeblich gesucht." in shown
    assert "Das Zählen ist ausgeschaltet" in shown


@pytest.mark.usefixtures("_asked")
def test_the_list_costs_the_same_however_long_it_is(admin, django_assert_num_queries):
    for number in range(30):
        UnansweredQuestion.objects.create(
            text=f"wort {number}", day=timezone.localdate(), count=number + 3
        )
    with django_assert_num_queries(12):
        admin.get(LIST)


@pytest.mark.usefixtures("_asked")
def test_a_new_term_begins_with_what_was_asked(admin):
    page = page_of(admin.get("/verwaltung/terms/term/add/?word=ausgangsort"))

    assert page.xpath("//input[@name='word']/@value") == ["ausgangsort"]


@pytest.mark.usefixtures("_asked")
@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_synonym_joins_the_other_words_of_its_language(admin, language):
    term = factories.term(word="Musterwort", other_words_de="eins", other_words_ar="eins")
    page = page_of(admin.get(f"{SYNONYM}?text=ausgangsort"))
    assert page.xpath("//input[@name='words']/@value") == ["ausgangsort"]

    response = admin.post(SYNONYM, sent(term, language))

    assert response.headers["Location"] == LIST
    other = {"de": "ar", "ar": "de"}[language]
    term.refresh_from_db()
    assert getattr(term, f"other_words_{language}") == "eins\nausgangsort"
    assert getattr(term, f"other_words_{other}") == "eins"
    assert not UnansweredQuestion.objects.filter(text="ausgangsort").exists()


def test_a_german_synonym_outdates_no_translation(admin):
    term = factories.term(
        word="Musterwort", explanation_ar="شرح", translation_states={"ar": "reviewed"}
    )
    admin.post(SYNONYM, sent(term, "de"))

    term.refresh_from_db()
    assert term.other_words_de == "ausgangsort"
    assert term.translation_states["ar"] == "reviewed"


def test_the_same_words_are_added_once(admin):
    term = factories.term(word="Musterwort", other_words_de="ausgangsort")
    admin.post(SYNONYM, sent(term, "de"))

    term.refresh_from_db()
    assert term.other_words_de == "ausgangsort"


def test_a_form_without_a_term_says_what_is_missing(admin):
    response = admin.post(SYNONYM, {"text": "x", "words": "x", "language": "de"})

    assert page_of(response).xpath("//ul[@role='alert']/li")


def test_a_translator_adds_words_of_their_language_only():
    term = factories.term(word="Musterwort")
    client = client_of(account(TRANSLATOR, languages=("ar",)))

    assert client.post(SYNONYM, sent(term, "ar")).status_code == 302
    assert client.post(SYNONYM, sent(term, "de")).status_code == 200
    term.refresh_from_db()
    assert term.other_words_ar == "ausgangsort"
    assert not term.other_words_de


def test_who_may_not_publish_changes_nothing_that_readers_see():
    term = factories.term(word="Musterwort")
    response = client_of(account(EDITOR)).post(SYNONYM, sent(term, "de"))

    assert "Wer veröffentlichen darf, kann es ergänzen" in response.content.decode()
    term.refresh_from_db()
    assert not term.other_words_de


@pytest.mark.parametrize(
    ("role", "status"), [(STAFF, 200), (EDITOR, 200), (PUBLISHER, 403), (TRANSLATOR, 200)]
)
def test_only_those_who_write_words_get_the_form(role, status):
    languages = ("ar",) if role == TRANSLATOR else ()
    client = client_of(account(role, languages=languages))

    assert client.get(SYNONYM).status_code == status
    assert client.get(reverse("nicht-gefunden")).status_code == 200


def test_the_first_page_leads_there(admin):
    page = page_of(admin.get("/verwaltung/"))

    assert page.xpath(f"//a[@href='{LIST}']")
    assert Term.objects.exists()
