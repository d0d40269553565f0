"""The proof that nobody falls through, and who is named where somebody would."""

import datetime
import io

import pytest
from django.contrib import admin
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import BooleanField, DateField, DateTimeField, IntegerField
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumber_field.modelfields import PhoneNumberField

from contacts.models import Municipality, Organisation
from lkintegration.core.web_addresses import WebAddressField
from offers.checks import nobody_falls_through
from offers.models import Service
from offers.referral_proof import (
    EXPECTED,
    Facts,
    Kind,
    Limits,
    findings,
    judge,
    limits,
    read_facts,
)
from tests import factories
from tests.offers.areas import limit

pytestmark = pytest.mark.django_db

JMD = "Jugendmigrationsdienst der Caritas (JMD) (Caritasverband für den Landkreis Lörrach)"
MBE_CARITAS = "Migrationsberatung der Caritas (MBE) (Caritasverband für den Landkreis Lörrach)"
MBE_DRK = "Migrationsberatung des DRK (MBE) (DRK-Kreisverband Lörrach)"
MBE_DIAKONIE = "Migrationsberatung der Diakonie (MBE) (Diakonisches Werk im Landkreis Lörrach)"


def set_limits(programme, **limits):
    Service.objects.filter(programme=programme).update(**limits)


def mbe_only_in(*names):
    Service.objects.filter(slug__in=["mbe-drk", "mbe-diakonie"]).update(status="draft")
    limit(Service.objects.get(slug="mbe-caritas"), Municipality.objects.filter(name__in=names))


def test_the_office_s_content_leaves_nobody_alone_and_surprises_nobody():
    assert findings() == []


@pytest.mark.any_database
def test_a_gap_between_the_two_programmes_is_found_and_both_records_are_named():
    Service.objects.filter(slug__in=["mbe-drk", "mbe-diakonie"]).update(status="draft")
    set_limits("jmd", max_age=25)
    set_limits("mbe", min_age=28)

    (gap,) = findings()

    assert (gap.kind, gap.first_age, gap.last_age) == (Kind.GAP, 26, 27)
    assert gap.everywhere
    assert len(gap.municipalities) == 35
    assert gap.records == (JMD, MBE_CARITAS)
    assert str(gap) == (
        "Lücke: Alter 26 bis 27, alle Gemeinden: Niemand ist zuständig. "
        f"Ursache: {JMD}; {MBE_CARITAS}."
    )


@pytest.mark.any_database
def test_every_service_at_the_border_of_a_gap_is_named():
    set_limits("jmd", max_age=25)
    set_limits("mbe", min_age=28)

    (gap,) = findings()

    assert set(gap.records) == {JMD, MBE_CARITAS, MBE_DRK, MBE_DIAKONIE}


@pytest.mark.any_database
def test_a_gap_of_one_year_is_named_by_that_year():
    set_limits("jmd", max_age=26)
    set_limits("mbe", min_age=28)

    (gap,) = findings()

    assert (gap.kind, gap.first_age, gap.last_age) == (Kind.GAP, 27, 27)
    assert str(gap).startswith("Lücke: Alter 27, alle Gemeinden: ")


@pytest.mark.any_database
def test_the_district_s_own_wording_misses_the_choice_at_27_but_leaves_nobody_alone():
    set_limits("mbe", min_age=28)

    (surprise,) = findings()

    assert (surprise.kind, surprise.first_age, surprise.last_age) == (Kind.SURPRISE, 27, 27)
    assert surprise.text == "MBE fehlt."
    assert set(surprise.records) == {MBE_CARITAS, MBE_DRK, MBE_DIAKONIE}


