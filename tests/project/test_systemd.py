"""The units of systemd: hardened alike, and naming what is there."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.conftest import missing

pytestmark = pytest.mark.any_database

UNITS = sorted((Path(__file__).resolve().parents[2] / "deploy/systemd").glob("*.service"))
SAME = "# --- the same in every unit ---\n"


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_is_exposed_to_two_points_of_ten_at_most(unit):
    if not shutil.which("systemd-analyze"):
        missing("systemd-analyze (Debian: systemd)")
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(unit)]

    told = subprocess.run(command, capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stdout[-200:]


def test_every_unit_is_hardened_alike():
    hardened = {unit.read_text().partition(SAME)[2].partition("\n\n")[0].strip() for unit in UNITS}

    assert len(UNITS) == 4
    assert len(hardened) == 1


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_runs_a_command_that_there_is(unit):
    commands = re.findall(
        r"^ExecStart=/opt/lkintegration/.venv/bin/(.+)$", unit.read_text(), re.MULTILINE
    )

    assert commands
    for command in commands:
        program, *words = command.split()
        assert program == "python"
        assert words[:2] == ["-m", "lkintegration.run_gunicorn"] or (
            words[0] == "manage.py" and words[1] in get_commands()
        )
