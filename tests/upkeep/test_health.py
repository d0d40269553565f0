"""What the site says of itself to whatever watches it."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from lkintegration.upkeep.health import expected_migrations
from lkintegration.upkeep.jobs import JOBS
from lkintegration.upkeep.metrics_port import write_faults
from lkintegration.upkeep.models import JobRun

pytestmark = pytest.mark.django_db

READY = ["/health/ready/", "/health/"]


def gone(*_arguments):
    raise OperationalError("connection refused")


@pytest.fixture
def all_done(settings):
    """Every job has just run, and somebody is expected to do them."""
    settings.JOBS_REQUIRED = True
    JobRun.objects.bulk_create(JobRun(name=job.name, succeeded_at=timezone.now()) for job in JOBS)


@pytest.mark.parametrize("path", [*READY, "/health/live/"])
def test_a_site_that_lacks_nothing_says_so_and_nobody_keeps_the_answer(client, all_done, path):
    response = client.get(path)

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]


def test_a_process_is_alive_without_a_database(client, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr("lkintegration.pages.middleware.is_away", lambda: True)
    with django_assert_num_queries(0):
        assert client.get("/health/live/").content == b"ok\n"


@pytest.mark.parametrize("path", READY)
def test_without_its_database_the_site_is_not_ready(client, monkeypatch, path):
    monkeypatch.setattr(connection, "cursor", gone)
    response = client.get(path)
    assert (response.status_code, response.content) == (503, b"not ready\n")
    assert write_faults() == b"database unavailable\n"


def test_a_migration_that_is_missing_is_named_to_operators_only(client):
    MigrationRecorder(connection).record_unapplied("upkeep", "0001_jobs")
    response = client.get("/health/ready/")
    assert (response.status_code, response.content) == (503, b"not ready\n")
    assert write_faults() == b"migrations not applied: upkeep.0001_jobs\n"


def test_a_database_that_cannot_be_written_is_no_readiness(client, monkeypatch):
    monkeypatch.setattr("lkintegration.upkeep.health._is_writable", lambda: False)
    assert client.get("/health/ready/").status_code == 503
    assert write_faults() == b"database read-only\n"


def test_the_migrations_are_those_that_django_knows():
    assert expected_migrations() == MigrationLoader(None).disk_migrations.keys()


def test_each_job_that_has_not_run_is_named_to_operators_only(client, all_done):
    JobRun.objects.filter(name="history").update(succeeded_at=None)
    JobRun.objects.filter(name="delivery").delete()

    response = client.get("/health/ready/")

    assert (response.status_code, response.content) == (503, b"not ready\n")
    assert write_faults() == b"job has not run: delivery\njob has not run: history\n"


def test_where_nobody_is_expected_to_do_the_jobs_none_is_missed(client):
    assert client.get("/health/ready/").content == write_faults() == b"ok\n"


def test_asking_costs_three_queries(client, all_done, django_assert_num_queries):
    with django_assert_num_queries(3):  # whether the table of migrations is there, it, the jobs
        client.get("/health/ready/")
