"""The Dockerfile: what is in the image, and as whom it runs (``make drills`` builds it)."""

import re

import pytest
from django.conf import settings

from lkintegration.desk.handbook import GUIDES
from tests.image.build import ROOT
from tests.image.dockerfile import read_stages

pytestmark = pytest.mark.any_database

STAGES = read_stages((ROOT / "Dockerfile").read_text())
FINAL = STAGES[-1]
# Version or date, then the digest: the first for people, the second decides.
PINNED = re.compile(r"[\w/]+:[\w.-]*\d[\w.-]*@sha256:[0-9a-f]{64}")


def test_a_dockerfile_is_read_with_its_stages_words_and_variables():
    first, last = read_stages(
        "# comment\nFROM debian:12 AS builder\nRUN apt-get update \\\n    # in between\n"
        '    && apt-get install x\nFROM scratch AS final\nENV A=1 \\\n    B="two words"\n'
        'HEALTHCHECK --interval=30s \\\n    CMD ["a", "b c"]\nCMD ["run", "--all"]\n'
    )

    assert (first.name, first.base, last.base) == ("builder", "debian:12", "scratch")
    assert first.last("RUN").rest == "apt-get update && apt-get install x"
    assert last.environment() == {"A": "1", "B": "two words"}
    assert last.last("HEALTHCHECK").words == ["a", "b c"]
    assert last.last("CMD").words == ["run", "--all"]


def test_every_image_of_others_is_pinned_by_version_and_digest():
    own = {stage.name for stage in STAGES} | {"scratch"}
    others = [stage.base for stage in STAGES if stage.base not in own]

    assert len(others) == 2
    assert [base for base in others if not PINNED.fullmatch(base)] == []


def test_the_image_is_its_own_system_and_runs_without_rights():
    assert FINAL.base == "scratch"
    assert FINAL.last("USER").rest == "10001:10001"
    assert [step.name for step in FINAL.instructions if step.name in {"RUN", "ADD"}] == []


def test_all_that_is_copied_in_belongs_to_root_but_the_folder_for_backups():
    owners = [step.rest for step in FINAL.instructions if "--chown" in step.rest]

    assert owners == ["--from=builder --chown=10001:10001 /own /"]


def test_every_app_of_ours_and_every_folder_that_it_reads_comes_along():
    [builder] = [stage for stage in STAGES if stage.name == "builder"]
    copied = {
        step.rest.split()[0].rstrip("/") for step in builder.instructions if step.name == "COPY"
    }
    needed = {app.partition(".")[0] for app in settings.INSTALLED_APPS}
    needed = {name for name in needed if (ROOT / name).is_dir()} | {"templates", "static", "locale"}
    needed |= {f"docs/{file}" for file, _label in GUIDES.values()} | {"docs/bilder"}
    allowed = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    }

    assert needed <= copied
    assert needed | {"deploy/image"} <= allowed


def test_health_and_start_need_no_shell():
    assert FINAL.last("HEALTHCHECK").words[:2] == ["python", "-c"]
    assert FINAL.last("CMD").words[:2] == ["python", "-m"]
