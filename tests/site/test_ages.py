"""One boundary of ages on every page in every language: the office's, told as the office tells it.

Young people up to 27, adults from 28, and at 27 one may choose. Two things are said beside it, on
the page of the finder alone: what parents of a child under 12 do, and once, as background, how the
federal programmes word it.
"""

import json
from collections.abc import Iterator

import pytest
from django.utils.translation import ngettext, override
from lxml import html

from lkintegration.core.languages import EASY
from tests.languages import CODES, each
from tests.site.age_words import WORDS, Found, Limit, limits_in
from tests.site.pages import FIXED, record_paths

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

UNTIL, SINCE, CHILD = 27, 28, 12
FINDER = "beratung/"
ASKED = [8, 19, 27, 28]
BLOCKS = (
    "self::p or self::li or self::h1 or self::h2 or self::h3 or self::h4 or self::dd or self::div"
)
SAID_ELSEWHERE = "//@alt | //@aria-label | //@title | //meta[@content]/@content | //title/text()"


def is_the_office_s(found: Found) -> bool:
    """Return whether a limit is one that the office names, or speaks of those around it."""
    match found.limit:
        case Limit.BIRTHDAY:
            return False
        case Limit.UNTIL:
            return found.years == UNTIL
        case Limit.SINCE:
            return found.years == SINCE
    return found.years in {UNTIL, SINCE}


def deviations(
    page: html.HtmlElement, code: str
) -> Iterator[tuple[html.HtmlElement | None, Found]]:
    """Yield each limit of a page that is not the office's, with the block where it stands."""
    for text in page.xpath(SAID_ELSEWHERE):
        yield from ((None, found) for found in limits_in(text, code) if not is_the_office_s(found))
    for block in page.xpath(f"//body//*[{BLOCKS}][not(.//*[{BLOCKS}])]"):
        found = limits_in(" ".join(block.itertext()), code)
        yield from ((block, limit) for limit in found if not is_the_office_s(limit))


def section_of(block: html.HtmlElement) -> str:
    """Return the heading below which a block of a text stands."""
    headings = block.xpath("preceding::*[self::h2 or self::h3][1]")
    own = block.tag in {"h2", "h3"}
    return " ".join((block if own else headings[0]).itertext())


@pytest.mark.parametrize("code", each())
def test_no_page_names_another_boundary_than_the_office_s(visit, code):
    found = {
        path: [limit for _block, limit in deviations(visit(f"/{code}/{path}").page, code)]
        for path in [*FIXED, *record_paths()]
        if path != FINDER
    }
    assert {path: limits for path, limits in found.items() if limits} == {}


@pytest.mark.parametrize("code", each())
def test_the_finder_speaks_of_children_and_once_of_the_federal_wording(visit, code):
    background = set()
    for block, found in deviations(visit(f"/{code}/{FINDER}").page, code):
        if (found.limit, found.years) == (Limit.UNDER, CHILD):
            continue
        assert block is not None, found
        assert block.xpath("ancestor::*[contains(@class,'prose')]"), found
        background.add(section_of(block))
    assert len(background) == (0 if code == EASY else 1), background  # it tells the rule alone


@pytest.mark.parametrize("code", each())
def test_an_answer_names_the_reader_s_age_and_no_boundary_but_the_office_s(visit, code):
    for age in ASKED:
        (answer,) = visit(f"/{code}/{FINDER}?alter={age}").page.xpath("//section[@id='antwort']")
        found = {limit for _block, limit in deviations(answer.getroottree().getroot(), code)}
        in_answer = {
            limit for limit in limits_in(" ".join(answer.itertext()), code) if limit in found
        }
        allowed = {(Limit.UNDER, CHILD)} if age < CHILD else {(Limit.AGE, age)}
        assert {(limit.limit, limit.years) for limit in in_answer} <= allowed, (code, age)


@pytest.mark.parametrize("code", each())
def test_programs_are_told_no_other_boundary(visit, code):
    told = set()
    for path in record_paths():
        data = visit(f"/{code}/{path}").page.findtext(".//script[@type='application/ld+json']")
        for node in json.loads(data or "{}").get("@graph", []):
            audience = node.get("mainEntity", {}).get("audience", {})
            told |= {(name, audience[name]) for name in audience if name != "@type"}
    assert told == {("suggestedMaxAge", UNTIL), ("suggestedMinAge", SINCE)}