@pytest.mark.any_database
def test_an_adult_service_that_is_elsewhere_leaves_a_gap_where_it_is_not():
    mbe_only_in("Lörrach", "Weil am Rhein")

    found = {(f.kind, f.first_age, f.last_age): f for f in findings()}

    adults = found[Kind.GAP, 28, 120]
    assert not adults.everywhere
    assert len(adults.municipalities) == 33
    assert not {"Lörrach", "Weil am Rhein"} & set(adults.municipalities)
    assert adults.records == (MBE_CARITAS,)
    assert found[Kind.SURPRISE, 27, 27].municipalities == adults.municipalities
    parents = found[Kind.GAP, 0, 11]
    assert parents.text == "Für die Eltern ist niemand zuständig."
    assert parents.municipalities == adults.municipalities
    assert set(found) == {(Kind.GAP, 0, 11), (Kind.GAP, 28, 120), (Kind.SURPRISE, 27, 27)}


@pytest.mark.any_database
def test_one_municipality_left_out_is_named_alone():
    everywhere_else = Municipality.objects.exclude(name="Tunau").values_list("name", flat=True)
    mbe_only_in(*everywhere_else)

    assert {f.municipalities for f in findings()} == {("Tunau",)}
    assert ", Tunau: " in str(findings()[0])


@pytest.mark.any_database
def test_two_programmes_where_one_is_expected_are_a_surprise():
    set_limits("jmd", max_age=30)

    (surprise,) = findings()

    assert (surprise.kind, surprise.first_age, surprise.last_age) == (Kind.SURPRISE, 28, 30)
    assert surprise.text == "Hier wird niemand erwartet."
    assert surprise.records == (JMD,)
    assert surprise.everywhere


@pytest.mark.any_database
def test_a_programme_that_reaches_into_childhood_is_a_surprise():
    set_limits("jmd", min_age=6)

    (surprise,) = findings()

    assert (surprise.kind, surprise.first_age, surprise.last_age) == (Kind.SURPRISE, 6, 11)


@pytest.mark.any_database
def test_without_a_service_for_adults_the_adults_and_the_parents_are_alone():
    Service.objects.filter(programme="mbe").update(first_contact=False)

    found = findings()

    assert [(f.kind, f.first_age, f.last_age) for f in found] == [
        (Kind.GAP, 0, 11),
        (Kind.GAP, 28, 120),
        (Kind.SURPRISE, 27, 27),
    ]


@pytest.mark.any_database
def test_without_any_service_everybody_is_alone_and_no_record_is_blamed():
    Service.objects.all().delete()

    found = findings()

    assert [(f.kind, f.first_age, f.last_age) for f in found] == [
        (Kind.GAP, 0, 11),
        (Kind.GAP, 12, 120),
    ]
    assert str(found[-1]).endswith("Ursache: kein Datensatz.")


def test_a_service_whose_organisation_is_not_public_helps_nobody():
    Organisation.objects.filter(services__slug="jmd-caritas").update(status="draft")

    assert (Kind.GAP, 12, 26) in {(f.kind, f.first_age, f.last_age) for f in findings()}


@pytest.mark.any_database
def test_a_service_that_takes_institutions_only_helps_no_person():
    Service.objects.filter(slug="jmd-caritas").update(institutions_only=True)

    assert (Kind.GAP, 12, 26) in {(f.kind, f.first_age, f.last_age) for f in findings()}


@pytest.mark.any_database
def test_a_first_contact_without_a_programme_closes_a_gap():
    set_limits("jmd", max_age=25)
    set_limits("mbe", min_age=28)
    factories.service(first_contact=True, min_age=26, max_age=27)

    assert {f.kind for f in findings()} == {Kind.SURPRISE}


@pytest.mark.any_database
def test_gaps_come_before_surprises_and_the_young_before_the_old():
    set_limits("jmd", min_age=14, max_age=30)
    Service.objects.filter(programme="mbe").update(max_age=90)

    assert [(f.kind, f.first_age) for f in findings()] == [
        (Kind.GAP, 12),
        (Kind.GAP, 91),
        (Kind.SURPRISE, 28),
    ]


