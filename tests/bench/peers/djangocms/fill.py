"""Makes the pages: ``python fill.py TEXTS`` with the file of texts of the site."""

import json
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
django.setup()

from cms.api import add_plugin, create_page  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db.transaction import atomic  # noqa: E402

call_command("migrate", verbosity=0)
texts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
home = create_page("Start", "page.html", "de", in_navigation=True)
with atomic():
    home.set_as_homepage()
for number, name in enumerate(texts["menu"]):
    create_page(name, "page.html", "de", slug=f"menu-{number}", in_navigation=True)


def make(title, slug, body):
    """Make a page with one text plugin."""
    page = create_page(title, "page.html", "de", slug=slug)
    page.get_content_obj("de").rescan_placeholders()
    placeholder = page.get_placeholders("de").get(slot="content")
    add_plugin(placeholder, "TextPlugin", "de", body=body)


make(texts["title"], "text", texts["body"])
