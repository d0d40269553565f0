"""A practice site (``make demo``): everything it writes is in ``var/demo``, nothing leaves it.

It asks the environment for nothing that leads elsewhere, so that a shell with the variables of the
real site changes nothing: database, keys, mail server, backups and other services are its own or
none.
"""

from django.core.management.utils import get_random_secret_key

from lkintegration.settings.base import *  # noqa: F403  (Django's way to layer settings)
from lkintegration.settings.base import BASE_DIR, INSTALLED_APPS, VAR_DIR, env
from lkintegration.settings.databases import database
from lkintegration.settings.private_files import keep_private

env.refuse_faults()

PRACTICE = True
INSTALLED_APPS = [*INSTALLED_APPS, "lkintegration.practice"]
EXTRA_CONTENT = [BASE_DIR / "lkintegration" / "practice" / "content"]

PRACTICE_DIR = VAR_DIR / "demo"
PRACTICE_DIR.mkdir(parents=True, exist_ok=True)
_secret, _database = PRACTICE_DIR / "secret_key", PRACTICE_DIR / "db.sqlite3"
keep_private(_secret, get_random_secret_key())
keep_private(_database)
SECRET_KEY = _secret.read_text(encoding="utf-8")
DATABASES = {"default": database(f"sqlite:///{_database}")}
MEDIA_ROOT = PRACTICE_DIR / "media"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]  # this machine alone

# Browsers keep cookies by host, whatever the port: the real site beside it has others.
COOKIE_PREFIX = "uebung-"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"

# Messages and e-mails wait in the admin, as on a site without a mail server.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
EMAIL_HOST = EMAIL_HOST_USER = MESSAGE_MAILBOX = ""
EMAIL_HOST_PASSWORD = ""  # nosec B105  (none)
DEFAULT_FROM_EMAIL = "uebung@example.org"
BACKUP_FOLDER = DEEPL_AUTH_KEY = DEEPL_URL = SEARCH_URL = ""
MODELSEARCH_BACKENDS = {
    "default": {"BACKEND": "lkintegration.search.engine.backends", "SEARCH_CONFIG": "simple"}
}
METRICS_PORT = 0
LINK_CHECK = False
