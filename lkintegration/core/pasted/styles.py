"""What the styles of a pasted text say: CSS in elements and in style sheets, Office's own too.

Only what decides about words is read: whether they are shown, struck out, bold, raised, apart.
"""

import re
from collections.abc import Iterator, Mapping

Style = Mapping[str, str]


def names_in(text: str) -> frozenset[str]:
    """Return the words of ``text``, as a set to look names up in."""
    return frozenset(text.split())


_READ = names_in(
    """
    display visibility opacity color background-clip -webkit-background-clip
    overflow height max-height clip clip-path left right top bottom
    text-indent margin-left font-size font-weight font-style text-decoration text-decoration-line
    -webkit-text-decoration -webkit-text-decoration-line
    text-line-through vertical-align white-space white-space-collapse mso-hide mso-list
    mso-element mso-special-character
    """
)
_LONGEST_VALUE = 200  # of those that say something about words
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_BRACE = re.compile(r"([^{}]*)([{}])")
_SELECTOR = re.compile(r"([\w-]*)((?:[.#][\w-]+)?)")
_ZERO = re.compile(r"0*\.?0+(?:[a-z]+|%)?")
_LENGTH = re.compile(r"(?:\d*\.)?\d+(?:px|pt|pc|cm|mm|in|q|em|rem|ex|ch|%)|0(?=\s|/|$)")
_TINY = re.compile(r"(?:0*\.\d+|[01](?:\.0+)?)(?:px|pt)")
_RELATIVE = re.compile(r"(?:em|ex|ch|%)$|^(?:smaller|larger|inherit|unset|revert)$")
_HEAVY = re.compile(r"bold|bolder|[6-9]\d\d|1000")
_LIGHT = re.compile(r"normal|lighter|[1-5]\d\d")
_FAR_AWAY = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|pt|em)")
_NO_AREA = re.compile(r"rect\((?:\s*[01](?:px)?[\s,]*){4}\)|inset\((?:50|100)%.*|circle\(0.*")


_BESIDE = names_in(
    "none inline inline-block inline-flex inline-grid inline-table contents ruby unset"
)


def declarations(css: str) -> dict[str, str]:
    """Return what a ``style`` attribute says, by property; small letters, the last word counts."""
    found: dict[str, str] = {}
    for declaration in _COMMENT.sub("", css).split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip().lower()
        value = value[:_LONGEST_VALUE].replace("!important", "").strip().lower()
        if name == "font":
            found |= _font(value)
        elif name in _READ:
            found[name] = value
    return found


def _font(value: str) -> dict[str, str]:
    size = _LENGTH.search(value)
    before = value[: size.start()] if size else value
    return {
        "font-weight": next(filter(_HEAVY.fullmatch, before.split()), "normal"),
        "font-style": "italic" if "italic" in before else "normal",
    } | ({"font-size": size[0]} if size else {})


class StyleSheet:
    """The rules of a text's ``style`` elements, as far as a name or a class is all they ask for."""

    def __init__(self, css: str) -> None:
        self._rules: dict[str, dict[str, str]] = {}
        for selectors, body in _rules(_COMMENT.sub("", css)):
            if style := declarations(body):
                for selector in selectors.split(","):
                    self._add(selector.strip(), style)

    def _add(self, selector: str, style: dict[str, str]) -> None:
        if found := _SELECTOR.fullmatch(selector):
            self._rules.setdefault(found[1].lower() + found[2], {}).update(style)

    def style_of(self, name: str, attributes: Mapping[str, str]) -> Style:
        """Return the style of an element: its own declarations count more than the sheet's."""
        own = declarations(attributes["style"]) if "style" in attributes else {}
        if not self._rules:
            return own
        style: dict[str, str] = {}
        for key in _keys(name, attributes):
            style |= self._rules.get(key, {})
        return style | own


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and bodies; what stands in an at-rule is for paper or other devices."""
    depth = 0
    selectors = ""
    for text, brace in _BRACE.findall(css):
        if brace == "{":
            if not depth:
                selectors = text.rpartition(";")[2]
            depth += 1
        elif depth:
            depth -= 1
            if not depth and "@" not in selectors:
                yield selectors, text


def _keys(name: str, attributes: Mapping[str, str]) -> Iterator[str]:
    classes = attributes.get("class", "").split()
    yield name
    yield from (f".{each}" for each in classes)
    yield from (f"{name}.{each}" for each in classes)
    if "id" in attributes:
        yield f"#{attributes['id']}"
        yield f"{name}#{attributes['id']}"


def _is_zero(value: str | None) -> bool:
    return value is not None and bool(_ZERO.fullmatch(value))


def is_hidden(style: Style) -> bool:
    """Return whether an element is not shown, whatever stands in it."""
    return (
        style.get("display") == "none"
        or style.get("mso-hide") in ("all", "screen")
        or (style.get("color") == "transparent" and not _shows_background(style))
        or _is_zero(style.get("opacity"))
        or any(_NO_AREA.fullmatch(style.get(name, "")) for name in ("clip", "clip-path"))
        or _is_cut_off(style)
        or any(
            _FAR_AWAY.fullmatch(style.get(name, ""))
            for name in ("left", "right", "top", "bottom", "text-indent", "margin-left")
        )
    )


def _shows_background(style: Style) -> bool:
    return "text" in (style.get("background-clip"), style.get("-webkit-background-clip"))


def _is_cut_off(style: Style) -> bool:
    return style.get("overflow") in ("hidden", "clip") and (
        _is_zero(style.get("height")) or _is_zero(style.get("max-height"))
    )


def is_invisible(style: Style) -> bool | None:
    """Return whether the words of an element are invisible; None if it says nothing about it."""
    value = style.get("visibility")
    return {"hidden": True, "collapse": True, "visible": False}.get(value or "")


def is_sizeless(style: Style) -> bool | None:
    """Return whether letters have no size; None where that depends on what is around."""
    size = style.get("font-size")
    if size is None or (_RELATIVE.search(size) and not _is_zero(size)):
        return None
    return _is_zero(size) or bool(_TINY.fullmatch(size))


def is_struck(style: Style) -> bool:
    """Return whether words are struck out, which nothing inside can undo."""
    lines = " ".join(value for name, value in style.items() if "text-decoration" in name)
    return "line-through" in lines or style.get("text-line-through", "none") != "none"


def is_bold(style: Style) -> bool | None:
    """Return whether words are bold; None if the style says nothing about it."""
    weight = style.get("font-weight", "")
    return True if _HEAVY.fullmatch(weight) else False if _LIGHT.fullmatch(weight) else None


def is_italic(style: Style) -> bool | None:
    """Return whether words are in italics; None if the style says nothing about it."""
    value = style.get("font-style", "")
    return {"italic": True, "oblique": True, "normal": False}.get(value)


def keeps_lines(style: Style) -> bool | None:
    """Return whether a line break in the source is one on the page; None if nothing is said."""
    value = style.get("white-space-collapse") or style.get("white-space")
    if value is None:
        return None
    return value.startswith(("pre", "break-spaces"))


def is_block(style: Style) -> bool:
    """Return whether the style alone sets an element apart from what is beside it."""
    return style.get("display", "inline") not in _BESIDE
