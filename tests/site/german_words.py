"""Which words of a page are German and not marked so, but for names and words of both languages."""

import re
from copy import deepcopy
from functools import cache

import polib
from django.conf import settings
from lxml import html
from modeltranslation.manager import get_translatable_fields_for_model

from contacts.models import ContactPerson, Location, Municipality, Organisation
from lkintegration.core.german_words import END, LISTED, START, KnownWords, mark_german_words
from lkintegration.core.kinds import kinds
from lkintegration.core.languages import BY_CODE, SOURCE
from lkintegration.terms.models import Term

# Names that no record has.
NAMES = [
    "Baden-Württemberg",
    "Welcome-Center",  # on the door, in English
    "Friedlingen",  # a part of Weil am Rhein
    "Stuttgart",
    "Else-Josenhans-Straße",
    "Destatis",
    "Kosovo",
]
# Words of the language that German spells alike, with a capital at the beginning of a sentence.
EVERYWHERE = "CSRF Cookies Fax Internet JavaScript Sport"
SHARED = {
    "en": "Art Form Immigration Integration Links Migration November Not Person Website Welcome",
    "tr": "Form Kamera Menü Plan Telefon",
    "it": "Länder",
    "ro": "Formular Telefon",
    "fr": "Adresse Migration Plan Quelle",
    "sq": "Ende Kurse",
}
READ_ALOUD = "//@alt | //@aria-label | //@placeholder | //@title | //title/text() | \
//meta[@name='description' or starts-with(@property, 'og:') and not(@property='og:type' or \
@property='og:locale')]/@content"
BRACKETS = re.compile(r"\([^()]*(\)|…|$)")  # a description may end within them
ADDRESS = re.compile(r"https?://\S+")
LONG = 10
WORD = re.compile(r"[^\W\d_]{3,}")
MARKED = re.compile(f"{START}.*?{END}")
LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+")


def unmarked(page: html.HtmlElement) -> str:
    """Return what the body of a page says in its own language, without addresses."""
    body = deepcopy(page.body)
    for other in body.xpath(".//*[@lang] | .//*[@dir] | .//script | .//svg"):
        other.drop_tree()
    return " \n ".join(body.itertext())


def strays(page: html.HtmlElement, code: str) -> set[str]:
    """Return the German words that a page says without a mark; in another script, all Latin ones.

    An attribute and a title can hold no mark: there, what would be marked elsewhere may stand, all
    terms, and anything in brackets.
    """
    if not BY_CODE[code].is_latin:
        return set(LATIN.findall(unmarked(page)))
    spoken = BRACKETS.sub(" ", " \n ".join(page.xpath(READ_ALOUD)))
    spoken = MARKED.sub(" ", mark_german_words(spoken, code, _german_in_titles))
    text = ADDRESS.sub(" ", f"{unmarked(page)} \n {spoken}")
    for name in names():
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text)
    return set(WORD.findall(text)) & german() - set(f"{EVERYWHERE} {SHARED.get(code, '')}".split())


@cache
def _german_in_titles() -> KnownWords:
    terms = [form for term in Term.objects.all() for form in term.titles()]
    return KnownWords([*LISTED, *terms])


@cache
def german() -> set[str]:
    """Return the word list: nouns and long words that our German texts use.

    What stays German in a translation has one of them. Short words are left out: too many of them
    are words of other languages, too.
    """
    texts = [
        str(text)
        for model in kinds()
        for field in get_translatable_fields_for_model(model)
        for text in model._default_manager.values_list(f"{field}_{SOURCE}", flat=True)
        if text
    ]
    catalog = polib.pofile(str(settings.BASE_DIR / "locale/en/LC_MESSAGES/django.po"))
    texts += [text for entry in catalog for text in (entry.msgid, entry.msgid_plural)]
    words = {word for text in texts for word in WORD.findall(text)}
    nouns = {word for word in words if word[0].isupper() and word.lower() not in words}
    return nouns | {word for word in words if len(word) >= LONG}


@cache
def names() -> list[str]:
    """Return the names of places, carriers and people, the longest first."""
    places = list(Municipality.objects.values_list("name", flat=True))
    known = [
        *NAMES,
        *places,
        *(place.partition(" (")[0] for place in places),
        *Organisation.objects.values_list("name_de", flat=True),
        *Organisation.objects.values_list("short_name_de", flat=True),
        *Location.objects.values_list("street", flat=True),
        *(person.name for person in ContactPerson.objects.all()),
    ]
    return sorted({name for name in known if name}, key=len, reverse=True)