@pytest.mark.parametrize("code", each())
@pytest.mark.parametrize("path", ["", "kontakt/", "aufgaben/"])
def test_both_services_stand_with_their_ages_and_the_choice_beside_them(visit, code, path):
    page = visit(f"/{code}/{path}").page
    with override(code):
        until = ngettext("bis %(age)d Jahr", "bis %(age)d Jahre", UNTIL) % {"age": UNTIL}
        since = ngettext("ab %(age)d Jahr", "ab %(age)d Jahren", SINCE) % {"age": SINCE}
        choice = "Mit %(age)d können Sie wählen."
        choice = ngettext(choice, choice, UNTIL) % {"age": UNTIL}

    shown = ["".join(age.itertext()).strip() for age in page.xpath("//main//*[@class='age']")]
    assert shown == [until, since]
    assert " ".join("".join(page.find(".//main").itertext()).split()).count(choice) == 1


# --- the table of words finds what it is there for ----------------------------------------------
STATED = {
    "de": ["ab 27 Jahren", "von 12 bis 27 Jahren", "über 27 Jahre", "bis zum 27. Geburtstag"],
    "de-simple": ["Sie sind 27 Jahre alt oder älter", "Sie sind 26 Jahre alt oder jünger"],
    "en": ["from 27 years", "from 12 to 27 years", "27 and over", "until your 27th birthday"],
    "uk": ["від 27 років", "від 12 до 27 років", "для дорослих, старших за 27 років"],
    "ar": ["من 27 سنة", "من ١٢ إلى ٢٧ سنة", "للبالغين الذين تجاوز عمرهم 27 سنة", "27 سنة أو أكثر"],
    "tr": ["27 yaşından itibaren", "12 yaşından 26 yaşına kadar", "27 yaş ve üzeri"],
    "it": ["da 27 anni", "dai 12 ai 27 anni", "fino al 27º compleanno", "sopra i 27 anni"],
    "ro": ["de la 27 de ani", "de la 12 la 27 de ani", "peste 27 de ani", "27 de ani în sus"],
    "fr": ["à partir de 27 ans", "de 12 à 27 ans", "plus de 27 ans", "jusqu’au 27e anniversaire"],
    "sq": ["nga 27 vjeç", "nga 12 deri në 27 vjeç", "mbi 27 vjeç", "27 vjeç e lart"],
    "ru": ["с 27 лет", "от 12 до 27 лет", "старше 27 лет", "27 лет и старше"],
    "fa": ["از ۲۷ سالگی", "از 12 تا 27 سال", "بالای \u206627\u2069 سال", "27 ساله و بزرگ‌تر"],
}
OFFICE_S = {
    "de": ["bis 27 Jahre", "ab 28 Jahren", "Mit 27 können Sie wählen.", "Sie sind jünger als 27?"],
    "de-simple": ["Sie sind 27 Jahre alt oder jünger?", "Sie sind 28 Jahre alt oder älter?"],
    "en": ["up to 27 years", "from 28 years", "At 27, you can choose.", "Are you under 27?"],
    "uk": ["до 27 років", "від 28 років", "Вам ще немає 27 років?"],
    "ar": ["حتى 27 سنة", "من 28 سنة", "هل عمركم أقل من 27 سنة؟"],
    "tr": ["27 yaşına kadar", "28 yaşından itibaren", "27 yaşından küçük müsünüz?"],
    "it": ["fino a 27 anni", "da 28 anni", "Ha meno di 27 anni?"],
    "ro": ["până la 27 de ani", "de la 28 de ani", "Aveți mai puțin de 27 de ani?"],
    "fr": ["jusqu’à 27 ans", "à partir de 28 ans", "Vous avez moins de 27 ans ?"],
    "sq": ["deri në 27 vjeç", "nga 28 vjeç", "Jeni nën 27 vjeç?"],
    "ru": ["до 27 лет", "от 28 лет", "Вам ещё нет 27 лет?"],
    "fa": ["تا 27 سال", "از 28 سالگی", "کمتر از 27 سال دارید؟"],
}


def test_the_table_has_every_language():
    assert set(WORDS) == set(STATED) == set(OFFICE_S) == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_another_boundary_is_found_in_any_wording(code):
    for text in STATED[code]:
        page = html.fromstring(f"<html><body><p>{text}</p></body></html>")
        assert list(deviations(page, code)), text


@pytest.mark.parametrize("code", CODES)
def test_the_office_s_own_words_are_none(code):
    for text in OFFICE_S[code]:
        page = html.fromstring(f"<html><body><p>{text}</p></body></html>")
        assert [found for _block, found in deviations(page, code)] == [], text
        assert list(limits_in(text, code)) or "27" in text


@pytest.mark.parametrize(
    "text", ["seit 1. Januar 2005", "9 bis 12:30 Uhr", "22,5 %", "28.249", "+49 7621 410-5301"]
)
def test_other_numbers_are_no_ages(text):
    assert list(limits_in(text, "de")) == []
