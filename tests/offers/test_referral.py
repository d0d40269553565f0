"""Who is responsible for whom, beside a second, plain statement of the same rule."""

import datetime

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.models import Language, Municipality
from offers.catalogue import AGES, Catalogue, FirstContact
from offers.models import Service, Topic
from offers.referral import MOST_FIRST, Reach, Verdict, Wishes, answer, responsible
from tests import factories
from tests.offers.areas import limit

SCHOPFHEIM, LOERRACH, GRENZACH, WEIL = "08336081", "08336050", "08336105", "08336091"


def catalogue_now():
    return Catalogue(timezone.now())


def ask(**wishes):
    return answer(catalogue_now(), Wishes(**wishes))


def slugs(keys):
    found = Service.objects.in_bulk(keys)
    return [found[key].slug for key in keys]


def names(keys):
    found = Service.objects.in_bulk(keys)
    return [found[key].name_de for key in keys]


# --- the office's content -----------------------------------------------------------------------
def rule(rows, age, municipality):
    """State the rule once more, over the services' rows: the verdict and who is responsible."""
    there = [r for r in rows if r["area"] == "district" or municipality in r["places"]]
    fits = [r for r in there if (r["low"] or 0) <= age and (r["high"] is None or age <= r["high"])]
    if age < 12:
        return "child", {r["pk"] for r in there}
    if age == 27:
        return "choice", {r["pk"] for r in fits}
    return "one", {r["pk"] for r in fits}


def rows_of_first_contacts():
    return [
        {
            "pk": service.pk,
            "low": service.min_age,
            "high": service.max_age,
            "programme": service.programme,
            "area": service.area,
            "places": set(service.municipalities.values_list("ags", flat=True)),
        }
        for service in Service.objects.filter(first_contact=True, status="published")
    ]


@pytest.mark.django_db
def test_every_age_in_every_municipality_gets_whom_the_plain_rule_names():
    rows = rows_of_first_contacts()
    programme = {r["pk"]: r["programme"] for r in rows}
    catalogue = catalogue_now()
    places = list(Municipality.objects.values_list("ags", flat=True))
    assert len(places) == 35

    for municipality in places:
        for age in AGES:
            verdict, keys = rule(rows, age, municipality)
            found = answer(catalogue, Wishes(age=age, municipality=municipality))

            assert (found.verdict, set(found.first)) == (verdict, keys), (age, municipality)
            assert found.reach == Reach.HERE
            sent_to = {programme[key] for key in found.first}
            if 12 <= age <= 26:
                assert sent_to == {"jmd"}, (age, municipality)
            elif age >= 28:
                assert sent_to == {"mbe"}, (age, municipality)
            else:
                assert sent_to == {"jmd", "mbe"}, (age, municipality)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("age", "verdict", "programme", "adult_may_help"),
    [
        (None, "no_age", "", False),
        (0, "child", "", False),
        (11, "child", "", False),
        (12, "one", "jmd", True),
        (26, "one", "jmd", True),
        (27, "choice", "", False),
        (28, "one", "mbe", False),
        (120, "one", "mbe", False),
    ],
)
def test_the_limits_of_the_brief(age, verdict, programme, adult_may_help):
    found = ask(age=age)

    assert (found.verdict, found.programme) == (verdict, programme)
    assert found.adult_may_help is adult_may_help


@pytest.mark.django_db
def test_a_child_is_who_is_younger_than_the_services_say():
    assert ask(age=3).youngest == 12

    Service.objects.filter(programme="jmd").update(min_age=10)

    assert ask(age=3).youngest == 10


@pytest.mark.django_db
def test_without_an_age_both_programmes_are_named_wherever_one_lives():
    for municipality in (None, SCHOPFHEIM, LOERRACH):
        found = Service.objects.filter(pk__in=ask(municipality=municipality).first)

        assert set(found.values_list("programme", flat=True)) == {"jmd", "mbe"}


