"""Addresses that become links: http and https, whoever writes them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F

from concept.models import Concept
from lkintegration.seed.content_files import ContentError, read_entries
from lkintegration.seed.load_content import load_content
from offers.models import Service, Topic
from tests import factories
from tests.core.browser import form_of, page_of, words

pytestmark = pytest.mark.django_db

GOOD = ["http://example.org", "HTTPS://example.org/a?b=c#d", "https://bücher.example/ä"]
BAD = [
    "javascript:alert(1)",
    "JavaScript://example.org/%0aalert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:alert(1)",
    "ftp://example.org/",
    "//example.org/",
    "example.org",
    "https:javascript:alert(1)",
    'https://example.org/" onmouseover="alert(1)',
    "https://example.org/\njavascript:alert(1)",
]
# A form takes them for what people mean.
COMPLETED = {"//example.org/", "example.org", "https://example.org/\njavascript:alert(1)"}
FIELDS = [
    (factories.service, "website"),
    (factories.organisation, "website"),
    (factories.concept, "document_url"),
    (factories.task, "source_url"),
]


@pytest.mark.parametrize(("make", "field"), FIELDS)
def test_an_address_of_the_web_is_kept_as_written(make, field):
    for address in GOOD:
        record = make(**{field: address})
        assert type(record).objects.filter(pk=record.pk, **{field: address}).exists()


@pytest.mark.parametrize(("make", "field"), FIELDS)
def test_a_script_cannot_save_another_address(make, field):
    record = make()

    for address in BAD:
        setattr(record, field, address)
        with pytest.raises(ValidationError), transaction.atomic():
            record.save()

    assert getattr(type(record).objects.get(pk=record.pk), field) == ""


def test_no_bulk_write_brings_in_another_address():
    topic = factories.topic()

    for address in BAD:
        with pytest.raises(ValidationError), transaction.atomic():
            Topic.objects.filter(pk=topic.pk).update(source_url=address)
        other = factories.topic(save=False, slug="neu", source_url=address)
        with pytest.raises(ValidationError), transaction.atomic():
            Topic.objects.bulk_create([other])

    assert not Topic.objects.filter(slug="neu").exists()
    assert Topic.objects.get(pk=topic.pk).source_url == ""


def test_an_address_may_be_copied_within_the_database():
    topic = factories.topic(source_url="https://example.org/")

    Topic.objects.filter(pk=topic.pk).update(source_url=F("source_url"))

    assert Topic.objects.get(pk=topic.pk).source_url == "https://example.org/"


@pytest.mark.any_database
def test_a_form_refuses_another_address_in_german(admin):
    service = factories.service()
    path = f"/verwaltung/offers/service/{service.pk}/change/"
    form = form_of(admin.get(path), "service_form")

    for address in [address for address in BAD if address not in COMPLETED]:
        answer = admin.post(path, form | {"website": address, "_save": "1"})
        (error,) = page_of(answer).xpath("//ul[@id='id_website_error']")
        assert words(error).startswith("Bitte eine"), address

    assert Service.objects.get(pk=service.pk).website == ""


@pytest.mark.any_database
def test_a_content_file_with_another_address_changes_nothing(monkeypatch):
    entries = read_entries()
    (entry,) = [entry for entry in entries if str(entry) == "offers.Service jmd-caritas"]
    entry.values |= {"website": "javascript:alert(1)", "name_de": "Anders"}
    monkeypatch.setattr("lkintegration.seed.load_content.read_entries", lambda: entries)

    with pytest.raises(ContentError, match="http://"):
        load_content()

    assert not Service.objects.filter(name_de="Anders").exists()


@pytest.mark.any_database
def test_an_address_that_got_past_all_of_that_becomes_no_link(client, admin):
    for number, address in enumerate(BAD):
        service = factories.service(slug=f"angebot-{number}")
        concept = factories.concept()
        _write_raw("offers_service", "website", address, service.pk)
        _write_raw("concept_concept", "document_url", address, concept.pk)

        page = client.get(f"/de/angebote/{service.slug}/")
        form = admin.get(f"/verwaltung/offers/service/{service.pk}/change/")

        assert address not in page_of(page).xpath("//@href")
        assert address not in page.content.decode()
        assert address not in page_of(form).xpath("//@href")
        assert Concept.objects.get(pk=concept.pk).document_url == ""
    assert not set(BAD) & set(page_of(client.get("/de/konzept/")).xpath("//@href"))


def _write_raw(table, column, value, pk):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, pk])  # noqa: S608
