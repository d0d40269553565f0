"""Environment variables that Django, gunicorn, make or compose reads, and not the settings."""

from lkintegration.settings import kinds
from lkintegration.settings.kinds import Number
from lkintegration.settings.variables import Variable

OUTSIDE = (
    Variable(
        "DJANGO_SETTINGS_MODULE",
        "`lkintegration.settings.dev` or `….production`",
        kinds.read_text,
        told="dev for `manage.py`, production for WSGI",
        not_passed="the image says production",
    ),
    Variable(
        "WEB_CONCURRENCY",
        "worker processes of gunicorn",
        Number(1, 64),
        default=2,
        not_passed="gunicorn stumbles over one that is empty: compose gives it a value",
        read_by_compose=True,
    ),
    Variable(
        "PORT",
        "of `make run` and of compose",
        Number(1, 65_535),
        default=8000,
        not_passed="where compose publishes the site; inside it is always 8000",
        read_by_compose=True,
    ),
    Variable(
        "SITE_HOST",
        "of compose's proxy: the main host name, the first of `ALLOWED_HOSTS`",
        kinds.read_text,
        told="none, required by compose",
        example="integration.example.org",
        not_passed="only the proxy needs it",
        read_by_compose=True,
    ),
    Variable(
        "SITE_TLS",
        "of compose's proxy: the folder with `fullchain.pem` and `privkey.pem`",
        kinds.read_text,
        told="none, required by compose",
        example="/etc/letsencrypt/live/integration.example.org",
        not_passed="only the proxy needs it",
        read_by_compose=True,
    ),
    Variable(
        "POSTGRES_PASSWORD",
        "of compose's database; the same stands in `DATABASE_URL`, percent-encoded",
        kinds.read_text,
        secret=True,
        told="none, required by compose",
        not_passed="only the database needs it",
        read_by_compose=True,
    ),
)
