"""The style sheets hold no physical direction and nothing inline is left in templates."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PHYSICAL = re.compile(
    r"(margin|padding|border)-(left|right)|(?<![\w-])(left|right)\s*:|"
    r"(text-align|float|clear)\s*:\s*(left|right)|-(left|right)-radius"
)


@pytest.mark.parametrize("sheet", sorted((ROOT / "static/css").glob("*.css")), ids=lambda p: p.name)
def test_a_style_sheet_uses_logical_directions_only(sheet):
    assert not PHYSICAL.search(sheet.read_text(encoding="utf-8"))


def test_templates_hold_no_style_no_script_and_no_unsafe_text():
    script = r'<script(?! type="application/ld\+json">)'
    forbidden = re.compile(script + r"|<style|\sstyle=|\son\w+=|\|safe\b|autoescape off")
    for template in (ROOT / "templates").rglob("*.html"):
        assert not forbidden.search(template.read_text(encoding="utf-8")), template.name


def test_every_colour_is_a_token_defined_for_light_and_dark():
    sheet = (ROOT / "static/css/site.css").read_text(encoding="utf-8")
    light = set(re.findall(r"(--[\w-]+): #", sheet.split("@media")[0]))
    dark = set(
        re.findall(r"(--[\w-]+): #", sheet.split("prefers-color-scheme: dark")[1].split("}\n}")[0])
    )
    assert light == dark
    assert len(light) >= 12
