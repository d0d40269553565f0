"""Lighthouse over every page type: ``make lighthouse``; a sample of it is a test."""

import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import sync_playwright

from tests.browser.pages import CODES, MISTAKES, NAMES, PATHS, SENT, Reader
from tests.server import CHROMIUM_FLAGS, ROOT, serve

MODULES = ROOT / "var" / "node" / "node_modules"
BROWSERS = 2
WITHOUT_AXE = ["best-practices", "seo"]
ALL = ["accessibility", *WITHOUT_AXE]
# What search engines are told to leave out needs no description, and its status is meant.
UNLISTED = ["is-crawlable", "meta-description"]
MEANT = {
    "not found": [*UNLISTED, "http-status-code", "errors-in-console"],
    SENT: UNLISTED,
    "angebot-fehler": UNLISTED,
    "kontakt-fehler": UNLISTED,
}


class Visit(NamedTuple):
    """One page on one screen: ``mobile`` or ``desktop``."""

    code: str
    name: str
    path: str
    form: str


def every_visit(reference: str) -> list[Visit]:
    """Return all visits; ``reference`` is the number of a message that was sent.

    The page with a reader's mistakes has no address of its own, so Lighthouse cannot open it.
    """
    paths = PATHS | {SENT: f"kontakt/nachricht/{reference}/"}
    names = [name for name in NAMES if name != MISTAKES]
    return [
        Visit(code, name, paths[name], form)
        for code, name, form in product(CODES, names, ("mobile", "desktop"))
    ]


def findings(site: str, visits: list[Visit], audits: list[str]) -> dict[Visit, list[str]]:
    """Return what Lighthouse finds below 100, by visit; two browsers share the work.

    ``audits`` names the categories of its audits.
    """
    shares = [visits[start::BROWSERS] for start in range(BROWSERS)]
    with ThreadPoolExecutor(BROWSERS) as pool:
        results = list(pool.map(lambda share: _run(site, share, audits), shares))
    return {
        visit: wrong
        for share, result in zip(shares, results, strict=True)
        for visit, wrong in zip(share, result, strict=True)
        if wrong
    }


def _run(site: str, visits: list[Visit], audits: list[str]) -> list[list[str]]:
    given = {
        "chromium": os.environ["CHROMIUM"],
        "flags": CHROMIUM_FLAGS,
        "categories": audits,
        "visits": [
            {
                "address": f"{site}/{visit.code}/{visit.path}",
                "form": visit.form,
                "meant": MEANT.get(visit.name, []),
            }
            for visit in visits
        ],
    }
    done = subprocess.run(
        ["node", str(ROOT / "tests" / "node" / "lighthouse.mjs")],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"NODE_PATH": str(MODULES)},
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return json.loads(done.stdout)


def main() -> int:
    """Visit everything; return 1 where something is below 100."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        server = serve(Path(folder))
        site = next(server)
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path=os.environ["CHROMIUM"], args=CHROMIUM_FLAGS
            )
            reference = Reader(chromium.new_page(base_url=site)).reference()
            chromium.close()
        visits = every_visit(reference)
        found = findings(site, visits, ALL)
        server.close()
    for visit, wrong in found.items():
        print(f"{visit.code} {visit.name} ({visit.form}): {'; '.join(wrong)}")  # noqa: T201
    print(  # noqa: T201
        f"Lighthouse: {len(visits)} visits, {len(found)} below 100, "
        f"{time.monotonic() - begun:.0f} s"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
