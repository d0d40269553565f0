"""When two texts are the same German, and when they are not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkintegration.core.comparison import gist

GERMAN = "<p>Öffnungs­zeiten: täglich 9–12 Uhr.</p>\n<ul>\n<li>Weil am Rhein</li>\n</ul>"
SAME = {
    "decomposed": unicodedata.normalize("NFD", GERMAN),
    "without line feeds": GERMAN.replace("\n", ""),
    "with line ends of Windows": GERMAN.replace("\n", "\r\n"),
    "with blanks": f" {GERMAN.replace(' ', '  ')} ",
    "kept together": GERMAN.replace("9–12 Uhr", "9–12&nbsp;Uhr"),
    "kept together by a narrow space": GERMAN.replace("12 Uhr", "12\u202fUhr"),
    "without soft hyphens": GERMAN.replace("\xad", ""),
    "with marks of direction": GERMAN.replace("Weil", "\u200eWeil\u200e"),
    "with a mark of Unicode": "\ufeff" + GERMAN,
    "in bold": GERMAN.replace("Weil", "<strong>Weil</strong>"),
    "as paragraphs": GERMAN.replace("<ul>\n<li>", "<p>").replace("</li>\n</ul>", "</p>"),
}
OTHER = {
    "another number": GERMAN.replace("9", "8"),
    "another word": GERMAN.replace("täglich", "taglich"),
    "a capital letter": GERMAN.replace("täglich", "Täglich"),
    "a full stop less": GERMAN.replace("Uhr.", "Uhr"),
    "two words in one": GERMAN.replace("am Rhein", "amRhein"),
    "a link": GERMAN.replace("Weil", '<a href="page:kontakt">Weil</a>'),
}


@pytest.mark.parametrize("name", SAME)
def test_what_programs_change_is_no_other_german(name):
    assert SAME[name] != GERMAN
    assert gist(SAME[name]) == gist(GERMAN)


@pytest.mark.parametrize("name", OTHER)
def test_what_a_reader_would_notice_is_other_german(name):
    assert gist(OTHER[name]) != gist(GERMAN)


def test_other_addresses_are_other_german():
    link = '<a href="{}">Rufen</a>'.format
    assert gist(link("tel:+491")) != gist(link("tel:+492"))


def test_a_list_in_a_list_is_the_same_with_and_without_line_feeds():
    lists = "<ul>\n<li>Eins\n<ul>\n<li>Zwei</li>\n</ul>\n</li>\n</ul>"
    assert gist(lists.replace("\n", "")) == gist(lists) == "Eins Zwei"


def test_powers_and_hyphens_are_letters():
    assert gist("25 m²") != gist("25 m2")
    assert gist("E\u2011Mail") == gist("E-Mail")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_normal_forms_and_white_space_never_count(text):
    plain = text.replace("<", "").replace("&", "")
    changed = unicodedata.normalize("NFD", f"\n{plain}\u00a0").replace(" ", "\u2003\r\n")
    assert gist(changed) == gist(plain)
