"""The image: built from the Dockerfile's steps in a clean Debian, and run as compose runs it."""

import re
import secrets
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.drills import Row
from tests.image.build import build_image
from tests.image.container import Container
from tests.image.dockerfile import Stage
from tests.postgresql import create_database, url
from tests.server import free_port

MOST_BYTES = 250_000_000
# What helps whoever has broken in.
TOOLS = (
    "sh",
    "bash",
    "perl",
    "apt",
    "dpkg",
    "pip",
    "pip3",
    "gcc",
    "cc",
    "make",
    "ld",
    "curl",
    "wget",
)
DATABASE = "image"


def run() -> Iterator[Row]:
    """Build the image, look at what is in it, start it and stop it."""
    create_database(DATABASE)
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        root, image = build_image(Path(name))
        yield _content(root)
        yield from _site(Site(root, image))


def _content(root: Path) -> Row:
    files = [path for path in root.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum({path.stat().st_ino: path.stat().st_size for path in files}.values())
    tools = [path.name for path in files if path.name in TOOLS and path.stat().st_mode & 0o111]
    rights = [path for path in files if path.stat().st_mode & 0o6000]
    return Row(
        "the steps of the Dockerfile in a clean Debian",
        "at most 250 MB; no shell, package manager or compiler, no file that gives rights",
        f"{size / 1e6:.0f} MB, {len(tools)} of {len(TOOLS)} tools, {len(rights)} such files",
        size <= MOST_BYTES and not tools and not rights,
    )


class Site:
    """The site of the image, on a port of this machine."""

    def __init__(self, root: Path, image: Stage) -> None:
        self.root, self.image, self.port = root, image, free_port()
        self.variables = {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "integration.example.org",
            "DATABASE_URL": url(DATABASE),
        }

    def container(self, command: list[str]) -> Container:
        """Return a running command, on this port instead of the image's own."""
        own = [re.sub(r"(?:0\.0\.0\.0|127\.0\.0\.1):8000", self.at, word) for word in command]
        return Container(self.root, self.image, own, self.variables)

    @property
    def at(self) -> str:
        """Return the address without scheme."""
        return f"127.0.0.1:{self.port}"

    def manage(self, *command: str) -> str:
        """Return what a command of the image tells."""
        with self.container(["python", "manage.py", *command]) as container:
            return container.finish(300)

    def is_healthy(self) -> bool:
        """Return what the image's own health check says."""
        with self.container(self.image.last("HEALTHCHECK").words) as container:
            return container.ends_well(20)

    def get(self, path: str) -> tuple[int, str]:
        """Return status and text of a page, asked for as the proxy does."""
        headers = {"Host": "integration.example.org", "X-Forwarded-Proto": "https"}
        request = urllib.request.Request(f"http://{self.at}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  (our own)
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, ""


def _site(site: Site) -> Iterator[Row]:
    for command in (("migrate", "--noinput"), ("load_content",)):
        site.manage(*command)
    with site.container(site.image.last("CMD").words) as web:
        started = time.monotonic()
        while not site.is_healthy():
            web.must_run()
        seconds = time.monotonic() - started
        files = _places(site.get("/sitemap.xml")[1])
        addresses = [page for file in files for page in _places(site.get(file)[1])]
        wrong = [address for address in addresses if site.get(address)[0] != 200]
        right = len(addresses) - len(wrong)
        yield Row(
            "the site of the image: read-only, user 10001, no capability, process 1",
            "healthy by its own check, every page of the sitemap answers",
            f"healthy after {seconds:.1f} s, {right} of {len(addresses)} pages",
            not wrong and len(addresses) > 100,
        )
        yield _stop("the workers", web, 40)
    for name, command in (("messages", "deliver_messages"), ("jobs", "run_jobs")):
        with site.container(["python", "manage.py", command]) as service:
            time.sleep(8)
            yield _stop(f"the service {name}", service, 40)
    yield _dump(site)


def _places(sitemap: str) -> list[str]:
    """Return the addresses that the map, or one of its files, names."""
    return re.findall(r"<loc>https://[^/]+(/[^<]*)</loc>", sitemap)


def _stop(what: str, container: Container, seconds: float) -> Row:
    started = time.monotonic()
    status = container.stop(seconds)
    took = time.monotonic() - started
    return Row(
        f"SIGTERM to {what} of the image",
        "ends by itself, exit status 0",
        f"status {status} after {took:.1f} s",
        status == 0,
    )


def _dump(site: Site) -> Row:
    [program] = site.root.glob("usr/lib/postgresql/*/bin/pg_dump")
    command = [f"/{program.relative_to(site.root)}", "--schema-only", url(DATABASE)]
    with site.container(command) as container:
        tables = container.finish(60).count("CREATE TABLE ")
    return Row("`pg_dump` of the image", "finds all its libraries", f"{tables} tables", tables > 50)
