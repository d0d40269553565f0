"""Makes the pages: ``python fill.py TEXTS`` in the project, with the file of texts of the site."""

import json
import os
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path.cwd()))  # where the project is
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings.production")
django.setup()

from django.core.management import call_command  # noqa: E402
from home.models import HomePage, ListPage, TextPage  # noqa: E402

call_command("makemigrations", "home", verbosity=0)
call_command("migrate", verbosity=0)
texts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
home = HomePage.objects.get()
home.add_child(instance=TextPage(title=texts["title"], slug="text", body=texts["body"]))
for number, name in enumerate(texts["menu"]):
    home.add_child(instance=TextPage(title=name, slug=f"menu-{number}", show_in_menus=True))
listing = home.add_child(instance=ListPage(title=texts["list"], slug="list"))
for number, entry in enumerate(texts["entries"]):
    child = TextPage(title=entry["title"], slug=f"entry-{number}", body=entry["body"])
    listing.add_child(instance=child)
