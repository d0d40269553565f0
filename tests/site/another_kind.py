"""A course is everywhere. The copy of the project runs this (``test_another_kind.py``)."""

import pytest
from django.urls import reverse
from lxml import html

from lkintegration.serving.addresses import record_addresses
from lkintegration.translating.exchange.units import collect
from offers.models import Course
from tests.admin import PUBLISHER, STAFF, key, person, save
from tests.browser.pages import PATHS
from tests.core.browser import page_of, words
from tests.site.pages import record_paths
from tests.sitemap import sitemap_urls

pytestmark = pytest.mark.django_db

PATH = "kurse/naehkurs/"


@pytest.fixture
def course():
    """Return what the content files have brought."""
    return Course.objects.get()


@pytest.mark.parametrize(("code", "name"), [("de", "Nähkurs"), ("ar", "دورة خياطة")])
def test_it_has_a_page_in_every_language(client, code, name):
    answer = client.get(f"/{code}/{PATH}")

    page = html.fromstring(answer.content)
    assert answer.status_code == 200
    assert [words(title) for title in page.findall(".//h1")] == [name]
    assert page.find(".//script[@type='application/ld+json']") is not None


def test_an_address_that_changes_leads_on(client, course):
    course.slug = "naehen"
    course.save()

    assert client.get(f"/de/{PATH}").headers["Location"] == "/de/kurse/naehen/"


def test_every_list_of_addresses_has_it(client, course):
    (address,) = (address for address in record_addresses() if address.record == course)
    assert address.rest == PATH
    assert PATH in record_paths()
    assert PATHS["kurs"] == PATH

    listed = {address for address in sitemap_urls(client) if PATH in address}
    assert listed == {f"http://testserver/{code}/{PATH}" for code in ("de", "ar")}


def test_the_feed_tells_of_it(client, course):
    course.name_de = "Nähkurs am Abend"
    course.save()

    assert "Nähkurs am Abend" in client.get("/de/aenderungen.atom").content.decode()


def test_the_check_list_asks_for_it(admin, course):
    assert str(course) in words(page_of(admin.get(reverse("pruefliste"))))


def test_a_change_is_prepared_looked_at_and_published(client, course):
    staff = person(STAFF)
    assert save(staff, course, "_prepare", name_de="Neuer Kurs").status_code == 302

    seen = staff.get(reverse("vorschau", args=[key(course), "ar"]))
    assert seen.status_code == 200
    assert "Neuer Kurs" in words(
        page_of(staff.get(reverse("vorschau", args=[key(course), "de"]))).find(".//h1")
    )
    assert "Neuer Kurs" not in client.get(f"/de/{PATH}").content.decode()
    assert person(PUBLISHER).get(reverse("freigaben")).status_code == 200

    assert save(staff, course, "_save", name_de="Neuer Kurs").status_code == 302
    assert "Neuer Kurs" in client.get(f"/de/{PATH}").content.decode()
    assert course.history.count() >= 2


def test_translators_get_its_texts_and_progress_counts_it(admin, course):
    units = list(collect([Course], "en", ["missing"]))

    assert [unit.field for unit in units] == ["name", "text"]
    progress = page_of(admin.get(reverse("uebersetzungen")))
    assert Course._meta.verbose_name_plural in words(progress)
