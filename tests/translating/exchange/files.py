"""Files that programs and people have saved in their own way, without touching a translation."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable
from random import Random
from typing import Any

from lxml import etree
from openpyxl import Workbook, load_workbook

from lkintegration.translating.exchange.formats import FORMATS
from lkintegration.translating.exchange.units import Unit

Change = Callable[[str, Random], str]


def decomposed(text: str, _chance: Random) -> str:
    return unicodedata.normalize("NFD", text)


def spaced(text: str, chance: Random) -> str:
    return chance.choice([f"{text} ", f" {text}", f"{text}\n"]) if text else text


def with_other_line_ends(text: str, _chance: Random) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def untouched(text: str, _chance: Random) -> str:
    return text


HARMLESS: list[Change] = [decomposed, spaced, with_other_line_ends, untouched]


def set_otherwise(german: str, chance: Random) -> str:
    """Return German as some programs set it: with hard spaces, hyphens and invisible marks."""
    blank = chance.choice(["\u00a0", "\u202f", " \u200b", "  "])
    parts = re.split(r"(<[^>]*>)", german)
    return "".join(
        part if part.startswith("<") else part.replace(" ", blank).replace("-", "\u2011")
        for part in parts
    )


def rows_of(units: Iterable[Unit], language: str) -> list[list[Any]]:
    """Return the table that goes out."""
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].write(units, language)))
    return [[cell or "" for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]


def changed_rows(rows: list[list[Any]], chance: Random) -> list[list[Any]]:
    """Return the table with other columns, in another order, below titles, its texts changed."""
    heading, *texts = rows
    change = chance.choice(HARMLESS)
    change_german = chance.choice([*HARMLESS, set_otherwise])
    told = [
        [key, change_german(german, chance), change(translation, chance), state]
        for key, german, translation, state in texts
    ]
    chance.shuffle(told)
    columns = [0, 1, 2, 3]
    chance.shuffle(columns)
    titles = chance.choice([[], [["Landkreis Lörrach"], ["", ""]]])
    table = [["Wer", *(heading[c] for c in columns)]]
    table += [['Jane; "J"', *(row[c] for c in columns)] for row in told]
    return [*titles, *table]


def as_workbook(*sheets: tuple[str, list[list[Any]]], hidden: str = "") -> bytes:
    """Return a workbook with these sheets; the one called ``hidden`` is not shown."""
    book, file = Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name == hidden:
            sheet.sheet_state = "hidden"
    book.save(file)
    return file.getvalue()


def as_csv(rows: list[list[Any]], delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """Return a table as a spreadsheet program saves it."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode(encoding)


def resaved_xliff(data: bytes, chance: Random) -> bytes:
    """Return the file with its units in another order, notes of a program and changed texts."""
    root = etree.fromstring(data)
    change = chance.choice([decomposed, with_other_line_ends, untouched])
    for text in root.iter("{*}source", "{*}target"):
        for part in text.iter("{*}source", "{*}target", "{*}pc"):
            part.text = change(part.text, chance) if part.text else None
        if not len(text):
            text.text = spaced(text.text or "", chance)
    for group in [*root.iter("{*}group")]:
        units = list(group)
        chance.shuffle(units)
        group[:] = units
        group.insert(0, etree.Comment("saved by a program"))
    return bytes(etree.tostring(root, encoding=chance.choice(["UTF-8", "UTF-16"])))
