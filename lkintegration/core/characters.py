"""Characters that we do not take, and what stands in a text in their place.

A text that nobody typed comes with line breaks of Word, marks of direction, halves of characters.
Each function says for whom its result is fit; none of them touches a letter of any script.
"""

import re
import unicodedata

import icu

# What XML 1.0 cannot hold (section 2.2): a vertical tab, which is Word's line break, among them.
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Control characters but tab and line feed, surrogates, and the 66 code points that are none
# (Unicode, 23.7). Not the whole category Cn, in which every emoji stands that is younger than
# this Python.
_LAST_OF_PLANES = "".join(
    chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
_CONTROLS = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_LAST_OF_PLANES}]+")
# What readers see nothing of, as the Unicode Character Database says: spaces, controls, marks of
# direction, joiners, soft hyphens, fillers, variation selectors, tags. Signs before Arabic numbers
# can be seen although they are of the category Cf; the last two are signs without a shape.
_UNSEEN = icu.UnicodeSet(
    "[[:White_Space:][:Cc:][:Cs:][:Noncharacter_Code_Point:][:Default_Ignorable_Code_Point:]"
    "[[:Cf:]-[:Prepended_Concatenation_Mark:]]\u2800\U0001d159]"
)


def _in_brackets(characters: icu.UnicodeSet) -> str:
    """Return ``characters`` as they stand inside the brackets of a regular expression."""
    return "".join(
        rf"\U{ord(characters.getRangeStart(n)):08x}-\U{ord(characters.getRangeEnd(n)):08x}"
        for n in range(characters.getRangeCount())
    )


UNSEEN = _in_brackets(_UNSEEN)
_SEEN = re.compile(f"[^{UNSEEN}]")
_MARKS = re.compile(f"[{_in_brackets(icu.UnicodeSet('[:Cf:]'))}]+")
_C0 = "".join(map(chr, range(0x20)))
# Hyphens, dashes and the minus sign; what stands in full width, as Chinese and Japanese type it.
_ON_OUR_KEYS = {ord(c): "-" for c in "‐‑‒–—―−﹣"} | {0xFEE0 + key: key for key in range(0x21, 0x7F)}
_LINE_BREAKS = re.compile(r"[\t\n\r]")


def is_blank(text: str) -> bool:
    """Return whether nobody sees anything of ``text``: then it counts as none, everywhere.

    Inside a text the same characters stay: Persian and emoji need joiners.
    """
    return not _SEEN.search(text)


def trimmed(text: str) -> str:
    """Return ``text`` without white space around it; empty where nobody sees anything of it."""
    return "" if is_blank(text) else text.strip()


def for_xml(text: str, instead: str = "") -> str:
    """Return ``text`` as XML may hold it, with ``instead`` for what it cannot."""
    return NOT_IN_XML.sub(instead, text)


def with_plain_line_ends(text: str) -> str:
    """Return ``text`` with one kind of line ends: programs and browsers change them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def without_controls(text: str) -> str:
    """Return ``text`` with plain line ends and without control and non-characters.

    Direction marks and joiners stay: Arabic, Persian and emoji need them.
    """
    return trimmed(_CONTROLS.sub("", with_plain_line_ends(text)))


def without_marks(text: str) -> str:
    """Return ``text`` without invisible marks, which come along with a copied address or number."""
    return _MARKS.sub("", text).strip()


def only_visible(text: str) -> str:
    """Return ``text`` without anything that cannot be seen: for one word, a number, a choice."""
    return "".join(c for c in text if unicodedata.category(c)[0] != "C").strip()


def as_typed(text: str) -> str:
    """Return one line as the keys of a telephone or a German keyboard write it.

    Digits of any script, dashes, blanks and signs in full width become ours: for a number, a time.
    """
    signs = without_marks(text).translate(_ON_OUR_KEYS)
    digits = (str(unicodedata.decimal(c)) if c.isdecimal() else c for c in signs)
    return " ".join("".join(digits).split())


def as_browsers_read(address: str) -> str:
    """Return an address as browsers read it, so that what is looked for in it is found.

    WHATWG URL, "basic URL parser": control characters and spaces around it and line breaks within
    do not count.
    """
    return _LINE_BREAKS.sub("", address.strip(_C0 + " "))