@pytest.mark.django_db
def test_a_service_for_some_municipalities_helps_there_first_and_nowhere_else():
    assert slugs(ask(age=40, municipality=GRENZACH).first)[0] == "mbe-drk"
    assert "mbe-drk" not in slugs(ask(age=40, municipality=SCHOPFHEIM).first)
    assert "mbe-drk" in slugs(ask(age=40).first)


@pytest.mark.django_db
def test_where_the_right_service_is_elsewhere_only_that_is_said():
    loerrach = Municipality.objects.get(ags=LOERRACH)
    for service in Service.objects.filter(programme="mbe"):
        limit(service, [loerrach])

    found = ask(age=40, municipality=SCHOPFHEIM)

    assert found.reach == Reach.ELSEWHERE
    assert set(slugs(found.first)) == {"mbe-caritas", "mbe-drk", "mbe-diakonie"}
    assert ask(age=40, municipality=LOERRACH).reach == Reach.HERE
    assert ask(age=40).reach == Reach.HERE


@pytest.mark.django_db
def test_a_young_adult_whose_service_is_elsewhere_is_not_taken_for_a_child():
    limit(Service.objects.get(slug="jmd-caritas"), Municipality.objects.filter(ags=LOERRACH))

    found = ask(age=19, municipality=SCHOPFHEIM)

    assert (found.verdict, slugs(found.first)) == ("one", ["jmd-caritas"])
    assert found.reach == Reach.ELSEWHERE


@pytest.mark.django_db
def test_between_two_limits_the_nearest_service_answers():
    Service.objects.filter(programme="jmd").update(max_age=25)
    Service.objects.filter(programme="mbe").update(min_age=30)

    assert ask(age=26).verdict == "nearest"
    assert slugs(ask(age=26).first) == ["jmd-caritas"]
    assert set(slugs(ask(age=29).first)) == {"mbe-caritas", "mbe-drk", "mbe-diakonie"}


@pytest.mark.django_db
def test_beyond_the_highest_limit_the_nearest_service_answers():
    Service.objects.filter(programme="mbe").update(max_age=80)

    found = ask(age=81, municipality=SCHOPFHEIM)

    assert found.verdict == "nearest"
    assert set(slugs(found.first)) == {"mbe-caritas"}


@pytest.mark.django_db
@pytest.mark.parametrize("age", [None, 5, 24, 40])
def test_without_any_first_contact_there_is_an_answer_without_services(age):
    Service.objects.update(first_contact=False)

    found = ask(age=age, municipality=SCHOPFHEIM)

    assert found.first == []
    assert found.others


@pytest.mark.django_db
def test_nobody_is_sent_to_a_service_for_institutions_only():
    Service.objects.filter(slug="mbe-drk").update(institutions_only=True)

    for wishes in ({}, {"age": 40}, {"age": 40, "municipality": GRENZACH}, {"topic": "sprache"}):
        found = ask(**wishes)

        assert "mbe-drk" not in slugs(found.first), wishes
        assert "dolmetscherpool" not in slugs(found.others), wishes


@pytest.mark.django_db
def test_however_many_services_of_one_programme_there_are_the_other_one_is_named_at_27():
    organisation = factories.organisation()
    for number in range(MOST_FIRST + 1):
        factories.service(
            name_de=f"MBE {number}",
            programme="mbe",
            min_age=27,
            first_contact=True,
            organisation=organisation,
            checked_on=datetime.date(2026, 1, 1),
        )

    for age in (None, 27):
        found = Service.objects.filter(pk__in=ask(age=age).first)
        assert set(found.values_list("programme", flat=True)) == {"jmd", "mbe"}, age


@pytest.mark.django_db
def test_whether_anybody_speaks_the_language_is_said_honestly():
    assert ask(age=24).language_known is True
    assert ask(age=24, language="ar").language_known is False

    Service.objects.get(slug="jmd-caritas").languages.add(Language.objects.get(tag="ar"))

    assert ask(age=24, language="ar").language_known is True
    assert ask(age=24, language="uk").language_known is False
    assert ask(age=40, language="ar").language_known is False


# --- what else fits -----------------------------------------------------------------------------
@pytest.fixture
def only_mine(db):
    Service.objects.filter(first_contact=False).delete()
    return factories.organisation()


