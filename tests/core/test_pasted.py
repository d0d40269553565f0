"""Text from word processors comes out clean: our elements only, its words, nothing empty."""

import re

import pytest
from lxml import html

from lkintegration.core.richtext import clean_html, render_html
from tests.core.pasted import PASTED
from tests.core.test_richtext import ALLOWED, Elements

pytestmark = pytest.mark.any_database

EMPTY = re.compile(r"<(\w+)[^>]*>(?:\s|&nbsp;|<br>)*</\1>")
BLOCKS = [
    ("h2", "Sprechstunde"),
    ("p", "Jeden Dienstag sind wir da, auch abends."),
    ("ul/li", "Ausweis"),
    ("ul/li", "Zeugnisse"),
    ("ol/li", "Anrufen"),
    ("ol/li", "Kommen"),
    ("p", "Mehr lesen"),
]


def assert_clean_paste(clean):
    """Check that clean HTML is the text of the samples, made of our elements."""
    found = Elements(clean).found
    assert {tag for tag, _attributes in found} <= ALLOWED
    assert [attributes for _tag, attributes in found if attributes] == [
        {"href": "https://example.org/"}
    ]
    assert not EMPTY.search(clean)
    rows = html.fragment_fromstring(clean, "div").xpath("./h2|./h3|./p|./ul/li|./ol/li")
    tags = [row.tag if row.tag != "li" else f"{row.getparent().tag}/li" for row in rows]
    texts = [" ".join(row.text_content().split()) for row in rows]
    assert list(zip(tags, texts, strict=True)) == BLOCKS


@pytest.mark.parametrize("program", PASTED)
def test_a_pasted_text_keeps_its_words_and_its_form_and_nothing_else(program):
    assert_clean_paste(clean_html(PASTED[program]))
    assert_clean_paste(render_html(PASTED[program]))


@pytest.mark.parametrize("program", ["word", "libreoffice"])
def test_what_is_bold_stays_bold(program):
    clean = html.fragment_fromstring(clean_html(PASTED[program]), "div")

    assert clean.xpath("string(.//strong)") == "Jeden Dienstag"
    assert clean.xpath("string(.//em)") == "auch abends"


@pytest.mark.parametrize(
    "html",
    [
        "<p>a</p><p>&nbsp;</p><p></p><p> <br> </p><h2><strong>&nbsp;</strong></h2><p>b</p>",
        "<br><p>a</p><br><br><p>b</p><br>",
        "<p>a</p><ul><li></li><li><p>&nbsp;</p></li></ul><p>b</p>",
        '<p>a</p><p><a href="https://example.org/"> </a></p><p>b</p>',
    ],
)
def test_nothing_empty_stays(html):
    assert clean_html(html) == "<p>a</p><p>b</p>"


def test_a_space_that_was_marked_stays_a_space():
    assert clean_html("<p>a<strong> </strong>b<br>c</p>") == "<p>a b<br>c</p>"


def test_blocks_of_other_programs_do_not_run_together():
    assert clean_html("<h1>a</h1><div>b</div><div>c<h5>d</h5></div>") == (
        "<h2>a</h2><p>b</p><p>c</p><h3>d</h3>"
    )
    assert clean_html("<table><tr><td>a</td><td>b</td></tr></table>") == "<p>a</p><p>b</p>"


@pytest.mark.parametrize(
    "text",
    ["1.&nbsp;Mai: geschlossen", "–&nbsp;so nicht", "z.&nbsp;B. hier", "1. und 2.", "·", "o weh"],
)
def test_german_typography_is_no_list(text):
    assert clean_html(f"<p>{text}</p>") == f"<p>{text}</p>"
