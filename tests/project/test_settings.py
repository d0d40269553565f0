"""Production refuses to start without what it needs; each process here is a real one."""

import datetime
import os
import re
import shutil
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml
from django.apps import apps

from lkintegration import gunicorn_config
from lkintegration.serving.database_connections import SiteConnection
from lkintegration.settings.databases import POSTGRESQL_OPTIONS, POSTGRESQL_POOL, database
from lkintegration.settings.environment import VARIABLES
from lkintegration.settings.private_files import keep_private
from tests.settings_tables import MARK, TABLES, with_table

FAULTY = "Set these environment variables right, README.md explains them:"
pytestmark = pytest.mark.any_database

ROOT = Path(apps.get_app_config("contacts").path).parent
COMPLETE = {
    "SECRET_KEY": "a-secret-of-the-office-that-nobody-knows-0123456789",
    "ALLOWED_HOSTS": "integration.example.org",
    "DATABASE_URL": "postgres://user:password@db.example.org:5432/integration",
}


def start(settings, root=ROOT, expression="", **environment):
    """Import the settings in a fresh process; return how that went."""
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    code = f"import lkintegration.settings.{settings} as s; print(repr(({expression or None})))"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env=clean | {name: value for name, value in environment.items() if value is not None},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_production_starts_with_its_secret_its_hosts_and_its_database():
    found = start(
        "production",
        expression="s.DEBUG, s.ALLOWED_HOSTS, s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE,"
        "s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0, s.DATABASES['default']['ENGINE']",
        **COMPLETE,
    )

    assert found.stdout.strip() == (
        "(False, ['integration.example.org'], True, True, True, True, "
        "'django.db.backends.postgresql')"
    ), found.stderr


def test_in_production_browsers_take_cookies_of_staff_from_this_host_alone():
    """RFC 6265bis, 4.1.3.2: that prefix, Secure, the path "/" and no domain."""
    found = start(
        "production",
        expression="s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.COOKIE_PREFIX,"
        "s.SESSION_COOKIE_PATH, s.CSRF_COOKIE_PATH, hasattr(s, 'SESSION_COOKIE_DOMAIN')",
        **COMPLETE,
    )

    assert found.stdout.strip() == (
        "('__Host-sessionid', '__Host-csrftoken', '__Host-', '/', '/', False)"
    ), found.stderr


def test_nothing_of_the_settings_of_production_is_unsafe_once_somebody_vouches_for_security_txt():
    until = datetime.date.today() + datetime.timedelta(days=200)
    clean = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "lkintegration.settings.production",
    }

    found = subprocess.run(
        [
            sys.executable,
            "manage.py",
            "check",
            "--deploy",
            "--tag",
            "security",
            "--fail-level=INFO",
        ],
        cwd=ROOT,
        env=clean | COMPLETE | {"SECURITY_TXT_EXPIRES": until.isoformat()},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.startswith("System check identified no issues")


@pytest.mark.parametrize("name", list(COMPLETE))
@pytest.mark.parametrize("value", [None, " "])
def test_production_does_not_start_without(name, value):
    found = start("production", **COMPLETE | {name: value})

    assert found.returncode != 0
    assert f"ImproperlyConfigured: {FAULTY}\n  - {name} must be set: " in found.stderr


def test_production_takes_its_secret_as_it_is():
    value = "$a-secret-that-begins-with-a-dollar-sign-0123456789-0123456789"

    found = start("production", expression="s.SECRET_KEY", **COMPLETE | {"SECRET_KEY": value})

    assert found.stdout.strip() == repr(value), found.stderr


@pytest.mark.parametrize("hosts", ["*", "integration.example.org, *"])
def test_production_does_not_answer_for_every_host(hosts):
    found = start("production", **COMPLETE | {"ALLOWED_HOSTS": hosts})

    assert found.returncode != 0
    assert "ALLOWED_HOSTS must name the hosts of the site" in found.stderr


def test_production_does_not_start_with_commas_for_hosts():
    assert start("production", **COMPLETE | {"ALLOWED_HOSTS": ", ,"}).returncode != 0


def test_a_comma_too_many_is_no_host():
    found = start(
        "production",
        expression="s.ALLOWED_HOSTS, s.CSRF_TRUSTED_ORIGINS",
        **COMPLETE | {"ALLOWED_HOSTS": "a.example.org, b.example.org,"},
    )

    assert found.stdout.strip() == (
        "(['a.example.org', 'b.example.org'], ['https://a.example.org', 'https://b.example.org'])"
    )


@pytest.mark.parametrize("url", ["sqlite:////tmp/db.sqlite3", "mysql://u:p@h/db", "nonsense"])
def test_production_does_not_run_on_another_database(url):
    found = start("production", **COMPLETE | {"DATABASE_URL": url})

    assert found.returncode != 0
    assert "DATABASE_URL must name a PostgreSQL server" in found.stderr


def test_development_starts_with_nothing_configured(tmp_path):
    found = start("dev", a_copy(tmp_path), "s.DATABASES['default']['ENGINE'], s.DEBUG")

    assert found.stdout.strip() == "('lkintegration.serving.sqlite', False)", found.stderr
    assert len((tmp_path / "var" / "secret_key").read_text()) == 50


@pytest.mark.parametrize("name", ["secret_key", "db.sqlite3"])
def test_nobody_else_on_the_machine_reads_the_secret_or_the_database(tmp_path, name):
    root = a_copy(tmp_path)
    file = root / "var" / name

    assert start("dev", root).returncode == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600

    file.chmod(0o644)  # as earlier versions left it
    assert start("dev", root).returncode == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_two_that_start_at_once_agree_on_one_secret(tmp_path):
    file = tmp_path / "secret"
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: keep_private(file, f"secret-{number}"), range(8)))

    assert re.fullmatch("secret-[0-7]", file.read_text())
    assert list(tmp_path.iterdir()) == [file]


