"""Open now, and when next: the hours that staff enter, judged at the edges of day and year."""

import datetime
import re

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.hours import BERLIN, opening
from contacts.models import ContactPerson
from contacts.templatetags.schedule import describe
from offers.models import Service
from tests import factories

pytestmark = pytest.mark.any_database

MINUTE = datetime.timedelta(minutes=1)
MONDAY, SUNDAY = 0, 6
# Feiertagsgesetz Baden-Württemberg, § 1, written out.
HOLIDAYS = {
    datetime.date.fromisoformat(day)
    for day in [
        "2026-01-01",
        "2026-01-06",
        "2026-04-03",
        "2026-04-06",
        "2026-05-01",
        "2026-05-14",
        "2026-05-25",
        "2026-06-04",
        "2026-10-03",
        "2026-11-01",
        "2026-12-25",
        "2026-12-26",
        "2027-01-01",
        "2027-01-06",
        "2027-03-26",
        "2027-03-29",
        "2027-05-01",
        "2027-05-06",
        "2027-05-17",
        "2027-05-27",
        "2027-10-03",
        "2027-11-01",
        "2027-12-25",
        "2027-12-26",
        "2028-01-01",
        "2028-01-06",
    ]
}
SPRING = {datetime.date(2026, 3, 29), datetime.date(2027, 3, 28)}  # 02:00 to 03:00 is left out


def row(weekday, opens, closes, by_appointment=False):
    return {
        "weekday": weekday,
        "opens": opens,
        "closes": closes,
        "by_appointment": by_appointment,
    }


def daily(opens, closes, by_appointment=False):
    return [row(weekday, opens, closes, by_appointment) for weekday in range(7)]


def closed(first_day, last_day):
    return {"first_day": first_day, "last_day": last_day}


def local(text, fold=0):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold)


def at(text, rows, closures=(), fold=0):
    """Return the state at a local time as the words of the test: a pair of state and time."""
    state = opening(rows, closures, local(text, fold))
    if state.is_open:
        return "open until", f"{state.until:%Y-%m-%d %H:%M}"
    return "opens", f"{state.opens:%Y-%m-%d %H:%M}" if state.opens else "never"


OFFICE = [
    row(0, "09:00", "12:00"),
    row(0, "14:00", "16:30"),
    row(2, "09:00", "12:00"),
    row(3, "14:00", "18:00", by_appointment=True),
]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T08:59:59", ("opens", "2026-11-23 09:00")),
        ("2026-11-23T09:00", ("open until", "2026-11-23 12:00")),
        ("2026-11-23T11:59:59.999999", ("open until", "2026-11-23 12:00")),
        ("2026-11-23T12:00", ("opens", "2026-11-23 14:00")),
        ("2026-11-23T13:00", ("opens", "2026-11-23 14:00")),
        ("2026-11-23T15:00", ("open until", "2026-11-23 16:30")),
        ("2026-11-23T16:30", ("opens", "2026-11-25 09:00")),
        ("2026-11-24T10:00", ("opens", "2026-11-25 09:00")),
        ("2026-11-27T10:00", ("opens", "2026-11-30 09:00")),
    ],
)
def test_each_weekday_has_its_own_spans(moment, expected):
    assert at(moment, OFFICE) == expected


def test_a_span_by_appointment_is_told_apart_whether_it_runs_or_comes():
    running = opening(OFFICE, [], local("2026-11-26T15:00"))
    coming = opening(OFFICE, [], local("2026-11-26T10:00"))
    plain = opening(OFFICE, [], local("2026-11-23T10:00"))

    assert (running.is_open, running.by_appointment) == (True, True)
    assert (coming.is_open, coming.by_appointment) == (False, True)
    assert (plain.is_open, plain.by_appointment) == (True, False)


def test_spans_that_touch_or_overlap_are_one():
    rows = [row(0, "08:00", "12:00"), row(0, "12:00", "14:00"), row(0, "13:00", "15:00")]

    assert at("2026-11-23T09:00", rows) == ("open until", "2026-11-23 15:00")


def test_open_doors_count_more_than_an_appointment_at_the_same_time():
    rows = [row(0, "08:00", "12:00"), row(0, "10:00", "14:00", by_appointment=True)]

    state = opening(rows, [], local("2026-11-23T11:00"))

    assert (state.is_open, state.by_appointment) == (True, False)


