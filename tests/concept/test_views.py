"""The concept: how it came about, and the figures behind it."""

import datetime

import pytest

from concept.models import KeyFigure, Milestone, Section
from tests import factories
from tests.core.browser import page_of, words

pytestmark = pytest.mark.django_db


def main_of(response):
    (main,) = page_of(response).xpath("//main")
    return main


def rows_of(section):
    return [" | ".join(words(cell) for cell in row) for row in section.xpath(".//tbody/tr")]


def test_the_timeline_tells_every_step_in_order_with_its_date(client):
    steps = main_of(client.get("/de/konzept/")).xpath(".//ol[@class='timeline']/li")

    assert [(words(step.find("p")), words(step.find("h3"))) for step in steps] == [
        ("1. Januar 2005", "Das Zuwanderungsgesetz tritt in Kraft"),
        ("2005", "Der Arbeitskreis Migration"),
        ("bald danach", "Ein Konzept wird nötig"),
        ("März 2007", "Das Integrationskonzept"),
        ("2007", "Die Leitziele"),
        ("danach", "Der Fachkreis für Migration und Integration"),
        ("2015", "Fünf Felder im Arbeitskreis"),
        ("2018–2019", "Der Teilhabeplan Integration"),
    ]


@pytest.mark.any_database
def test_dates_in_the_timeline_can_be_read_by_machines(client):
    times = main_of(client.get("/ar/konzept/")).xpath(".//ol[@class='timeline']//time/@datetime")

    assert times == ["2005-01-01", "2005", "2007-03", "2007", "2015", "2018"]


@pytest.mark.any_database
def test_every_key_figure_stands_in_a_table_with_its_date(client):
    sections = main_of(client.get("/de/konzept/")).xpath(".//section[contains(@class,'figures')]")

    assert [(words(section.find("h3")), rows_of(section)) for section in sections] == [
        ("Stand: 30. November 2023", ["Einwohnerinnen und Einwohner | 233.027 Menschen"]),
        (
            "Stand: 31. Dezember 2014",
            [
                "Ausländerinnen und Ausländer | 28.249 Menschen",
                "Darunter die acht größten Gruppen",
                "Italien | 7.331 Menschen",
                "Türkei | 4.176 Menschen",
                "Kosovo | 1.293 Menschen",
                "Rumänien | 1.094 Menschen",
                "Polen | 916 Menschen",
                "Kroatien | 659 Menschen",
                "Frankreich | 640 Menschen",
                "Ungarn | 517 Menschen",
            ],
        ),
        (
            "Stand: etwa 2010",
            [
                "Einwohnerinnen und Einwohner | etwas mehr als 222.000 Menschen | –",
                "Ausländerinnen und Ausländer | rund 25.000 Menschen | 11,1 %",
                "Deutsche mit Migrationshintergrund (Schätzung) | rund 25.000 Menschen | 11 %",
                "Menschen mit Migrationshintergrund, zusammen (Schätzung) "
                "| rund 50.000 Menschen | 22,5 %",
            ],
        ),
    ]


@pytest.mark.any_database
def test_every_date_of_figures_names_its_source(client):
    sections = main_of(client.get("/de/konzept/")).xpath(".//section[contains(@class,'figures')]")

    assert [words(section.xpath("./p[@class='muted']")[0]) for section in sections] == [
        "Quelle: Statistisches Bundesamt, Gemeindeverzeichnis; "
        "alle 35 Städte und Gemeinden zusammengezählt",
        "Quelle: Statistisches Landesamt Baden-Württemberg, "
        "nach einem Bericht der Zeitung Die Oberbadische von 2015",
        "Quelle: Seite der Integrationsbeauftragten des Landkreises Lörrach",
    ]


@pytest.mark.any_database
def test_what_is_estimated_and_why_old_figures_stand_there_is_said_below_them(client):
    (last,) = main_of(client.get("/de/konzept/")).xpath(".//section[contains(@class,'figures')][3]")
    notes = words(last)

    assert "Deutsche mit Migrationshintergrund erfasst die Statistik nicht." in notes
    assert "Ihre Zahl ist geschätzt, deshalb auch die Summe." in notes
    assert "Deshalb stehen sie neben der neueren Einwohnerzahl." in notes


@pytest.mark.any_database
def test_what_is_not_from_the_office_s_page_names_its_source_and_leads_to_it(client):
    steps = main_of(client.get("/de/konzept/")).xpath(".//ol[@class='timeline']/li")
    is_source = ".//a[not(starts-with(@href, '#w-'))]"  # the others explain words
    sources = {words(step.find("h3")): step.xpath(is_source) for step in steps}
    district = "https://www.loerrach-landkreis.de/"
    linked = {
        title: (words(link), link.get("href")) for title, links in sources.items() for link in links
    }

    assert linked == {
        "Fünf Felder im Arbeitskreis": (
            "Landkreis Lörrach, Pressemitteilung "
            "„Noch vernetzter: Neue Strukturen für die Integrationsarbeit“",
            f"{district}aktuell?view=publish&item=article&id=1749",
        ),
        "Der Teilhabeplan Integration": (
            "Landkreis Lörrach, Pressemitteilung „Am Integrationskonzept mitwirken“",
            f"{district}de/Service-Verwaltung/Presseservice/Pressemitteilungen/Pressemitteilung"
            "?view=publish&item=article&id=3271",
        ),
    }


