"""Telephone numbers as people in Germany write them."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkintegration.core.phones import Phone, in_pairs, written

SWITCHBOARD = Phone.stored_as("+4976214100")


number = Phone.stored_as


@pytest.mark.parametrize(
    ("dialled", "shown"),
    [
        ("+4976214105301", "+49 7621 410-5301"),
        ("+49762141095301", "+49 7621 410-95301"),
        ("+4976214100", "+49 7621 410-0"),
    ],
)
def test_an_extension_is_set_off_by_a_hyphen(dialled, shown):
    assert written(number(dialled), SWITCHBOARD) == shown


def test_a_number_of_another_place_is_written_without_a_hyphen():
    assert written(number("+4976225550"), SWITCHBOARD) == "+49 7622 5550"


def test_a_number_of_another_country_is_written_without_a_hyphen():
    assert written(number("+41762141053"), SWITCHBOARD) == "+41 76 214 10 53"


def test_without_a_switchboard_there_is_no_hyphen():
    assert written(number("+4976214105301")) == "+49 7621 4105301"
    assert written(number("+4976214105301"), None) == "+49 7621 4105301"


def test_a_switchboard_that_does_not_end_in_zero_has_no_extensions():
    assert written(number("+4976214105301"), number("+4976214105")) == "+49 7621 4105301"


def test_the_bare_stem_of_a_switchboard_gets_no_empty_extension():
    assert written(number("+497621410"), SWITCHBOARD) == "+49 7621 410"


@pytest.mark.parametrize(
    ("dialled", "shown"),
    [
        ("+4976214105301", "0 76 21 - 4 10 53 01"),
        ("+4976214100", "0 76 21 - 41 00"),
        ("+4917612345678", "01 76 - 12 34 56 78"),
        ("+498003301000", "08 00 - 3 30 10 00"),
        ("+41612345678", "+41 61 234 56 78"),
        ("115", "115"),
        ("116117", "116 117"),
    ],
)
def test_in_leichte_sprache_digits_stand_in_pairs(dialled, shown):
    assert in_pairs(Phone.stored_as(dialled)) == shown


def test_a_free_number_has_no_area_and_no_gap():
    assert "  " not in written(number("+498001110"), number("+498001110"))


@given(st.from_regex(r"\+497621[1-9][0-9]{2,7}", fullmatch=True))
def test_what_is_shown_dials_the_same_number(dialled):
    e164 = phonenumbers.PhoneNumberFormat.E164
    for shown in (written(number(dialled), SWITCHBOARD), in_pairs(number(dialled))):
        assert phonenumbers.format_number(phonenumbers.parse(shown, "DE"), e164) == dialled


@pytest.mark.parametrize(
    ("stored", "shown", "dialled"),
    [
        ("110", "110", "110"),
        ("115", "115", "115"),
        ("116117", "116 117", "116117"),
        ("+49116117", "116 117", "116117"),
        ("19222", "19222", "19222"),
        ("+49762112345;ext=12", "+49 7621 12345 Durchwahl 12", "+49762112345"),
        ("+41616811111", "+41 61 681 11 11", "+41616811111"),
    ],
)
def test_short_numbers_have_no_country_and_extensions_are_not_dialled(stored, shown, dialled):
    found = number(stored)

    assert (str(found), found.dialled) == (shown, dialled)
    assert found.is_valid()


def test_numbers_are_the_same_when_their_extensions_are():
    assert number("+49762112345") == "+49762112345"
    assert number("+49762112345;ext=12") != number("+49762112345")
    assert len({number("115"), number("+49115"), number("110")}) == 2
    assert number("110") < number("115")


def test_what_is_no_number_is_kept_as_it_stands():
    found = number("07621 410-5301 / -5302 abends und morgens")

    assert not found.is_valid()
    assert str(found) == "07621 410-5301 / -5302 abends und morgens"


def test_a_number_is_there_where_anything_is_written():
    stored = ("", "115", "+4976214105301", "+4976214105301;ext=12", "auf Anfrage")

    assert [bool(Phone.stored_as(text)) for text in stored] == [False, True, True, True, True]