def test_a_span_shorter_than_a_minute_is_not_a_whole_day():
    rows = [row(0, "08:00:00", "08:00:30")]

    state = opening(rows, [], local("2026-11-23T15:00"))

    assert not (state and state.is_open)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-08-02T10:00", ("open until", "2026-08-02 12:00")),
        ("2026-08-03T10:00", ("opens", "2026-08-15 09:00")),
        ("2026-08-14T23:59", ("opens", "2026-08-15 09:00")),
        ("2026-08-15T09:00", ("open until", "2026-08-15 12:00")),
    ],
)
def test_a_closed_period_includes_its_first_and_its_last_day(moment, expected):
    assert at(moment, daily("09:00", "12:00"), [closed("2026-08-03", "2026-08-14")]) == expected


def test_closed_periods_may_overlap():
    closures = [closed("2026-08-03", "2026-08-14"), closed("2026-08-10", "2026-08-20")]

    assert at("2026-08-05T10:00", daily("09:00", "12:00"), closures) == (
        "opens",
        "2026-08-21 09:00",
    )


def test_a_closed_period_that_begins_during_the_day_before_ends_nothing_early():
    closures = [closed("2026-08-04", "2026-08-04")]

    assert at("2026-08-03T10:00", daily("09:00", "12:00"), closures) == (
        "open until",
        "2026-08-03 12:00",
    )


@pytest.mark.parametrize(
    "day",
    [
        *("2026-01-01", "2026-01-06", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14"),
        *("2026-05-25", "2026-06-04", "2026-10-03", "2026-11-01", "2026-12-25", "2026-12-26"),
        *("2027-01-06", "2027-05-27", "2028-04-14", "2030-06-20"),
    ],
)
def test_public_holidays_of_baden_wuerttemberg_are_closed(day):
    assert opening(daily("09:00", "12:00"), [], local(f"{day}T10:00")).is_open is False


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-08-15", "Assumption, in Bavaria only"),
        ("2026-10-31", "Reformation Day, in the north and east"),
        ("2026-11-18", "Day of Repentance, in Saxony only"),
        ("2026-03-08", "Women's Day, in Berlin"),
        ("2026-12-24", "Christmas Eve, no holiday by law"),
        ("2026-12-31", "New Year's Eve, no holiday by law"),
        ("2026-04-05", "Easter Sunday, no holiday by name in this state"),
    ],
)
def test_holidays_of_other_states_are_days_like_any_other(day, name):
    assert opening(daily("09:00", "12:00"), [], local(f"{day}T10:00")).is_open is True, name


def test_a_holiday_is_skipped_on_the_way_to_the_next_opening():
    assert at("2026-01-05T12:00", daily("09:00", "12:00")) == ("opens", "2026-01-07 09:00")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T00:00", ("open until", "2026-11-23 23:59")),
        ("2026-11-22T23:59:59", ("opens", "2026-11-23 00:00")),
        ("2026-11-23T23:58:59", ("open until", "2026-11-23 23:59")),
        ("2026-11-23T23:59", ("opens", "2026-11-24 00:00")),
    ],
)
def test_a_place_may_open_at_midnight_and_close_a_minute_before(moment, expected):
    assert at(moment, daily("00:00", "23:59")) == expected


@pytest.mark.parametrize(
    ("moment", "closures", "expected"),
    [
        ("2026-12-31T11:00", [], ("open until", "2026-12-31 12:00")),
        ("2026-12-31T12:00", [], ("opens", "2027-01-02 09:00")),
        ("2026-12-31T23:59:59", [], ("opens", "2027-01-02 09:00")),
        ("2027-01-01T00:00", [], ("opens", "2027-01-02 09:00")),
        (
            "2026-12-23T12:00",
            [closed("2026-12-24", "2027-01-07")],
            ("opens", "2027-01-08 09:00"),
        ),
        (
            "2026-12-31T12:00",
            [closed("2027-01-02", "2028-01-31")],
            ("opens", "never"),
        ),
    ],
)
def test_the_year_s_end_is_no_border(moment, closures, expected):
    assert at(moment, daily("09:00", "12:00"), closures) == expected


@pytest.mark.parametrize(
    ("moment", "fold", "expected"),
    [
        ("2026-03-29T01:29:59", 0, ("opens", "2026-03-29 01:30")),
        ("2026-03-29T01:59:59", 0, ("open until", "2026-03-29 03:30")),
        ("2026-03-29T03:00", 0, ("open until", "2026-03-29 03:30")),
        ("2026-03-29T03:30", 0, ("opens", "2026-03-30 01:30")),
        ("2026-10-25T01:30", 0, ("open until", "2026-10-25 03:30")),
        ("2026-10-25T02:30", 0, ("open until", "2026-10-25 03:30")),
        ("2026-10-25T02:30", 1, ("open until", "2026-10-25 03:30")),
        ("2026-10-25T03:30", 0, ("opens", "2026-10-26 01:30")),
    ],
)
def test_a_span_across_a_clock_change_goes_by_the_clock_on_the_wall(moment, fold, expected):
    assert at(moment, daily("01:30", "03:30"), fold=fold) == expected


