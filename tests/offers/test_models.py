"""What the database refuses about services, and how ages are put into words."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import ngettext, override
from hypothesis import given
from hypothesis import strategies as st

from offers.models import Service
from tests import factories
from tests.core.refusals import assert_refused

ages = st.none() | st.integers(0, 120)


@pytest.mark.django_db
def test_the_highest_age_is_not_below_the_lowest():
    assert_refused(
        factories.service(save=False, min_age=28, max_age=27),
        "Das Alter „bis“ darf nicht unter dem Alter „von“ liegen.",
    )


@pytest.mark.django_db
@pytest.mark.parametrize("limits", [{"min_age": 121}, {"max_age": 121}])
def test_nobody_is_older_than_120(limits):
    assert_refused(
        factories.service(save=False, **limits), "Dieser Wert muss kleiner oder gleich 120 sein."
    )


@pytest.mark.django_db
def test_nobody_is_younger_than_nothing():
    with pytest.raises(ValidationError):
        factories.service(save=False, min_age=-1).full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("low", "high"), [(27, 27), (0, 120), (None, None), (None, 0), (120, None)]
)
def test_limits_may_be_equal_extreme_or_missing(low, high):
    service = factories.service(save=False, min_age=low, max_age=high)

    service.full_clean()
    service.save()

    assert service.pk


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (12, 27, "von 12 bis 27 Jahren"),
        (0, 1, "von 0 bis 1 Jahr"),
        (27, None, "ab 27 Jahren"),
        (1, None, "ab 1 Jahr"),
        (0, None, "ab 0 Jahren"),
        (None, 27, "bis 27 Jahre"),
        (None, 1, "bis 1 Jahr"),
        (None, None, ""),
    ],
)
def test_ages_are_put_into_german_words(low, high, words):
    assert Service(min_age=low, max_age=high).age_range == words


@pytest.mark.parametrize("age", [1, 2])
def test_ages_are_put_into_english_words(age):
    with override("en"):
        words = Service(min_age=age).age_range
        assert words == ngettext("ab %(age)d Jahr", "ab %(age)d Jahren", age) % {"age": age}
        assert "Jahr" not in words


@pytest.mark.parametrize("age", [1, 2, 5, 21])
def test_a_language_with_several_plurals_uses_them(age):
    with override("uk"):
        assert Service(max_age=age).age_range == (
            ngettext("bis %(age)d Jahr", "bis %(age)d Jahre", age) % {"age": age}
        )


@given(ages, ages)
def test_every_limit_that_is_set_is_named(low, high):
    words = Service(min_age=low, max_age=high).age_range.split()

    assert [int(word) for word in words if word.isdecimal()] == [
        age for age in (low, high) if age is not None
    ]


@pytest.mark.django_db
def test_records_are_named_as_staff_know_them():
    caritas = factories.organisation(name_de="Caritas")

    assert str(factories.service(name_de="Treff", organisation=caritas)) == "Treff (Caritas)"
    assert str(factories.topic(name_de="Wohnen")) == "Wohnen"


@pytest.mark.django_db
def test_two_topics_cannot_share_an_address():
    with pytest.raises(ValidationError):
        factories.topic(save=False, slug="sprache").full_clean()