@pytest.mark.any_database
def test_a_source_without_an_address_is_named_only(client):
    factories.milestone(title_de="Neu", source_de="Amtsblatt")

    (step,) = main_of(client.get("/de/konzept/")).xpath(".//ol/li[h3='Neu']")

    assert words(step.xpath("./p[@class='muted']")[0]) == "Quelle: Amtsblatt"
    assert not step.xpath(".//a")


@pytest.mark.any_database
def test_figures_that_can_be_compared_are_drawn_in_their_row(client):
    tables = main_of(client.get("/de/konzept/")).xpath(
        ".//section[contains(@class,'figures')]/table"
    )

    drawn = [
        [len(row.xpath("./th/svg")) for row in table.xpath("./tbody/tr[td]")] for table in tables
    ]
    assert drawn == [[0], [1] * 9, [1] * 4]
    for table in tables:
        assert table.xpath("//h3[@id=$id]", id=table.get("aria-labelledby"))
        assert not table.xpath(".//svg[not(@aria-hidden)]")


@pytest.mark.any_database
def test_bars_start_on_the_right_in_arabic(client):
    def italy(code):
        rows = main_of(client.get(f"/{code}/konzept/")).xpath(".//rect[@class='figure-bar']")
        return rows[1].get("x"), rows[1].get("width")

    assert italy("de") == ("0.00%", "25.95%")
    assert italy("ar") == ("74.05%", "25.95%")


def test_drafts_of_every_kind_stay_off_the_page(client):
    factories.milestone(title_de="Geheimer Schritt", status="draft")
    factories.key_figure(label_de="Geheime Zahl", status="in_review")
    factories.section(title_de="Geheimer Abschnitt", status="draft")
    factories.section(
        title_de="Geheimer Teil", concept=factories.concept(title_de="Geheimplan", status="draft")
    )

    assert "Geheim" not in client.get("/de/konzept/").content.decode()


def test_a_new_step_takes_its_place_in_the_timeline(client):
    factories.milestone(title_de="Zwischendurch", date=datetime.date(2010, 6, 1), precision="month")

    titles = [words(h) for h in main_of(client.get("/de/konzept/")).xpath(".//ol//h3")]

    assert titles[6:8] == ["Zwischendurch", "Fünf Felder im Arbeitskreis"]


def test_editions_follow_each_other_with_their_sections(client):
    headings = main_of(client.get("/de/konzept/")).xpath(".//section[@class='edition']//*")

    assert [words(h) for h in headings if h.tag == "h2"] == [
        "Integrationskonzept des Landkreises Lörrach",
        "Teilhabeplan Integration",
    ]
    assert [words(h) for h in headings if h.tag == "h3"][:2] == [
        "Integration betrifft uns alle",
        "Ein Gesetz als Grundlage",
    ]


@pytest.mark.any_database
def test_the_contents_lead_to_each_part_of_the_page(client):
    main = main_of(client.get("/de/konzept/"))
    links = main.xpath(".//nav[@class='contents']//a")

    headings = {heading.get("id"): words(heading) for heading in main.xpath(".//h2 | .//h3")}

    assert [headings[link.get("href")[1:]] for link in links] == [words(link) for link in links]
    assert [words(link) for link in links][:4] == [
        "So ist es entstanden",
        "Zahlen aus dem Landkreis",
        "Integrationskonzept des Landkreises Lörrach",
        "Integration betrifft uns alle",
    ]


def test_a_published_edition_stands_on_the_page_before_it_has_sections(client):
    factories.concept(
        title_de="Konzept 2030",
        summary_de="<p>Das Neue.</p>",
        document_url="https://example.org/konzept-2030.pdf",
    )

    main = main_of(client.get("/de/konzept/"))

    assert "Konzept 2030" in words(main)
    assert "https://example.org/konzept-2030.pdf" in main.xpath(".//a/@href")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_much_it_shows(
    client, rows, django_assert_num_queries, seasoned
):
    for model in (Section, Milestone, KeyFigure):
        model.objects.all().delete()
    for number in range(rows):
        factories.section(order=number)
        factories.milestone()
        factories.key_figure()
        factories.topic()
    seasoned("ar")

    with django_assert_num_queries(5):
        client.get("/ar/konzept/")