@pytest.mark.parametrize(
    ("moment", "hours_left"),
    [("2026-03-29T00:30", 3), ("2026-10-25T00:30", 5), ("2026-11-22T00:30", 4)],
)
def test_the_night_of_a_clock_change_is_as_long_as_it_really_is(moment, hours_left):
    now = local(moment)

    state = opening([row(SUNDAY, "00:00", "04:30")], [], now)

    real = state.until.astimezone(datetime.UTC) - now.astimezone(datetime.UTC)
    assert real == datetime.timedelta(hours=hours_left)


def test_a_span_that_a_clock_change_leaves_out_does_not_open_that_night():
    rows = [row(SUNDAY, "02:15", "02:45")]

    assert at("2026-03-29T01:00", rows) == ("opens", "2026-04-05 02:15")


def test_office_hours_on_the_days_after_a_clock_change_are_the_same_on_the_wall():
    rows = daily("09:00", "12:00")

    assert at("2026-03-28T20:00", rows) == ("opens", "2026-03-29 09:00")
    assert at("2026-10-24T20:00", rows) == ("opens", "2026-10-25 09:00")


@pytest.mark.parametrize("moment", ["2026-03-27T02:30", "2028-03-24T02:00", "2027-03-27T02:59"])
def test_looking_a_year_ahead_into_an_hour_that_does_not_exist_is_no_failure(moment):
    assert at(moment, [row(MONDAY, "09:00", "12:00")])[0] == "opens"


def test_a_holiday_at_the_very_end_of_the_look_ahead_is_not_an_opening():
    saturdays = [row(5, "09:00", "10:00")]

    # A year and a day later is 1 January 2028, a Saturday and a holiday.
    assert at("2026-12-31T12:30", saturdays, [closed("2027-01-01", "2027-12-31")]) == (
        "opens",
        "never",
    )


@pytest.mark.parametrize(
    "moment",
    [
        datetime.datetime(2026, 7, 6, 7, 30, tzinfo=datetime.UTC),
        datetime.datetime(2026, 7, 6, 9, 30, tzinfo=BERLIN),
        datetime.datetime(
            2026, 7, 6, 3, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=-4))
        ),
    ],
)
def test_the_zone_of_now_does_not_matter(moment):
    state = opening([row(MONDAY, "09:00", "10:00")], [], moment)

    assert (state.is_open, state.until) == (True, local("2026-07-06T10:00"))


def test_a_summer_evening_in_utc_is_already_the_next_day_here():
    state = opening(
        [row(1, "00:00", "01:00")],
        [],
        datetime.datetime(2026, 7, 6, 22, 30, tzinfo=datetime.UTC),
    )

    assert (state.is_open, state.until) == (True, local("2026-07-07T01:00"))


def test_without_hours_nothing_is_said():
    now = local("2026-11-23T10:00")

    assert opening([], [], now) is None
    assert opening([], [closed("2026-11-01", "2026-11-30")], now) is None


def test_who_is_closed_for_more_than_a_year_has_no_next_opening():
    state = opening(
        daily("09:00", "12:00"), [closed("2026-01-01", "2029-12-31")], local("2026-11-23T10:00")
    )

    assert (state.is_open, state.until, state.opens, state.changes) == (False, None, None, None)


def test_the_statement_changes_at_closing_when_open_and_at_opening_when_closed():
    rows = [row(MONDAY, "09:00", "12:00")]

    assert opening(rows, [], local("2026-11-23T10:00")).changes == local("2026-11-23T12:00")
    assert opening(rows, [], local("2026-11-23T08:00")).changes == local("2026-11-23T09:00")


