"""A scratch copy of the project, for tests that change it as somebody would by a recipe."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.databases import START, finished_file

ROOT = Path(__file__).resolve().parents[2]


def copy_project(folder: Path) -> Path:
    """Copy all files that git knows, or would, to ``folder``, which is returned."""
    names = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def run(folder: Path, *command: str) -> str:
    """Run Python in the copy, on a database in memory, and return what it printed."""
    variables = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "lkintegration.settings.test",
        START: str(finished_file()),
    }
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def change(file: Path, before: str, after: str) -> None:
    """Write ``after`` in the place of ``before``, which stands once in ``file``."""
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1, (file, before)
    file.write_text(text.replace(before, after), encoding="utf-8")


def add(file: Path, text: str) -> None:
    """Write ``text`` at the end of ``file``, a new one where there is none."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as end:
        end.write(text)