def offer(organisation, name, municipalities=(), languages=(), topics=(), **fields):
    service = factories.service(name_de=name, organisation=organisation, **fields)
    if municipalities:
        limit(service, Municipality.objects.filter(ags__in=municipalities))
    service.languages.set(Language.objects.filter(tag__in=languages))
    service.topics.set(Topic.objects.filter(slug__in=topics))
    return service


def test_age_weighs_more_than_place_then_language_topic_online_and_the_last_check(only_mine):
    day = datetime.date(2026, 5, 4)
    offer(only_mine, "geprüft", checked_on=day)
    offer(only_mine, "online", area="germany", website="https://example.org")
    offer(only_mine, "Thema", topics=["arbeit"])
    offer(only_mine, "Sprache", languages=["ar"])
    offer(only_mine, "Ort", municipalities=[SCHOPFHEIM])
    offer(only_mine, "Alter", min_age=16, max_age=25)

    found = ask(age=19, municipality=SCHOPFHEIM, language="ar", topic="arbeit")

    assert names(found.others) == ["Alter", "Ort", "Sprache", "Thema", "online", "geprüft"]


def test_limits_of_age_count_only_for_who_names_an_age(only_mine):
    offer(only_mine, "Alter", min_age=16, max_age=25)
    offer(only_mine, "Ort", municipalities=[SCHOPFHEIM])

    assert names(ask(municipality=SCHOPFHEIM).others) == ["Ort", "Alter"]


def test_first_contacts_are_ranked_in_the_same_way(db):
    Service.objects.get(slug="mbe-diakonie").languages.add(Language.objects.get(tag="uk"))
    Service.objects.filter(slug="mbe-drk").update(checked_on=datetime.date(2026, 5, 4))

    assert slugs(ask(age=40).first)[0] == "mbe-drk"
    assert slugs(ask(age=40, language="uk").first)[0] == "mbe-diakonie"


def test_of_equals_the_one_checked_last_comes_first_and_the_unchecked_last(only_mine):
    for name, day in (("alt", 1), ("neu", 20), ("mittel", 10)):
        offer(only_mine, name, checked_on=datetime.date(2026, 3, day))
    offer(only_mine, "nie", order=1)

    assert names(ask().others) == ["neu", "mittel", "alt", "nie"]


def test_the_office_s_order_decides_between_services_checked_on_the_same_day(only_mine):
    day = datetime.date(2026, 3, 1)
    for name, order in (("drittes", 30), ("erstes", 10), ("zweites", 20)):
        offer(only_mine, name, order=order, checked_on=day)

    assert names(ask().others) == ["erstes", "zweites", "drittes"]


def test_what_is_there_for_other_municipalities_only_is_left_out(only_mine):
    offer(only_mine, "in Weil", municipalities=[WEIL])
    offer(only_mine, "überall")

    assert names(ask(municipality=SCHOPFHEIM).others) == ["überall"]
    assert names(ask(municipality=WEIL).others) == ["in Weil", "überall"]
    assert names(ask().others) == ["überall"]  # who names no town may live in any


def test_what_is_for_another_age_is_left_out(only_mine):
    offer(only_mine, "Jugend", min_age=14, max_age=20)

    assert [bool(ask(age=age).others) for age in (13, 14, 20, 21)] == [False, True, True, False]


def test_a_first_contact_is_never_listed_a_second_time(db):
    for age in (None, 5, 24, 27, 40):
        found = ask(age=age)
        assert not set(found.first) & set(found.others)
        assert not set(found.online) & {*found.first, *found.others}
        assert not {"jmd-caritas", "mbe-drk"} & set(slugs(found.others))


# --- any limits, any municipalities -------------------------------------------------------------
PLACES = ["a", "b", "c"]


