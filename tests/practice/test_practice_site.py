"""A practice site: what stands in it, who gets in, that it says what it is, and where it ends."""

import json
import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.conf import settings as site_settings
from django.contrib.auth.models import Group, User
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.test import Client

from concept.models import Concept, GuidingGoal
from contacts.models import ClosedPeriod, ContactPerson, Message, OpeningHours, Organisation
from lkintegration.core.languages import BY_CODE
from lkintegration.editing.models import WorkingCopy
from lkintegration.editing.scheduling import publish_due
from lkintegration.notices.models import Notice
from lkintegration.pages import error_pages
from lkintegration.practice.accounts import PREFIX, TRANSLATOR, account_of
from lkintegration.practice.fill_practice_site import fill_practice_site
from lkintegration.practice.management.commands.fill_practice_site import Command
from lkintegration.seed.content_files import read_entries
from lkintegration.seed.load_content import load_content
from offers.models import Service
from tests.accounts.test_links import is_logged_in, set_password
from tests.admin import client_of
from tests.core.browser import page_of, words

pytestmark = pytest.mark.any_database

ROOT = Path(site_settings.BASE_DIR)
MARK = "Übungs-Website: erfundene Beispiele"
SITE = "http://127.0.0.1:8001"
FICTION = re.compile(r"\+493023125[0-9]{3}")  # Bundesnetzagentur, Mitteilung 148/2021


@pytest.fixture
def practice(settings: Any) -> Any:
    """Switch on what the settings of a practice site switch on."""
    settings.PRACTICE = True
    settings.EXTRA_CONTENT = [ROOT / "lkintegration" / "practice" / "content"]
    return settings


@pytest.fixture
def filled(practice: Any, db: None) -> str:
    """Fill the site as ``make demo`` does; return what the command says."""
    load_content()
    return filled_again()


def filled_again() -> str:
    told = StringIO()
    call_command(Command(), site=SITE, stdout=told)
    return told.getvalue()


def marks(response: Any) -> list[str]:
    return [words(node) for node in page_of(response).xpath("//*[@class='practice-mark']")]


def test_work_of_every_state_waits(filled: str):
    drafts = {
        "at hand": WorkingCopy.objects.filter(sent_at=None, returned_at=None),
        "sent": WorkingCopy.objects.exclude(sent_at=None).filter(publish_at=None, of_goals=False),
        "given back": WorkingCopy.objects.exclude(returned_at=None),
        "planned": WorkingCopy.objects.exclude(publish_at=None),
        "edition": WorkingCopy.objects.filter(of_goals=True),
    }
    assert {name: rows.count() for name, rows in drafts.items()} == dict.fromkeys(drafts, 1)
    assert drafts["planned"].get().is_released
    assert {message.kind for message in Message.objects.all()} == {"message", "barrier", "fault"}
    invented = Service.objects.filter(slug__startswith=PREFIX)
    assert {service.status for service in invented} == {"published", "draft"}
    assert all(service.languages.exists() for service in invented.filter(status="published"))
    assert OpeningHours.objects.filter(location__name_de__contains="erfunden").exists()
    assert {period.last_day is None for period in ClosedPeriod.objects.all()} == {True, False}
    assert Notice.objects.published().count() == 2
    editions = Concept.objects.filter(slug__startswith=PREFIX).order_by("order")
    assert [bool(edition.adopted_on) for edition in editions] == [True, False]


def test_a_planned_draft_goes_live_at_its_moment(filled: str):
    draft = WorkingCopy.objects.exclude(publish_at=None).get()

    assert publish_due(draft.publish_at) == 1
    assert Service.objects.get(slug="uebung-elternkreis").cost_de.startswith("Ab dann 2 Euro")


def test_whatever_is_invented_says_so_and_reaches_nobody(filled: str):
    own = [entry for entry in read_entries() if entry.key.startswith(PREFIX)]
    texts = {entry.key: json.dumps(entry.values, default=str) for entry in own}
    assert [key for key, text in texts.items() if "rfunden" not in text] == []
    people = ContactPerson.objects.filter(slug__startswith=PREFIX)
    carriers = Organisation.objects.filter(name_de__contains="erfunden").exclude(phone="")
    numbers = [str(row.phone).replace(" ", "") for row in [*people, *carriers]]
    assert numbers
    assert [number for number in numbers if not FICTION.fullmatch(number)] == []
    addresses = [row.email for row in [*people, *User.objects.all()]]
    assert [address for address in addresses if not address.endswith("@example.org")] == []


def test_each_role_has_an_account_that_gets_in_by_its_link(filled: str):
    links = re.findall(rf"(\S+ Übung \(.+\)), Benutzername \S+\n +{SITE}(\S+)", filled)
    roles = {name.partition("(")[2].rstrip(")") for name, _link in links}

    assert roles == {"alle Rechte", *Group.objects.values_list("name", flat=True)}
    for name, link in links:
        client = Client()
        set_password(client, link)
        assert is_logged_in(client), name
        page = page_of(client.get("/verwaltung/"))
        assert words(page.xpath("//h2[@id='wartet']")[0]) == "Das wartet auf Sie"
        assert name in words(page.xpath("//header")[0])


