"""Characters that nobody writes go; letters of every script stay."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from lkintegration.core.characters import (
    as_browsers_read,
    for_xml,
    is_blank,
    only_visible,
    trimmed,
    without_controls,
    without_marks,
)

pytestmark = pytest.mark.any_database

ANY_TEXT = st.text(st.characters(exclude_categories=[]))
NAMES = ["Łukasz Đỗ", "آیلا می‌خواهد", "Оксана", "李小龍", "👩‍👧 ß"]

# White space, soft hyphen, fillers, joiners, marks of direction, selectors, tags, a blank letter.
UNSEEN = [
    *"\u0020\u00a0\u1680\u2003\u2028\u202f\u3000\u00ad\u034f\u061c\u115f\u1160\u17b4\u180b\u180e",
    *"\u200b\u200c\u200d\u200e\u202e\u2060\u2064\u2066\u2069\u2800\u3164\ufe00\ufe0f\ufeff\uffa0",
    *"\ufffb\U0001d159\U0001d173\U000e0001\U000e0041\U000e007f\U000e0100\x00\x7f\ud800\uffff",
]


@given(st.text(st.sampled_from(UNSEEN)))
def test_a_text_of_which_nobody_sees_anything_is_blank(text):
    assert is_blank(text)
    assert trimmed(text) == without_controls(text) == ""


@given(
    st.text(st.sampled_from(UNSEEN)),
    st.sampled_from(["a", "ß", "م", "字", "0", "·", "👩", "\u0600"]),
)
def test_one_character_that_can_be_seen_is_a_text(unseen, seen):
    assert not is_blank(unseen + seen + unseen)
    assert seen in trimmed(unseen + seen + unseen)


@given(ANY_TEXT)
@example("\r\r\n\n\r")
@example("\x1c\x85\u2028\ud800\x00")
def test_no_character_that_nobody_writes_is_left_of_any_text(text):
    left = without_controls(text)

    assert {c for c in left if unicodedata.category(c) in {"Cc", "Cs"}} <= {"\n", "\t"}
    assert not re.search(
        "[\ufdd0-\ufdef\ufffe\uffff]|[\U0001fffe\U0001ffff\U0010fffe\U0010ffff]", left
    )
    assert without_controls(left) == left
    left.encode()


@given(ANY_TEXT)
def test_xml_holds_what_is_left_and_only_what_it_cannot_hold_goes(text):
    left = for_xml(text)
    element = etree.Element("a")
    element.text = left

    assert etree.fromstring(etree.tostring(element)).text == (left or None)
    assert for_xml(text, " ").replace(" ", "") == left.replace(" ", "")
    assert len(for_xml(text, "?")) == len(text)


@pytest.mark.parametrize("name", NAMES)
def test_names_stay_as_they_are(name):
    assert without_controls(name) == for_xml(name) == name


def test_marks_that_nobody_sees_go_from_a_number_or_a_word():
    assert without_marks("\u200e+49\u202c 7621\u2069") == "+49 7621"
    assert only_visible("\u200f٢٧\x00\t\ue000") == "٢٧"


def test_an_address_is_read_as_browsers_read_it():
    assert as_browsers_read("\x01 java\tscript\n:alert(1) ") == "javascript:alert(1)"
