"""Key figures as bars: comparable, readable on a phone, mirrored where one reads from the right."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concept.drawings import panels
from concept.models import KeyFigure

YEAR = datetime.date(2014, 12, 31)


def figure(value, label="Italien", as_of=YEAR, **fields):
    return KeyFigure(value=Decimal(value), label_de=label, as_of=as_of, **fields)


def test_the_longest_bar_leaves_room_for_its_number():
    (panel,) = panels([figure(7331), figure("3665.5"), figure(0)])

    assert [bar.width for bar in panel.bars] == ["76.00%", "38.00%", "0.00%"]


def test_bars_start_on_the_right_where_one_reads_from_the_right():
    (panel,) = panels([figure(100), figure(25)])

    assert [bar.rtl_x for bar in panel.bars] == ["24.00%", "81.00%"]


def test_a_label_of_one_line_stands_above_its_bar_and_the_number_on_it():
    (panel,) = panels([figure(1), figure(1)])
    first, second = panel.bars

    assert first.label == [("Italien", 14)]
    assert (first.top, first.number_y) == (19, 30)
    assert second.label == [("Italien", 62)]
    assert second.top == 67
    assert panel.height == 96


def test_a_long_label_is_broken_between_words():
    (panel,) = panels([figure(1, "Menschen mit Migrationshintergrund, zusammen")])

    assert panel.bars[0].label == [("Menschen mit", 14), ("Migrationshintergrund, zusammen", 33)]
    assert panel.bars[0].top == 38


def test_a_single_figure_is_not_drawn():
    (panel,) = panels([figure(233027)])

    assert not panel.is_drawn


def test_two_figures_are_drawn():
    (panel,) = panels([figure(1), figure(2)])

    assert panel.is_drawn


def test_figures_of_one_date_stand_together_and_dates_keep_their_order():
    newer = datetime.date(2023, 11, 30)

    found = panels([figure(1, "a", newer), figure(2, "b"), figure(3, "c")])

    assert [panel.dated for panel in found] == ["30. November 2023", "31. Dezember 2014"]
    assert [[bar.figure.label_de for bar in panel.bars] for panel in found] == [["a"], ["b", "c"]]


def test_without_figures_there_is_nothing_to_draw():
    assert panels([]) == []


@pytest.mark.parametrize(("shares", "expected"), [([None, "11.1"], True), ([None, None], False)])
def test_shares_are_shown_only_where_there_are_some(shares, expected):
    (panel,) = panels([figure(1, share=share and Decimal(share)) for share in shares])

    assert panel.has_shares is expected


values = st.decimals(0, 99_999_999_999, places=1, allow_nan=False)


@given(st.lists(st.tuples(values, st.text(max_size=160)), min_size=1, max_size=8))
def test_whatever_the_figures_bars_stay_inside_and_do_not_overlap(rows):
    (panel,) = panels([figure(value, label) for value, label in rows])

    widths = [float(bar.width.rstrip("%")) for bar in panel.bars]
    assert all(0 <= width <= 76 for width in widths)
    assert max(widths) == (76 if any(value for value, _ in rows) else 0)
    assert all(
        abs(float(bar.rtl_x.rstrip("%")) + width - 100) < 0.02
        for bar, width in zip(panel.bars, widths, strict=True)
    )
    edges = [edge for bar in panel.bars for edge in (*(y for _, y in bar.label), bar.top)]
    assert edges == sorted(edges)
    assert all(
        one.top + 12 <= two.top for one, two in zip(panel.bars, panel.bars[1:], strict=False)
    )
    assert panel.bars[-1].top + 12 <= panel.height


@given(st.text(max_size=160))
def test_no_line_of_a_label_is_wider_than_a_phone(label):
    (panel,) = panels([figure(1, label)])

    assert all(len(line) <= 34 for line, _ in panel.bars[0].label)
    assert "".join("".join(line.split()) for line, _ in panel.bars[0].label) == "".join(
        label.split()
    )
