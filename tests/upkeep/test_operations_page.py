"""The page on which operators see what the site does by itself."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from lkintegration.mailing.enums import Delivery
from lkintegration.mailing.models import StaffEmail
from lkintegration.upkeep.job import JobError
from lkintegration.upkeep.job_runs import run
from lkintegration.upkeep.jobs import JOBS
from lkintegration.upkeep.metrics_port import _emails
from lkintegration.upkeep.models import JobRun
from tests.admin import account, client_of
from tests.core.browser import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

PATH = "/verwaltung/betrieb/"


def rows(client):
    """Return what the table says of each job, by its name."""
    table = page_of(client.get(PATH)).xpath("//tbody/tr")
    return {
        row.xpath("string(th/code)"): [words(cell) for cell in row.xpath("td")] for row in table
    }


@pytest.fixture
def _all_done():
    now = timezone.now()
    JobRun.objects.bulk_create(
        JobRun(name=job.name, succeeded_at=now, next_run_at=now + job.every, result="7 gelöscht")
        for job in JOBS
    )


@pytest.mark.usefixtures("_all_done")
def test_each_job_stands_there_with_its_last_run_its_result_and_its_next_turn(admin):
    found = rows(admin)

    assert list(found) == [job.name for job in JOBS]
    for stand, last, result, following in found.values():
        assert (stand, result) == ("in Ordnung", "7 gelöscht")
        assert "Uhr" in last
        assert "Uhr" in following
    assert "Alle Aufträge sind erledigt." in words(page_of(admin.get(PATH)))


@pytest.mark.usefixtures("_all_done")
def test_what_needs_somebody_comes_first_and_says_why(admin):
    def full(now):
        raise JobError("Der Datenträger ist voll.")

    history = next(job for job in JOBS if job.name == "history")
    run(history.__class__(**vars(history) | {"do": full}))
    JobRun.objects.filter(name="logins").update(succeeded_at=timezone.now() - timedelta(days=3))

    found = rows(admin)

    assert set(list(found)[:2]) == {"history", "logins"}
    assert found["history"][0] == "1-mal in Folge misslungen"
    assert found["history"][2] == "Der Datenträger ist voll."
    assert found["logins"][0] == "überfällig"


def test_before_the_first_run_it_says_which_service_is_missing(admin):
    assert rows(admin)["delivery"] == [
        "überfällig",
        "noch nie gelungen",
        "",
        "sobald deliver_messages läuft",
    ]


def test_only_who_may_see_the_runs_finds_the_page(admin):
    somebody = account()
    client = client_of(somebody)
    assert client.get(PATH).status_code == 403
    assert PATH not in client.get("/verwaltung/").content.decode()

    somebody.user_permissions.add(Permission.objects.get(codename="view_jobrun"))

    assert client.get(PATH).status_code == 200
    assert PATH in client.get("/verwaltung/").content.decode()


def test_the_page_needs_few_queries(admin, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        admin.get(PATH)


@pytest.mark.usefixtures("_all_done")
def test_emails_to_staff_that_did_not_arrive_are_counted_and_named(admin):
    user = account(name="vera")
    for state in Delivery.values:
        StaffEmail.objects.create(
            account=user, subject=f"Zugewiesen: {state}", delivery=state, last_error="550 voll"
        )

    told = words(page_of(admin.get(PATH)).xpath("//main")[0])

    assert "E-Mails an Beschäftigte, die nicht ankamen: 2" in told
    assert "An vera: Zugewiesen: given_up (aufgegeben) 550 voll" in told
    assert "Zugewiesen: waiting" not in told
    (numbers,) = [one for one in _emails() if one.name == "lkintegration_staff_emails"]
    assert {sample.value for sample in numbers.samples} == {1}
