"""Blanks: what a text lacks until staff fill it in, written ``[[name of the missing thing]]``.

They are for staff. Readers get the text without the paragraph or row of a list that holds one.
Placeholders (``core.facts``) stand in the same brackets. They are none while somebody knows what
they stand for; who shows a text fills them in first, and what is left lacks something.
"""

import re
from typing import Any, Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from lxml import html as parser

from lkintegration.core.characters import for_xml
from lkintegration.core.facts import PLACEHOLDER

BLANK: Final = r"\[\[[^<>\[\]]+\]\]"  # or a placeholder: what translators leave as it is
_BLANK = re.compile(BLANK)
_OWN_BLANK = re.compile(rf"(?!{PLACEHOLDER}){BLANK}")
_TAG_OR_BLANK = re.compile(rf"<[^>]*>|({BLANK})")
# Between the words of one blank: an editor may have set them in bold.
_INLINE_TAG = re.compile(r"</?(?:a|em|strong|br|span)\b[^>]*>", re.IGNORECASE)
_IN_WORDS = re.compile(r"\[\[[^\[\]]+\]\]")
_OWN_IN_WORDS = re.compile(rf"(?!{PLACEHOLDER}){_IN_WORDS.pattern}")
_OMISSION = "…"
_HEADINGS = ("h2", "h3")
_LISTS = ("ul", "ol")
_OF_THEIR_OWN = ("p", "li", *_LISTS, *_HEADINGS)  # blocks: their words are not those around them


def blanks(text: str) -> list[str]:
    """Return the names of the blanks in a text, formatted or not."""
    return [found[2:-2] for found in _OWN_BLANK.findall(without_inline_tags(text or ""))]


def has_brackets(text: str) -> bool:
    """Return whether there may be a blank or a placeholder in ``text``."""
    return "[[" in text


def without_inline_tags(html: str) -> str:
    """Return formatted text without the tags that may stand between the words of one blank."""
    return _INLINE_TAG.sub("", html)


def mark_blanks(html: str) -> SafeString:
    """Return safe ``html`` with every blank marked, as staff see it."""
    return mark_safe(_TAG_OR_BLANK.sub(_mark, html))  # noqa: S308  (safe as it came)


def _mark(match: re.Match[str]) -> str:
    if not match[1]:  # a tag: a blank inside an address stays what it is
        return match[0]
    # What is inside comes from safe HTML, so it is escaped already.
    return format_html("<mark>{}</mark>", mark_safe(match[0]))  # noqa: S308


def omit_blanks(text: str, *, keep_placeholders: bool = False) -> str:
    """Return one line of text, or a text without elements, with dots for every blank.

    A placeholder is one too, unless it is to be filled in later.
    """
    return (_OWN_BLANK if keep_placeholders else _BLANK).sub(_OMISSION, text)


def without_blanks(html: str, *, keep_placeholders: bool = False) -> str:
    """Return clean formatted text as readers get it: without what would only tell of a blank.

    A paragraph or row that holds a blank goes, and with it what then stands over nothing: a list
    without rows, the sentence that announced it, a heading. A heading that holds one keeps dots.
    A placeholder is a blank too, unless it is to be filled in later.
    """
    if not has_brackets(html):
        return html
    in_words = _OWN_IN_WORDS if keep_placeholders else _IN_WORDS
    root = parser.fromstring(f"<div>{for_xml(html, ' ')}</div>")
    for block in reversed(list(root.iter("p", "li"))):
        if _has_own_blank(block, in_words):
            block.drop_tree()
    for block in reversed(list(root.iter("li", *_LISTS))):
        if not block.text_content().strip():
            _drop_announcement(block)
            block.drop_tree()
    for heading in reversed(list(root.iter(*_HEADINGS))):
        if _stands_over_nothing(heading):
            heading.drop_tree()
        elif _has_own_blank(heading, in_words):
            _keep_words(heading, in_words)
    inside = str(parser.tostring(root, encoding="unicode")).strip()
    inside = inside.removeprefix("<div>").removesuffix("</div>")
    return omit_blanks(inside, keep_placeholders=keep_placeholders)


def _has_own_blank(block: Any, in_words: re.Pattern[str]) -> bool:
    """Return whether the words of ``block`` or an address in them hold a blank."""
    own = [block.text or ""]
    for child in block:
        if child.tag not in _OF_THEIR_OWN:
            own += [child.text_content(), *(link.get("href", "") for link in child.iter("a"))]
        own.append(child.tail or "")
    return bool(in_words.search("".join(own)))


def _drop_announcement(block: Any) -> None:
    before = block.getprevious()
    is_one = before is not None and before.tag == "p" and before.text_content().rstrip()[-1:] == ":"
    if block.tag in _LISTS and is_one:
        before.drop_tree()


def _stands_over_nothing(heading: Any) -> bool:
    following = heading.getnext()
    if (heading.tail or "").strip():
        return False
    return following is None or (following.tag in _HEADINGS and following.tag <= heading.tag)


def _keep_words(heading: Any, in_words: re.Pattern[str]) -> None:
    words = in_words.sub(_OMISSION, heading.text_content())
    del heading[:]
    heading.text = words