def test_filled_again_nothing_is_lost(filled: str):
    Service.objects.filter(slug="uebung-lernraum").update(cost_de="Das habe ich geübt.")
    GuidingGoal.objects.filter(slug="uebung-entwurf-wohnen").delete()
    Message.objects.all().delete()
    User.objects.get(username="uebung-konten").delete()
    accounts = User.objects.count()

    load_content()
    told = filled_again()

    assert "wie Sie sie verlassen haben" in told
    assert told.count(SITE) == accounts == User.objects.count()
    assert Service.objects.get(slug="uebung-lernraum").cost_de == "Das habe ich geübt."
    assert not GuidingGoal.objects.filter(slug="uebung-entwurf-wohnen").exists()
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_every_page_says_that_nothing_is_true(practice: Any, client: Client):
    addresses = [f"/{code}/" for code in BY_CODE] + ["/de/gibt-es-nicht/", "/verwaltung/login/"]

    for address in addresses:
        response = client.get(address)
        assert len(marks(response)) == 1, address
        assert response["X-Robots-Tag"] == "noindex", address
    assert marks(client.get("/de/")) == [MARK]


def test_staff_see_it_on_lists_forms_and_popups(filled: str):
    client = client_of(account_of(TRANSLATOR))

    for query in ("", "?_popup=1"):
        assert marks(client.get(f"/verwaltung/offers/service/{query}")) == [MARK], query


def test_pages_for_outages_say_it_as_well(practice: Any, rf: Any):
    error_pages._document.cache_clear()
    try:
        assert MARK in error_pages.answer(rf.get("/de/"), 503).content.decode()
    finally:
        error_pages._document.cache_clear()


@pytest.mark.django_db
@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_the_mark_fits_into_what_a_page_may_weigh(settings: Any, client: Client, code: str):
    """The heaviest page leaves 1,500 bytes; without the mark not one is spent on it."""
    before = client.get(f"/{code}/konzept/")
    settings.PRACTICE = True
    after = client.get(f"/{code}/konzept/")

    assert marks(before) == []
    assert "X-Robots-Tag" not in before
    weight = [len(brotli.compress(page.content)) for page in (before, after)]
    assert 0 < weight[1] - weight[0] < 250


@pytest.mark.django_db
def test_another_site_refuses_the_examples():
    with pytest.raises(CommandError, match="keine Übungs-Website"):
        call_command(Command(), site=SITE)
    assert not User.objects.exists()
    assert not [entry for entry in read_entries() if entry.key.startswith(PREFIX)]


def test_nobody_can_put_it_on_the_internet(settings: Any):
    def faults() -> set[str | None]:
        found = run_checks(tags=["security"], include_deployment_checks=True)
        return {message.id for message in found}

    assert "serving.E005" not in faults()
    settings.PRACTICE = True
    assert "serving.E005" in faults()


ELSEWHERE = {
    "DATABASE_URL": "postgres://real:secret@db.example.org:5432/real",
    "SECRET_KEY": "the-key-of-the-real-site-" * 3,
    "EMAIL_URL": "smtp+tls://real:secret@mail.example.org:587",
    "MESSAGE_MAILBOX": "real@example.org",
    "DEEPL_AUTH_KEY": "real-key",
    "SEARCH_URL": "https://real:secret@search.example.org:9200",
    "BACKUP_FOLDER": "/srv/real-backups",
    "ALLOWED_HOSTS": "integration.example.org",
    "DEBUG": "true",
    "LINK_CHECK": "true",
    "METRICS_PORT": "9100",
}
NAMES = """
import json
from django.conf import settings
found = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
print(json.dumps(found, default=str))
"""


def test_nothing_of_the_real_site_reaches_it():
    """Whatever a shell has set for the real site: no setting holds any of it."""
    practice = {"DJANGO_SETTINGS_MODULE": "lkintegration.settings.practice"}
    command = [sys.executable, "-c", NAMES]
    shell = os.environ | ELSEWHERE | practice
    told = subprocess.run(command, cwd=ROOT, env=shell, check=True, capture_output=True, text=True)
    found = json.loads(told.stdout)

    home = str(ROOT / "var" / "demo")
    assert str(found["DATABASES"]["default"]["NAME"]).startswith(home)
    assert found["MEDIA_ROOT"].startswith(home)
    assert (found["DEBUG"], found["LINK_CHECK"], found["METRICS_PORT"]) == (False, False, 0)
    values = [*ELSEWHERE.values()][:8]
    hosts = ["real", "mail.example.org", "search.example.org", "integration.example.org"]
    assert [value for value in [*values, *hosts] if value in told.stdout] == []
    names = (found["SESSION_COOKIE_NAME"], found["CSRF_COOKIE_NAME"], found["COOKIE_PREFIX"])
    assert all(name.startswith("uebung-") for name in names)


def test_make_demo_refuses_the_settings_of_production():
    shell = os.environ | {"DJANGO_SETTINGS_MODULE": "lkintegration.settings.production"}
    done = subprocess.run(
        ["make", "demo"], cwd=ROOT, env=shell, check=False, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "nie mit den Einstellungen des Betriebs" in done.stdout


def test_production_knows_neither_the_examples_nor_the_command():
    base, production = (
        (ROOT / "lkintegration" / "settings" / f"{name}.py").read_text()
        for name in ("base", "production")
    )
    assert "PRACTICE = False" in base
    assert "lkintegration.practice" not in base + production
    assert "PRACTICE" not in production
    assert "lkintegration.practice" not in site_settings.INSTALLED_APPS
    with pytest.raises(CommandError, match="Unknown command"):
        call_command("fill_practice_site")


@pytest.mark.django_db
def test_a_site_that_staff_work_with_is_not_filled(practice: Any):
    User.objects.create_user("redaktion")

    assert not fill_practice_site()
    assert User.objects.count() == 1