@pytest.mark.any_database
# --- where staff and operators see it -----------------------------------------------------------
def test_the_command_says_what_it_has_checked_when_all_is_well():
    out = io.StringIO()

    call_command("check_referrals", stdout=out)

    assert out.getvalue() == ("Niemand fällt durch: Alter 0 bis 120 × 35 Gemeinden geprüft.\n")


@pytest.mark.any_database
def test_the_command_lists_every_finding_and_fails():
    set_limits("jmd", min_age=6, max_age=25)
    set_limits("mbe", min_age=28)
    out = io.StringIO()

    with pytest.raises(CommandError, match=r"^1 Lücken, 1 Überraschungen ") as failure:
        call_command("check_referrals", stdout=out)

    assert failure.value.returncode == 1
    lines = out.getvalue().splitlines()
    assert lines[0].startswith("Lücke: Alter 26 bis 27, alle Gemeinden: ")
    assert lines[1].startswith("Überraschung: Alter 6 bis 11, alle Gemeinden: ")
    assert len(lines) == 2


@pytest.mark.any_database
def test_a_check_of_the_database_reports_gaps_and_surprises_as_warnings():
    set_limits("jmd", min_age=6, max_age=25)
    set_limits("mbe", min_age=28)

    reported = [m for m in run_checks(databases=["default"]) if m.id.startswith("offers.W")]

    assert [(m.id, m.is_serious()) for m in reported] == [
        ("offers.W002", False),
        ("offers.W001", False),
    ]
    assert "Alter 26 bis 27" in reported[0].msg


@pytest.mark.any_database
def test_the_check_command_prints_a_gap_and_does_not_fail():
    set_limits("jmd", max_age=25)
    set_limits("mbe", min_age=28)
    err = io.StringIO()

    call_command("check", databases=["default"], stderr=err)

    assert "(offers.W002) Lücke: Alter 26 bis 27, alle Gemeinden" in err.getvalue()


@pytest.mark.any_database
def test_a_check_without_a_database_asks_none(django_assert_num_queries):
    set_limits("jmd", max_age=25)
    set_limits("mbe", min_age=28)

    with django_assert_num_queries(0):
        assert nobody_falls_through() == []
        assert [m for m in run_checks() if m.id.startswith("offers.")] == []


@pytest.mark.any_database
def test_the_check_is_silent_when_all_is_well():
    assert nobody_falls_through(databases=["default"]) == []


def test_limits_are_read_with_their_municipalities_in_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        known = limits()

    assert [(c.programme, c.low, c.high, len(c.municipalities), c.everywhere) for c in known] == [
        ("jmd", 12, 27, 0, True),
        ("mbe", 27, 120, 0, True),
        ("mbe", 27, 120, 2, False),
        ("mbe", 27, 120, 0, False),
    ]


# --- any limits ---------------------------------------------------------------------------------
PLACES = {"08336004": "Aitern", "08336050": "Lörrach", "08336089": "Tunau"}
YEARS = st.one_of(st.sampled_from([0, 11, 12, 26, 27, 28, 119, 120]), st.integers(0, 120))


@st.composite
def contacts(draw):
    return [
        Limits(
            f"Dienst {number}",
            draw(st.sampled_from(["jmd", "mbe", ""])),
            *sorted((draw(YEARS), draw(YEARS))),
            draw(st.frozensets(st.sampled_from(sorted(PLACES)))),
            draw(st.booleans()),
        )
        for number in range(draw(st.integers(0, 4)))
    ]


def nobody_for(known, age, ags):
    """State plainly whether somebody of this age, or the parents of a child, is left alone."""
    there = [c for c in known if c.everywhere or ags in c.municipalities]
    if any(c.low <= age <= c.high for c in there):
        return False
    return age >= 12 or not any(c.low <= 28 <= c.high for c in there)


