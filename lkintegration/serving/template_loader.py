"""Our templates without their indentation: it helps those who write them and reaches no reader.

It goes when a worker reads a template for the first time, so that a page costs nothing more. What
is left of a line break:

- nothing at the edges of a template, of a ``{% block %}``, of an element of block level, of a label
  and of what a drawing is made of, where white space means nothing;
- nothing before a line that holds statements only (``{% if … %}``, ``{% endfor %}``): one break is
  enough, and the one after that line serves whichever way the statement goes;
- a space inside a tag of HTML;
- one line break anywhere else.

``<pre>``, ``<textarea>`` and texts for translators stay as they are.
"""

import re
from collections.abc import Iterator

from django.template.base import Origin
from django.template.loaders import filesystem

_BLOCK_LEVEL = (
    "address|article|aside|blockquote|body|caption|dd|details|div|dl|dt|fieldset|figcaption|figure"
    "|footer|form|head|header|html|label|legend|li|main|nav|ol|option|p|section|select|summary|table"
    "|svg|tbody|td|tfoot|th|thead|tr|ul|h(?:[1-6]|{{[^}]*}})"
)
_CODE = r"{%.*?%}|{{.*?}}"
_IN_TAG = rf"(?:{_CODE}|[^<>])*"
_COMMENT = r"{%\scomment\s%}.*?{%\sendcomment\s%}|{\#.*?\#}"
_PART = re.compile(
    rf"""
    (?P<comment>{_COMMENT})
    |(?P<whole><(?P<element>pre|textarea)\b.*?</(?P=element)>
        |{{%\sblocktranslate\b.*?{{%\sendblocktranslate\s%}})
    |(?P<tag></?[a-z]{_IN_TAG}>)
    |(?P<break>\s*\n\s*)
    |{_CODE}
    |.
    """,
    re.DOTALL | re.VERBOSE,
)
_ENDS_WITH_OPENING = re.compile(rf"(?:<(?:{_BLOCK_LEVEL})(?!\w){_IN_TAG}|/)>\Z", re.DOTALL)
_BEGINS_WITH_CLOSING = re.compile(rf"</(?:{_BLOCK_LEVEL})>")
_STATEMENT = re.compile(r"{%\s(\w+)\b((?:(?!%}).)*)%}\s*")
_NAMES_SOMETHING = re.compile(r"\sas\s\w+\s\Z")
_BRANCHES = {"elif", "else", "empty", "for"}  # what follows is reached in more than one way
_NEUTRAL = {"extends", "if", "load", "localize", "memo", "with"}


class Loader(filesystem.Loader):
    """Reads the templates in ``DIRS`` of the settings."""

    def get_contents(self, origin: Origin) -> str:
        return tightened(super().get_contents(origin), is_debug=self.engine.debug)


def tightened(source: str, *, is_debug: bool = False) -> str:
    """Return a template without indentation; for debugging, each line keeps its number."""
    tight, at_edge = "", True
    for line, breaks in _lines(source, is_debug):
        shown = re.sub(_COMMENT, "", line, flags=re.DOTALL).strip()
        edge_after = _edge_after_statements(shown, at_edge)
        shows_nothing = edge_after is not None
        ends_line = not (at_edge or shows_nothing or _BEGINS_WITH_CLOSING.match(shown))
        tight += "\n" if ends_line else ""
        if is_debug and breaks > ends_line:
            tight += "{% comment %}" + "\n" * (breaks - ends_line) + "{% endcomment %}"
        tight += line
        at_edge = bool(_ENDS_WITH_OPENING.search(shown)) if edge_after is None else edge_after
    return tight


def _lines(source: str, is_debug: bool) -> Iterator[tuple[str, int]]:
    """Yield each line that holds something, and how many line breaks come before it.

    A tag of HTML belongs to the line on which it begins. Comments are left out, but for debugging.
    """
    line, breaks = "", 0
    for part in _PART.finditer(source):
        if part["break"]:
            yield line, breaks
            line, breaks = "", part[0].count("\n")
        elif part["comment"] and not is_debug:
            continue
        elif part["tag"] and not is_debug:
            line += re.sub(r"\s*\n\s*", " ", part[0])
        else:
            line += part[0]
    yield line, breaks


def _edge_after_statements(line: str, at_edge: bool) -> bool | None:
    """Return whether white space means nothing after a line that shows nothing; else None."""
    rest = line
    while found := _STATEMENT.match(rest):
        name, content = found.groups()
        if name in {"block", "explainwords", "germanwords", "translationnotice"}:
            at_edge = True
        elif name in _BRANCHES or name.startswith("end"):
            at_edge = False
        elif name not in _NEUTRAL and not _NAMES_SOMETHING.search(content):
            return None
        rest = rest[found.end() :]
    return None if rest else at_edge
