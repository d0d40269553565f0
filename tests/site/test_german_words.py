"""No German strays into a page of another language, but names and terms in brackets."""

import re
from copy import deepcopy

import polib
import pytest
from django.conf import settings
from lxml import html
from modeltranslation.manager import get_translatable_fields_for_model

from lkintegration.core.kinds import kinds
from lkintegration.core.languages import SOURCE
from tests.languages import CODES

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# What stands on a door, a letter or an identity card, and is called so in every language.
NAMES = {
    "Landkreis Lörrach": "the district; alone where a language keeps the German name of a place",
    "Lörrach": "the town that gives the district its name",
    "Baden-Württemberg": "the Land, in Latin letters in Turkish",
    "Caritasverband für den": "the association's full name; the district's follows",
    "DRK-Kreisverband": "the Red Cross on its own door; the town's name follows",
    "Diakonisches Werk im": "the association's full name; the district's follows",
    "Caritas": "the name by which the association is known",
    "Diakonie": "the name by which the association is known",
    "Eva Petersik": "a person",
    "JMD": "on the door of the youth migration service",
    "MBE": "on the door of the adult migration counselling",
}
# Words of the language that German spells alike. English shares too many to be checked this way.
SHARED = {
    "tr": {"da", "internet", "menü"},  # "too"; two loans
    "it": {"da", "in", "internet", "li", "sport"},  # "from", "in", "them"; two loans
    "ro": {"internet", "sport"},
    "fr": {"chance", "des", "internet", "page", "sport"},  # "opportunity", "of the", "page"; loans
    "sq": {"ende", "internet", "kontakte"},  # "still"; two loans
}
READ_ALOUD = "//@alt | //@aria-label | //@placeholder | //@title | //meta[@name='description' or \
starts-with(@property, 'og:') and not(@property='og:type' or @property='og:locale')]/@content"
BRACKETS = re.compile(r"\([^()]*(\)|…|$)")  # a description may end within them
WORD = re.compile(r"[^\W\d_]{2,}")


@pytest.fixture(scope="module")
def german(django_db_setup, django_db_blocker) -> set[str]:
    """Return the word list: every word that our German texts use, in lower case."""
    with django_db_blocker.unblock():
        texts = [
            str(text)
            for model in kinds()
            for field in get_translatable_fields_for_model(model)
            for text in model._default_manager.values_list(f"{field}_{SOURCE}", flat=True)
            if text
        ]
    catalog = polib.pofile(str(settings.BASE_DIR / "locale/en/LC_MESSAGES/django.po"))
    texts += [text for entry in catalog for text in (entry.msgid, entry.msgid_plural)]
    return {word.casefold() for text in texts for word in WORD.findall(text)}


def own_words(page: html.HtmlElement) -> set[str]:
    """Return the words that a page says, aloud or in print, without what may stay German."""
    page = deepcopy(page)
    for other in page.xpath("//script | //*[@hreflang]"):  # languages by their own names
        other.drop_tree()
    text = " \n ".join([*page.itertext(), *page.xpath(READ_ALOUD)])
    text = re.sub(r"https?://\S+", " ", BRACKETS.sub(" ", text))
    for name in NAMES:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text)
    return {word.casefold() for word in WORD.findall(text)}


@pytest.mark.parametrize("code", CODES[3:])
def test_the_home_page_has_no_german_words(visit, german, code):
    words = own_words(visit(f"/{code}/").page)
    assert len(words) > 50
    assert words & german - SHARED.get(code, set()) == set()


def test_a_german_word_would_be_found(visit, german):
    page = deepcopy(visit("/ar/").page)
    page.find(".//main//p").text = "Beratung in der Nähe (Ausländerbehörde)"
    assert own_words(page) & german == {"beratung", "in", "der", "nähe"}
