"""The editors' guide shows what there is: its pictures exist, its buttons are on the screens."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin

pytestmark = pytest.mark.any_database

ROOT = Path(settings.BASE_DIR)
GUIDE = (ROOT / "docs" / "anleitung.md").read_text(encoding="utf-8")
# What Django itself writes on its buttons, in German.
DJANGO = {
    *("Sichern", "Sichern und weiter bearbeiten"),
    *("Schließzeit hinzufügen", "Hinweis hinzufügen", "Angebot hinzufügen"),
}


def test_every_picture_is_there_and_every_picture_is_used():
    named = set(re.findall(r"!\[[^\]]+\]\(bilder/([^)]+)\)", GUIDE))

    assert named == {file.name for file in (ROOT / "docs" / "bilder").glob("*.png")}


def test_the_pictures_are_light():
    sizes = [file.stat().st_size for file in (ROOT / "docs" / "bilder").glob("*.png")]

    assert max(sizes) <= 60_000
    assert sum(sizes) <= 600_000


def test_every_button_the_guide_names_is_on_a_screen():
    screens = " ".join(
        file.read_text(encoding="utf-8")
        for folder, pattern in (("templates/admin", "**/*.html"), ("lkintegration", "**/*.py"))
        for file in (ROOT / folder).glob(pattern)
    )
    models = [model._meta for model in admin.site._registry]
    names = {str(model.verbose_name_plural) for model in models}
    names |= {f"{model.verbose_name} hinzufügen" for model in models}  # Django's own button
    fields = {str(f.verbose_name) for m in admin.site._registry for f in m._meta.fields}

    for name in re.findall(r"\*\*([^*]+)\*\*", GUIDE):
        label = " ".join(name.split())
        assert label in DJANGO | names | fields or label in screens, label
