"""Readers adapt the site: size, spacing, zoom, colours, motion; and find things where they were."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.pages import MISTAKES, NAMES, Reader

# Short words, long words, and from right to left.
CODES = ["de", "uk", "ar"]
# 320 by 256 is a screen of 1280 by 1024 pixels at 400 % zoom.
PHONE, LAPTOP, ZOOMED = (
    {"width": width, "height": height} for width, height in ((360, 740), (1280, 900), (320, 256))
)
SEVERAL = [
    "home",
    "beratung, answer",
    "angebote",
    "kontakt",
    "nachricht",
    MISTAKES,
    "konzept",
    "impressum",
]

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# WCAG 2.2, 2.5.8: 24 by 24, or so far apart that circles of 24 do not touch; not in a sentence.
SMALL_TARGETS = """() => {
  const wanted = "a[href], button, input, select, textarea, summary";
  const targets = [...document.querySelectorAll(wanted)]
    .filter(node => node.type !== "hidden" && node.tabIndex >= 0 && node.checkVisibility());
  const inSentence = node => getComputedStyle(node).display === "inline"
    && [...node.parentElement.childNodes].some(
      other => other !== node && /[\\p{L}\\p{N}]/u.test(other.nodeType === 3 ? other.data : ""));
  const middle = box => [box.x + box.width / 2, box.y + box.height / 2];
  const big = box => box.width >= 24 && box.height >= 24;
  const boxes = targets.map(node => node.getBoundingClientRect());
  return targets.flatMap((node, place) => {
    const box = boxes[place];
    if (box.bottom < 0 || big(box) || inSentence(node)) return [];
    const [x, y] = middle(box);
    const crowded = boxes.some((other, at) => {
      if (at === place) return false;
      if (!big(other)) {
        const [ox, oy] = middle(other);
        return Math.hypot(x - ox, y - oy) < 24;
      }
      const [dx, dy] = [Math.max(other.left - x, 0, x - other.right),
                        Math.max(other.top - y, 0, y - other.bottom)];
      return Math.hypot(dx, dy) < 12;
    });
    return crowded ? [`${Math.round(box.width)} × ${Math.round(box.height)}: `
      + node.outerHTML.slice(0, 120)] : [];
  });
}"""
# Adds what a reader's own style sheet would say. Not a style element, which the policy forbids.
ADD_STYLE = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
SPACING = """p { margin-block-end: 2em !important; }
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
"""
TWICE_AS_BIG = "html { font-size: 200% !important; }"
# Text that is cut off, and text that lies over other text.
LOST_TEXT = """() => {
  const clipped = node => node && (getComputedStyle(node).clipPath !== "none"
    || clipped(node.parentElement));
  const hidden = node => node.closest("svg, select") || clipped(node)
    || !node.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true});
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || hidden(node.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (box.width > 2 && box.height > 2 && box.bottom + scrollY > 0) texts.push({node, box});
  }
  const found = [];
  for (const {node, box} of texts) {
    for (let up = node.parentElement; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      const edge = up.getBoundingClientRect();
      if (style.overflow === "hidden" || style.overflow === "clip")
        if (box.bottom > edge.bottom + 2 || box.right > edge.right + 2 || box.left < edge.left - 2)
          found.push(`cut off: ${node.data.trim().slice(0, 60)}`);
    }
    if (box.right > innerWidth + 1 || box.left < -1)
      found.push(`outside the window: ${node.data.trim().slice(0, 60)}`);
  }
  texts.sort((one, other) => one.box.top - other.box.top);
  texts.forEach(({node, box}, place) => {
    for (const next of texts.slice(place + 1)) {
      if (next.box.top > box.bottom) break;
      if (next.node === node || next.node.parentElement.contains(node.parentElement)) continue;
      const width = Math.min(box.right, next.box.right) - Math.max(box.left, next.box.left);
      const height = Math.min(box.bottom, next.box.bottom) - Math.max(box.top, next.box.top);
      // Half a line: tall line boxes of neighbours touch without their letters touching.
      const shown = [node, next.node].map(each => each.data.trim().slice(0, 40));
      if (width > 4 && height > Math.min(box.height, next.box.height) / 2)
        found.push(shown.join(" lies over "));
    }
  });
  return found;
}"""
# German in a page of another script whose element does not say that it is German. Names need not
# say so (WCAG 2.2, 3.1.2), and have capitals: two lower-case words are taken for more than a name.
UNMARKED = """names => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const plain = node.data.replace(/\\([^()]*\\)/g, "");  // the German name in brackets
    const text = names.reduce((left, name) => left.replaceAll(name, ""), plain);
    const words = text.match(/\\p{Script=Latin}[\\p{Script=Latin}.-]{2,}/gu) ?? [];
    const inside = node.parentElement.closest("[lang]");
    if (inside !== document.documentElement || node.parentElement.closest("svg, bdi")) continue;
    const sentence = words.filter(word => word === word.toLowerCase());
    if (sentence.length >= 2) found.push(node.data.trim().slice(0, 100));
  }
  return found;
}"""


NAMES_ON_DOORS = [
    "Migrationsberatung für erwachsene Zuwanderer",
    "Caritasverband für den Landkreis Lörrach",
    "Bundesamt für Migration und Flüchtlinge",
    "jmd4you",
    "mbeon",
]
COVERING = """() => [...document.querySelectorAll("body *")].filter(node =>
  ["fixed", "sticky"].includes(getComputedStyle(node).position)
  && node.getBoundingClientRect().height > innerHeight / 3).length"""
MOVING = """() => [...document.querySelectorAll("*")].filter(node => {
  const {transitionDuration, animationName, scrollBehavior} = getComputedStyle(node);
  return scrollBehavior === "smooth" || animationName !== "none"
    || transitionDuration.split(",").some(time => parseFloat(time) > 0);
}).map(node => node.outerHTML.slice(0, 80))"""
MENUS = "links => links.map(link => link.textContent.trim())"
HELP = "links => links.map(link => link.getAttribute('href').split('?')[0])"
# Where the controls and icons are that can be seen, on the whole page.
CONTROLS = """wanted => [...document.querySelectorAll(wanted)].filter(node =>
  node.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})
  && node.getAttribute("tabindex") !== "-1"
).map(node => {
  const {x, y, width, height} = node.getBoundingClientRect();
  return {html: node.outerHTML.slice(0, 80), x: x + scrollX, y: y + scrollY, width, height};
}).filter(({width, height}) => width > 0 && height > 0)"""
# Controls of which a picture shows too little: the contrast between the most frequent colour of
# each and the one furthest from it.
FAINT = """async ([data, controls]) => {
  const bytes = Uint8Array.from(atob(data), letter => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], {type: "image/png"}));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    .getContext("2d", {willReadFrequently: true});
  canvas.drawImage(bitmap, 0, 0);
  const luminance = colour => {
    const [red, green, blue] = [colour >> 16, colour >> 8 & 255, colour & 255]
      .map(part => part / 255)
      .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
    return .2126 * red + .7152 * green + .0722 * blue;
  };
  const contrast = ({x, y, width, height}) => {
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [right, bottom] = [Math.ceil(x + width), Math.ceil(y + height)];
    const pixels = canvas.getImageData(left, top, right - left, bottom - top).data;
    const counts = new Map();
    for (let at = 0; at < pixels.length; at += 4) {
      const colour = pixels[at] << 16 | pixels[at + 1] << 8 | pixels[at + 2];
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    const [[ground]] = [...counts].sort((one, other) => other[1] - one[1]);
    return Math.max(...[...counts.keys()].map(luminance).map(other =>
      (Math.max(luminance(ground), other) + .05) / (Math.min(luminance(ground), other) + .05)));
  };
  return controls.map(control => [contrast(control), control.html])
    .filter(([found]) => found < 3).map(([found, html]) => `${found.toFixed(1)}: ${html}`);
}"""


@dataclass
class Seen:
    """What all pages of one language show; the lists hold what is wrong."""

    titles: dict[str, str] = field(default_factory=dict)
    menus: dict[str, Any] = field(default_factory=dict)
    small_targets: list[str] = field(default_factory=list)
    sideways: list[str] = field(default_factory=list)
    covered: list[str] = field(default_factory=list)
    lost_text: list[str] = field(default_factory=list)
    moving: list[str] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def seen(chromium: Browser, site: str) -> Callable[[str], Seen]:
    """Return what the pages of a language show; each page is opened once for all tests."""
    known: dict[str, Seen] = {}

    def look(code: str) -> Seen:
        if code not in known:
            context = chromium.new_context(base_url=site, reduced_motion="reduce")
            known[code] = _look(context.new_page(), code)
            context.close()
        return known[code]

    return look


def _look(page: Page, code: str) -> Seen:
    reader, seen = Reader(page), Seen()
    for name in NAMES:
        page.set_viewport_size(PHONE)
        reader.visit(code, name)
        seen.titles[name] = page.title()
        seen.menus[name] = (
            page.locator("header nav a").evaluate_all(MENUS),
            page.locator("footer a").evaluate_all(HELP),
        )
        seen.unmarked += _at(name, page.evaluate(UNMARKED, NAMES_ON_DOORS))
        seen.moving += _at(name, page.evaluate(MOVING))
        seen.small_targets += _at(name, page.evaluate(SMALL_TARGETS))
        # In an order that changes the size of the window as seldom as possible. Text alone at
        # 200 % on a laptop; a phone's browser enlarges the whole page.
        for size, styles in (
            (PHONE, ("", SPACING)),
            (ZOOMED, ("",)),
            (LAPTOP, ("", SPACING, TWICE_AS_BIG)),
        ):
            page.set_viewport_size(size)
            for style in styles:
                page.evaluate(ADD_STYLE, style)
                where = f"{name}, {size['width']} px, {style[:22]}"
                is_adapted = style or size == PHONE
                if is_adapted:
                    seen.lost_text += _at(where, page.evaluate(LOST_TEXT))
                if page.evaluate(SIDEWAYS) > 0:
                    (seen.lost_text if is_adapted else seen.sideways).append(f"{where}: sideways")
            if size == ZOOMED and page.evaluate(COVERING):
                seen.covered.append(name)
    return seen


def _at(where: str, findings: list[str]) -> list[str]:
    return [f"{where}: {finding}" for finding in dict.fromkeys(findings)]


@pytest.mark.parametrize("code", CODES)
def test_no_page_scrolls_sideways_or_covers_itself_up_to_four_hundred_percent(seen, code):
    """WCAG 2.2, 1.4.10."""
    assert not seen(code).sideways, "\n".join(seen(code).sideways)
    assert seen(code).covered == []


@pytest.mark.parametrize("code", CODES)
def test_targets_are_big_enough_or_far_enough_apart(seen, code):
    """WCAG 2.2, 2.5.8."""
    assert not seen(code).small_targets, "\n".join(seen(code).small_targets)


@pytest.mark.parametrize("code", CODES)
def test_bigger_and_wider_text_is_neither_cut_off_nor_covered(seen, code):
    """WCAG 2.2, 1.4.4 and 1.4.12."""
    assert not seen(code).lost_text, "\n".join(seen(code).lost_text)


def test_nothing_moves_for_readers_who_want_it_calm(seen):
    assert not seen("de").moving, "\n".join(seen("de").moving)


@pytest.mark.parametrize("code", CODES)
def test_titles_differ_and_begin_with_the_page(seen, code):
    """WCAG 2.2, 2.4.2."""
    titles = seen(code).titles
    site = titles["impressum"].rpartition(" – ")[2]
    assert all(title.endswith(f" – {site}") for title in titles.values()), titles
    # States of one page, as "angebote, filtered", may share its title.
    pages = {name: title for name, title in titles.items() if name.partition(",")[0] == name}
    assert len(set(pages.values())) == len(pages), pages


@pytest.mark.parametrize("code", ["ar", "uk"])
def test_german_in_another_script_says_that_it_is_german(seen, code):
    """WCAG 2.2, 3.1.2."""
    assert not seen(code).unmarked, "\n".join(seen(code).unmarked)


@pytest.mark.parametrize("code", CODES)
def test_menu_and_help_are_the_same_everywhere(seen, code):
    """WCAG 2.2, 3.2.3, 3.2.4 and 3.2.6."""
    menus = seen(code).menus
    _menu, help_ = menus["home"]
    assert help_.count("tel:+4976214105301") == 1
    assert f"/{code}/kontakt/nachricht/" in help_
    assert {name: both for name, both in menus.items() if both != menus["home"]} == {}


@pytest.mark.parametrize(("code", "scheme"), [("de", "light"), ("ar", "dark")])
def test_forced_colours_leave_every_control_and_icon_to_be_seen(page, code, scheme):
    """What is drawn counts: each control is looked at in a picture of the page."""
    page.emulate_media(color_scheme=scheme, forced_colors="active", reduced_motion="reduce")
    looker = page.context.new_page()  # an empty page, whose policy forbids nothing
    reader = Reader(page)
    faint = []
    kinds = "button, main input:not([type=hidden]), select, textarea, summary, .icon, mark"
    for name in SEVERAL:
        reader.visit(code, name)
        controls = page.evaluate(CONTROLS, f"header :is({kinds}), main :is({kinds})")
        assert controls, name
        picture = base64.b64encode(page.screenshot(full_page=True)).decode()
        faint += _at(name, looker.evaluate(FAINT, [picture, controls]))
    assert not faint, "\n".join(faint)


def test_choosing_something_sends_nothing_off_and_no_time_runs_out(page):
    """WCAG 2.2, 2.2.1, 3.2.1 and 3.2.2."""
    page.goto("/de/beratung/")
    for choice in page.locator("main select").all():
        choice.focus()
        choice.select_option(index=1)
    page.locator("main form input[type=text]").first.fill("19")
    assert page.url.endswith("/de/beratung/")
    assert page.locator("meta[http-equiv=refresh]").count() == 0
