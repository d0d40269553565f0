"""Has lxml's parser tell about pasted HTML, of some elements as of single signs.

The parser tells tags, attributes and text apart as browsers do. But it ends an element for
formatting where a block begins or ends, and browsers where its end tag stands; and a nest of them
grows with the square of a text that is made to do harm. So it is told of them as of signs without
content, and the reader says where they end.
"""

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from lkintegration.core.pasted.styles import StyleSheet, names_in

HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
LISTS = {"ul": "ul", "menu": "ul", "dir": "ul", "ol": "ol"}
FRAMES = names_in("html body head thead tbody tfoot colgroup")
BLOCKS = names_in(
    """
    address article aside blockquote caption center dd details dialog div dl dt fieldset
    figcaption figure footer form header hgroup legend li main nav optgroup option p pre listing
    xmp plaintext search section summary table td th tr
    """
).union(HEADINGS, LISTS)
VOID = names_in("area base basefont br col frame hr img input isindex link meta param")
# Hold text in which no element begins.
RAW = names_in("style script title textarea xmp plaintext noscript iframe noframes noembed")
BLOCK = "-"  # any that has ended: the parser is silent about one that it has ended already

_SIGN, _OPENS, _CLOSES = "img", "data-opens", "data-closes"
_FORMATS = "a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u|wbr"
_NO_SIGNS = "|".join(sorted(VOID | RAW))
_FORMAT = re.compile(rf"<(/?)({_FORMATS})(?=[\s/>])", re.IGNORECASE)
_ANY = re.compile(rf"<(/?)((?!(?:{_NO_SIGNS})[\s/>])[a-z][\w:-]*)", re.IGNORECASE)
_END_OF_BLOCK = re.compile(rf"(?=</(?:{'|'.join(sorted(BLOCKS))})[\s>])", re.IGNORECASE)
_IN_TEXT = re.compile(rf"<{_SIGN} ({_OPENS}|{_CLOSES})=(?:{BLOCK}>|([\w:-]+) )")


def with_signs(html: str, *, for_all: bool) -> str:
    """Return ``html`` with signs for elements for formatting, or for all that can be nested."""
    marked = _END_OF_BLOCK.sub(f"<{_SIGN} {_CLOSES}={BLOCK}>", html)
    return (_ANY if for_all else _FORMAT).sub(_sign, marked)


def _sign(match: re.Match[str]) -> str:
    return f"<{_SIGN} {_CLOSES if match[1] else _OPENS}={match[2]} "


def without_signs(text: str) -> str:
    """Return the text of an element of ``RAW`` as it was before ``with_signs``."""
    return _IN_TEXT.sub(_tag, text)


def _tag(sign: re.Match[str]) -> str:
    return f"<{'/' if sign[1] == _CLOSES else ''}{sign[2]}" if sign[2] else ""


def opened_by(name: str, attributes: Mapping[str, str]) -> str:
    """Return the name of the element that begins with a sign; empty where it is none."""
    return attributes.get(_OPENS, "").lower() if name == _SIGN else ""


def closed_by(name: str, attributes: Mapping[str, str]) -> str:
    """Return the name of the element that ends with a sign; empty where it is none."""
    return attributes.get(_CLOSES, "").lower() if name == _SIGN else ""


def parse(html: str, target: Any) -> Any:
    """Have the parser tell ``target`` about ``html``; return what its ``close`` returns."""
    parser = etree.HTMLParser(target=target, huge_tree=True)
    parser.feed(html)
    return parser.close()


def sheet_of(html: str) -> StyleSheet:
    """Return the rules of all ``style`` elements, wherever they stand."""
    return StyleSheet(parse(html, _Styles()) if "<style" in html.lower() else "")


class _Styles:
    """Takes the style sheets for screens."""

    def __init__(self) -> None:
        self._css: list[str] = []
        self._reads = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._reads = name == "style" and attributes.get("media", "all") in ("", "all", "screen")

    def end(self, name: str) -> None:
        self._reads = False

    def data(self, text: str) -> None:
        if self._reads:
            self._css.append(text)

    def close(self) -> str:
        return "".join(self._css)
