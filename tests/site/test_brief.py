"""The facts of the office stand on the pages where people look for them."""

import re

import pytest

from lkintegration.pages.models import Page
from offers.models import Topic
from tests.core.browser import without_explanations
from tests.languages import CODES
from tests.site.pages import record_paths

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


KEY_TERMS = [
    "Optimierung und Koordinierung, Integrationsmaßnahmen",
    "Transparenz, Angebote, Maßnahmen",
    "Erschließung von Synergieeffekten",
    "Netzwerkarbeit, Planungs- und Reflexionstreffen",
    "Kooperation, Vernetzung, Schnittstellen, Akteure, Träger",
    "Konzipierung, Umsetzung, innovative Maßnahmen",
    "Kontrolle, Effektivität, Mitteleinsatz",
    "Steuerung und fachliche Begleitung der Umsetzung des Integrationskonzepts "
    "(Bund, Land, Landkreis)",
    "Lobbyarbeit",
    "Erschließung neuer Hilferessourcen",
    "Optimierung des Hilfeprozesses",
    "Spannungen, Konkurrenz, Dienstleistungsanbieter",
]


@pytest.mark.parametrize("code", ["de", "de-simple", "en", "ar"])
def test_the_twelve_tasks_stand_in_their_order(visit, code):
    page = visit(f"/{code}/aufgaben/").text
    places = [page.index(terms) for terms in KEY_TERMS]
    assert places == sorted(places)


def test_the_officer_and_both_numbers_stand_on_the_contact_page(visit):
    page = visit("/de/kontakt/").text
    for fact in (
        "Frau Eva Petersik",
        "Integrationsbeauftragte",
        "+49 7621 410-5301",
        "+49 7621 410-95301",
    ):
        assert fact in page
    assert "Palmstraße 3" in page
    assert "+49 7621 410-0" in page


def test_the_timeline_is_complete_and_in_order(visit):
    page = visit("/de/konzept/").text
    timeline = page[page.index("So ist es entstanden") :]
    steps = [
        "1. Januar 2005",
        "2005",
        "bald danach",
        "März 2007",
        "2007",
        "danach",
        "2015",
        "2018–2019",
    ]
    place = 0
    for step in steps:
        place = timeline.index(step, place) + len(step)
    for name in (
        "Arbeitskreis Migration",
        "Fachkreis für Migration und Integration",
        "Teilhabeplan",
    ):
        assert name in timeline


def test_key_figures_stand_with_their_date(visit):
    page = visit("/de/konzept/").text
    panels = {
        "Stand: 30. November 2023": ["233.027"],
        "Stand: 31. Dezember 2014": [
            "28.249",
            "7.331",
            "4.176",
            "1.293",
            "1.094",
            "916",
            "659",
            "640",
            "517",
        ],
        "Stand: etwa 2010": ["222.000", "25.000", "50.000", "11,1 %", "11 %", "22,5 %"],
    }
    dates = sorted((page.index(date), date) for date in panels)
    ends = [start for start, _date in dates[1:]] + [len(page)]
    for (start, date), end in zip(dates, ends, strict=True):
        for figure in panels[date]:
            assert figure in page[start:end], (date, figure)
    assert "Schätzung" in page[page.index("Stand: etwa 2010") :]


@pytest.mark.parametrize("path", ["", "beratung/", "angebote/", "kontakt/", "aufgaben/"])
def test_both_advice_services_are_named_wherever_somebody_could_look(visit, path):
    page = visit(f"/de/{path}").text
    assert "JMD" in page
    assert "MBE" in page


@pytest.mark.parametrize(
    "path", ["angebote/jmd-caritas/", "angebote/dolmetscherpool/", "angebote/sprachkurse-vhs/"]
)
def test_who_cannot_be_called_is_asked_for_at_the_office(visit, path):
    page = visit(f"/de/{path}").text
    assert page.count("Den Kontakt nennen wir Ihnen am Telefon:") == 1
    assert "+49 7621 410-5301" in page


NOTICES = [
    *(
        "Rufen Sie vorher an.",
        "Den Kontakt nennen wir Ihnen am Telefon:",
        "Das erfahren Sie am Telefon.",
    ),
    *("stufenlosen Zugang", "Angaben können sich ändern."),
]
UNFINISHED = re.compile(r"(?i)prüfen wir (noch|gerade)|werden geprüft|haben wir hier noch nicht")


def test_no_page_with_services_or_contacts_repeats_a_notice_or_looks_unfinished(visit):
    for path in ["", "aufgaben/", "beratung/", "kontakt/", "angebote/", *record_paths()]:
        text = visit(f"/de/{path}").text
        assert [notice for notice in NOTICES if text.count(notice) > 1] == [], path
        assert not UNFINISHED.search(text), path


def test_the_text_of_the_guiding_goals_is_not_invented(visit):
    from concept.models import GuidingGoal

    assert GuidingGoal.objects.count() == 8
    assert not GuidingGoal.objects.published().exists()
    assert not GuidingGoal.objects.exclude(text_de="").exists()
    (main,) = visit("/de/leitziele/").page.xpath("//main")
    said = main.text_content()
    assert "Kreistag" in said
    assert "im Wortlaut" in said
    assert "2007" in said
    assert not [topic.name for topic in Topic.objects.all() if topic.name in said]


def test_the_fields_of_action_stand_once_as_those_of_the_plan_of_2019(visit):
    (main,) = visit("/de/konzept/").page.xpath("//main")
    said = without_explanations(main).text_content()
    plan = said.rindex("Teilhabeplan Integration")
    for topic in Topic.objects.all():
        assert said.count(topic.name) - said[:plan].count(topic.name) >= 1, topic
    (fields,) = (
        names
        for found in main.iter("ul")
        if "Mobilität" in (names := [item.text_content().strip() for item in found])
    )
    assert fields == [topic.name for topic in Topic.objects.filter(cross_cutting=False)]


@pytest.mark.parametrize("code", CODES[1:])
def test_machine_made_pages_say_so(visit, code):
    german = visit("/de/konzept/").text
    assert "maschine" not in german.lower()
    html = visit(f"/{code}/konzept/").body
    assert '<aside class="notice' in html
    assert '<span lang="de" dir="ltr">' not in html


def test_a_page_that_fell_back_to_german_marks_the_german(client):
    page = Page.objects.get(key="beratung")
    page.title_ar = ""
    page.save()
    html = client.get("/ar/beratung/").content.decode()
    assert '<h1><span lang="de" dir="ltr">Welche Beratung passt zu mir?</span></h1>' in html
