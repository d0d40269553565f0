"""Runs the drills and writes their figures into docs/operations.md: ``make drills``.

``DRILLS="name other"`` runs those only and leaves the rows of the others as they are. Fails where a
promise is not kept.
"""

import argparse
import importlib
import pkgutil
import sys
import time

from tests import drills
from tests.drills.table import DOCUMENT, read_rows, write_rows


def names() -> list[str]:
    """Return the names of all drills."""
    modules = [module.name for module in pkgutil.iter_modules(drills.__path__)]
    return [name for name in modules if hasattr(_module(name), "run")]


def _module(name: str):  # type: ignore[no-untyped-def]
    return importlib.import_module(f"tests.drills.{name}")


def main() -> int:
    """Run what the command line names; return how the process ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("drills", nargs="*", choices=[[], *names()])
    all_hold = True
    for name in parser.parse_args().drills or names():
        started = time.monotonic()
        rows = []
        for row in _module(name).run():
            rows.append(row)
            all_hold &= row.holds
            print(f"{name}: {row.done}: {row.seen} ({row.promised})", flush=True)
            print("    holds" if row.holds else "    DOES NOT HOLD", flush=True)
        print(f"{name}: {time.monotonic() - started:.0f} s", flush=True)
        document = DOCUMENT.read_text()  # only now: others may have written meanwhile
        DOCUMENT.write_text(write_rows(document, read_rows(document) | {name: rows}))
    return 0 if all_hold else 1


if __name__ == "__main__":
    sys.exit(main())
