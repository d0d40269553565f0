"""What becomes of the site when something breaks: ``make drills``, one module a drill.

A drill is a module here with a function ``run() -> Iterator[Row]``. It starts what it needs, breaks
it, and yields what came of it; its rows stand in docs/operations.md, under the name of the module.
``tests.server`` has a site, ``tests.readers`` readers who ask meanwhile, ``tests.postgresql`` the
server that ``make drills`` has started, to stop it or let it hang.
"""

from typing import NamedTuple


class Row(NamedTuple):
    """One line of the table: what was done to the site, what is promised, what was seen."""

    done: str
    promised: str
    seen: str
    holds: bool
