"""From SQLite to PostgreSQL and back: every row as it was, and numbers of records go on."""

import json
import os
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from lkintegration.upkeep.backup.sqlite import SQLite
from tests.databases import copy_file, create_from_template, drop
from tests.upkeep.backup.sites import Site

pytestmark = pytest.mark.postgresql

# What databases keep each in their own way: JSON, nothing beside JSON's null, bytes, times of a
# day, numbers with a comma, an address that our own columns would refuse and clean.
ODD = r"""
from contacts.models import Message
from django.contrib.auth.models import User
from django.db import connection
from offers.models import Service
from lkintegration.translating.models import TranslationUpload

user = User.objects.create_superuser("chef", "", "nur-im-test")
Service.objects.create(name_de="Weg", slug="weg").delete()
service = Service.objects.first()
service.name_ar = "مرحبا 😀 \u200f"
service.save()
text = "Zeile\n\tTab '\" \\ %s"
message = Message.objects.create(text=text, email="a@example.org", submission="x")
content = bytes(range(256))
TranslationUpload.objects.create(user=user, language="uk", name="x.csv", content=content)
with connection.cursor() as cursor:
    cursor.execute("UPDATE contacts_organisation SET phone = ' 0 7621 ', website = 'HTTP://X/ '")
    cursor.execute("UPDATE offers_service SET translation_states = 'null' WHERE slug = 'jmd'")
"""
NEXT = """
from offers.models import Service
print(Service.objects.create(name_de="Neu", slug="neu").pk)
"""
FIND = """
from lkintegration.search.engine.finding import find
from lkintegration.search.engine.knowledge import knowledge
from lkintegration.search.understanding.reading import read_question
for language, text in [("de", "Beratung"), ("tr", "Schopfheim"), ("ar", "Caritas")]:
    hits = find(read_question(text, language, knowledge()), language)
    print([(hit.kind, hit.title, hit.path, hit.score, sorted(hit.matched)) for hit in hits])
"""


@pytest.fixture
def site(tmp_path):
    """A site on SQLite, with what is odd in it, and an empty database on the server."""
    (tmp_path / "site_to_back_up.py").write_text("from lkintegration.settings.dev import *\n")
    database = tmp_path / "db.sqlite3"
    copy_file(database)
    site = Site(tmp_path, f"sqlite:///{database}", SQLite(database))
    site.done("shell", "-v0", "-c", ODD)
    return site


@pytest.fixture
def server():
    """The address of a database on the server, with what compose fills a new one with."""
    url = os.environ["DATABASE_URL"]
    name = f"to_transfer_{os.getpid()}"
    create_from_template(url, name)
    yield urlsplit(url)._replace(path=f"/{name}").geturl()
    with psycopg.connect(url, autocommit=True) as database:
        drop(database, name)


def everything(site: Site) -> list[object]:
    """Return all records as Django reads them, without what the search makes of them."""
    records = json.loads(site.done("dumpdata", "-e", "search", "-e", "modelsearch"))
    return sorted(records, key=lambda record: (record["model"], str(record["pk"])))


def test_every_row_goes_there_and_back(site, server, tmp_path):
    there = site._replace(url=server)
    back = site._replace(url=f"sqlite:///{tmp_path / 'back.sqlite3'}")
    copy_file(tmp_path / "back.sqlite3")
    records = everything(site)

    refused = site.command("transfer_database", "--to", server)
    said = site.done("transfer_database", "--to", server, "--replace")
    back.done("transfer_database", "--from", server, "--replace")

    assert "Mit --replace wird alles darin ersetzt" in refused.stderr
    assert "Alle Zeilen sind gleich." in said
    assert everything(there) == records
    assert everything(back) == records
    for one in (there, back):
        one.done("rebuild_search")
        assert one.done("shell", "-v0", "-c", FIND) == site.done("shell", "-v0", "-c", FIND)
    # The number of the deleted record is not given again: its history would be another's.
    assert len({each.done("shell", "-v0", "-c", NEXT) for each in (site, there, back)}) == 1


def test_what_cannot_be_transferred_is_refused_and_nothing_is_written(site, server, tmp_path):
    missing = site.command("transfer_database", "--from", f"sqlite:///{tmp_path / 'none.sqlite3'}")
    assert "gibt es nicht" in missing.stderr
    assert not (tmp_path / "none.sqlite3").exists()

    for one in (site, site._replace(url=server)):
        same = one.command("transfer_database", "--from", one.url, "--replace")
        assert "dieselbe Datenbank" in same.stderr

    old = site._replace(url=f"sqlite:///{tmp_path / 'old.sqlite3'}")
    Path(old.url.removeprefix("sqlite:///")).touch()
    assert "Migrationen" in old.command("transfer_database", "--to", server).stderr

    there = site._replace(url=server)
    before = everything(there)
    # SQLite takes a text of any length.
    site.query("UPDATE pages_page SET title_de = hex(zeroblob(5000))")
    too_long = site.command("transfer_database", "--to", server, "--replace")
    assert "Tabelle pages_page: " in too_long.stderr
    assert "Traceback" not in too_long.stderr
    assert everything(there) == before
