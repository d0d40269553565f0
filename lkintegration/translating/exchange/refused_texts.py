"""A workbook of the texts that did not fit, to be mended and read in like any other."""

from collections.abc import Iterable

from lkintegration.translating.exchange import workbooks
from lkintegration.translating.exchange.plan import UnfitText
from lkintegration.translating.exchange.table import GERMAN, KEY, translation_into


def write(refusals: Iterable[UnfitText], language: str) -> bytes:
    """Return the texts with the German that they translate, and why each did not fit."""
    rows = [[KEY, GERMAN, translation_into(language), "Grund"]]
    rows += [[text.id, text.german, text.translation, text.reason] for text in refusals]
    return workbooks.written(rows)
