"""Photographs the main pages: ``make screenshots`` writes them to var/screenshots."""

import os
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.server import CHROMIUM_FLAGS, ROOT, serve

PATHS = {
    "home": "",
    "beratung": "beratung/",
    "konzept": "konzept/",
    "aufgaben": "aufgaben/",
    "kontakt": "kontakt/",
    "kontaktperson": "kontakt/eva-petersik/",
    "nachricht": "kontakt/nachricht/",
    "barriere": "barriere-melden/",
    "angebot": "angebote/mbe-diakonie/",
    "leichte-sprache": "leichte-sprache/",
}
TARGET = ROOT / "var" / "screenshots"


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = serve(Path(folder))
        address = next(server)
        chromium = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=CHROMIUM_FLAGS
        )
        for width, scheme, code in product((360, 1280), ("light", "dark"), ("de", "ar")):
            context = chromium.new_context(
                viewport={"width": width, "height": 740 if width == 360 else 900},
                color_scheme=scheme,
            )
            page = context.new_page()
            for name, path in PATHS.items():
                page.goto(f"{address}/{code}/{path}")
                page.screenshot(path=TARGET / f"{name}-{code}-{width}-{scheme}.png", full_page=True)
            context.close()
        chromium.close()
        server.close()
    print(f"{len(list(TARGET.glob('*.png')))} Bilder in {TARGET.relative_to(ROOT)}")  # noqa: T201


if __name__ == "__main__":
    main()
