"""Postcodes as people write them."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from lkintegration.core.postcode_reading import read_postcode, read_postcodes

pytestmark = pytest.mark.any_database

CODES = st.from_regex(r"[0-9]{5}", fullmatch=True)
WAYS = ["{}", "D-{}", "D {}", "DE-{}", "D\u2013{}", " {} ", "\u200e{}", "d-{}"]


@given(CODES, st.sampled_from(WAYS), st.booleans())
def test_a_postcode_is_understood_in_every_notation(code, way, has_gap):
    typed = way.format(f"{code[:2]} {code[2:]}" if has_gap else code)

    assert read_postcode(typed) == (code, code, "", "", True)


@pytest.mark.parametrize("typed", ["79539 Lörrach", "D-79539 Lörrach", "79 539, Lörrach"])
def test_a_town_beside_it_is_not_lost_in_silence(typed):
    understood = read_postcode(typed)

    assert (understood.value, understood.left_out) == ("79539", "Lörrach")
    assert understood.question.startswith(
        "Verstanden: 79539. „Lörrach“ gehört nicht in dieses Feld und steht nicht mehr hier."
    )


@pytest.mark.parametrize(
    "typed",
    ["7953", "795399", "79 53 9", "CH-4058", "79539 79540", "Lörrach", "D-", "79539-2", "7953O"],
)
def test_what_is_no_german_postcode_is_refused(typed):
    with pytest.raises(ValidationError):
        read_postcode(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "79539 79540",
        "79539, 79540",
        "79539;79540",
        "D-79539 / D-79540",
        "79539 und 79540",
        "79539 u. 79540",
        "79539 & 79540",
        "79539, 79540, 79539",
        "79539; 79540;",
        "79 539, 79 540",
        "７９５３９\u300079540",
    ],
)
def test_several_are_understood_whatever_divides_them(typed):
    assert read_postcodes(typed).value == "79539 79540"


@pytest.mark.parametrize("typed", ["79539 7954", "79539 Lörrach", "7953979540", "79539--79540"])
def test_a_list_with_something_else_in_it_is_refused(typed):
    with pytest.raises(ValidationError):
        read_postcodes(typed)
