"""The Nu HTML checker reads every page in every language."""

import os
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from lkintegration.pages import error_pages
from tests.conftest import missing
from tests.languages import CODES
from tests.site.pages import FIXED, record_paths

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ERROR_PAGES = ["gibt-es-nicht/"]
REFUSED = [
    ("400", "get", "/de/angebote/?" + "&".join(["a=1"] * 1500)),
    ("403", "post", "/ar/kontakt/"),
    ("403-admin", "post", "/verwaltung/login/"),
    ("405", "put", "/ar/kontakt/eva-petersik/e-mail/"),
]


def test_every_page_is_valid_html(visit, rf, tmp_path):
    jar = Path(os.environ.get("VNU_JAR", ""))
    if not jar.is_file():
        missing("Nu-HTML-Prüfer (make nu)")
    for code in CODES:
        for path in [*FIXED, *record_paths(), *ERROR_PAGES]:
            name = f"{code}-{path.strip('/').replace('/', '-') or 'home'}.html"
            (tmp_path / name).write_text(visit(f"/{code}/{path}").body, encoding="utf-8")
        for status in error_pages.STATUSES:
            response = error_pages.answer(rf.get(f"/{code}/kontakt/"), status)
            (tmp_path / f"{code}-{status}.html").write_bytes(response.content)
    for name, method, path in REFUSED:
        response = getattr(Client(enforce_csrf_checks=True), method)(path)
        (tmp_path / f"{name}.html").write_bytes(response.content)
    checker = subprocess.run(
        ["java", "-jar", str(jar.resolve()), "--stdout", "--format", "gnu", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    found = checker.stdout.replace(str(tmp_path), "")
    assert checker.returncode == 0, found[:5000] + checker.stderr[:2000]
    assert not found
