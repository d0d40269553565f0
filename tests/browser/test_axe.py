"""axe finds nothing: all its rules, every page type, each colour scheme.

The sample here takes German whole, half of Arabic and some of the other languages, each at one
width; ``make axe`` takes all languages at both widths.
"""

import os
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.browser.pages import CODES, NAMES, Reader

PHONE, LAPTOP = 360, 1280
WHOLE = os.environ.get("AXE") == "whole"
SCRIPT = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# Contrast of 7:1 is level AAA.
BEYOND = ["color-contrast-enhanced"]
COLOURS = ["color-contrast", "link-in-text-block"]
LIGHT: dict[str, Any] = {"color_scheme": "light", "forced_colors": "none"}
SCHEMES: list[dict[str, Any]] = [
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "active"},
    {"color_scheme": "light", "forced_colors": "active"},
]
ALL: dict[str, Any] = {"only": None, "without": BEYOND}
# axe reads the colour of text from a property for which Chromium reports, in forced colours, what
# the author wanted and not what is drawn.
MEND = """() => {
  const asked = CSSStyleDeclaration.prototype.getPropertyValue;
  CSSStyleDeclaration.prototype.getPropertyValue = function (name) {
    return asked.call(this, name === "-webkit-text-fill-color" ? "color" : name);
  };
}"""
RUN = """async ({only, without, within}) => {
  // Colours may be on their way from one scheme to the next. Nobody waits: one that stands still
  // would never end.
  document.getAnimations().forEach(animation => animation.cancel());
  const rules = only ?? axe.getRules().map(rule => rule.ruleId).filter(id => !without.includes(id));
  const {violations} = await axe.run(within ?? document, {
    runOnly: {type: "rule", values: rules}, resultTypes: ["violations"],
  });
  return violations.flatMap(rule => rule.nodes.map(
    node => `${rule.id}: ${node.html.slice(0, 120)}: ${node.any.map(check => check.message)}`
  ));
}"""


def sample(code: str) -> list[tuple[str, list[int]]]:
    """Return the pages to look at in a language, each with the widths."""
    if WHOLE:
        return [(name, [PHONE, LAPTOP]) for name in NAMES]
    step = {"de": 1, "ar": 2}.get(code, 6)
    return [
        (name, [LAPTOP if code == "ar" else PHONE]) for name in NAMES[CODES.index(code) :: step]
    ]


@pytest.mark.parametrize("code", CODES)
def test_axe_finds_nothing(page, code):
    reader = Reader(page)
    found = []
    # Otherwise axe would meet colours on their way from one scheme to the next.
    page.emulate_media(reduced_motion="reduce")
    for name, widths in sample(code):
        reader.visit(code, name)
        page.evaluate(SCRIPT)
        page.evaluate(MEND)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(**LIGHT)
            found += _found(page, f"{name}, {width}", ALL)
            for scheme in SCHEMES if WHOLE else SCHEMES[:2]:
                page.emulate_media(**scheme)
                found += _found(page, f"{name}, {width}, {scheme}", {"only": COLOURS})
    assert not found, "\n".join(found)


def _found(page: Page, where: str, rules: dict[str, Any]) -> list[str]:
    return [f"{where}: {what}" for what in page.evaluate(RUN, rules)]
