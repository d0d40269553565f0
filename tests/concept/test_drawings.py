"""Key figures as bars: comparable, readable on a phone, mirrored where one reads from the right."""

import datetime
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from concept.drawings import panels
from concept.models import KeyFigure

YEAR = datetime.date(2014, 12, 31)


def figure(value, label="Italien", as_of=YEAR, **fields):
    return KeyFigure(value=Decimal(value), label_de=label, as_of=as_of, **fields)


def test_without_shares_the_largest_figure_fills_its_line():
    (panel,) = panels([figure(7331), figure("3665.5"), figure(0)])

    assert [bar.width for bar in panel.bars] == ["100.00%", "50.00%", "0.00%"]


def test_a_share_of_the_population_is_drawn_as_that_share():
    (panel,) = panels([figure(222_000), figure(25_000, share=Decimal("11.1"))])

    assert [bar.width for bar in panel.bars] == ["100.00%", "11.10%"]


@pytest.mark.parametrize(
    ("code", "starts"), [("de", ["0.00%", "0.00%"]), ("fa", ["0.00%", "75.00%"])]
)
def test_bars_start_where_the_reader_starts(code, starts):
    with override(code):
        (panel,) = panels([figure(100), figure(25)])

    assert [bar.x for bar in panel.bars] == starts


def test_each_source_is_named_once():
    (panel,) = panels([figure(1, source="A"), figure(2, source="B"), figure(3, source="A")])

    assert [row.source for row in panel.sourced] == ["A", "B"]


def test_what_is_said_of_figures_is_said_once_and_silence_not_at_all():
    (panel,) = panels([figure(1, note=""), figure(2, note="A"), figure(3, note="A")])

    assert [row.value for row in panel.noted] == [2]


def test_a_heading_holds_for_what_follows_it():
    (panel,) = panels([figure(28249), figure(7331, heading="Darunter"), figure(4176)])

    assert [(group.first.heading, len(group.bars)) for group in panel.groups] == [
        ("", 1),
        ("Darunter", 2),
    ]


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


@given(st.lists(values, min_size=1, max_size=8))
def test_whatever_the_figures_bars_stay_inside(rows):
    (panel,) = panels([figure(value) for value in rows])

    widths = [float(bar.width.rstrip("%")) for bar in panel.bars]
    assert all(0 <= width <= 100 for width in widths)
    assert max(widths) == (100 if any(rows) else 0)