def test_times_and_days_may_be_objects_as_well_as_text():
    rows = [row(MONDAY, datetime.time(9), datetime.time(12, 30))]
    days = [closed(datetime.date(2026, 11, 30), datetime.date(2026, 12, 6))]

    assert at("2026-11-23T10:00", rows, days) == ("open until", "2026-11-23 12:30")
    assert at("2026-11-23T13:00", rows, days) == ("opens", "2026-12-07 09:00")


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ("2026-11-23T10:00", "Jetzt geöffnet, bis 12:00 Uhr."),
        (
            "2026-11-23T18:00",
            "Jetzt geschlossen. Öffnet am Mittwoch, 25. November 2026 um 09:00 Uhr.",
        ),
        ("2026-11-26T15:00", "Jetzt mit Termin, bis 18:00 Uhr."),
        (
            "2026-11-26T10:00",
            "Jetzt geschlossen. Mit Termin wieder am Donnerstag, 26. November 2026 um 14:00 Uhr.",
        ),
    ],
)
def test_readers_are_told_a_day_and_a_time_and_never_in_how_many_minutes(moment, sentence):
    assert describe(opening(OFFICE, [], local(moment))) == sentence


def test_readers_are_told_of_a_place_that_is_closed_for_long():
    closures = [closed("2026-01-01", "2029-12-31")]

    assert describe(opening(OFFICE, closures, local("2026-11-23T10:00"))) == "Zurzeit geschlossen."


# --- midnight -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("moment", "closures", "state"),
    [
        ("2026-11-23T19:59", [], ("opens", "2026-11-23 20:00")),
        ("2026-11-23T23:59", [], ("open until", "2026-11-24 02:00")),
        ("2026-11-24T01:59", [], ("open until", "2026-11-24 02:00")),
        ("2026-11-24T02:00", [], ("opens", "2026-11-30 20:00")),
        # On the Monday closed, it does not begin; on the Tuesday closed, it ends at midnight.
        ("2026-11-24T01:00", ["2026-11-23"], ("opens", "2026-11-30 20:00")),
        ("2026-11-23T21:00", ["2026-11-24"], ("open until", "2026-11-24 00:00")),
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_begins(moment, closures, state):
    days = [closed(day, day) for day in map(datetime.date.fromisoformat, closures)]

    assert at(moment, [row(MONDAY, "20:00", "02:00")], days) == state


@pytest.mark.parametrize("ends", [("03:00", "01:00"), ("01:00", "03:00")])
def test_two_nights_of_a_closed_day_do_not_take_place(ends):
    nights = [
        row(MONDAY, "20:00", ends[0], by_appointment=True),
        row(MONDAY, "22:00", ends[1]),
    ]
    monday = datetime.date(2026, 11, 23)

    assert at("2026-11-24T02:00", nights, [closed(monday, monday)])[1] == "2026-11-30 20:00"


def test_a_night_before_the_last_day_of_all_is_no_mistake():
    last = [closed(datetime.date(2026, 11, 23), datetime.date.max)]

    assert at("2026-11-23T21:00", [row(4, "20:00", "02:00")], last) == ("opens", "never")


# --- a second, plain statement, minute by minute ------------------------------------------------
def serving(rows, closures, wall):
    """Return the rows that are open at ``wall``, a local time without a zone."""
    day, time = wall.date(), wall.time()
    eve = day - datetime.timedelta(days=1)
    if is_closed(day, closures) or (day in SPRING and wall.hour == 2):
        return []
    today = [r for r in rows if r["weekday"] == day.weekday() and r["opens"] <= time]
    if not is_closed(eve, closures):
        nights = [r for r in rows if r["weekday"] == eve.weekday() and r["closes"] < r["opens"]]
    else:
        nights = []
    return [
        *(r for r in today if time < r["closes"] or r["closes"] <= r["opens"]),
        *(r for r in nights if time < r["closes"]),
    ]


def is_closed(day, closures):
    return day in HOLIDAYS or any(c["first_day"] <= day <= c["last_day"] for c in closures)


def first_open_minute(rows, closures, wall, days):
    minute = wall.replace(second=0, microsecond=0) + MINUTE
    for _ in range(days * 24 * 60):
        if serving(rows, closures, minute):
            return minute
        minute += MINUTE
    return None


TIMES = st.builds(datetime.time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 45, 59]))
BY_APPOINTMENT = {1, 4}  # on these weekdays; doors open to all and appointments do not mix here
NIGHTS = st.sampled_from(
    [
        (datetime.time(20), datetime.time(2)),
        (datetime.time(14), datetime.time(6)),
        (datetime.time(9), datetime.time(0)),
        (datetime.time(0), datetime.time(0)),
    ]
)
ROWS = st.lists(
    st.tuples(st.integers(0, 6), TIMES, TIMES)
    .filter(lambda r: r[1] < r[2])
    .map(lambda r: row(*r, by_appointment=r[0] in BY_APPOINTMENT))
    # Nights, which begin and end on days without appointments.
    | st.tuples(st.sampled_from([2, 5]), NIGHTS).map(lambda r: row(r[0], *r[1])),
    min_size=1,
    max_size=6,
)
DAYS = st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 12, 10))
CLOSURES = st.lists(
    st.tuples(DAYS, st.integers(0, 20)).map(
        lambda c: closed(c[0], c[0] + datetime.timedelta(days=c[1]))
    ),
    max_size=3,
)
AROUND = [
    *("2025-12-30T23:00", "2026-03-27T23:00", "2026-03-28T23:30", "2026-10-24T22:00"),
    *("2026-10-24T23:50", "2026-12-31T21:30", "2027-03-27T22:59", "2027-10-30T23:15"),
]
NOW = st.one_of(
    st.datetimes(datetime.datetime(2026, 1, 1), datetime.datetime(2027, 12, 10)),
    st.tuples(st.sampled_from(AROUND), st.integers(0, 300)).map(
        lambda m: max(
            datetime.datetime(2026, 1, 1),
            datetime.datetime.fromisoformat(m[0]) + datetime.timedelta(minutes=m[1], seconds=m[1]),
        )
    ),
).map(lambda moment: moment.replace(tzinfo=datetime.UTC))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(rows=ROWS, closures=CLOSURES, now=NOW, zone=st.sampled_from([datetime.UTC, BERLIN]))
def test_a_plain_look_at_every_minute_agrees(rows, closures, now, zone):
    wall = now.astimezone(BERLIN).replace(tzinfo=None, fold=0)
    open_rows = serving(rows, closures, wall)

    state = opening(rows, closures, now.astimezone(zone))

    assert state.is_open == bool(open_rows)
    if state.is_open:
        assert state.by_appointment == (wall.weekday() in BY_APPOINTMENT)
        end = state.until.replace(tzinfo=None, fold=0)
        assert not serving(rows, closures, end)
        assert serving(rows, closures, end - MINUTE)
    else:
        found = first_open_minute(rows, closures, wall, days=9)
        opens = state.opens and state.opens.replace(tzinfo=None, fold=0)
        if found:
            assert opens == found
        else:
            assert opens is None or opens > wall + datetime.timedelta(days=9)


