"""In the admin a page that is not there, or not for this account, is answered in its frame."""

import pytest
from django.test import Client

from tests import factories
from tests.admin import ACCOUNTS, STAFF, TRANSLATOR, account, client_of, screen
from tests.core.browser import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def in_frame(response):
    """Return whether the page stands in the admin's frame and leads back to its start."""
    page = page_of(response)
    own = page.xpath("//*[@id='site-name']")
    return bool(own) and "/verwaltung/" in page.xpath("//main//a/@href")


@pytest.mark.parametrize("path", ["gibt-es-nicht/", "offers/gibt-es-nicht/", "freigabe/x.y-1/"])
def test_what_is_not_there_is_told_in_the_admin(path):
    response = client_of(account(STAFF)).get(f"/verwaltung/{path}")

    assert response.status_code == 404
    assert in_frame(response)
    assert "Beratung zeigen" not in words(page_of(response))


@pytest.mark.parametrize("much", [b"x" * 7_000_000, b"a=&" * 1500])
def test_what_is_too_large_is_told_in_the_admin(much):
    kind = "application/x-www-form-urlencoded"
    client = client_of(account(STAFF))

    response = client.post("/verwaltung/offers/service/add/", much, content_type=kind)

    assert response.status_code == 413
    assert in_frame(response)
    assert "Kürzen Sie den Text" in words(page_of(response))


def test_a_form_where_none_belongs_is_told_in_the_admin():
    response = client_of(account(STAFF)).get(
        "/verwaltung/begonnen/00000000-0000-4000-8000-000000000000/verwerfen/"
    )

    assert (response.status_code, response.headers["Allow"]) == (405, "POST, OPTIONS")
    assert in_frame(response)


def test_a_form_without_its_token_is_told_in_the_admin():
    client = Client(enforce_csrf_checks=True)
    client.force_login(account(STAFF))

    response = client.post("/verwaltung/offers/service/add/", {"name_de": "Neu"})

    assert response.status_code == 403
    assert in_frame(response)
    assert "Laden Sie die Seite neu" in words(page_of(response))


def test_what_an_account_may_not_is_told_in_the_admin_with_the_way_back():
    client = client_of(account(ACCOUNTS))
    before = "http://testserver/verwaltung/auth/user/?q=x"

    response = client.get(screen(factories.service()), headers={"Referer": before})
    elsewhere = client.get(
        screen(factories.service()), headers={"Referer": "http://evil.org/verwaltung/"}
    )

    assert response.status_code == 403
    assert in_frame(response)
    assert "Das darf Ihr Konto nicht." in words(page_of(response))
    assert "/verwaltung/auth/user/?q=x" in page_of(response).xpath("//main//a/@href")
    assert page_of(elsewhere).xpath("//main//a/@href") == ["/verwaltung/"]


def test_a_translator_reads_which_language_is_missing_and_is_offered_their_own():
    client = client_of(account(TRANSLATOR, languages=("ar",)))

    refused = client.get("/verwaltung/naechste-uebersetzung/en/")
    offered = page_of(client.get("/verwaltung/uebersetzungen/"))

    assert refused.status_code == 403
    assert "Ihr Konto übersetzt nicht in diese Sprache: Englisch." in words(page_of(refused))
    links = [link for link in offered.xpath("//main//a/@href") if "naechste" in link]
    assert links == ["/verwaltung/naechste-uebersetzung/ar/"]


@pytest.mark.parametrize(
    "path", ["gibt-es-nicht/", "offers/service/1/change/", "konto/", "betrieb/"]
)
def test_who_is_not_logged_in_comes_to_the_login_and_from_there_on(path):
    response = Client().get(f"/verwaltung/{path}?a=1")

    assert response.status_code == 302
    assert response.url == f"/verwaltung/login/?next=/verwaltung/{path}%3Fa%3D1"
