"""How far each language has come: the page of the admin, and the command that says the same."""

import io
import json
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.formats import number_format
from hypothesis import given
from hypothesis import strategies as st

from concept.models import Milestone
from lkintegration.core.enums import Standing
from lkintegration.core.kinds import kinds
from lkintegration.core.languages import FOREIGN, LANGUAGES, SOURCE
from lkintegration.translating.progress import Cell, progress
from tests import factories
from tests.admin import person
from tests.core.browser import page_of, words

pytestmark = pytest.mark.django_db

PAGE = "/verwaltung/uebersetzungen/"


@pytest.fixture
def milestones(db):
    """Let there be one milestone for each standing of English."""
    Milestone.objects.all().delete()
    texts = {"title_de": "Ein Konzept", "text_de": "Beschlossen.", "title_en": "A concept"}
    whole = texts | {"text_en": "Adopted."}
    factories.milestone(source_note="missing")
    factories.milestone(source_note="incomplete", **texts)
    for state in ("machine", "outdated-machine", "outdated", "reviewed"):
        factories.milestone(source_note=state, **whole, translation_states={"en": state})
    for milestone in Milestone.objects.filter(source_note__startswith="outdated"):
        milestone.title_de = "Ein Plan"
        milestone.save()


def table(client):
    """Return what the page shows: the words of each cell by row and column."""
    page = page_of(client.get(PAGE))
    (shown,) = page.xpath("//div[@class='progress']/table")
    columns = [words(cell) for cell in shown.xpath("./thead/tr/th")][1:]
    return {
        words(row.xpath("./th//bdi|./th[not(.//bdi)]")[0]): dict(
            zip(columns, row.xpath("./td"), strict=True)
        )
        for row in shown.xpath("./tbody/tr|./tfoot/tr")
    }


def status(*arguments):
    out = io.StringIO()
    call_command("translation_status", *arguments, stdout=out)
    return out.getvalue()


def test_every_standing_of_a_translation_is_counted_once(milestones):
    (row,) = [row for row in progress([Milestone]).rows if row.language.code == "en"]

    assert row.cells[0].counts == dict.fromkeys(Standing, 1)
    assert (row.cells[0].percent, row.cells[0].total) == (16, 6)


def test_records_that_say_nothing_in_german_are_not_counted(db):
    Milestone.objects.all().delete()
    factories.milestone(title_de="", title_en="A concept")

    assert progress([Milestone]).total.total.total == 0
    assert progress([Milestone]).total.total.percent is None


@pytest.mark.any_database
def test_the_page_has_a_row_for_each_language_and_a_column_for_each_kind(admin):
    shown = table(admin)

    assert list(shown) == [
        *(entry.autonym for entry in LANGUAGES if entry.code != SOURCE),
        "Alle Sprachen",
    ]
    assert list(shown["English"]) == [
        "Alles",
        *(str(model._meta.verbose_name_plural) for model in kinds()),
    ]
    assert len(kinds()) == 14


def test_a_cell_says_the_share_and_leads_to_the_records_behind_each_number(admin, milestones):
    cell = table(admin)["English"]["Zeitleiste"]

    assert words(cell) == (
        "16 % 1 fehlt, 16 % 1 unvollständig, 16 % 1 maschinell, 16 % "
        "1 veraltet, maschinell, 16 % 1 veraltet, 16 % 1 geprüft, 16 %"
    )
    for standing, link in zip(Standing, cell.xpath(".//a/@href"), strict=True):
        found = admin.get(link).context["cl"].queryset
        assert [milestone.source_note for milestone in found] == [standing]
    (bar,) = cell.xpath(".//progress")
    assert (bar.get("value"), bar.get("max")) == ("1", "6")


@pytest.mark.any_database
def test_sums_stand_at_the_end_of_rows_and_columns(admin, milestones):
    shown = table(admin)

    everywhere = words(shown["Alle Sprachen"]["Zeitleiste"])
    assert everywhere.startswith(
        "1 % 61 fehlt, 92 % 1 unvollständig, 1 %"
    )  # 6 in 10 languages, 1 in English
    of_all = sum(
        model._default_manager.filter(status__in=["in_review", "published"]).count()
        for model in kinds()
    )
    (bar,) = shown["English"]["Alles"].xpath(".//progress")
    assert bar.get("max") == str(of_all)


@pytest.mark.any_database
def test_a_translator_goes_on_to_the_next_text_from_here(admin):
    page = page_of(admin.get(PAGE))

    (link,) = page.xpath("//a[@aria-label='Weiter mit العربية']/@href")
    assert admin.get(link).status_code == 302


@pytest.mark.any_database
def test_the_first_page_leads_here(admin):
    assert page_of(admin.get("/verwaltung/")).xpath(f"//a[@href='{PAGE}']")


@pytest.mark.any_database
def test_a_wide_table_scrolls_by_keyboard_in_a_region_with_a_name(admin):
    page = page_of(admin.get(PAGE))

    (region,) = page.xpath("//div[@role='region'][@tabindex='0'][.//table]")
    (name,) = page.xpath(f"//*[@id='{region.get('aria-labelledby')}']")
    assert words(name) == "Sprachen und Inhalte"