# --- the life of a page -------------------------------------------------------------------------
def person_with_hours(rows):
    person = factories.contact_person()
    for fields in rows:
        factories.opening_hours(contact=person, **fields)
    return ContactPerson.objects.with_card().get(pk=person.pk)


def max_age(response):
    (seconds,) = re.findall(r"max-age=(\d+)", response.headers["Cache-Control"])
    return int(seconds)


def soon():
    """Return hours that begin within three minutes, on any day but a holiday."""
    moment = timezone.localtime() + 3 * MINUTE
    if (moment.hour, moment.minute) >= (23, 57):
        return [row(day, datetime.time(0), datetime.time(12)) for day in range(7)]
    begin = moment.time().replace(second=0, microsecond=0)
    return [row(day, begin, datetime.time(23, 59)) for day in range(7)]


@pytest.mark.django_db
def test_hours_read_from_the_database_are_understood():
    person = person_with_hours([row(0, datetime.time(8, 15), datetime.time(12), True)])
    factories.closed_period(
        contact=person, first_day=datetime.date(2031, 11, 3), last_day=datetime.date(2031, 11, 9)
    )
    person = ContactPerson.objects.with_card().get(pk=person.pk)

    state = opening(person.hours, person.closures, local("2031-11-03T09:00"))

    assert (state.is_open, state.by_appointment) == (False, True)
    assert state.opens == local("2031-11-10T08:15")


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [daily("00:00", "23:59"), None], ids=["all day", "in minutes"])
def test_a_page_that_says_open_now_lives_until_that_changes_and_five_minutes_at_most(client, rows):
    rows = soon() if rows is None else rows
    person = person_with_hours(rows)
    Service.objects.get(slug="jmd-caritas").contacts.add(person)
    before = timezone.now()
    left = (opening(person.hours, [], before).changes - before).total_seconds()

    for path in (
        "/de/beratung/?alter=19",
        "/de/angebote/jmd-caritas/",
        "/de/kontakt/",
        person.get_absolute_url(),
    ):
        response = client.get(path)

        assert response.status_code == 200
        assert "Jetzt" in response.content.decode()
        assert 0 <= max_age(response) <= min(300, left), path


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/de/beratung/?alter=19", "/de/angebote/jmd-caritas/", "/de/kontakt/"]
)
def test_a_page_without_hours_has_no_bounded_life(client, path):
    assert "Cache-Control" not in client.get(path).headers
