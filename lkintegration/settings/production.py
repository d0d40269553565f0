"""Production: refuses to start without its secret, its hosts and its database."""

import os

from django.core.exceptions import ImproperlyConfigured

from lkintegration.settings.base import *  # noqa: F403  (Django's way to layer settings)
from lkintegration.settings.base import database, env


def _required(name: str, why: str) -> str:
    # Not through django-environ, which takes "$…" for a reference to another variable.
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"Set the environment variable {name}: {why}.")
    return value


DEBUG = False
SECRET_KEY = _required("SECRET_KEY", "a long random string, the same on every worker")
_hosts = _required("ALLOWED_HOSTS", "the host names of the site, separated by commas")
ALLOWED_HOSTS = [host.strip() for host in _hosts.split(",") if host.strip()]
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts of the site; * is not one.")
_database_url = _required("DATABASE_URL", "postgres://user:password@host:5432/name")
if not _database_url.startswith(("postgres://", "postgresql://")):
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL server (postgres://…).")
DATABASES = {"default": database(_database_url)}

# One proxy stands in front (see below); its count decides whose address limits messages.
PROXY_COUNT = env.int("PROXY_COUNT", default=1)

# TLS ends at the proxy in front, which tells the original scheme in this header.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # the container asks itself over plain HTTP
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=False)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# ".example.org" stands for the host and all below it; here that is written "*.example.org".
CSRF_TRUSTED_ORIGINS = [
    f"https://{'*' if host.startswith('.') else ''}{host}" for host in ALLOWED_HOSTS
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
