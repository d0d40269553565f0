"""What a restoration says of itself: what comes back, what cannot, and what must come first."""

import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Model

from lkintegration.core.earlier_states import last_state
from lkintegration.core.field_changes import name_of_state
from lkintegration.core.links import Key
from lkintegration.core.models.history import HistoricalRow
from lkintegration.core.recording import is_tracked


class Loss(NamedTuple):
    """Something that cannot come back, and why."""

    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.what}, weil {self.why}."


@dataclass
class Report:
    """What a restoration brings back beside the record's own columns, and what it cannot."""

    comes: list[str] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)

    def lose(self, what: str, why: str) -> None:
        """Note that ``what`` cannot come back."""
        self.losses.append(Loss(what, why))

    @property
    def digest(self) -> str:
        """Return what is the same only as long as the losses are the same."""
        return hashlib.sha256("\n".join(map(str, self.losses)).encode()).hexdigest()


class IncompleteError(ValidationError):
    """Not everything can come back, and nobody has agreed to that; nothing is changed."""

    def __init__(self, report: Report) -> None:
        super().__init__([f"Nicht zurück kommt {loss}" for loss in report.losses])
        self.report = report


class OwnerGoneError(ValidationError):
    """Something must come back first: ``owner`` is its last state, None where none is known."""

    def __init__(self, label: str, model: type[Model], key: Key) -> None:
        self.owner = last_state(model, key) if is_tracked(model) else None
        name = name_of_gone(model, key)
        then = "Holen Sie zuerst diesen Eintrag zurück." if self.owner else "Er kommt nicht zurück."
        super().__init__(f"{label}: {name} ist gelöscht. {then}")


def named(record: Model) -> str:
    """Return what a record is and is called: "Ort „Rathaus“"."""
    return f"{record._meta.verbose_name} „{record}“"


def named_state(state: HistoricalRow) -> str:
    """Return the same of a record in an earlier state."""
    return f"{state.instance_type._meta.verbose_name} „{name_of_state(state)}“"


def name_of_gone(model: type[Model], key: Key) -> str:
    """Return the same of a deleted record, as far as it is still known."""
    last = last_state(model, key) if is_tracked(model) else None
    return named_state(last) if last else f"{model._meta.verbose_name} {key}"
