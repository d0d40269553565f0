"""What an environment variable is, and how all of them are read at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Variable:
    """An environment variable: what it means and what it may be.

    ``kind`` reads its text (``lkintegration.settings.kinds``); ``strict`` does so in production,
    where that asks for more. ``default`` holds where it is not set, ``in_production`` there;
    ``told`` says that in words where the value does not. ``required``: production does not start
    without it. A ``secret`` is never repeated in a message. ``example`` is for ``.env.example``.
    ``not_passed`` says why compose does not hand it to the site, ``read_by_compose`` whether
    compose itself reads it. What has another value in production is read in production.py.
    """

    name: str
    meaning: str
    kind: Callable[[str], Any]
    default: Any = None
    in_production: Any = None
    strict: Callable[[str], Any] | None = None
    required: bool = False
    secret: bool = False
    told: str = ""
    example: str = ""
    not_passed: str = ""
    read_by_compose: bool = False


class Environment:
    """The values of variables, and everything that is wrong with them."""

    def __init__(
        self, variables: Iterable[Variable], environ: Mapping[str, str], *, production: bool
    ) -> None:
        """Read ``environ``; what is wrong is noted, and its default stands in for it."""
        self._values: dict[str, Any] = {}
        self._faults: list[str] = []
        for variable in variables:
            # Set to nothing, as a line "NAME=" of a file .env does, counts as not set.
            text = environ.get(variable.name, "").strip()
            self._values[variable.name] = self._read(variable, text, production)

    def _read(self, variable: Variable, text: str, production: bool) -> Any:
        if text:
            kind = (production and variable.strict) or variable.kind
            try:
                return kind(text)
            except ValueError as wrong:
                shown = "" if variable.secret else f" (it is {text[:80]!r})"
                self._faults.append(f"{variable.name} {wrong}{shown}.")
        elif production and variable.required:
            self._faults.append(f"{variable.name} must be set: {variable.meaning}.")
        if production and variable.in_production is not None:
            return variable.in_production
        return variable.default

    def refuse_faults(self) -> None:
        """Raise ImproperlyConfigured that names every fault with the way to mend it, if any."""
        if self._faults:
            faults = "".join(f"\n  - {fault}" for fault in self._faults)
            raise ImproperlyConfigured(
                f"Set these environment variables right, README.md explains them:{faults}"
            )

    def text(self, name: str) -> str:
        """Return the value of a variable that is a text, "" where there is none."""
        return str(self._values[name] or "")

    def number(self, name: str) -> int:
        """Return the value of a variable that is a number."""
        return int(self._values[name])

    def flag(self, name: str) -> bool:
        """Return the value of a variable that is true or false."""
        return bool(self._values[name])

    def day(self, name: str) -> date | None:
        """Return the value of a variable that is a day, None where there is none."""
        found = self._values[name]
        return found if isinstance(found, date) else None

    def texts(self, name: str) -> list[str]:
        """Return the value of a variable that is a list."""
        return list(self._values[name])

    def options(self, name: str) -> dict[str, Any]:
        """Return the value of a variable that stands for several settings; {} if not set."""
        return dict(self._values[name] or {})
