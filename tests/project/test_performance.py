"""What ``make bench`` finds stands in docs/performance.md, each part in its own place."""

import pytest

from tests.bench import report
from tests.bench.__main__ import PARTS
from tests.bench.report import Section, compared, parts_in, spread, table, write

pytestmark = pytest.mark.any_database


def test_every_part_has_its_place_in_the_document():
    assert parts_in(report.DOCUMENT.read_text()) == [*PARTS]


def test_a_part_is_written_into_its_place_and_leaves_the_rest_alone(tmp_path, monkeypatch):
    places = [f"<!-- make bench: {name} {edge} -->" for name in PARTS for edge in ("begin", "end")]
    document = tmp_path / "performance.md"
    document.write_text("\n".join(["# Before", *places, "After", ""]))
    monkeypatch.setattr(report, "DOCUMENT", document)
    section = Section("Growth", "Milliseconds.", table(["what", "CPU"], [["list", "5"]]))

    write("growth", "An old run.", [section])
    write("growth", "A machine.", [section])

    before, written = document.read_text().split("growth begin -->\n")
    text, after = written.split("<!-- make bench: growth end")
    assert before.startswith("# Before\n<!-- make bench: pages begin -->\n<!-- make bench: pages")
    assert text == (
        "A machine.\n\n## Growth\n\nMilliseconds.\n\n| what | CPU |\n| --- | --- |\n| list | 5 |\n"
    )
    assert after.endswith("After\n")


def test_figures_are_told_with_their_spread_and_compared_round_by_round():
    assert spread([1200.0, 2.0, 30.0]) == "30.0 (2.00–1,200)"
    assert compared([4.0, 9.0, 2.0], [2.0, 3.0, 2.0]) == "2.00 (1.00–3.00)"
