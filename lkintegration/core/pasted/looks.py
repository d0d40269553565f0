"""How words look in the program that they come from: marked, or not to be seen at all."""

from collections.abc import Mapping
from itertools import count
from typing import NamedTuple

from lkintegration.core.characters import as_browsers_read
from lkintegration.core.languages import SOURCE
from lkintegration.core.pasted import styles
from lkintegration.core.pasted.styles import Style, names_in

# Not words of the text, but of what makes or names it.
_CODE = names_in(
    """
    script style template title xml noscript noframes noembed iframe datalist audio video canvas
    annotation annotation-xml
    """
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_STRUCK = frozenset(("del", "s", "strike"))
_STRUCK_CLASSES = frozenset(("msodel",))
# Web pages: for who does not see what stands beside it.
_UNSEEN_CLASSES = names_in("sr-only visually-hidden visuallyhidden screen-reader-text")
_COMMENT_CLASSES = frozenset(
    [
        "msocommentreference",
        "msocommenttext",
        "msocommentsubject",
        "msocomanchor",
        "msocomtxt",
        "msocomoff",
    ]
)
_COMMENT_ADDRESSES = ("#_msocom_", "#_msoanchor_", "#cmnt")
_KEEPS_LINES = frozenset(("pre", "listing", "xmp", "plaintext", "textarea"))
_GERMAN = ("span", "bdi")  # stored, and as our pages show it
_BOLD, _ITALIC = ("strong", "b"), ("em", "i")
# Elements that say something without any attribute.
_SAYING = _CODE.union(_STRUCK, _KEEPS_LINES, _BOLD, _ITALIC, ("dialog",))
_numbers = count()


class Mark(NamedTuple):
    """One of our elements around words; two of them are told apart by their number."""

    name: str
    href: str
    number: int


class Change(NamedTuple):
    """What an element changes about the words in it; None leaves them as they were."""

    is_code: bool = False
    is_left_out: bool = False
    is_invisible: bool | None = None
    is_sizeless: bool | None = None
    keeps_lines: bool | None = None
    taken_off: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


_NO_CHANGE = Change()


class Look(NamedTuple):
    """How the words at one place of a text look."""

    is_code: bool = False
    is_left_out: bool = False
    is_invisible: bool = False
    is_sizeless: bool = False
    keeps_lines: bool = False
    marks: tuple[Mark, ...] = ()

    @property
    def is_shown(self) -> bool:
        return not (self.is_code or self.is_left_out or self.is_invisible or self.is_sizeless)

    def changed_by(self, change: Change) -> "Look":
        """Return how words look inside of an element; an element of ours is there once."""
        if change is _NO_CHANGE:
            return self
        marks = [mark for mark in self.marks if mark.name not in change.taken_off]
        there = {mark.name for mark in marks}
        marks += [mark for mark in change.marks if mark.name not in there]
        return Look(
            self.is_code or change.is_code,
            self.is_left_out or change.is_left_out,
            self.is_invisible if change.is_invisible is None else change.is_invisible,
            self.is_sizeless if change.is_sizeless is None else change.is_sizeless,
            self.keeps_lines if change.keeps_lines is None else change.keeps_lines,
            tuple(marks),
        )


def change_of(name: str, attributes: Mapping[str, str], style: Style) -> Change:
    """Return what the element ``name`` changes about the words in it."""
    if not style and not attributes and name not in _SAYING:
        return _NO_CHANGE
    lines = True if name in _KEEPS_LINES else styles.keeps_lines(style)
    taken_off, marks = _marks(name, attributes, style)
    to_comment = name == "a" and attributes.get("href", "").startswith(_COMMENT_ADDRESSES)
    return Change(
        name in _CODE or to_comment,
        _is_left_out(name, attributes, style),
        styles.is_invisible(style),
        styles.is_sizeless(style),
        lines,
        taken_off,
        marks,
    )


def _is_left_out(name: str, attributes: Mapping[str, str], style: Style) -> bool:
    """Return whether the author's program strikes out or hides the element, or it is a comment."""
    classes = set(attributes.get("class", "").lower().split())
    return (
        name in _STRUCK
        or not classes.isdisjoint(_STRUCK_CLASSES | _UNSEEN_CLASSES)
        or styles.is_struck(style)
        or "hidden" in attributes
        or (name == "dialog" and "open" not in attributes)
        or styles.is_hidden(style)
        or not classes.isdisjoint(_COMMENT_CLASSES)
        or style.get("mso-element") in ("comment", "comment-list")
        or style.get("mso-special-character") == "comment"
    )


def _marks(
    name: str, attributes: Mapping[str, str], style: Style
) -> tuple[tuple[str, ...], tuple[Mark, ...]]:
    """Return which elements of ours end at an element of theirs, and which begin with it."""
    if name in _HEADINGS:  # how a heading looks is the page's business
        return (), ()
    off, on = [], []
    bold, italic = styles.is_bold(style), styles.is_italic(style)
    for ours, theirs, is_on in (("strong", _BOLD, bold), ("em", _ITALIC, italic)):
        # Google Docs puts all of a text into a bold that is not.
        if is_on or (is_on is None and name in theirs):
            on.append(Mark(ours, "", next(_numbers)))
        elif is_on is False:
            off.append(ours)
    # Small letters: Word writes "DE" around whole texts of any language, LibreOffice "de-DE".
    if name in _GERMAN and attributes.get("lang") == SOURCE:
        on.append(Mark("span", "", next(_numbers)))
    # An address within the author's document leads nowhere on a page.
    href = as_browsers_read(attributes.get("href", "")) if name == "a" else ""
    if href and not href.startswith("#"):
        off.append("a")
        on.append(Mark("a", href, next(_numbers)))
    return tuple(off), tuple(on)
