"""The style sheets hold no physical direction and nothing inline is left in templates."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings

pytestmark = pytest.mark.any_database

SITE_STORAGE = {"staticfiles": {"BACKEND": "lkintegration.serving.static_files.SiteStorage"}}
ROOT = Path(__file__).resolve().parents[2]
PHYSICAL = re.compile(
    r"(margin|padding|border)-(left|right)|(?<![\w-])(left|right)\s*:|"
    r"(text-align|float|clear)\s*:\s*(left|right)|-(left|right)-radius"
)


SHEETS = ROOT / "static/css"
COMPONENTS = sorted((ROOT / "templates/components").glob("*.html"))


def is_of_admin(sheet):
    return sheet.name == "admin.css" or sheet.parent.name == "admin"


@pytest.mark.parametrize("sheet", sorted(SHEETS.rglob("*.css")), ids=lambda p: p.name)
def test_a_style_sheet_uses_logical_directions_only(sheet):
    assert not PHYSICAL.search(sheet.read_text(encoding="utf-8"))


def test_every_component_has_a_style_sheet_of_its_name_and_every_sheet_is_used():
    names = {template.stem for template in COMPONENTS} | {"icon"}  # drawings in templates/icons
    assert {sheet.stem for sheet in (SHEETS / "components").glob("*.css")} == names
    site, admin = (
        re.findall(r'@import "([^"]+)"', (SHEETS / name).read_text(encoding="utf-8"))
        for name in ("site.css", "admin.css")
    )
    imported = [*site, *(name for name in admin if name != "tokens.css")]
    on_disk = {str(path.relative_to(SHEETS)) for path in SHEETS.rglob("*.css")}
    assert len(imported) == len(set(imported))
    assert set(imported) == on_disk - {"site.css", "admin.css", "specimens.css"}


def test_collecting_joins_the_sheets_into_one_without_comments(tmp_path):
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=settings.STORAGES | SITE_STORAGE):
        call_command(
            "collectstatic", "--noinput", verbosity=0, ignore_patterns=["admin", "*prose_editor*"]
        )
        sheet = (tmp_path / staticfiles_storage.stored_name("css/site.css")).read_text("utf-8")

    assert "@import" not in sheet
    assert "/*" not in sheet
    assert "@media (prefers-color-scheme:dark){:root{" in sheet
    for part in (".wrap", ".timeline", "@media print"):
        assert part in sheet


def test_templates_hold_no_style_no_script_and_no_unsafe_text():
    script = r'<script(?! type="application/ld\+json">)'
    forbidden = re.compile(script + r"|<style|\sstyle=|\son\w+=|\|safe\b|autoescape off")
    for template in (ROOT / "templates").rglob("*.html"):
        assert not forbidden.search(template.read_text(encoding="utf-8")), template.name


def test_every_colour_is_a_token_defined_for_light_and_dark():
    light, dark = (
        set(re.findall(r"(--[\w-]+): #", (SHEETS / name).read_text(encoding="utf-8")))
        for name in ("tokens.css", "tokens-dark.css")
    )
    assert light == dark
    assert len(light) >= 12


def test_the_admin_has_the_colours_of_the_site():
    values = [
        dict(re.findall(r"(--[\w-]+): (#\w+);", (SHEETS / name).read_text(encoding="utf-8")))
        for name in ("tokens.css", "tokens-dark.css")
    ]
    own = (SHEETS / "admin/tokens.css").read_text(encoding="utf-8")
    pairs = re.findall(r"(--[\w-]+): light-dark\((#\w+), (#\w+)\);", own)

    assert len(pairs) >= 12
    for name, light, dark in pairs:
        assert [light, dark] == [colours[name] for colours in values], name


def test_every_token_and_every_class_is_used():
    sheets = [path for path in SHEETS.rglob("*.css") if not is_of_admin(path)]
    styles = re.sub(
        r"/\*.*?\*/|@import[^;]+;", "", "".join(map(Path.read_text, sheets)), flags=re.DOTALL
    )
    tokens = set(re.findall(r"(--[\w-]+):", styles))
    classes = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"{[^{}]*}", "", styles)))
    markup = "".join(map(Path.read_text, (ROOT / "templates").rglob("*.html")))

    assert tokens - set(re.findall(r"var\((--[\w-]+)", styles)) == set()
    assert {
        name for name in classes if not re.search(rf"(?<![\w-]){name}(?![\w-])", markup)
    } == set()


def test_every_token_that_is_used_is_defined():
    tokens = (SHEETS / "tokens.css").read_text(encoding="utf-8")
    for sheet in SHEETS.rglob("*.css"):
        if is_of_admin(sheet):  # Django's own tokens
            continue
        text = sheet.read_text(encoding="utf-8")
        for name in re.findall(r"var\((--[\w-]+)", text):
            assert f"{name}:" in tokens + text, (sheet.name, name)
