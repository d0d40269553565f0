"""What every test can rely on: a database that holds the office's real content."""

import gc
import os
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import translation
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

from lkintegration.core import generation
from lkintegration.core.catalogs import compile_catalogs
from offers.catalogue import current
from offers.models import Service
from tests.databases import alone, start_database

# No test depends on the clock of the machine, and each run tries the same examples.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")

# Rendering leaves little behind that only the collector of cycles can free; looking for it as
# often as Python does by itself takes a tenth of the suite's time.
gc.set_threshold(100_000, 50, 100)

SWEEPS = "tests/site/"  # its conftest fetches each page once for all of them


def missing(what: str) -> NoReturn:
    """Skip a test for want of a tool; fail it where skips are forbidden (CI)."""
    if os.environ.get("SKIPS") == "forbidden":
        pytest.fail(f"{what} fehlt, und SKIPS=forbidden verbietet das Auslassen.")
    pytest.skip(f"{what} fehlt")


class Sharing(LoadFileScheduling):
    """Gives all tests of a file to one worker, and to one all that look at the same pages."""

    def _split_scope(self, nodeid: str) -> str:
        scope = str(super()._split_scope(nodeid))
        return SWEEPS if scope.startswith(SWEEPS) else scope


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing | None:
    return Sharing(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        left_out = "postgresql"
    elif os.environ.get("POSTGRESQL_SUITE") != "whole":
        left_out = "any_database"
    else:
        return
    if others := {item for item in items if left_out in item.keywords}:
        config.hook.pytest_deselected(items=list(others))
        items[:] = [item for item in items if item not in others]


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker
) -> Iterator[None]:
    """Give each worker a database with the content; each test works inside a transaction on it."""
    with alone():
        compile_catalogs()
    with django_db_blocker.unblock():
        leave = start_database()
    yield
    with django_db_blocker.unblock():
        leave()


@pytest.fixture(autouse=True)
def _german() -> Iterator[None]:
    with translation.override("de"):
        yield


@pytest.fixture(autouse=True)
def _nothing_known(request: pytest.FixtureRequest) -> None:
    """Let who counts queries begin as a new process does, whatever other tests have asked for."""
    counts = {"django_assert_num_queries", "django_assert_max_num_queries"}
    if counts & {*request.fixturenames} or hasattr(request.module, "CaptureQueriesContext"):
        generation._Known.generation = None


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_superuser("redaktion", password="nur-im-test")  # noqa: S106


@pytest.fixture
def admin(staff: User) -> Client:
    client = Client()
    client.force_login(staff)
    return client


@pytest.fixture
def seasoned(client: Client) -> Callable[[str], None]:
    """Make the worker know what is on every page, so that only a page's own queries are left."""

    def season(code: str) -> None:
        current()
        Service.objects.boundary()
        client.get(f"/{code}/impressum/")

    return season
