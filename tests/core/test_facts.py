"""Placeholders are told apart from blanks, and filled in where they stand."""

import pytest

from lkintegration.core.blanks import blanks, omit_blanks, without_blanks
from lkintegration.core.facts import fill_html, fill_text, names_facts

PHONE = "[[telefon:buero]]"


def linked(placeholder, may_link):
    return f"<a>{placeholder[2:-2]}</a>" if may_link else placeholder[2:-2]


def test_a_placeholder_is_no_blank_and_a_blank_no_placeholder():
    text = f"<p>{PHONE}, [[Aufsichtsbehörde]], [[fax:max-muster]], [[Name: noch offen]]</p>"

    assert blanks(text) == ["Aufsichtsbehörde", "Name: noch offen"]
    assert names_facts(text)
    assert not names_facts("<p>[[Aufsichtsbehörde]] [telefon:buero]</p>")


@pytest.mark.parametrize(
    ("html", "filled"),
    [
        (f"<p>Ruf {PHONE} an</p>", "<p>Ruf <a>telefon:buero</a> an</p>"),
        (
            f'<a href="/">Ruf {PHONE}</a> {PHONE}',
            '<a href="/">Ruf telefon:buero</a> <a>telefon:buero</a>',
        ),
        (f'<a href="tel:{PHONE}">x</a>', f'<a href="tel:{PHONE}">x</a>'),
        ("<p>[[Lücke]]</p>", "<p>[[Lücke]]</p>"),
    ],
)
def test_html_is_filled_in_without_a_link_in_a_link(html, filled):
    assert fill_html(html, linked) == filled


def test_what_is_not_known_stays():
    assert fill_text(f"Ruf {PHONE} an", lambda _placeholder: None) == f"Ruf {PHONE} an"


def test_what_nobody_has_filled_in_is_a_blank_unless_it_will_be():
    html = f"<p>Amt</p><p>Telefon: {PHONE}</p>"

    assert without_blanks(html) == "<p>Amt</p>"
    assert without_blanks(html, keep_placeholders=True) == html
    assert omit_blanks(f"{PHONE} [[x]]") == "… …"
    assert omit_blanks(f"{PHONE} [[x]]", keep_placeholders=True) == f"{PHONE} …"
