"""Text from word processors, made of what our formatted text has, as far as it says the same.

The functions see HTML as text. That is no danger: the first one's result is still to be cleaned,
and the second one reads what the cleaner wrote, in which every "<" begins one of our elements.
"""

import re
from functools import partial

from lkintegration.core.characters import UNSEEN

_OURS = {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}
_OURS |= dict.fromkeys(("div", "td", "th"), "p")
_THEIRS = re.compile(rf"<(/?)({'|'.join(_OURS)})(?=[\s/>])([^<>]*)>", re.IGNORECASE)
# Google Docs puts all of a text into such an element.
_NOT_BOLD = re.compile(r"font-weight:\s*(normal|400)", re.IGNORECASE)

_NOTHING = rf"((?:[{UNSEEN}]|&nbsp;|<br>)*)"
_EMPTY_BLOCK = re.compile(rf"<(p|h2|h3|li|ul|ol)>{_NOTHING}</\1>\s*")
_EMPTY_WORDS = re.compile(rf'<(strong|em|a)(?: href="[^"]*")?>{_NOTHING}</\1>')
_BREAK_BETWEEN_BLOCKS = re.compile(r"(^|</(?:p|h2|h3|ul|ol)>)\s*(?:<br>\s*)+")

# Word writes lists as paragraphs: bullet or number, spaces that do not break, text. A single such
# space is German typography ("1. Mai").
_ITEM = r"<p>(?:{})(?:\s|&nbsp;)*?&nbsp;\s*&nbsp;(?:\s|&nbsp;)*((?:(?!</p>).)+)</p>\s*"
_LISTS = {
    element: (re.compile(f"(?:{item})+", re.DOTALL), re.compile(item, re.DOTALL))
    for element, item in (
        ("ul", _ITEM.format("[·•▪§o–-]")),
        ("ol", _ITEM.format(r"\d{1,3}[.)]")),
    )
}


def in_our_elements(html: str) -> str:
    """Return raw ``html`` with the elements named as ours that mean the same."""
    return _THEIRS.sub(_renamed, html)


def _renamed(match: re.Match[str]) -> str:
    end, name, attributes = match.groups()
    return "" if _NOT_BOLD.search(attributes) else f"<{end}{_OURS[name.lower()]}>"


def tidied(html: str) -> str:
    """Return cleaned ``html`` without empty elements, and with Word's lists as lists."""
    before = None
    while html != before:
        before = html
        html = _EMPTY_BLOCK.sub("", _EMPTY_WORDS.sub(r"\2", html))
        html = _BREAK_BETWEEN_BLOCKS.sub(r"\1", html)
    for element, (rows, row) in _LISTS.items():
        html = rows.sub(partial(_list, element, row), html)
    return html


def _list(element: str, row: re.Pattern[str], match: re.Match[str]) -> str:
    items = "".join(f"<li>{item.strip()}</li>" for item in row.findall(match[0]))
    return f"<{element}>{items}</{element}>"
