"""Draws the icons and the picture for shared links from their SVG sources: ``make icons``.

Run it after a change of ``static/img/mark.svg`` or ``static/img/share.svg`` and commit what it
writes. Chromium draws each size by itself; Pillow reduces the colours and packs the icon file.
"""

import base64
import io
import os
import sys

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.server import CHROMIUM_FLAGS, ROOT

IMAGES, AT_ROOT = ROOT / "static" / "img", ROOT / "static" / "root"
FOREST = "#0d5752"
FAVICON_SIZES = (16, 32, 48)
COLOURS = 128
MARK_AT = (80, 80)  # beside the name in share.svg


def drawn(
    page: Page, source: str, size: tuple[int, int], share: float = 1, ground: str = "transparent"
) -> Image.Image:
    """Return ``source`` drawn in the middle of ``size``, taking ``share`` of its width."""
    svg = base64.b64encode((IMAGES / source).read_bytes()).decode()
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.set_content(
        f'<body style="margin:0;height:100vh;display:grid;place-items:center;background:{ground}">'
        f'<img src="data:image/svg+xml;base64,{svg}" style="display:block;width:{width * share}px">'
    )
    page.wait_for_function("document.images[0].complete")
    return Image.open(io.BytesIO(page.screenshot(omit_background=True)))


def fewer_colours(picture: Image.Image) -> Image.Image:
    """Return a flat drawing with a palette, at a fraction of its bytes."""
    return picture.convert("RGBA").quantize(COLOURS, method=Image.Quantize.FASTOCTREE)


def main() -> int:
    AT_ROOT.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=CHROMIUM_FLAGS
        )
        page = browser.new_page()
        for size in (192, 512):
            icon = fewer_colours(drawn(page, "mark.svg", (size, size)))
            icon.save(IMAGES / f"icon-{size}.png", optimize=True)
        # Full-bleed: systems cut these to their own shape. What matters lies within a circle of
        # 80 % of the width (W3C Web Application Manifest, "maskable").
        maskable = drawn(page, "mark.svg", (512, 512), share=0.8, ground=FOREST)
        fewer_colours(maskable).save(IMAGES / "icon-maskable-512.png", optimize=True)
        touch = drawn(page, "mark.svg", (180, 180), share=0.9, ground=FOREST)
        fewer_colours(touch).save(AT_ROOT / "apple-touch-icon.png", optimize=True)
        frames = [drawn(page, "mark.svg", (size, size)) for size in FAVICON_SIZES]
        frames[-1].save(
            AT_ROOT / "favicon.ico",
            sizes=[frame.size for frame in frames],
            append_images=frames[:-1],
        )
        share, mark = drawn(page, "share.svg", (1200, 630)), drawn(page, "mark.svg", (128, 128))
        share.paste(mark, MARK_AT, mark)
        fewer_colours(share).save(IMAGES / "share.png", optimize=True)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
