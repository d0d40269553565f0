"""The address alone decides the language of a response."""

import pytest
from django.utils import translation

pytestmark = pytest.mark.django_db

LOGIN_IN_GERMAN = "Anmelden"


@pytest.mark.parametrize("code", ["de", "de-simple", "en", "ar", "sq"])
def test_a_page_says_which_language_it_is_in(client, code):
    assert client.get(f"/{code}/impressum/").headers["Content-Language"] == code


def test_the_browser_s_languages_do_not_change_a_page(client):
    response = client.get("/uk/impressum/", headers={"Accept-Language": "tr"})

    assert response.headers["Content-Language"] == "uk"
    assert "Accept-Language" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("accepted", ["", "en", "ar", "fr-FR, fr;q=0.9"])
def test_the_admin_is_german_for_every_browser(client, accepted):
    response = client.get("/verwaltung/login/", headers={"Accept-Language": accepted})

    assert response.headers["Content-Language"] == "de"
    assert LOGIN_IN_GERMAN in response.content.decode()


def test_addresses_for_machines_are_german(client):
    assert client.get("/robots.txt").headers["Content-Language"] == "de"


def test_the_language_of_one_response_does_not_reach_the_next(client):
    client.get("/ar/impressum/")

    assert translation.get_language() == "de"
    assert client.get("/health/").headers["Content-Language"] == "de"
