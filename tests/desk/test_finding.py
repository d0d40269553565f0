"""Staff find records by what they mean, in lists and on the first page, and screens by name."""

import pytest
from django.urls import reverse

from contacts.models import ContactPerson
from lkintegration.core.enums import PublicationStatus
from lkintegration.search.engine.following import follow_all
from tests import factories
from tests.admin import ACCOUNTS, TRANSLATOR, account, client_of
from tests.core.browser import on_one_line, page_of

pytestmark = pytest.mark.django_db

FIND = "/verwaltung/finden/"


def listed(client, address, text, **filters):
    follow_all()
    page = page_of(client.get(address, {"q": text} | filters))
    return [on_one_line(row.text_content()) for row in page.xpath("//tbody/tr/th")]


def found(client, text):
    """Return the names that the page of results links to, by heading."""
    follow_all()
    page = page_of(client.get(FIND, {"q": text}))
    return {
        section.findtext("h2"): [link.text for link in section.iter("a")]
        for section in page.xpath("//main//section | //div[@id='content-main']//section")
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Jürgen Müller", "mueller"),
        ("Jürgen Müller", "Muller"),
        ("İsmail Işık", "ismail"),
        ("İsmail Işık", "Isik"),
        ("Ольга Петренко", "olga"),
        ("Jürgen Müller", "Мюллер"),
    ],
)
def test_a_list_finds_names_however_they_are_written(admin, name, text):
    factories.contact_person(name=name)

    assert len(listed(admin, reverse("admin:contacts_contactperson_changelist"), text)) == 1


def test_a_list_still_finds_a_part_of_a_word_and_keeps_to_its_filters(admin):
    draft = factories.service(name_de="Zwirbelkurs", status=PublicationStatus.DRAFT)
    factories.service(name_de="Zwirbelkurs öffentlich")
    address = reverse("admin:offers_service_changelist")

    assert len(listed(admin, address, "wirbelku")) == 2
    assert len(listed(admin, address, "Zwirbelkurs", status__exact=draft.status)) == 1


def test_a_list_takes_any_text(admin):
    address = reverse("admin:offers_service_changelist")
    for text in ("%", "'", "\\", "ع" * 300, '"a OR b"', "*", "-"):
        assert admin.get(address, {"q": text}).status_code == 200


def test_the_first_page_finds_records_of_all_kinds_and_drafts(admin):
    factories.service(name_de="Zwirbelkurs", status=PublicationStatus.DRAFT)
    factories.term(word="Zwirbelkurse")
    (form,) = page_of(admin.get("/verwaltung/")).xpath("//form[@role='search']")
    assert form.get("action") == FIND

    groups = found(admin, "zwirbelkurs")

    assert groups["Angebote"] == ["Zwirbelkurs (Verein Brücke)"]
    assert "Zwirbelkurse" in groups["Wörter"]
    assert "(Entwurf)" in admin.get(FIND, {"q": "zwirbelkurs"}).content.decode()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("pruefliste", "Prüfliste: Angaben prüfen"),
        ("kontaktpers", str(ContactPerson._meta.verbose_name_plural)),
        ("nicht gefunden", "Gesucht und nicht gefunden"),
        ("passwort", "Ihr Konto: Passwort, zweiter Faktor, Sitzungen"),
    ],
)
def test_screens_are_found_by_the_beginnings_of_their_german_names(admin, text, name):
    assert name in found(admin, text)["Seiten der Verwaltung"]


def test_nobody_finds_what_they_may_not_look_at():
    factories.service(name_de="Zwirbelkurs")

    assert found(client_of(account(ACCOUNTS)), "zwirbelkurs") == {}
    assert "Seiten der Verwaltung" not in found(client_of(account(ACCOUNTS)), "betrieb")
    translator = client_of(account(TRANSLATOR, languages=("ar",)))
    assert found(translator, "zwirbelkurs") == {"Angebote": ["Zwirbelkurs (Verein Brücke)"]}


def test_without_an_answer_the_page_says_so(admin):
    assert "Kein Eintrag passt dazu." in admin.get(FIND, {"q": "xyzzy"}).content.decode()
    assert "Kein Eintrag" not in admin.get(FIND).content.decode()


@pytest.mark.parametrize("number", [1, 3, 30])
def test_a_list_that_is_searched_costs_the_same_however_much_it_finds(
    admin, number, django_assert_max_num_queries
):
    for place in range(number):
        factories.service(name_de=f"Zwirbelkurs {place}")
    address = reverse("admin:offers_service_changelist")
    listed(admin, address, "anderes")
    with django_assert_max_num_queries(20):
        admin.get(address, {"q": "Zwirbelkurs"})


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_page_of_results_costs_the_same_however_much_it_finds(
    admin, number, django_assert_max_num_queries
):
    for place in range(number):
        factories.service(name_de=f"Zwirbelkurs {place}", organisation=factories.organisation())
    found(admin, "anderes")
    with django_assert_max_num_queries(20):
        admin.get(FIND, {"q": "Zwirbelkurs"})
