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
