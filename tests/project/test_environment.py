"""Environment variables: what each may be, and what is said where it is something else."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from lkintegration.settings.environment import VARIABLES
from lkintegration.settings.variables import Environment
from tests.project.test_settings import COMPLETE, start

pytestmark = pytest.mark.any_database

GOOD_SECRET = "abcdefghij" * 5


def read(production=True, **environ):
    return Environment(VARIABLES, (COMPLETE if production else {}) | environ, production=production)


def fault(production=True, **environ):
    """Return what is said of the one variable that is wrong."""
    with pytest.raises(ImproperlyConfigured) as raised:
        read(production, **environ).refuse_faults()
    [_, told] = str(raised.value).split("\n  - ")
    return told


NUMBERS = [variable.name for variable in VARIABLES if hasattr(variable.kind, "least")]
FLAGS = [variable.name for variable in VARIABLES if variable.default in (True, False)]


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", ["-5", "-1", "abc", "1.5", "1e3", "٣", "9" * 5_000, "7 Tage"])
def test_a_number_that_is_none_or_makes_no_sense_is_refused_by_name(name, value):
    assert fault(**{name: value}).startswith(f"{name} must be a whole number from ")


@pytest.mark.parametrize(
    "name",
    ["MESSAGE_RETENTION_DAYS", "HISTORY_RETENTION_DAYS", "CHECK_INTERVAL_DAYS", "DEEPL_TIMEOUT"],
)
def test_no_period_is_none(name):
    assert fault(**{name: "0"}).startswith(f"{name} must be a whole number from 1 to ")


@pytest.mark.parametrize("name", [name for name in FLAGS if name not in NUMBERS])
@pytest.mark.parametrize("value", ["maybe", "2", "wahr", "truefalse"])
def test_neither_yes_nor_no_is_refused_by_name(name, value):
    assert fault(**{name: value}) == f"{name} must be true or false (it is {value!r})."


@pytest.mark.parametrize(
    ("value", "meant"),
    [("true", True), ("TRUE", True), ("on", True), ("1", True), ("no", False), ("0", False)],
)
def test_yes_and_no_are_read_in_every_usual_way(value, meant):
    assert read(MAINTENANCE=value).flag("MAINTENANCE") is meant


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOG_LEVEL", "loud"),
        ("ALLOWED_HOSTS", "https://integration.example.org"),
        ("ALLOWED_HOSTS", "integration.example.org:443"),
        ("ALLOWED_HOSTS", "integration.example.org/de"),
        ("ALLOWED_HOSTS", "integration example org"),
        ("ALLOWED_HOSTS", "löwen.example.org"),
        ("ALLOWED_HOSTS", "*.example.org"),
        ("ALLOWED_HOSTS", "integration..example.org"),
        ("MESSAGE_MAILBOX", "integration"),
        ("MESSAGE_MAILBOX", "a@example.org, b@example.org"),
        ("MESSAGE_MAILBOX", "a@example.org\nBcc: b@example.org"),
        ("DEFAULT_FROM_EMAIL", "Amt"),
        ("DEFAULT_FROM_EMAIL", "Amt <amt>"),
        ("DEEPL_URL", "api.deepl.com"),
        ("DEEPL_URL", "file:///etc/passwd"),
        ("DEEPL_URL", "https://api.deepl.com:abc"),
        ("STATIC_ROOT", "static"),
        ("SECURITY_TXT_EXPIRES", "30.06.2027"),
        ("SECURITY_CONTACT", "cert@example.org"),
        ("SECURITY_CONTACT", "mailto:cert"),
        ("SECURITY_CONTACT", "http://example.org"),
        ("SECURITY_CONTACT", "tel:07621"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name_and_shown(name, value):
    told = fault(**{name: value})

    assert told.startswith(f"{name} must ")
    assert told.endswith(f" (it is {value!r}).")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "x"),
        ("SECRET_KEY", "x" * 80),
        ("SECRET_KEY", "abcdefghij" * 4),
        ("SECRET_KEY", f"django-insecure-{GOOD_SECRET}"),
        ("SECRET_KEY_FALLBACKS", f"{GOOD_SECRET},geheim"),
        ("DATABASE_URL", "postgres://user:geheim@host:port/name"),
        ("DATABASE_URL", "postgres://user:geheim@host:99999/name"),
        ("DATABASE_URL", "postgres://user:geheim@host:5432"),
        ("DATABASE_URL", "postgres:///name"),
        ("DATABASE_URL", "postgres://user:ge/heim@host:5432/name"),
        ("DATABASE_URL", "postgres://user:geheim@[host/name"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "postgres://user:geheim@host/name?sslmode=sicher"),
        ("DATABASE_URL", "postgres://user:geheim@host/name?sslmodus=require"),
        ("EMAIL_URL", "smtp+tls://user:geheim@host:port"),
        ("EMAIL_URL", "smtp+tls://user:ge#heim@host:587"),
        ("EMAIL_URL", "https://user:geheim@host:587"),
        ("EMAIL_URL", "smtp+tls://:587"),
        ("EMAIL_URL", "mail.example.org"),
        ("DEEPL_AUTH_KEY", "geheim\nheimlich"),
        ("SEARCH_URL", "http://site:geheim@search.example.org:9200"),
        ("SEARCH_URL", "site:geheim@search.example.org:9200"),
    ],
)
def test_a_wrong_secret_is_refused_by_name_and_never_shown(name, value):
    told = fault(**{name: value})

    assert told.startswith((f"{name} must ", f"{name} has "))
    assert "geheim" not in told
    assert value not in told


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOG_LEVEL", "info"),
        ("ALLOWED_HOSTS", ".example.org, 203.0.113.7, [2001:db8::1], localhost, a-1.example.org"),
        ("MESSAGE_MAILBOX", "integration@landkreis-loerrach.example"),
        ("DEFAULT_FROM_EMAIL", "Integrationsbüro <integration@example.org>"),
        ("DEEPL_URL", "http://127.0.0.1:8600"),
        ("SEARCH_URL", "https://site:a%2Fb@search.example.org:9200"),
        ("SECRET_KEY", GOOD_SECRET),
        ("SECRET_KEY_FALLBACKS", f"{GOOD_SECRET},{GOOD_SECRET}1"),
        ("DATABASE_URL", "postgres://user:pass%23word@db.example.org/name?sslmode=verify-full"),
        ("DATABASE_URL", "postgresql://user:word@10.0.0.1:5433/name"),
        ("DATABASE_URL", "postgres://user:word@one:5432,two:5432/name"),
        ("DATABASE_URL", "postgres://user:pass#word@host:5432/name"),
        ("DATABASE_URL", "postgres:////var/run/postgresql/name"),
        ("EMAIL_URL", "smtp://127.0.0.1:2525"),
        ("EMAIL_URL", "smtp+ssl://amt%40example.org:%24geheim@mail.example.org:465"),
        ("MESSAGES_PER_SENDER", "0"),
        ("PROXY_COUNT", "0"),
        ("SECURITY_TXT_EXPIRES", "2027-06-30"),
        ("SECURITY_CONTACT", "https://example.org/cert"),
        ("SECURITY_CONTACT", "tel:+49-7621-410"),
    ],
)
def test_what_makes_sense_is_taken(name, value):
    read(**{name: value}).refuse_faults()


def test_every_fault_is_named_at_once_in_the_one_message_of_a_process_that_does_not_start():
    wrong = {"SECRET_KEY": "x", "MESSAGE_RETENTION_DAYS": "-5", "LOG_LEVEL": "loud", "DEBUG": "?"}

    found = start("production", **COMPLETE | wrong | {"ALLOWED_HOSTS": None})

    told = found.stderr.partition("ImproperlyConfigured: ")[2]
    assert found.returncode != 0
    assert [line.split()[1] for line in told.splitlines()[1:]] == [
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "MESSAGE_RETENTION_DAYS",
        "LOG_LEVEL",
        "DEBUG",
    ]


@pytest.mark.parametrize("settings", ["dev", "test"])
def test_other_settings_refuse_faults_too(settings):
    found = start(settings, MAINTENANCE="maybe", PROXY_COUNT="-1")

    assert found.returncode != 0
    assert found.stderr.rstrip().endswith(
        "  - PROXY_COUNT must be a whole number from 0 to 9 (it is '-1').\n"
        "  - MAINTENANCE must be true or false (it is 'maybe')."
    )


def test_outside_production_a_short_key_and_another_database_will_do():
    few = {"SECRET_KEY": "x", "DATABASE_URL": "sqlite:///db.sqlite3"}

    read(False, **few).refuse_faults()


@pytest.mark.parametrize("variable", VARIABLES, ids=lambda variable: variable.name)
def test_defaults_and_examples_are_taken_themselves(variable):
    shown = variable.default if isinstance(variable.default, int | str) else ""
    for text in filter(None, (str(shown), variable.example)):
        variable.kind(text)
