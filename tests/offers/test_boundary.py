"""The one boundary of ages that readers are told, whatever limits stand in the services."""

import json

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from offers.age_line import age_line
from offers.boundary import Ages, Boundary
from offers.explanation import choice_in_words
from offers.models import Service
from tests import factories
from tests.core.browser import page_of

OFFICE = Boundary(until=27, since=27)


@pytest.mark.parametrize(
    ("programme", "limits", "shown"),
    [
        ("jmd", (12, 27), (None, 27)),
        ("jmd", (None, None), (None, None)),
        ("mbe", (27, None), (28, None)),
        ("mbe", (None, None), (28, None)),
        ("mbe", (30, 80), (30, 80)),
        ("mbe", (18, 25), (18, 25)),  # it ends before the boundary: that is no matter of choice
        ("", (16, 25), (16, 25)),
    ],
)
def test_the_two_programmes_are_told_by_the_office_s_rule_and_others_by_their_limits(
    programme, limits, shown
):
    assert OFFICE.shown(programme, Ages(*limits)) == shown


@pytest.mark.parametrize(
    ("boundary", "words"),
    [
        (OFFICE, "Mit 27 können Sie wählen."),
        (Boundary(30, 25), "Von 25 bis 30 Jahren können Sie wählen."),
        (Boundary(26, 27), ""),
        (Boundary(27, None), ""),
        (Boundary(), ""),
    ],
)
def test_one_may_choose_at_the_ages_that_both_serve(boundary, words):
    assert choice_in_words(boundary) == words


@given(st.integers(0, 120), st.integers(0, 120))
def test_what_is_shown_neither_overlaps_nor_leaves_anybody_out(until, since):
    boundary = Boundary(until, since)
    young = boundary.shown("jmd", Ages(0, until))
    adult = boundary.shown("mbe", Ages(since, None))

    assert adult.low == max(since, young.high + 1)


@pytest.mark.django_db
def test_the_boundary_is_that_of_the_first_points_of_contact():
    factories.service(programme="jmd", min_age=10, max_age=30)
    assert Service.objects.boundary() == OFFICE

    Service.objects.filter(slug="jmd-caritas").update(max_age=25)
    assert Service.objects.boundary() == Boundary(until=25, since=27)
    assert Service.objects.none().boundary() == Boundary(until=25, since=27)

    Service.objects.filter(programme="mbe").update(status="draft")
    assert Service.objects.boundary() == Boundary(until=25)

    Service.objects.filter(programme="jmd").update(max_age=None)
    assert Service.objects.boundary() == Boundary()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "told"),
    [
        ("jmd-caritas", {"suggestedMaxAge": 27}),
        ("mbe-drk", {"suggestedMinAge": 28}),
        ("jmd4you", {"suggestedMaxAge": 27}),
        ("mbeon", {"suggestedMinAge": 28}),
        ("einbuergerung", None),
    ],
)
def test_programs_are_told_the_same_as_readers(client, slug, told):
    page = page_of(client.get(f"/de/angebote/{slug}/"))
    graph = json.loads(page.findtext(".//script[@type='application/ld+json']"))["@graph"]
    (service,) = [node["mainEntity"] for node in graph if "mainEntity" in node]

    assert service.get("audience") == (told and {"@type": "PeopleAudience"} | told)


# --- the drawing --------------------------------------------------------------------------------
def bars(line):
    """Return the name of each bar, where it begins and where it ends, in percent."""
    spans = [(span.name, float(span.x[:-1]), float(span.width[:-1])) for span in line.spans]
    return [(name, x, round(x + width, 2)) for name, x, width in spans]


def test_the_bars_run_out_of_the_picture_and_overlap_over_the_year_of_choice():
    line = age_line(OFFICE)

    (young, left, end), (adult, start, right) = bars(line)
    assert (young, adult, left, right) == ("JMD", "MBE", 0, 100)
    assert start < 50 < end
    assert line.ages == [("27", "50.00%")]
    assert line.limits == [f"{start:.2f}%", f"{end:.2f}%"]


def test_the_drawing_is_mirrored_where_people_read_from_the_right():
    with override("ar"):
        (_young, start, right), (_adult, left, end) = bars(age_line(OFFICE))

    assert (left, right) == (0, 100)
    assert start < 50 < end


def test_bars_that_only_meet_have_the_ages_on_both_sides_written_below():
    line = age_line(Boundary(26, 27))

    (_young, _left, end), (_adult, start, _right) = bars(line)
    assert end == start == 50
    assert [words for words, _place in line.ages] == ["26", "27"]


def test_a_choice_of_several_years_is_written_as_a_range():
    assert [words for words, _place in age_line(Boundary(30, 25)).ages] == ["25–30"]


def test_without_a_boundary_there_is_no_drawing():
    assert age_line(Boundary(27, None)) is None


@given(st.integers(0, 120), st.integers(0, 120))
def test_no_bar_leaves_the_picture(until, since):
    for _name, start, end in bars(age_line(Boundary(until, since))):
        assert 0 <= start <= end <= 100.01