def test_the_page_asks_once_for_all_kinds(admin):
    admin.get(PAGE)  # what is asked once and then remembered
    with CaptureQueriesContext(connection) as queries:
        admin.get(PAGE)

    # The standings, the session and the account.
    assert len(queries) == 3, "\n".join(query["sql"][:120] for query in queries)


@pytest.mark.any_database
def test_staff_see_the_kinds_that_they_may_see(milestones):
    shown = table(person(rights=("view_milestone",)))

    assert list(shown["English"]) == ["Alles", "Zeitleiste"]
    assert words(shown["English"]["Alles"]) == words(shown["English"]["Zeitleiste"])


@pytest.mark.any_database
def test_who_may_only_look_is_not_sent_to_translate(milestones):
    page = page_of(person(rights=("view_milestone",)).get(PAGE))

    assert not page.xpath("//a[starts-with(@aria-label, 'Weiter mit')]")


@pytest.mark.any_database
def test_who_may_see_nothing_is_told_so():
    page = page_of(person(rights=("view_message",)).get(PAGE))

    assert "Sie dürfen keine Inhalte ansehen." in words(page)
    assert not page.xpath("//div[@id='content-main']//table")


@pytest.mark.any_database
def test_a_reader_is_sent_to_the_login(client):
    response = client.get(PAGE)

    assert response.status_code == 302
    assert response.headers["Location"] == f"/verwaltung/login/?next={PAGE}"


# --- the command ----------------------------------------------------------------------------------


@pytest.mark.any_database
def test_the_command_says_what_the_page_says(admin, milestones):
    shown = table(admin)
    told = json.loads(status("--format", "json"))

    assert list(told) == [*FOREIGN, "all"]
    for code, row in zip([*FOREIGN, "all"], shown.values(), strict=True):
        for (kind, numbers), cell in zip(told[code].items(), row.values(), strict=True):
            text = words(cell)
            told_by_name = {standing: numbers[standing] for standing in Standing}
            assert [words(item) for item in cell.xpath(".//li")] == [
                f"{number_format(part['records'])} {standing.word}, {part['percent']} %"
                for standing, part in told_by_name.items()
                if part["records"]
            ], (code, kind)
            assert text.startswith("–" if numbers["percent"] is None else f"{numbers['percent']} %")


@pytest.mark.any_database
def test_the_command_prints_a_table_a_person_can_read(milestones):
    lines = status().splitlines()

    first = lines.index(next(line for line in lines if line.startswith("Englisch")))
    assert lines[first].split() == [
        *("Englisch", "%", "alle", "fehlt", "unvollständig", "maschinell"),
        *("veraltet,", "maschinell", "veraltet", "geprüft"),
    ]
    row = next(line for line in lines[first:] if line.startswith("Zeitleiste"))
    assert row.split() == ["Zeitleiste", "16", "6", *["1", "(16", "%)"] * 6]
    assert lines[-1].startswith("Alles")


@pytest.fixture
def one_milestone():
    """Let one text be all there is: complete, reviewed, in all languages."""
    for model in reversed(kinds()):
        model._default_manager.all().delete()
    names = {f"title_{code.replace('-', '_')}": code for code in FOREIGN}
    return factories.milestone(**names)


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("fault", "change", "said"),
    [
        ("missing", {"title_ar": ""}, "In 1 Fällen fehlen Texte."),
        ("missing", {"text_de": "Mehr"}, "In 11 Fällen fehlen Texte."),
        ("outdated", {"title_de": "Anders"}, "In 11 Fällen sind Übersetzungen veraltet."),
        (
            "machine",
            {"translation_states": {"tr": "machine"}},
            "In 1 Fällen hat niemand die Übersetzung geprüft.",
        ),
    ],
)
def test_the_command_fails_on_what_it_is_asked_to_fail_on(one_milestone, fault, change, said):
    assert "100" in status("--fail-on", "missing", "--fail-on", "outdated", "--fail-on", "machine")

    record = Milestone.objects.get()
    for name, value in change.items():
        setattr(record, name, value)
    record.save()

    with pytest.raises(CommandError) as failure:
        status("--fail-on", fault)
    assert str(failure.value) == said
    assert failure.value.returncode == 1
    others = {"missing", "outdated", "machine"} - {fault}
    status(*(argument for other in others for argument in ("--fail-on", other)))
    status()


@pytest.mark.any_database
def test_a_command_that_fails_has_printed_its_numbers(capsys):
    with pytest.raises(CommandError):
        call_command("translation_status", "--fail-on", "machine")

    assert capsys.readouterr().out.startswith("Leichte Sprache")


@pytest.mark.any_database
@given(st.dictionaries(st.sampled_from(list(Standing)), st.integers(0, 500)))
def test_only_what_is_whole_is_a_hundred_percent(counts):
    cell = Cell(Counter(counts))

    assert sum(part.number for part in cell.parts) == cell.total
    if cell.total:
        assert 0 <= cell.percent <= 100
        assert (cell.percent == 100) == (cell.reviewed == cell.total)
        assert sum(part.percent for part in cell.parts) <= 100