def test_development_keeps_its_secret(tmp_path):
    first = start("dev", a_copy(tmp_path), "s.SECRET_KEY")

    assert first.returncode == 0, first.stderr
    assert start("dev", tmp_path, "s.SECRET_KEY").stdout == first.stdout


def test_development_starts_with_any_secret_that_django_may_have_made(tmp_path):
    root = a_copy(tmp_path)
    (root / "var").mkdir()
    # One in fifty secrets begins with a dollar sign, which django-environ takes for a reference.
    (root / "var" / "secret_key").write_text("$abcdefghijklmnopqrstuvwxyz0123456789!@#%^&*(-_=+)")

    found = start("dev", root, "s.SECRET_KEY")

    assert found.returncode == 0, found.stderr
    assert found.stdout.strip() == "'$abcdefghijklmnopqrstuvwxyz0123456789!@#%^&*(-_=+)'"


def a_copy(root):
    """Copy what the settings need, so that the secret of this machine stays out of it."""
    shutil.copytree(ROOT / "lkintegration", root / "lkintegration")
    return root


@pytest.mark.parametrize("name", ["dev", "production"])
def test_a_variable_that_is_set_to_nothing_counts_as_not_set(name, tmp_path):
    root, needed = a_copy(tmp_path), COMPLETE if name == "production" else {}
    # Without what is a function, which each process has elsewhere.
    expression = "{k: v for k, v in vars(s).items() if k.isupper() and ' at 0x' not in repr(v)}"
    nothing = dict.fromkeys(documented() - {"DJANGO_SETTINGS_MODULE"}, "") | needed
    unset = start(name, root, expression, **needed)

    assert unset.returncode == 0, unset.stderr
    assert start(name, root, expression, **nothing).stdout == unset.stdout
    assert start(name, root, expression, **nothing | {"LOG_LEVEL": " "}).stdout == unset.stdout


def test_compose_passes_every_documented_variable_to_each_service_of_the_site():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    fixed = {"WEB_CONCURRENCY", "BACKUP_FOLDER", "METRICS_PORT"}
    expected = {variable.name for variable in VARIABLES if not variable.not_passed} | fixed

    assert {"web", "messages", "jobs", "migrate", "content"} <= services.keys()
    for name in services.keys() - {"db", "proxy"}:
        passed = services[name]["environment"]
        assert expected - passed.keys() == set(), name
        # An image's own value, a required one, or the shell's, which stays unset if it is so there.
        optional = passed.keys() - COMPLETE.keys() - fixed
        assert {passed[variable] for variable in optional} == {None}, name
        assert optional <= expected, name


@pytest.mark.parametrize("name", TABLES)
def test_the_table_of_variables_is_repeated_as_it_is(name):
    text = (ROOT / name).read_text()

    assert text.count(MARK) == 2
    assert with_table(text, TABLES[name]()) == text, "make settings"


def test_nothing_but_the_table_reads_the_environment():
    sources = [path.read_text() for path in (ROOT / "lkintegration/settings").glob("*.py")]
    read = re.compile(r'env\.\w+\(\s*"([A-Z_]+)"')

    found = {name for source in sources for name in read.findall(source)}
    assert found
    assert found <= documented()
    assert sum(source.count("os.environ") for source in sources) == 1


def documented():
    """Return the names of the variables in the README's table."""
    rows = (ROOT / "README.md").read_text().partition(MARK)[2].partition(MARK)[0]
    return set(re.findall(r"^\| `([A-Z_]+)` \|", rows, re.MULTILINE))


def test_a_server_is_asked_over_a_pool_and_checked():
    config = database("postgres://user:pass%40word@db.example.org:5433/name")

    assert (config["USER"], config["PASSWORD"], config["HOST"]) == (
        "user",
        "pass@word",
        "db.example.org",
    )
    assert (config["PORT"], config["NAME"]) == (5433, "name")
    pool = config["OPTIONS"].pop("pool")
    assert config["OPTIONS"] == POSTGRESQL_OPTIONS
    assert pool == POSTGRESQL_POOL | {"connection_class": SiteConnection}
    assert config["CONN_HEALTH_CHECKS"] is True
    assert config["CONN_MAX_AGE"] == 0


def test_an_encrypted_connection_stays_encrypted():
    config = database("postgres://user:password@db.example.org/name?sslmode=verify-full")

    del config["OPTIONS"]["pool"]
    assert config["OPTIONS"] == POSTGRESQL_OPTIONS | {"sslmode": "verify-full"}


def test_no_thread_of_a_worker_waits_for_the_connection_of_another():
    assert POSTGRESQL_POOL["max_size"] > gunicorn_config.threads


def test_an_embedded_database_waits_instead_of_failing():
    assert database("sqlite:///var/db.sqlite3")["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert database("sqlite:///var/db.sqlite3")["OPTIONS"]["timeout"] == 20


@pytest.mark.parametrize("workers", ["0", "abc"])
def test_gunicorn_names_every_fault_before_it_stumbles_over_one(workers):
    """No workers at all would take every connection and answer none."""
    faulty = {"WEB_CONCURRENCY": workers, "METRICS_PORT": "abc", "LOG_LEVEL": "loud"}
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    refused = subprocess.run(
        [sys.executable, "-m", "lkintegration.run_gunicorn", "--check-config"],
        cwd=ROOT,
        env=clean | COMPLETE | faulty,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert refused.returncode
    assert FAULTY in refused.stderr
    for name in faulty:
        assert f"- {name} must be" in refused.stderr
    assert "Traceback" not in refused.stderr
