"""docs/accessibility.md answers for every success criterion of WCAG 2.2, levels A and AA."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.any_database

ROOT = Path(__file__).resolve().parents[2]


def _numbers(line: str) -> list[str]:
    return line.split()


# https://www.w3.org/TR/WCAG22/ without 4.1.1, which is obsolete.
LEVEL_A = _numbers(
    "1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 "
    "2.4.1 2.4.2 2.4.3 2.4.4 2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 "
    "4.1.2"
)
LEVEL_AA = _numbers(
    "1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 "
    "2.4.11 2.5.7 2.5.8 3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3"
)
ROW = re.compile(r"^\| (\d\.\d\.\d+) \| ([^|]+) \| (A|AA) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def test_every_criterion_says_how_it_is_met_and_what_checks_it():
    rows = ROW.findall((ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8"))
    levels = {number: level for number, _name, level, _how, _check in rows}

    assert len(rows) == len(levels) == 55
    assert levels == dict.fromkeys(LEVEL_A, "A") | dict.fromkeys(LEVEL_AA, "AA")
    for number, _name, _level, how, check in rows:
        assert len(how) > 15, number
        files = re.findall(r"`([^`]+)`", check)
        assert files or check == "Durchsicht", number
        assert all((ROOT / file).is_file() for file in files), number
