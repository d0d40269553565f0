"""Laid over the settings for production that ``wagtail start`` wrote."""

import os

from psycopg.conninfo import conninfo_to_dict

from .base import INSTALLED_APPS, MIDDLEWARE

SECRET_KEY = "signs nothing that matters"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1"]
LANGUAGE_CODE = "de"
TIME_ZONE = "Europe/Berlin"
_database = conninfo_to_dict(os.environ["DATABASE_URL"])
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _database["dbname"],
        "USER": _database["user"],
        "PASSWORD": _database["password"],
        "HOST": _database["host"],
        "PORT": _database["port"],
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 18}},
    }
}
# Whole pages, in memory (Django's own backend, as the site's page cache is in memory too).
if os.environ.get("PAGE_CACHE"):
    INSTALLED_APPS = [*INSTALLED_APPS, "wagtailcache"]
    MIDDLEWARE = [
        "wagtailcache.cache.UpdateCacheMiddleware",
        *MIDDLEWARE,
        "wagtailcache.cache.FetchFromCacheMiddleware",
    ]
