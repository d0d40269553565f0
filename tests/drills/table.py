"""The table of docs/operations.md that the drills write."""

import re
from collections.abc import Mapping, Sequence

from tests.drills import Row
from tests.server import ROOT

DOCUMENT = ROOT / "docs" / "operations.md"
BEGIN, END = "<!-- make drills: begin -->", "<!-- make drills: end -->"
HEAD = "| drill | what is done | promised | seen | promise holds |\n|---|---|---|---|---|\n"
YES, NO = "yes", "**no**"
_BETWEEN = re.compile(f"(?<={re.escape(BEGIN)}\n).*?(?={re.escape(END)})", re.DOTALL)


def read_rows(document: str) -> dict[str, list[Row]]:
    """Return the rows of each drill that stand in ``document``."""
    found: dict[str, list[Row]] = {}
    lines = _BETWEEN.findall(document)[0].removeprefix(HEAD).splitlines()
    for line in lines:
        name, done, promised, seen, holds = [cell.strip() for cell in line.strip("|").split("|")]
        found.setdefault(name.strip("`"), []).append(Row(done, promised, seen, holds == YES))
    return found


def write_rows(document: str, rows: Mapping[str, Sequence[Row]]) -> str:
    """Return ``document`` with ``rows`` in its table, in the order of the drills' names."""
    lines = [
        f"| `{name}` | {row.done} | {row.promised} | {row.seen} | {YES if row.holds else NO} |\n"
        for name in sorted(rows)
        for row in rows[name]
    ]
    table = HEAD + "".join(lines)
    return _BETWEEN.sub(lambda _found: table, document)
