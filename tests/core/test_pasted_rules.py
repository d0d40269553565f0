"""Whatever is pasted: it is read once, nothing is lost or doubled, and the work stays bounded."""

import re
import sys
from html import escape, unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lkintegration.core.richtext import clean_html, read_pasted

pytestmark = pytest.mark.any_database

WORDS = st.text("ab <&>\n\xa0·1.2", max_size=5).map(escape) | st.sampled_from(
    ["·&nbsp;&nbsp; a", "1.&nbsp;&nbsp; b", "[[c]]", "\r", "&#11;", "\u200b", "ﷺ"]
)
TAGS = re.findall(
    r"\S+",
    "p div h1 h4 ul ol li table tr td th b i strong em a span font sub sup br hr img pre dl dd"
    " tbody caption col o:p",
)
ATTRIBUTES = (
    *("", "", "", " style='font-weight:bold'", " style='font-weight:400'", " href='/a'"),
    *(" href='javascript:a'", " style='mso-list:l0 level2 lfo1'", " style='display:block'"),
    *(" colspan=2", " rowspan=2", " start=2", " style='white-space:pre'"),
)
HIDING = (
    *(" hidden", " style='mso-list:Ignore'", " style='font-size:0'", " href='#cmnt_ref1'"),
    *(" style='text-decoration:line-through'", " style='visibility:hidden'"),
)


def pieces(attributes):
    """Return a strategy for HTML of any kind, well made or not."""
    starts = st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(attributes))
    ends = st.sampled_from(TAGS).map("</{}>".format)
    return st.lists(WORDS | starts | ends, max_size=16).map("".join)


@settings(max_examples=300)
@given(pieces((*ATTRIBUTES, *HIDING)))
def test_reading_twice_changes_nothing(theirs):
    once = clean_html(theirs)

    assert clean_html(once) == once


@settings(max_examples=300)
@given(pieces(ATTRIBUTES))
def test_nothing_that_is_shown_is_lost_or_doubled(theirs):
    """Compare the letters; digits may be raised, and bullets and numbers become a list."""

    def letters(text):
        return re.sub("[^abcﷺ]", "", unescape(re.sub("<[^>]*>", "", text)))

    read = read_pasted(theirs)

    assert letters(read.html) == letters(theirs)
    assert read.left_out == []


HOSTILE = {
    "formats in each other": ("<b id={0}>", "<p>x"),
    "blocks in each other": ("<div>", "x"),
    "lists that go on": ("<ol start={0}><li>x</ol>", ""),
    "lists in lists": ("<ul><li>x", ""),
    "tables in tables": ("<table><tr><td>x", ""),
    "crossed": ("<b><i><u>x</b>", ""),
    "powers of powers": ("<sup>2<p>", ""),
    "empty lists": ("<ul></ul>", "<li>x</li><p>"),
    "wide spans": ("<tr><td colspan={0}><td rowspan=9>x", ""),
    "open brackets": ("<", "<!--"),
    "long styles": ("<p style='font:{0}{0}{0}{0}x;clip:rect(0,0,0,'>x", ""),
    "comments": ("<a href=#cmnt_ref>x", ""),
    "open cells": ("<td><b><i>x", ""),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_work_grows_with_the_length_of_a_text_only(kind):
    """Count calls, which are the same on every machine."""

    def calls(times):
        counted = 0

        def count(frame, event, argument):
            nonlocal counted
            counted += 1

        first, second = HOSTILE[kind]
        text = "".join(first.format(n) for n in range(times)) + second * times
        sys.setprofile(count)
        try:
            clean = clean_html(text)
        finally:
            sys.setprofile(None)
        assert len(clean) <= 12 * len(text) + 100
        return counted

    calls(20)
    assert 3 * calls(5_000) < 7 * calls(2500)  # the square would be four times