class Made(Catalogue):
    """A catalogue of first contacts alone, made without a database.

    Each is programme, lowest and highest age, area and the municipalities that are named.
    """

    def __init__(self, contacts):
        self.keys = list(range(1, len(contacts) + 1))
        self.everything = (1 << len(contacts)) - 1
        self.for_institutions = self.area_unknown = self.limited = self.everywhere = 0
        self.online = {}
        self.first_contacts, self.by_age = [], [0] * len(AGES)
        self.by_language = self.by_topic = {}
        self.only_in = dict.fromkeys(PLACES, 0)
        self.by_municipality = dict.fromkeys(PLACES, 0)
        for number, (programme, low, high, area, named) in enumerate(contacts):
            bit = 1 << number
            self.first_contacts.append(FirstContact(bit, programme, low, high))
            for age in range(low, high + 1):
                self.by_age[age] |= bit
            for name in PLACES:
                if area == "district" or (area == "named" and name in named):
                    self.by_municipality[name] |= bit
                if area == "named" and name in named:
                    self.only_in[name] |= bit
            if area == "unknown":
                self.area_unknown |= bit


# Often the same few years, so that limits meet, overlap and leave gaps of one year.
YEARS = st.one_of(st.sampled_from([0, 11, 12, 13, 26, 27, 28, 119, 120]), st.integers(0, 120))
LIMITS = st.tuples(YEARS, YEARS).map(sorted)
CONTACTS = st.lists(
    st.tuples(
        st.sampled_from(["jmd", "mbe"]),
        LIMITS,
        st.sampled_from(["named", "district", "unknown"]),
        st.lists(st.sampled_from(PLACES), unique=True),
    ).map(lambda c: (c[0], c[1][0], c[1][1], c[2], c[3])),
    max_size=6,
)


def plainly(contacts, age, municipality):
    """Return who may answer (their keys) and what is known of their place, in plain steps."""
    everyone = dict(enumerate(contacts, start=1))
    surely = {
        key: c
        for key, c in everyone.items()
        if not municipality or c[3] == "district" or (c[3] == "named" and municipality in c[4])
    }
    perhaps = {key: c for key, c in everyone.items() if municipality and c[3] == "unknown"}
    groups = [("here", surely), ("perhaps", perhaps), ("elsewhere", everyone)]
    groups = [(reach, group) for reach, group in groups if group]
    if age is None:
        return "no_age", set(groups[0][1]), groups[0][0]
    for reach, group in groups:
        fits = {key for key, c in group.items() if c[1] <= age <= c[2]}
        if fits:
            programmes = {everyone[key][0] for key in fits}
            return "choice" if len(programmes) > 1 else "one", fits, reach
    reach, group = groups[0]
    if age < min(c[1] for c in everyone.values()):
        return "child", set(group), reach
    far = {key: min(abs(age - c[1]), abs(age - c[2])) for key, c in group.items()}
    return "nearest", {key for key, distance in far.items() if distance == min(far.values())}, reach


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    contacts=CONTACTS,
    age=st.one_of(YEARS, YEARS, st.none()),
    municipality=st.sampled_from([None, *PLACES]),
)
def test_whatever_the_limits_the_plain_rule_agrees_and_nobody_is_left_alone(
    contacts, age, municipality
):
    catalogue = Made(contacts)

    found = answer(catalogue, Wishes(age=age, municipality=municipality))

    assert bool(found.first) == bool(contacts)
    if contacts:
        verdict, keys, reach = plainly(contacts, age, municipality)
        assert (found.verdict, set(found.first)) == (verdict, keys)
        assert found.reach == reach
        assert not set(found.perhaps) & set(found.first)
        assert all(contacts[key - 1][3] == "unknown" for key in found.perhaps)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(contacts=CONTACTS.filter(bool), age=YEARS, municipality=st.sampled_from(PLACES))
def test_nobody_nearer_is_passed_over(contacts, age, municipality):
    verdict, found, reach = responsible(Made(contacts), age, municipality)

    assert found
    if verdict == Verdict.NEAREST:
        chosen = {max(c.low - age, age - c.high) for c in found}
        assert len(chosen) == 1
        assert chosen.pop() > 0
        assert all(not low <= age <= high for _programme, low, high, *_area in contacts)
    if reach == Reach.HERE:
        local = Made(contacts).by_municipality[municipality]
        assert all(c.bit & local for c in found)
