"""What staff still have to fill in is theirs to see; readers never learn of it."""

import pytest

from lkintegration.core.blanks import blanks, mark_blanks, omit_blanks, without_blanks
from lkintegration.core.richtext import render_html
from tests.core.test_richtext import Elements


def test_blanks_are_told_apart_from_other_brackets():
    text = "<p>[[Name]] und [[<strong>Anschrift</strong>]], [keine] Lücke [[]]</p>"

    assert blanks(text) == ["Name", "Anschrift"]
    assert not blanks("")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<p>Amt</p><p>E-Mail: [[E-Mail &amp; Fax]]</p>", "<p>Amt</p>"),
        ("<ul><li>Amt</li><li>E-Mail: [[E-Mail]]</li></ul>", "<ul><li>Amt</li></ul>"),
        ("<ul><li><p>Amt</p><p>[[E-Mail]]</p></li></ul>", "<ul><li><p>Amt</p></li></ul>"),
        ("<p>Amt</p><p>[[<em>E-Mail</em>]] und <strong>mehr</strong></p>", "<p>Amt</p>"),
        ("<p>Amt</p><p>[[a &lt; b]]</p>", "<p>Amt</p>"),
        ('<p>Amt</p><p><a href="https://example.org/[[Name]]">Name</a></p>', "<p>Amt</p>"),
        ("<ul><li>Amt<ul><li>[[E-Mail]]</li></ul></li></ul>", "<ul><li>Amt</li></ul>"),
        ("<ul><li>[[Amt]]:<ul><li>Telefon</li></ul></li></ul><p>Ende</p>", "<p>Ende</p>"),
    ],
)
def test_a_paragraph_or_row_with_a_blank_is_not_shown(text, shown):
    assert render_html(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<p>Amt</p><h2>Aufsicht</h2><p>[[Behörde]]</p>", "<p>Amt</p>"),
        ("<h2>Aufsicht</h2><p>[[Behörde]]</p><h2>Amt</h2><p>x</p>", "<h2>Amt</h2><p>x</p>"),
        ("<h2>A</h2><h3>B</h3><p>[[C]]</p><h3>D</h3><p>x</p>", "<h2>A</h2><h3>D</h3><p>x</p>"),
        ("<p>Amt</p><h2>A</h2><h3>B</h3><ul><li>[[C]]</li></ul>", "<p>Amt</p>"),
        ("<p>Amt</p><p>So erreichen Sie es:</p><ul><li>[[E-Mail]]</li></ul>", "<p>Amt</p>"),
        ("<p>Das Amt.</p><ul><li>[[E-Mail]]</li></ul>", "<p>Das Amt.</p>"),
    ],
)
def test_nothing_is_left_that_stood_over_it_alone(text, shown):
    assert render_html(text) == shown


@pytest.mark.parametrize("text", ["<p>[[Name]]</p>", "<h2>A</h2><ul><li>[[B]]</li></ul>"])
def test_a_text_of_blanks_alone_is_empty(text):
    assert render_html(text) == ""


def test_where_something_must_stand_dots_do():
    assert render_html("<h2>Das Team [[<em>Name</em>]]</h2><p>x</p>") == (
        "<h2>Das Team …</h2><p>x</p>"
    )
    assert omit_blanks("Das Team: [[Name]] & Co.") == "Das Team: … & Co."
    assert without_blanks("lose [[Name]]") == "lose …"


@pytest.mark.parametrize(
    "text",
    [
        "<p>a &amp; b &lt;c&gt; 1\xa0€<br>d</p><ul><li><p>e</p></li></ul>",
        '<p><strong>a</strong> <a href="/x/?a=1&amp;b=2">b</a></p>',
    ],
)
def test_all_else_stays_as_it_is(text):
    assert without_blanks(text) == text
    assert without_blanks(f"{text}<p>[[Name]]</p>") == text


@pytest.mark.parametrize("text", ["[[", "<p>[[x</p><p>y]]</p>", "[[a]]<div>", "<p>]]x[[</p>"])
def test_brackets_that_do_not_close_break_nothing(text):
    assert "<mark" not in render_html(text)


def test_staff_see_where_something_is_missing():
    assert render_html("<p>E-Mail: [[E-Mail &amp; Fax]]</p>", for_staff=True) == (
        "<p>E-Mail: <mark>[[E-Mail &amp; Fax]]</mark></p>"
    )
    assert mark_blanks("[[a]] und [[b]]").count("<mark") == 2


def test_a_blank_inside_an_address_does_not_break_the_link_for_staff():
    html = render_html('<a href="https://example.org/[[Name]]">x</a>', for_staff=True)

    assert Elements(html).found == [("a", {"href": "https://example.org/[[Name]]"})]
