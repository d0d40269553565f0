"""The gallery: ``make screenshots`` photographs every type of page into var/screenshots."""

import os
import tempfile
from html import escape
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.pages import CODES, NAMES, Reader
from tests.server import CHROMIUM_FLAGS, ROOT, serve

TARGET = ROOT / "var" / "screenshots"
SCREENS = {360: {"width": 360, "height": 740}, 1280: {"width": 1280, "height": 900}}
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}
ON_PAPER = [
    "home",
    "beratung, answer",
    "angebot",
    "kontakt-person",
    "konzept",
    "leitziele",
    "aufgaben",
]


def file_name(*parts: object) -> str:
    return "-".join(str(part) for part in parts).replace(", ", "-").replace(" ", "-")


def photograph(chromium: Browser, address: str) -> list[str]:
    """Write the pictures; return their file names."""
    pictures = []
    for width, (look, options), code in product(SCREENS, LOOKS.items(), CODES):
        context = chromium.new_context(base_url=address, viewport=SCREENS[width], **options)
        page = context.new_page()
        for name in NAMES:
            Reader(page).visit(code, name)
            pictures.append(f"{file_name(name, code, width, look)}.png")
            page.screenshot(path=TARGET / pictures[-1], full_page=True)
        context.close()
    return pictures


def print_out(chromium: Browser, address: str) -> list[str]:
    """Print pages on A4; return their file names."""
    context = chromium.new_context(base_url=address)
    page = context.new_page()
    papers = []
    for name, code in product(ON_PAPER, CODES):
        Reader(page).visit(code, name)
        papers.append(f"{file_name(name, code)}.pdf")
        page.pdf(path=TARGET / papers[-1], format="A4")
    context.close()
    return papers


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = serve(Path(folder))
        address = next(server)
        chromium = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=CHROMIUM_FLAGS
        )
        pictures = photograph(chromium, address)
        papers = print_out(chromium, address)
        chromium.close()
        server.close()
    figures = [
        f'<figure><img src="{escape(name)}" loading="lazy" alt="" width="320">'
        f'<figcaption><a href="{escape(name)}">{escape(name)}</a></figcaption></figure>'
        for name in pictures
    ]
    links = [f'<li><a href="{escape(name)}">{escape(name)}</a>' for name in papers]
    (TARGET / "index.html").write_text(
        "<!doctype html><meta charset=utf-8><title>Galerie</title>"
        "<style>body{display:flex;flex-wrap:wrap;gap:1rem;align-items:start}</style>"
        f"<ul>{''.join(links)}</ul>{''.join(figures)}",
        encoding="utf-8",
    )
    print(  # noqa: T201
        f"{len(pictures)} Bilder und {len(papers)} Drucke: {TARGET.relative_to(ROOT)}/index.html"
    )


if __name__ == "__main__":
    main()
