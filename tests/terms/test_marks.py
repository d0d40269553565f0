"""The first time a page uses an explained word, the word leads to its explanation."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkintegration.core.german_words import mark_german_words
from lkintegration.core.languages import BY_CODE
from lkintegration.serving.reader_texts import PLAIN_END, PLAIN_START
from lkintegration.terms.inflection import forms_of
from lkintegration.terms.marks import Finder, find_terms, link_terms

pytestmark = pytest.mark.any_database

WORDS = {
    "kreistag": "Kreistag",
    "landratsamt": "Landratsamt",
    "jmd": "JMD",
    "sprache": "Leichte Sprache",
    "leicht": "Leichte Sprache im Amt",
    "behoerde": "Ausländerbehörde",
}
FINDER = Finder({key: forms_of(word) for key, word in WORDS.items()})
LINK = re.compile(r'<a href="#w-(\w+)">([^<]*)</a>')


def mark_terms(html, finder, language, skip=()):
    """Return the page with its links, and the keys of these."""
    terms = find_terms(html, finder, language, skip)
    return link_terms(html, terms), [term.key for term in terms]


def marked(html, language="de", skip=()):
    """Return ``html`` with "[word](key)" for each link to an explanation."""
    return LINK.sub(r"[\2](\1)", mark_terms(html, FINDER, language, skip)[0])


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Der Kreistag.</p>", "<p>Der [Kreistag](kreistag).</p>"),
        ("<p>„Kreistag“ (JMD)</p>", "<p>„[Kreistag](kreistag)“ ([JMD](jmd))</p>"),
        ("<li>des Kreistages</li>", "<li>des [Kreistages](kreistag)</li>"),
        ("<p>Ausländer-Behörde</p>", "<p>[Ausländer-Behörde](behoerde)</p>"),
        ("in Leichter\nSprache", "in [Leichter\nSprache](sprache)"),
        ("Leichte&nbsp;Sprache", "[Leichte&nbsp;Sprache](sprache)"),
        ("Leichte Sprache im Amt", "[Leichte Sprache im Amt](leicht)"),
        ("Leichte Kost", "Leichte Kost"),
        ("kreistag, Kreistagswahl, Kreistags-Sitzung, Kreistag-", None),
        ("a@Kreistag.de, Kreistag.de, /Kreistag, JMD-Beratung", None),
        ("<td>JMD</td><dd>Kreistag</dd>", "<td>[JMD](jmd)</td><dd>[Kreistag](kreistag)</dd>"),
    ],
)
def test_words_are_marked_as_texts_write_them(html, expected):
    assert marked(html) == (expected or html)


def test_only_the_first_occurrence_leads_to_the_explanation():
    html = "<h2>Kreistag</h2><p>Kreistag und JMD</p><p>Kreistag, JMD</p>"

    page, keys = mark_terms(html, FINDER, "de")

    assert LINK.sub(r"[\2]", page) == (
        "<h2>Kreistag</h2><p>[Kreistag] und [JMD]</p><p>Kreistag, JMD</p>"
    )
    assert keys == ["kreistag", "jmd"]


def test_a_word_is_not_explained_on_its_own_page():
    assert marked("Kreistag und JMD", skip={"kreistag"}) == "Kreistag und [JMD](jmd)"


@pytest.mark.parametrize(
    "quiet",
    [
        *(f"<h{level}>Kreistag</h{level}>" for level in range(1, 7)),
        '<a href="/">der <b>Kreistag</b> tagt</a>',
        "<button>Kreistag</button>",
        "<details><summary>Kreistag</summary><p>Kreistag</p></details>",
        "<form><p>Kreistag</p><label>Kreistag</label></form>",
        "<select><option>Kreistag</option></select>",
        "<nav><p>Kreistag</p></nav>",
        "<dl><dt>Kreistag</dt></dl>",
        "<table><caption>Kreistag</caption><tr><th>Kreistag</th></tr></table>",
        "<address>Kreistag</address>",
        '<p class="hidden">Kreistag</p>',
        '<p class="badge hidden">Kreistag</p>',
        '<p class="muted">Quelle: Kreistag</p>',
        '<p class="lead">Unser Kreistag</p>',
        '<p class="hint">Fragen Sie den Kreistag</p>',
        '<p class="badges"><span>Kreistag</span></p>',
        "<span hidden>Kreistag</span>",
        '<span aria-hidden="true">Kreistag</span>',
        "<svg><title>Kreistag</title></svg>",
        "<!-- Kreistag -->",
        '<img alt="Kreistag">',
        '<span lang="en">Kreistag</span>',
    ],
)
@pytest.mark.parametrize("code", ["de", "ar"])
def test_headings_links_forms_and_what_is_folded_away_stay_as_they_are(quiet, code):
    html = f'<div lang="de">{quiet}</div><p><bdi lang="de">JMD</bdi></p>'

    assert marked(html, code) == html.replace("JMD", "[JMD](jmd)")


def test_a_text_can_be_left_alone():
    html = f"<p>JMD</p>{PLAIN_START}<p>Kreistag</p>{PLAIN_END}<p>Landratsamt, Kreistag</p>"

    assert marked(html) == (
        "<p>[JMD](jmd)</p><p>Kreistag</p><p>[Landratsamt](landratsamt), [Kreistag](kreistag)</p>"
    )


@pytest.mark.parametrize("code", ["ar", "fa", "uk", "ru"])
def test_in_another_script_the_link_stands_within_the_run_of_latin_letters(code):
    """So the words of the run keep their order where text runs from right to left."""
    html = mark_german_words("<p>نص (Landratsamt Lörrach، JMD)</p>", code)

    assert marked(html, code) == (
        '<p>نص (<bdi lang="de">[Landratsamt](landratsamt) Lörrach</bdi>، '
        '<bdi lang="de">[JMD](jmd)</bdi>)</p>'
    )


def test_in_latin_letters_a_word_is_german_only_where_it_is_marked_so():
    finder = Finder({"kreistag": ["Kreistag"], "integration": ["Integration"]})
    html = mark_german_words("Integration in the Kreistag", "en")

    assert LINK.sub(r"[\2]", mark_terms(html, finder, "en")[0]) == (
        'Integration in the <bdi lang="de">[Kreistag]</bdi>'
    )


def test_a_text_that_is_not_translated_is_german():
    html = '<p>نص</p><div lang="de" dir="ltr"><h2>JMD</h2><p>Der Kreistag</p></div><p>JMD</p>'

    assert marked(html, "ar") == html.replace("Der Kreistag", "Der [Kreistag](kreistag)")


def test_without_words_nothing_is_found():
    assert mark_terms("<p>Kreistag</p>", Finder({}), "de") == ("<p>Kreistag</p>", [])


PIECES = re.findall(
    "[^|]+",
    'JMD|Kreistag|Leichte |Sprache|نص| |-|.|&nbsp;|&|<|>|"|<p>|</p>|<p lang="de">|<bdi lang="de">'
    '|</bdi>|<br>|<svg>|</svg>|<!--|-->|<a title="JMD">|</a>|<h2>|</h2>|<form>|</form>|<img>'
    "|<!--plain-->|<!--/plain-->",
)


@given(
    st.lists(st.sampled_from(PIECES), max_size=20).map("".join), st.sampled_from(sorted(BY_CODE))
)
def test_nothing_changes_but_that_words_become_links(html, code):
    page, keys = mark_terms(html, FINDER, code)

    assert [key for key, _word in LINK.findall(page)] == keys
    assert len(set(keys)) == len(keys)
    assert LINK.sub(r"\2", page) == html.replace(PLAIN_START, "").replace(PLAIN_END, "")
