"""Runs the benchmarks and writes their figures into docs/performance.md: ``make bench``.

``BENCH="growth"`` runs that part only and leaves what the others have found; ``ROUNDS=1`` is for
trying. Fails where something cannot be measured, never for a figure.
"""

import argparse
import signal
import sys
import time
from types import ModuleType

from tests.bench import comparison, grid, growth
from tests.bench.report import tell_machine, write

PARTS: dict[str, ModuleType] = {"pages": comparison, "growth": growth, "finder": grid}
ROUNDS = 5


def main() -> int:
    """Run what the command line names; return how the process ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    arguments = parser.parse_args()
    # Whoever ends us has the servers ended as well, also where Ctrl+C was to be ignored.
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, lambda *_signal: sys.exit("Ended."))
    for name in arguments.parts or PARTS:
        measured_on = f"{tell_machine()} Rounds: {arguments.rounds}."
        began = time.monotonic()
        sections = list(PARTS[name].run(arguments.rounds))
        for section in sections:
            print(f"\n{section.title}\n\n{section.table}", flush=True)
        write(name, measured_on, sections)
        print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
