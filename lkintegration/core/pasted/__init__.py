"""Text from other programs, made of what our formatted text has, as far as it says the same.

What the author's program strikes out, hides or notes as a comment does not become text.
"""

from collections.abc import Callable
from typing import NamedTuple

from lkintegration.core.pasted.nodes import html_of
from lkintegration.core.pasted.order import in_order
from lkintegration.core.pasted.reader import parsed


class Pasted(NamedTuple):
    """A text in our elements, still to be cleaned, and the words that are not in it."""

    html: str
    left_out: list[str]


def read(html: str, is_address: Callable[[str], bool]) -> Pasted:
    """Return what ``html`` says to a reader; links only where ``is_address``."""
    writer = parsed(html, is_address)
    in_order(writer.root)
    return Pasted(html_of(writer.root.children), writer.left_out)
