"""What the site says by itself (menus, errors, answers) is there in every language.

The sweep asks the same of every page; here are the pages that only come when something is wrong.
"""

import pytest
from django.utils import translation
from django.utils.translation import gettext

from tests.languages import CODES

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

WRONG = {"text": "<b>", "name": "<b>", "email": "x", "telefon": "x", "sprache": "x", "thema": "x"}


@pytest.mark.parametrize("code", CODES[2:])
def test_whatever_goes_wrong_is_told_in_the_language_of_the_page(client, untranslated, code):
    asked = untranslated.get(code, set())
    asked.clear()
    for path in (
        "gibt-es-nicht/",
        "angebote/?seite=99",
        "angebote/?sprache=ar&thema=sprache",
        "beratung/?alter=abc",
        "beratung/?alter=19&ort=99999",
        "beratung/?alter=30&ort=79677",
    ):
        assert client.get(f"/{code}/{path}").status_code < 500, path
    for entries in ({}, WRONG):
        response = client.post(f"/{code}/kontakt/nachricht/", entries)
        assert response.context["form"].errors
    assert asked == set()


def test_a_word_that_a_language_lacks_is_noticed(untranslated):
    untranslated["ar"].clear()
    with translation.override("ar"):
        assert gettext("Dieses Wort hat niemand übersetzt") == "Dieses Wort hat niemand übersetzt"
    assert untranslated["ar"] == {"Dieses Wort hat niemand übersetzt"}
