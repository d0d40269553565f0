"""Carries out the Dockerfile without Docker: ``build_image()`` returns the folder of its system.

Each stage is a folder. One that starts from an image of Debian's starts from a clean Debian made by
debootstrap; one from an image of PostgreSQL's has Debian's client programs beside. What is copied
in is what git knows and ``.dockerignore`` lets pass. Needs root, debootstrap and the registries.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.image.dockerfile import Instruction, Stage, read_stages

ROOT = Path(__file__).resolve().parents[2]
SUITE = "bookworm"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"  # Docker's own
# What the machine's own package clients know of the way to the registries is lent to each step.
LENT = Path("/run/lent")
SOURCES = Path("/etc/apt/sources.list.d")
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


def build_image(folder: Path) -> tuple[Path, Stage]:
    """Build all stages below ``folder``; return the folder of the last one, and what it says."""
    stages = read_stages((ROOT / "Dockerfile").read_text())
    for stage in stages:
        _start(folder, stage, {known.name for known in stages})
        _carry_out(folder, stage)
    return folder / stages[-1].name, stages[-1]


def _start(folder: Path, stage: Stage, known: set[str]) -> None:
    root = folder / stage.name
    if stage.base == "scratch":
        root.mkdir()
        return
    own = stage.base if stage.base in known else None
    # Not in Python, which would read devices as files.
    start = folder / own if own else clean_debian()
    subprocess.run(["cp", "--archive", str(start), str(root)], check=True)
    if stage.base.startswith("postgres:"):
        packages = "apt-get install --yes --no-install-recommends postgresql-client"
        run(root, ["sh", "-c", f"apt-get update && {packages}"], {})


def clean_debian() -> Path:
    """Return a folder with a clean Debian; it is made once and stays in var/."""
    clean = ROOT / "var" / "image" / SUITE
    if not clean.exists():
        made = clean.with_suffix(".new")
        shutil.rmtree(made, ignore_errors=True)
        made.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["debootstrap", "--variant=minbase", SUITE, str(made), *_mirror()],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        # With its updates, as the image of Debian has them: the machine's own list names them.
        (made / "etc/apt/sources.list").write_text("")
        for path in SOURCES.glob("debian.sources"):
            shutil.copy(path, made / path.relative_to("/"))
        made.rename(clean)
    return clean


def _mirror() -> Iterator[str]:
    """Yield where the machine itself gets Debian's packages from."""
    for path in SOURCES.glob("debian.sources"):
        for line in path.read_text().splitlines():
            if line.startswith("URIs:"):
                yield line.split()[1]
                return


def _carry_out(folder: Path, stage: Stage) -> None:
    root, environment, place = folder / stage.name, {"PATH": PATH}, "/"
    shell = ["/bin/sh", "-c"]
    for step in stage.instructions:
        match step.name:
            case "ENV":
                for name, value in (word.split("=", 1) for word in step.words):
                    environment[name] = value.replace("$PATH", environment["PATH"])
            case "WORKDIR":
                place = step.rest
                (root / place.lstrip("/")).mkdir(parents=True, exist_ok=True)
            case "SHELL":
                shell = step.words
            case "COPY":
                _copy(folder, root, place, step)
            case "RUN":
                run(root, [*shell, step.rest], environment, place)


def _copy(folder: Path, root: Path, place: str, step: Instruction) -> None:
    options = dict(word[2:].split("=", 1) for word in step.words if word.startswith("--"))
    *sources, target = [word for word in step.words if not word.startswith("--")]
    start = folder / options["from"] if "from" in options else ROOT
    aim = root / (Path("/") / place / target).relative_to("/")
    for source in sources:
        path = start / source.lstrip("/")
        if path.is_dir():
            files = ["."] if "from" in options else _tracked(path)
            _copy_folder(path, aim, files, options.get("chown", "0:0"))
        else:
            copy = aim / path.name if target.endswith("/") else aim
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, copy)


def _copy_folder(path: Path, aim: Path, files: list[str], owner: str) -> None:
    """Copy ``files`` of a folder into another one, whose links to folders stay what they are."""
    aim.mkdir(parents=True, exist_ok=True)
    user, group = (f"+{number}" for number in owner.split(":"))
    with tempfile.NamedTemporaryFile() as packed:
        pack = ["tar", "--directory", str(path), "--create", "--file", packed.name]
        whose = [f"--owner={user}", f"--group={group}", "--files-from=-"]
        subprocess.run([*pack, *whose], input="\n".join(files).encode(), check=True)
        unpack = ["tar", "--directory", str(aim), "--extract", "--file", packed.name]
        how = ["--keep-directory-symlink", "--no-overwrite-dir"]
        subprocess.run([*unpack, *how], check=True)


def _tracked(folder: Path) -> list[str]:
    """Return the files of a folder that git knows or would take, as .dockerignore lets pass."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", "."],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return listed.stdout.split()


def run(root: Path, command: list[str], environment: dict[str, str], place: str = "/") -> None:
    """Run ``command`` as root in the system at ``root``, with the way to the registries."""
    lent = root / LENT.relative_to("/")
    lent.mkdir(parents=True, exist_ok=True)
    for path, copy in ((CERTIFICATES, lent), (Path("/etc/pip.conf"), lent)):
        if path.exists():
            shutil.copy(path, copy)
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    names = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_DEFAULT_TIMEOUT")
    given = {name: os.environ[name] for name in names if name in os.environ} | {
        "PIP_CERT": f"{LENT}/{CERTIFICATES.name}",
        "PIP_CONFIG_FILE": f"{LENT}/pip.conf",
        "DEBIAN_FRONTEND": "noninteractive",
    }
    variables = [f"{name}={value}" for name, value in (given | environment).items()]
    enter = 'mount -t proc proc "$0/proc" && exec chroot "$0" /usr/bin/env "$@"'
    started = ["unshare", "--mount", "--pid", "--fork", "sh", "-c", enter, str(root)]
    subprocess.run(
        [*started, "--chdir", place, "--ignore-environment", *variables, *command],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    shutil.rmtree(lent)
