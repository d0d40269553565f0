"""What programs do to a file while nobody translates changes nothing on the site."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lkintegration.core.translation_states import standing
from lkintegration.translating.exchange.formats import FORMATS, read
from lkintegration.translating.exchange.importing import import_document
from lkintegration.translating.exchange.planning import make_plan
from lkintegration.translating.exchange.units import units_of
from tests import factories
from tests.translating.exchange.files import (
    as_csv,
    as_workbook,
    changed_rows,
    resaved_xliff,
    rows_of,
)
from tests.translating.exchange.texts import everything

RICH = (
    "<p>Kostet <strong>nichts</strong>, ab 9 Uhr.</p>\n"
    '<ul>\n<li>Ö <a href="page:kontakt">ruf</a></li>\n</ul>'
)


def outdated(**state):
    topic = factories.topic(name_de="Müll", name_tr="Çöp", **state)
    topic.name_de = "Müll und Abfall"
    topic.save()
    return topic


@pytest.fixture
def records(db):
    """Records whose translation into Turkish stands in each of the ways there are."""
    machine = {"translation_states": {"tr": "machine"}}
    records = [
        factories.topic(name_de="Straße"),
        factories.topic(name_de="Übung", description_de="Für alle", name_tr="Çalışma"),
        factories.topic(name_de="Wohnen", name_tr="Konut", **machine),
        outdated(),
        outdated(**machine),
        factories.topic(name_de="Arbeit", name_tr="İş"),
        factories.service(
            name_de="Rat & Tat",
            audience_de="Eltern\nund Kinder ab 3",
            audience_tr="Ebeveynler\nve çocuklar",
            helps_with_de=RICH,
            helps_with_tr=RICH.replace("Kostet", "Ücretsiz"),
            **machine,
        ),
    ]
    standings = [standing(record, "tr") for record in records[:6]]
    assert standings == [
        "missing",
        "incomplete",
        "machine",
        "outdated",
        "outdated-machine",
        "reviewed",
    ]
    return records


def tables_of(units, seed):
    """Yield the tables that go out, saved again by somebody's program."""
    chance = Random(seed)  # noqa: S311
    rows = changed_rows(rows_of(units, "tr"), chance)
    yield as_csv(rows, chance.choice(";,\t"), chance.choice(["utf-8", "utf-8-sig", "utf-16"]))
    sheets = [("Hinweise", [["Bitte", "bis Freitag"]]), ("Blatt 1", rows), ("Notizen", [])]
    chance.shuffle(sheets)
    yield as_workbook(*sheets)


def files_of(units, seed):
    """Yield the files that go out in all formats, saved again by somebody's program."""
    chance = Random(seed)  # noqa: S311
    for name in ("xliff2", "xliff12"):
        yield resaved_xliff(FORMATS[name].write(units, "tr"), chance)
    yield from tables_of(units, seed)


@pytest.mark.parametrize("reviewed_by", ["", "Jane Doe"])
def test_a_file_on_which_nobody_has_worked_changes_nothing(records, reviewed_by):
    units = [unit for record in records for unit in units_of(record, "tr")]
    before = everything()

    @settings(max_examples=15)
    @given(st.integers(0, 2**32))
    def holds(seed):
        for data in files_of(units, seed):
            plan = import_document(read(data), "tr", None, reviewed_by=reviewed_by)
            assert (plan.records, plan.refusals) == ([], [])
            assert (plan.same, plan.empty) == (7, 3)

    holds()
    assert everything() == before
    assert {record.history.count() for record in records} == {1, 2}


@pytest.mark.any_database
def test_a_table_says_the_same_however_a_program_has_saved_it(records):
    units = [unit for record in records for unit in units_of(record, "tr")]
    for record in records[::2]:
        record.name_tr = f"Yeni: çağrı {record.pk}"
    records[-1].helps_with_tr = RICH.replace("Kostet", "Çok güzel")
    told = make_plan(read(FORMATS["csv"].write(units, "tr")), "tr", None, reviewed=True)
    assert (told.changes, told.refusals) == (5, [])

    @settings(max_examples=15)
    @given(st.integers(0, 2**32))
    def holds(seed):
        for data in tables_of(units, seed):
            plan = make_plan(read(data), "tr", None, reviewed=True)
            assert plan.digest == told.digest
            assert {(entry.record, entry.state, entry.after) for entry in plan.records} == {
                (entry.record, entry.state, entry.after) for entry in told.records
            }

    holds()
