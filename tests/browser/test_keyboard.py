"""The keyboard reaches everything once, in the order of reading, and shows where it is."""

import pytest
from playwright.sync_api import Page

from tests.browser.pages import MISTAKES, NAMES, Reader

# What a keyboard can reach, in the order of the document, as the browser would show it now.
REACHABLE = """() => {
  const wanted = "a[href], button, input, select, textarea, summary, [tabindex], iframe";
  return [...document.querySelectorAll(wanted)].filter(node =>
    node.tabIndex >= 0 && !node.disabled && node.type !== "hidden"
    && node.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})
    && node.getClientRects().length);
}"""
# How an element looks: one without focus and the same one with it must differ.
LOOK = """
  const numbers = colour => (colour.match(/[\\d.]+/g) ?? [0, 0, 0]).map(Number);
  const luminance = colour => {
    const [r, g, b] = numbers(colour).map(part => part / 255)
      .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + .05) / (low + .05);
  };
  const behind = node => {
    for (let up = node.parentElement; up; up = up.parentElement) {
      const colour = getComputedStyle(up).backgroundColor;
      if ((numbers(colour)[3] ?? 1) > 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
"""
# Notes with each Tab where the focus is and what is wrong with how it shows there (WCAG 2.2, 2.4.7,
# 2.4.11, 2.4.13): when the key comes up, the focus has moved and what has it was scrolled to.
NOTE = (
    """nodes => {
  window.steps = [];
"""
    + LOOK
    + """
  const look = node => {
    const wrong = [];
    const style = getComputedStyle(node);
    const box = node.getBoundingClientRect();
    const width = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
    if (width < 2) wrong.push(`outline of ${width} px`);
    const ratio = contrast(style.outlineColor, behind(node));
    if (ratio < 3) wrong.push(`outline with a contrast of ${ratio.toFixed(1)}`);
    const parts = [...node.getClientRects()].filter(part => part.width && part.height);
    const seen = parts.some(part => {
      const x = Math.min(Math.max(part.x + part.width / 2, 0), innerWidth - 1);
      const y = Math.min(Math.max(part.y + part.height / 2, 0), innerHeight - 1);
      const top = document.elementFromPoint(x, y);
      return top && (node.contains(top) || top.contains(node) || top.htmlFor === node.id);
    });
    if (!seen) wrong.push("hidden behind something");
    if (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth)
      wrong.push("outside the window");
    return wrong;
  };
  addEventListener("keyup", event => {
    if (event.key !== "Tab") return;
    const node = document.activeElement;
    const place = nodes.indexOf(node);
    const wrong = place < 0 || event.shiftKey ? [] : look(node);
    window.steps.push({place, what: node.outerHTML.slice(0, 120), wrong});
  }, {capture: true});
}"""
)
# The places of the last element in the header and of the first in the footer.
AROUND_MAIN = """nodes => [
  nodes.findLastIndex(node => node.closest("body > header")),
  nodes.findIndex(node => node.closest("body > footer")),
]"""
# Before the first element the focus has the page itself, also where something else was given it.
START_BEFORE = """(nodes, place) => {
  const start = nodes[place - 1] ?? document.body;
  if (start === document.body) start.tabIndex = -1;
  start.focus();
  document.body.removeAttribute("tabindex");
}"""
# Steps of the focus that go up the page and not into the next column, or back in the same row.
AGAINST_READING = """nodes => {
  const rtl = document.dir === "rtl";
  const boxes = nodes.map(node => node.getClientRects()[0]);  // a link may go on in the next row
  return nodes.slice(1).flatMap((node, place) => {
    const [last, next] = [boxes[place], boxes[place + 1]];
    if (last.bottom + scrollY < 0) return [];  // the skip link, which shows only with the focus
    const further = rtl ? next.right < last.right : next.left > last.left;
    return next.top > last.top + 2 || further
      ? [] : [`${nodes[place].outerHTML.slice(0, 80)} → ${node.outerHTML.slice(0, 80)}`];
  });
}"""


