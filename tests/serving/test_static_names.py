"""A page of one version finds its style sheet where workers of another version answer."""

import pytest
from django.http import HttpResponseNotFound

from lkintegration.serving.middleware import StaticFilesMiddleware

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

OURS, THEIRS = "css/site.0123456789ab.css", "css/site.ba9876543210.css"


@pytest.fixture
def ask(tmp_path, settings, rf):
    settings.STATIC_ROOT, settings.WHITENOISE_AUTOREFRESH = tmp_path, False
    (tmp_path / "css").mkdir()
    for name in ("css/site.css", OURS):
        (tmp_path / name).write_text("body{}")
    middleware = StaticFilesMiddleware(lambda request: HttpResponseNotFound())
    answers = []

    def ask_for(name):
        answers.append(middleware(rf.get(f"/static/{name}")))
        return answers[-1]

    yield ask_for
    for answer in answers:
        answer.close()


@pytest.mark.parametrize("name", [OURS, THEIRS, "css/site.css"])
def test_the_sheet_is_served_under_the_name_of_either_version(ask, name):
    response = ask(name)
    assert (response.status_code, response.getvalue()) == (200, b"body{}")


def test_a_name_of_another_version_is_not_remembered_for_long(ask):
    assert ask(THEIRS).headers["Cache-Control"] == "max-age=60, public"


@pytest.mark.parametrize(
    "name",
    ["css/other.0123456789ab.css", "css/site.0123456789.css", "../css/site.0123456789ab.css"],
)
def test_what_no_version_has_is_not_found(ask, name):
    assert ask(name).status_code == 404
