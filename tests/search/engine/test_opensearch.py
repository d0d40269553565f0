"""The search with its index on an OpenSearch server, as far as a stand-in for one can show it."""

import base64

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.urls import reverse

from lkintegration.core.enums import PublicationStatus
from lkintegration.search.checks import opensearch_is_installed
from lkintegration.search.engine import rebuilding
from lkintegration.search.engine.following import follow_all
from lkintegration.search.models import StaleEntry
from tests import factories
from tests.core.browser import on_one_line, page_of
from tests.search.engine.asking import found, staff_find
from tests.search.opensearch import running

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

INDEX = "lkintegration_search_entry"
BACKEND = "lkintegration.search.engine.backends.opensearch"


@pytest.fixture
def server(settings):
    pytest.importorskip("opensearchpy", reason="opensearch-py is not installed")
    from lkintegration.search.engine.backends.opensearch import _backend

    with running() as server:
        url = f"http://site:a%2Fb@127.0.0.1:{server.server_address[1]}"
        settings.MODELSEARCH_BACKENDS = {
            "default": {
                "BACKEND": BACKEND,
                "URLS": url,
                "INDEX_PREFIX": "lkintegration_",
                "TIMEOUT": 2,
            }
        }
        yield server
        _backend.cache_clear()


@pytest.fixture
def service(server):
    made = factories.service(name_de="Nähkurs Quitte", helps_with_de="<p>Mit Zwirnrolle.</p>")
    follow_all()
    return made


def test_what_is_written_is_found(service):
    assert found("quitte") == found("Zwirnrolle") == found("naehkurs quitte") == ["Nähkurs Quitte"]
    assert found("xyzzy") == []


def test_the_index_is_made_with_its_fields_and_the_password_is_sent_as_it_is(service, server):
    assert server.mappings[INDEX]["properties"]["pk"]["type"] == "keyword"
    assert server.mappings[INDEX]["properties"]["public_from_filter"]["type"] == "date"
    assert server.sent == {"Basic " + base64.b64encode(b"site:a/b").decode()}


def test_what_is_written_differently_is_found_instead(service):
    service.helps_with_de = "<p>Mit Fingerhut.</p>"
    service.save()

    assert found("zwirnrolle") == []
    assert found("fingerhut") == ["Nähkurs Quitte"]


def test_what_is_not_published_is_found_by_staff_only(service, server):
    service.status = PublicationStatus.DRAFT
    service.save()

    assert found("quitte") == []
    assert staff_find("quitte") == ["Nähkurs Quitte"]
    flags = {doc["is_public_filter"] for doc in documents(server, service)}
    assert flags == {False}


def documents(server, service):
    return [
        doc
        for doc in server.indexes[INDEX].values()
        if (doc["kind_filter"], doc["object_id_filter"]) == ("offers.service", service.pk)
    ]


def test_a_deleted_record_leaves_the_index(service, server):
    assert documents(server, service)
    gone = service.pk
    service.delete()
    follow_all()

    service.pk = gone
    assert documents(server, service) == []
    assert found("quitte") == staff_find("quitte") == []


def test_a_question_for_many_is_one_call(server):
    for number in range(4):
        factories.service(name_de=f"Zwirbelkurs {number}")
    follow_all()
    server.calls.clear()

    assert len(found("zwirbelkurs")) == 4
    assert server.calls == [f"POST /{INDEX}/_search"]


def test_a_server_that_has_lost_the_index_gets_it_by_a_rebuild(service, server, capsys):
    server.indexes.clear()
    call_command("rebuild_search")

    assert found("quitte") == ["Nähkurs Quitte"]


@pytest.mark.parametrize("status", [503, 401, 404])
def test_readers_of_a_server_that_is_away_are_told_how_to_go_on(client, service, server, status):
    server.status = status
    response = client.get("/de/suche/", {"q": "quitte"})
    page = page_of(response)

    assert response.status_code == 503
    assert "no-store" in response["Cache-Control"]
    assert page.xpath("//main//a[contains(@href, '/beratung/')]")
    assert page.xpath("//main//a[starts-with(@href, 'tel:')]")
    heading = page.xpath("//h2[@id='ergebnisse']")[0]
    assert on_one_line(heading.text_content()) == "Die Suche geht gerade nicht"

    server.status = 0
    assert client.get("/de/suche/", {"q": "quitte"}).status_code == 200


def test_staff_are_told_too_and_lists_find_their_letters(admin_client, service, server):
    server.status = 503

    answer = admin_client.get(reverse("finden"), {"q": "quitte"}, follow=True)
    assert answer.status_code == 200
    assert "Die Suche geht gerade nicht" in answer.content.decode()
    assert "Kein Eintrag passt dazu" not in answer.content.decode()
    answer = admin_client.get("/verwaltung/offers/service/", {"q": "Quitte"}, follow=True)
    assert "Nähkurs Quitte" in answer.content.decode()


def test_a_server_that_does_not_listen_is_away(client, service, settings):
    with running() as gone:
        address = f"http://127.0.0.1:{gone.server_address[1]}"
    settings.MODELSEARCH_BACKENDS = {"default": {"BACKEND": BACKEND, "URLS": address}}

    assert client.get("/de/suche/", {"q": "quitte"}).status_code == 503


def test_a_record_is_saved_while_the_server_is_away_and_found_when_it_is_back(
    server, django_capture_on_commit_callbacks
):
    server.status = 503
    with django_capture_on_commit_callbacks(execute=True):
        factories.service(name_de="Nähkurs Quitte")
    assert StaleEntry.objects.exists()

    server.status = 0
    assert found("quitte") == ["Nähkurs Quitte"]
    assert not StaleEntry.objects.exists()


def test_migrate_leaves_to_the_job_what_cannot_be_written(service, server):
    server.status = 503
    rebuilding.note_everything()
    rebuilding.rebuild_after_migrate()

    assert StaleEntry.objects.filter(object_id=None).exists()


def test_a_server_without_its_package_is_reported(settings, monkeypatch):
    assert opensearch_is_installed() == []
    settings.SEARCH_URL = "https://search.example.org:9200"
    monkeypatch.setattr("lkintegration.search.checks.find_spec", lambda name: None)

    assert "search.E002" in {problem.id for problem in run_checks()}