def walk(page: Page, name: str, *, whole: bool) -> list[str]:
    """Tab through the page and back; return what is wrong on the way.

    The way is the ``whole`` page, or from the end of its header to the beginning of its footer.
    """
    nodes = page.evaluate_handle(REACHABLE)
    found = [f"{name}: against reading: {step}" for step in nodes.evaluate(AGAINST_READING)]
    names = nodes.evaluate("nodes => nodes.map(node => node.outerHTML.slice(0, 120))")
    header, footer = nodes.evaluate(AROUND_MAIN)
    way = range(len(names)) if whole else range(header, footer + 1)
    nodes.evaluate(NOTE)
    nodes.evaluate(START_BEFORE, way[0])
    for key in ("Tab", "Shift+Tab"):
        for _place in way:
            page.keyboard.press(key)
    steps = page.evaluate("window.steps")
    there, (*back, last) = steps[: len(way)], steps[len(way) :]
    for place, step in zip(way, there, strict=True):
        if step["place"] != place:
            return [*found, f"{name}: {step['what']} where {names[place]} was next"]
        found += [f"{name}: {names[place]}: {wrong}" for wrong in step["wrong"]]
    for place, step in zip(reversed(way[:-1]), back, strict=True):
        if step["place"] != place:
            return [*found, f"{name}: Shift+Tab does not go back to {names[place]}"]
    if last["place"] == way[0]:
        found.append(f"{name}: the focus is caught in {names[way[0]]}")
    return found


@pytest.mark.parametrize(
    ("context_options", "code"),
    [
        ({"viewport": {"width": 360, "height": 740}}, "de"),
        ({"viewport": {"width": 1280, "height": 900}}, "ar"),
    ],
    ids=["German on a phone", "Arabic on a laptop"],
)
def test_the_keyboard_reaches_everything_once_and_visibly(page, code):
    reader = Reader(page)
    found = []
    for name in NAMES:
        reader.visit(code, name)
        # Header and footer are the same on every page (test_adaptation.py): once is enough.
        found += walk(page, name, whole=name == NAMES[0])
    assert not found, "\n".join(dict.fromkeys(found))


@pytest.mark.parametrize("code", ["de", "ar"])
@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_what_folds_opens_with_the_keyboard_and_lets_it_in(page, code, key):
    page.goto(f"/{code}/kontakt/")
    folds = page.locator("header summary")
    for fold in folds.all():
        if not fold.is_visible():
            continue
        fold.focus()
        page.keyboard.press(key)
        inside = fold.locator("xpath=..").locator("a")
        assert inside.first.is_visible()
        for entry in inside.all():
            page.keyboard.press("Tab")
            assert entry.evaluate("node => node === document.activeElement"), entry.inner_text()
            box = entry.bounding_box()
            assert 0 <= box["x"] <= page.viewport_size["width"] - box["width"]
        fold.focus()
        page.keyboard.press(key)
        assert not inside.first.is_visible()


@pytest.mark.parametrize("name", ["beratung, mistake", MISTAKES])
def test_a_summary_of_mistakes_has_the_focus_and_leads_to_the_fields(page, name):
    Reader(page).visit("ar", name)
    summary = page.locator("[role=alert]")
    assert summary.evaluate("node => node === document.activeElement")
    links = summary.locator("a[href^='#']")
    targets = [link.get_attribute("href") for link in links.all()]
    assert targets
    for place, target in enumerate(targets):
        links.nth(place).focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        near = page.evaluate("document.activeElement.id")
        page.keyboard.press("Shift+Tab")
        field = page.locator(target)
        assert near == field.get_attribute("id") or field.evaluate(
            "node => node === document.activeElement"
        ), target
        assert field.get_attribute("aria-invalid") == "true"
        described = (field.get_attribute("aria-describedby") or "").split()
        assert any(page.locator(f"[id='{part}']").inner_text() for part in described), target


@pytest.mark.parametrize("code", ["ar", "de"])
def test_a_word_leads_to_its_explanation_with_the_keyboard_and_back(page, code):
    page.goto(f"/{code}/konzept/")
    mark = page.locator('main a[href^="#w-"]').first
    mark.focus()
    page.keyboard.press("Enter")

    explained = page.locator(mark.get_attribute("href"))
    assert explained.evaluate("node => node.matches(':target')")
    explained.wait_for(state="visible")
    box = explained.bounding_box()
    assert 0 <= box["y"] < page.viewport_size["height"]
    page.keyboard.press("Tab")
    assert explained.get_by_role("link").evaluate("node => node === document.activeElement")

    page.go_back()
    assert page.url.endswith("/konzept/")
