"""What has changed in the content from one generation to the next, table by table.

The last changes stand in the row of the state of the content, the newest first. Each names the
token that it made and the one that it replaced: a chain that breaks wherever somebody wrote who
tells nothing, or a transaction was rolled back. Where it is broken, everything may have changed.
"""

import json
from collections.abc import Iterable, Mapping
from itertools import count
from typing import NamedTuple, Self

from django.db.models import Model

Keys = frozenset[int] | None  # primary keys; None: nobody knows which
EVERYTHING = ""  # instead of a table
MOST_KEYS = 100  # of one change; of more nobody knows which
MOST_STEPS = 50  # of one table that are told apart
MOST_CHARACTERS = 8_000  # in the row; older changes are forgotten

_numbers = count()


class Change(NamedTuple):
    """One write: of which table, and of which records."""

    table: str
    keys: Keys

    @classmethod
    def of(cls, model: type[Model] | None, keys: Iterable[int | None] | None) -> Self:
        """Return the change of these records of ``model``; without one, of everything."""
        if model is None:
            return cls(EVERYTHING, None)
        known = frozenset(key for key in keys if key is not None) if keys is not None else None
        return cls(model._meta.db_table, known if known and len(known) <= MOST_KEYS else None)

    def says(self, other: "Change") -> bool:
        """Return whether who knows of this change need not be told of ``other``."""
        if self.table == EVERYTHING:
            return True
        if self.table != other.table:
            return False
        return self.keys is None or (other.keys is not None and other.keys <= self.keys)

    def written(self) -> str:
        """Return the change as it stands in the row."""
        return json.dumps([self.table, None if self.keys is None else sorted(self.keys)])


def tables_of(model: type[Model]) -> frozenset[str]:
    """Return the table of ``model`` and those of its relations, whose changes name its records."""
    options = model._meta
    relations = [field.m2m_db_table() for field in options.local_many_to_many]
    return frozenset([options.db_table, *relations])


def read_changes(text: str, older: str, newer: str) -> dict[str, Keys] | None:
    """Return what has changed from one token to the other; None where that may be everything."""
    written = text[: text.rfind("\n") + 1].splitlines()  # the last line may be cut
    chain = {token: (former, said) for token, former, said in (x.split(" ", 2) for x in written)}
    changed: dict[str, Keys] = {}
    while newer != older:
        if newer not in chain:
            return None
        newer, said = chain.pop(newer)
        table, keys = json.loads(said)
        if table == EVERYTHING:
            return None
        _add(changed, table, None if keys is None else frozenset(keys))
    return changed


def _add(changed: dict[str, Keys], table: str, keys: Keys) -> None:
    known = changed.get(table, frozenset())
    changed[table] = None if keys is None or known is None else known | keys


class Changes:
    """The changes up to one generation, as far as this process has followed them.

    ``line`` is the same object in all generations that follow each other without a gap. A later
    one has a higher ``number``, in this process.
    """

    def __init__(
        self, follows: "Changes | None" = None, changed: Mapping[str, Keys] | None = None
    ) -> None:
        self.number = next(_numbers)
        self.line: object = follows.line if follows else _Line()
        self._steps: dict[str, list[tuple[int, Keys]]] = {**follows._steps} if follows else {}
        for table, keys in (changed or {}).items():
            steps = [*self._steps.get(table, ()), (self.number, keys)]
            if len(steps) > MOST_STEPS:
                steps = [(steps[1][0], None), *steps[2:]]
            self._steps[table] = steps

    def since(self, number: int, tables: Iterable[str]) -> dict[str, Keys]:
        """Return what has changed in ``tables`` since the generation ``number`` of this line."""
        changed: dict[str, Keys] = {}
        for table in tables:
            if table == EVERYTHING and number != self.number:
                changed[EVERYTHING] = None
            for step, keys in self._steps.get(table, ()):
                if step > number:
                    _add(changed, table, keys)
        return changed


class _Line:
    """Tells one line of generations from another."""
