"""Builds Wagtail and django CMS with the texts of the site: environment, project, database."""

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from lxml import html

from tests import postgresql
from tests.bench import servers
from tests.bench.progress import tell
from tests.server import ROOT

FOLDER = ROOT / "var" / "bench"
SOURCES = ROOT / "tests" / "bench" / "peers"
LISTED = 20  # as many as on a page of the site's list


def read_texts(text_page: bytes, list_page: bytes) -> dict[str, Any]:
    """Return the words of two pages of the site, as its peers show them."""
    text, listing = html.fromstring(text_page), html.fromstring(list_page)
    prose = text.xpath("//main//*[contains(@class, 'prose')]/*")
    (footer,) = text.xpath("//footer")
    entries = [
        {
            "title": _words(line.xpath(".//h3")[0]),
            "body": "".join(f"<p>{_words(part)}</p>" for part in line.xpath(".//p")),
        }
        for line in listing.xpath("//li[contains(@class, 'service-line')]")
    ]
    return {
        "title": _words(text.xpath("//h1")[0]),
        "body": "".join(html.tostring(part, encoding="unicode") for part in prose),
        "menu": [
            _words(link) for link in text.xpath("//nav[not(contains(@class, 'languages'))]//a")
        ][:6],
        "list": _words(listing.xpath("//h1")[0]),
        "entries": entries[:LISTED],
        "footer": html.tostring(footer, encoding="unicode"),
    }


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


class Peer:
    """A site of another system; ``build`` makes it, ``serve`` runs it."""

    def __init__(self, name: str, settings: str, application: str) -> None:
        self.name, self.settings, self.application = name, settings, application
        self.folder = FOLDER / name
        self.project = self.folder / "project"
        self.python = self.folder / "environment" / "bin" / "python"
        self.sources = SOURCES / name

    def install(self) -> None:
        """Make the environment, unless it is there with these requirements."""
        requirements = self.sources / "requirements.txt"
        digest = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()
        marker = self.folder / "installed"
        if marker.exists() and marker.read_text() == digest:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        marker.unlink(missing_ok=True)
        _run([sys.executable, "-m", "venv", "--clear", self.python.parents[1]])
        quiet = ["--quiet", "--disable-pip-version-check"]
        _run([self.python, "-m", "pip", "install", *quiet, "-r", requirements])
        marker.write_text(digest)

    def build(self, texts: Mapping[str, Any]) -> None:
        """Make the project and fill a database of its own with ``texts``."""
        shutil.rmtree(self.project, ignore_errors=True)
        self.start_project()
        words = self.folder / "texts.json"
        words.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
        postgresql.drop_database(self.database)
        postgresql.create_database(self.database)
        _run([self.python, self.sources / "fill.py", words], self.project, self.variables())
        manage = ["-m", "django", "collectstatic", "--noinput", "-v0"]
        _run([self.python, *manage], self.project, self.variables())

    def start_project(self) -> None:
        """Lay the files of the project into its folder."""
        shutil.copytree(self.sources, self.project)

    @property
    def database(self) -> str:
        """Return the name of its database."""
        return f"bench_{self.name}"

    def variables(self) -> dict[str, str]:
        """Return the environment of its processes."""
        return servers.clean_environment() | {
            "DATABASE_URL": postgresql.url(self.database),
            "DJANGO_SETTINGS_MODULE": self.settings,
            "PYTHONPATH": str(self.project),
        }

    def serve(self, **more: str) -> AbstractContextManager[servers.Server]:
        """Run it inside a ``with`` block."""
        command = [str(self.python), "-m", "gunicorn", "--config", servers.PEER_GUNICORN]
        return servers.running([*command, self.application], self.project, self.variables() | more)

    def describe(self) -> str:
        """Return what it is made of, as its requirements name it."""
        return ", ".join((self.sources / "requirements.txt").read_text().split())


class Wagtail(Peer):
    """``wagtail start``, with two kinds of pages."""

    def start_project(self) -> None:
        """Let Wagtail lay out the project, and put models, templates and settings into it."""
        self.project.mkdir()
        command = self.python.with_name("wagtail")
        _run([command, "start", "bench", self.project], self.folder)
        shutil.copytree(self.sources / "home", self.project / "home", dirs_exist_ok=True)
        shutil.copy(self.sources / "local.py", self.project / "bench" / "settings" / "local.py")


WAGTAIL = Wagtail("wagtail", "bench.settings.production", "bench.wsgi:application")
DJANGO_CMS = Peer("djangocms", "settings", "wsgi:application")
# Where each looks for the footer, which is the site's own, word for word.
FOOTERS = {
    WAGTAIL: WAGTAIL.project / "home" / "templates" / "home" / "footer.html",
    DJANGO_CMS: DJANGO_CMS.project / "templates" / "footer.html",
}


def build_peers(texts: Mapping[str, Any]) -> None:
    """Build both."""
    for peer, footer in FOOTERS.items():
        tell(f"pages: {peer.name}, environment")
        peer.install()
        tell(f"pages: {peer.name}, project and database")
        peer.build(texts)
        footer.write_text(f"{{% verbatim %}}{texts['footer']}{{% endverbatim %}}", encoding="utf-8")


def _run(
    command: list[Any], folder: Path | None = None, variables: Mapping[str, str] | None = None
) -> None:
    """Run a command; what it says is told if it fails."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env=variables or servers.clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command} has failed:\n{done.stdout[-3000:]}")
