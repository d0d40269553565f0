"""The test suite: SQLite in memory, or the PostgreSQL server that DATABASE_URL names."""

from lkintegration.settings.base import *  # noqa: F403  (Django's way to layer settings)
from lkintegration.settings.base import STORAGES, env
from lkintegration.settings.databases import database

env.refuse_faults()

SECRET_KEY = "only-for-tests"  # noqa: S105  (signs nothing that leaves the test run)
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DATABASES = {"default": database(env.text("DATABASE_URL") or "sqlite://:memory:")}
DEEPL_AUTH_KEY = DEEPL_URL = ""  # no test calls the real service, whatever the shell says
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PAUSE_AFTER_MISTAKE = 0.0
# No collectstatic before a test run, and no look at what an earlier one left behind.
WHITENOISE_AUTOREFRESH = True
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
