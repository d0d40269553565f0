"""Templates are for people to read: how they are laid out, and how little they decide.

The indentation itself is looked after by djhtml (``make lint``).
"""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

pytestmark = pytest.mark.any_database

FOLDER = Path(__file__).resolve().parents[2] / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html"))
PARTS = [path for path in TEMPLATES if {"components", "includes"} & set(path.parts)]
MOST_CHARACTERS = 120
CODE = re.compile(r"{%.*?%}|{{.*?}}")
COMMENT = re.compile(r"{% comment %}(.*?){% endcomment %}", re.DOTALL)
BLOCK = re.compile(
    r"<(address|article|aside|blockquote|body|caption|dd|details|div|dl|dt|fieldset|figure|footer|form"
    r"|h\d|h\{\{|head|header|html|legend|li|main|nav|ol|p|section|select|svg|table|tbody|td|tfoot|th|thead"
    r"|tr|ul)\b"
)
# White space inside the tags of these is seen: they hold theirs on one line.
INLINE_OPENS = re.compile(
    r"<(a|b|bdi|button|code|del|em|i|ins|mark|small|span|strong|time)\b[^<>]*>$"
)
MEMO = re.compile(r"{% memo .*?%}(.*?){% endmemo %}", re.DOTALL)
CONDITION = re.compile(r"{% (?:el)?if (.*?) %}")
# Django's own, which know some languages only in part; the admin is German.
HALF_KNOWN = re.compile(r"\|(?:date|time|floatformat|intcomma)\b|{% now |}}\s*%|[%}]}[,:]\s")
VOID = {"br", "hr", "img", "input", "link", "meta"}


def named(path):
    return str(path.relative_to(FOLDER))


def lines_of(path):
    """Return the lines that are no comment, with their numbers."""
    text = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), path.read_text(encoding="utf-8"))
    return enumerate(text.splitlines(), 1)


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_is_laid_out_for_reading(path):
    text = path.read_text(encoding="utf-8")
    assert text.endswith("\n")
    assert "\t" not in text
    for number, line in enumerate(text.splitlines(), 1):
        assert len(line) <= MOST_CHARACTERS, f"{named(path)}:{number}"
    for number, line in lines_of(path):
        assert len(BLOCK.findall(line)) <= 1, f"{named(path)}:{number}: one element a line"
        assert not INLINE_OPENS.search(CODE.sub("…", line)), f"{named(path)}:{number}: a space"


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_dates_numbers_and_signs_come_from_one_place(path):
    text = path.read_text(encoding="utf-8")
    assert "admin" in path.parts or not HALF_KNOWN.findall(text)


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_decides_by_one_condition_and_asks_for_no_kind(path):
    for condition in CONDITION.findall(path.read_text(encoding="utf-8")):
        words = re.sub(r'"[^"]*"', '""', condition).split()
        assert not {"and", "or"} & set(words), f"{condition}: say it in Python"
        assert '""' not in words, f"{condition}: a name instead of a text"


class Elements(HTMLParser):
    """Notes the elements that are open, and an end without a beginning."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> begins elsewhere"
        assert self.open.pop() == tag


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_what_is_remembered_is_whole(path):
    for body in MEMO.findall(path.read_text(encoding="utf-8")):
        elements = Elements()
        elements.feed(CODE.sub("", body))
        assert not elements.open


@pytest.mark.parametrize("path", PARTS, ids=named)
def test_a_part_says_what_it_is_and_what_it_needs(path):
    (words,) = COMMENT.findall(path.read_text(encoding="utf-8"))[:1]
    assert re.search(r"Input: |Uses |No input\.", words)
