"""Writes the table of environment variables where it is repeated: ``make settings``.

README.md, ``.env.example`` and compose.yaml hold it between two lines that name this command.
"""

import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

from lkintegration.settings.environment import VARIABLES
from lkintegration.settings.variables import Variable

ROOT = Path(__file__).resolve().parents[1]
MARK = "written by make settings"
WIDTH = 78


def default(variable: Variable) -> str:
    """Return the default as README shows it."""
    if variable.told:
        return variable.told
    if variable.default in (None, "", []):
        return "none"
    value = str(variable.default)
    return f"`{value.lower() if isinstance(variable.default, bool) else value}`"


def readme() -> Iterator[str]:
    """Yield the lines of the table in README.md."""
    yield from ("| variable | meaning | default |", "|---|---|---|")
    for variable in VARIABLES:
        yield f"| `{variable.name}` | {variable.meaning} | {default(variable)} |"


def example() -> Iterator[str]:
    """Yield the lines of ``.env.example``: what must be set is open, all else a comment."""
    for variable in VARIABLES:
        if variable.not_passed and not variable.read_by_compose:
            continue
        required = "required" in default(variable)
        words = "required" if required else f"unless set: {default(variable)}"
        yield ""
        for line in textwrap.wrap(f"{variable.meaning} ({words})".replace("`", ""), WIDTH):
            yield f"# {line}"
        yield f"{'' if required else '#'}{variable.name}={variable.example}"


def compose() -> Iterator[str]:
    """Yield what compose.yaml passes on: without a value, so that what is not set stays so."""
    for variable in sorted(VARIABLES, key=lambda variable: variable.name):
        if not variable.not_passed and not variable.required:
            yield f"    {variable.name}:"


TABLES: dict[str, Callable[[], Iterator[str]]] = {
    "README.md": readme,
    ".env.example": example,
    "compose.yaml": compose,
}


def with_table(text: str, lines: Iterator[str]) -> str:
    """Return ``text`` with ``lines`` between its two marked lines."""
    between = re.compile(rf"(?<={MARK}).*\n(?:.*\n)*?(?=.*{MARK})")
    table = "\n".join(lines)
    return between.sub(lambda found: f"{found[0].partition(chr(10))[0]}\n{table}\n", text, count=1)


def main() -> None:
    """Write the table into every file that repeats it."""
    for name, lines in TABLES.items():
        path = ROOT / name
        path.write_text(with_table(path.read_text(), lines()))


if __name__ == "__main__":
    main()