@pytest.mark.any_database
@settings(max_examples=100, deadline=None, derandomize=True)
@given(known=contacts())
def test_a_gap_is_reported_for_exactly_the_cells_that_nobody_serves(known):
    Municipality.objects.exclude(ags__in=PLACES).filter(locations=None).delete()
    names = dict(Municipality.objects.values_list("ags", "name"))
    alone = {
        (age, name)
        for ags, name in names.items()
        for age in range(121)
        if nobody_for(known, age, ags)
    }

    found = judge(Facts(tuple(known), tuple(names.items())))
    cells = [
        (age, place)
        for f in found
        if f.kind == Kind.GAP
        for age in range(f.first_age, f.last_age + 1)
        for place in f.municipalities
    ]

    assert set(cells) == alone
    assert len(cells) == len(set(cells))
    assert all(f.everywhere == (len(f.municipalities) == len(names)) for f in found)
    assert all(set(f.records) <= {c.name for c in known} for f in found)
    assert all(f.records for f in found if known and f.kind == Kind.GAP)


@pytest.mark.any_database
@settings(max_examples=60, deadline=None, derandomize=True)
@given(known=contacts())
def test_a_surprise_is_reported_for_exactly_the_cells_that_differ_from_the_rule(known):
    everywhere = tuple(Municipality.objects.order_by("name").values_list("ags", "name"))
    cells = {
        (age, place)
        for f in judge(Facts(tuple(known), everywhere))
        if f.kind == Kind.SURPRISE
        for age in range(f.first_age, f.last_age + 1)
        for place in f.municipalities
    }

    for ags, name in PLACES.items():
        for age in range(121):
            there = [c for c in known if c.serves(age, ags)]
            programmes = {c.programme for c in there if c.programme}
            expected = {"jmd"} if 12 <= age <= 26 else {"jmd", "mbe"} if age == 27 else set()
            expected = {"mbe"} if age >= 28 else expected
            assert ((age, name) in cells) == bool(there and programmes != expected)


@pytest.mark.any_database
def test_the_expectation_is_the_rule_of_the_brief():
    said = {age: sorted(programmes) for age, programmes in EXPECTED.items()}

    assert said == {
        **{key: [] for key in range(12)},
        **{key: ["jmd"] for key in range(12, 27)},
        27: ["jmd", "mbe"],
        **{key: ["mbe"] for key in range(28, 121)},
    }


# --- what the rule reads --------------------------------------------------------------------------


def another_value(field, record):
    """Return a value for a column that it does not have yet."""
    value = field.value_from_object(record)
    if isinstance(field, BooleanField):
        return not value
    if isinstance(field, IntegerField):
        return 9_999 if field.name == "order" else (value or 0) + 1
    if isinstance(field, DateTimeField):
        return timezone.now() + datetime.timedelta(days=3)
    if isinstance(field, DateField):
        return datetime.date(2030, 1, 1)
    if isinstance(field, WebAddressField):
        return "https://example.org/anders/"
    if isinstance(field, PhoneNumberField):
        return "+4976219999999"
    choices = [choice for choice, _label in field.flatchoices if choice not in {value, ""}]
    return choices[0] if choices else f"{value}x"[-(field.max_length or 99) :]


@pytest.mark.any_database
@pytest.mark.parametrize("model", [Service, Organisation, Municipality])
def test_the_facts_depend_on_the_fields_that_are_named_and_on_no_others(model):
    record = {
        Service: Service.objects.first_contacts().order_by("pk").first(),
        Organisation: Organisation.objects.get(services__slug="jmd-caritas"),
        Municipality: Municipality.objects.first(),
    }[model]
    named = admin.site.get_model_admin(model).read_by_rule
    before = read_facts()
    depends = set()
    for field in model._meta.concrete_fields:
        if not field.editable or field.primary_key or field.is_relation:
            continue
        with transaction.atomic():
            model._base_manager.filter(pk=record.pk).update(
                **{field.name: another_value(field, record)}
            )
            if read_facts() != before:
                depends.add(field.name)
            transaction.set_rollback(True)
    # The column without a language repeats the German one.
    if "name_de" in named:
        depends.discard("name")
    # Relations, and an end that lies ahead.
    assert depends == named - {"organisation", "municipalities", "publish_until"}
