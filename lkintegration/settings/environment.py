"""Every environment variable of the site, in one table.

README.md, ``.env.example`` and compose.yaml repeat it: ``make settings`` writes it there, and a
test compares. A new variable is one more row; what others read (gunicorn, compose) stands in
``lkintegration.settings.outside``. ``lkintegration.settings.variables`` says what belongs in a row.
"""

import os

from lkintegration.settings import kinds
from lkintegration.settings.kinds import Number
from lkintegration.settings.outside import OUTSIDE
from lkintegration.settings.variables import Environment, Variable

MOST_DAYS = 36_500  # a hundred years, which no date of the site runs over


def read_environment(*, production: bool = False) -> Environment:
    """Return what the environment of this process says, its faults noted (``refuse_faults``)."""
    return Environment(VARIABLES, os.environ, production=production)


VARIABLES = (
    Variable(
        "SECRET_KEY",
        "long and random, the same on every worker; whoever knows it can log in as anybody",
        kinds.read_text,
        strict=kinds.read_secret,
        required=True,
        secret=True,
        told="made by `make run`, required in production",
    ),
    Variable(
        "SECRET_KEY_FALLBACKS",
        "earlier keys, separated by commas, while the key is being changed: what they signed holds",
        kinds.read_secrets,
        default=[],
        secret=True,
    ),
    Variable(
        "ALLOWED_HOSTS",
        "host names, separated by commas, the main one first",
        kinds.read_hosts,
        default=["127.0.0.1", "localhost", "[::1]"],
        strict=kinds.read_own_hosts,
        required=True,
        told="`127.0.0.1,localhost`, required in production",
        example="integration.example.org",
    ),
    Variable(
        "DATABASE_URL",
        "`postgres://user:password@host:5432/name`",
        kinds.read_database,
        strict=kinds.read_server,
        required=True,
        secret=True,
        told="SQLite in `var/`, required in production",
        example="postgres://lkintegration:PASSWORD@db:5432/lkintegration",
    ),
    Variable(
        "SECURE_SSL_REDIRECT",
        "send plain HTTP to HTTPS",
        kinds.read_flag,
        default=True,
        told="`true` in production",
    ),
    Variable(
        "SECURE_HSTS_SECONDS",
        "how long browsers insist on HTTPS",
        Number(0, 315_360_000),
        default=31_536_000,
        told="one year (`31536000`) in production",
    ),
    Variable(
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
        "whether that holds for subdomains",
        kinds.read_flag,
        default=False,
    ),
    Variable(
        "SECURITY_CONTACT",
        "whom to tell of a weakness, first in security.txt: `mailto:…`, `https://…` or `tel:+…`",
        kinds.read_contact,
        default="",
        told="the form for messages",
        example="mailto:cert@example.org",
    ),
    Variable(
        "SECURITY_TXT_EXPIRES",
        "until when somebody has confirmed what security.txt says, at most a year from now; "
        "`check --deploy` fails from 30 days before",
        kinds.read_day,
        told="always half a year from now, and `check --deploy` fails",
        example="2027-06-30",
    ),
    Variable(
        "EMAIL_URL",
        "mail server, `smtp+tls://user:password@host:587`; without one messages wait in the admin",
        kinds.read_mail_server,
        secret=True,
        example="smtp+tls://user:password@mail.example.org:587",
    ),
    Variable(
        "DEFAULT_FROM_EMAIL",
        "sender of those e-mails",
        kinds.read_sender,
        default="website@localhost",
    ),
    Variable(
        "MESSAGE_MAILBOX",
        "where messages to the office go, and those to a contact without an address",
        kinds.read_address,
        default="",
        example="integration@example.org",
    ),
    Variable(
        "MESSAGE_RETENTION_DAYS",
        "how long messages are kept; the privacy page must say the same",
        Number(1, MOST_DAYS),
        default=90,
    ),
    Variable(
        "HISTORY_RETENTION_DAYS",
        "how long earlier states of the content are kept after they were replaced",
        Number(1, MOST_DAYS),
        default=1095,
    ),
    Variable(
        "MESSAGES_PER_SENDER",
        "how many messages one connection may send a day; `0`: nobody may send one",
        Number(0, 100_000),
        default=40,
    ),
    Variable(
        "PROXY_COUNT",
        "proxies of our own in front, whose `X-Forwarded-For` is believed",
        Number(0, 9),
        default=0,
        in_production=1,
        told="`1` in production, else `0`",
    ),
    Variable(
        "CHECK_INTERVAL_DAYS",
        "after how many days details are due for a check",
        Number(1, MOST_DAYS),
        default=180,
    ),
    Variable(
        "BACKUP_FOLDER",
        "where a backup is made every night, a folder each; empty: none is made by itself",
        kinds.read_folder,
        default="",
        not_passed="compose mounts a volume there",
    ),
    Variable(
        "BACKUP_RECIPIENTS",
        "public keys of age, separated by commas, that backups are encrypted for; empty: they are "
        "not",
        kinds.read_recipients,
        default=[],
        told="none",
        # A secret key put here by mistake is not repeated to a log.
        secret=True,
    ),
    Variable(
        "BACKUP_RETENTION_DAYS",
        "how long backups are kept, and what a restoration has replaced; the newest one stays",
        Number(1, MOST_DAYS),
        default=30,
    ),
    Variable(
        "DEEPL_AUTH_KEY",
        "key for DeepL's API, which then fills in missing translations on demand; empty: off, and "
        "no screen speaks of it",
        kinds.read_text,
        default="",
        secret=True,
    ),
    Variable(
        "DEEPL_URL",
        "address of that API",
        kinds.read_web_address,
        default="",
        told="the one that belongs to the key",
    ),
    Variable(
        "DEEPL_MONTHLY_CHARACTERS",
        "how many characters a month may be sent there",
        Number(0, 1_000_000_000),
        default=500_000,
    ),
    Variable("DEEPL_TIMEOUT", "seconds to wait for an answer", Number(1, 60), default=10),
    Variable(
        "MAINTENANCE",
        'every page answers 503 "try again in a few minutes"',
        kinds.read_flag,
        default=False,
    ),
    Variable(
        "LINK_CHECK",
        "whether `run_jobs` asks other websites once a week if the pages are there to which public "
        "content links",
        kinds.read_flag,
        default=False,
        in_production=True,
        told="`true` in production, else `false`",
    ),
    Variable(
        "SEARCH_URL",
        "OpenSearch server for the index of the search, `https://user:password@host:9200`; empty: "
        "the database has it",
        kinds.read_web_address,
        default="",
        strict=kinds.read_encrypted_address,
        secret=True,
    ),
    Variable(
        "COUNT_UNANSWERED_QUESTIONS",
        "whether words that the search finds nothing for are counted, without anything of who "
        "asked; the privacy page must say the same",
        kinds.read_flag,
        default=True,
    ),
    Variable(
        "METRICS_PORT",
        "port on which the workers answer `/metrics` for Prometheus, where gunicorn listens there "
        "too (`--bind`); `0`: nowhere; in the image 9100",
        Number(0, 65_535),
        default=0,
        not_passed="compose lets gunicorn listen there",
    ),
    Variable("LOG_LEVEL", "of the production log", kinds.read_level, default="INFO"),
    Variable(
        "DEBUG",
        "Django's error pages, in development only",
        kinds.read_flag,
        default=False,
        not_passed="in development only",
    ),
    Variable(
        "STATIC_ROOT",
        "where `collectstatic` puts static files and workers find them; in the image it is fixed",
        kinds.read_folder,
        told="`var/static`",
        not_passed="the image has them collected",
    ),
    *OUTSIDE,
)
