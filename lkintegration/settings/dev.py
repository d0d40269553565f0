"""Development and ``make run``: an embedded SQLite database, nothing to configure."""

from django.core.management.utils import get_random_secret_key

from lkintegration.settings.base import *  # noqa: F403  (Django's way to layer settings)
from lkintegration.settings.base import VAR_DIR, env
from lkintegration.settings.databases import database
from lkintegration.settings.private_files import keep_private

env.refuse_faults()

VAR_DIR.mkdir(exist_ok=True)
_secret = VAR_DIR / "secret_key"
# Kept, so that staff stay logged in over a restart; made here, so that none is ever committed.
keep_private(_secret, get_random_secret_key())

SECRET_KEY = env.text("SECRET_KEY") or _secret.read_text(encoding="utf-8")
SECRET_KEY_FALLBACKS = env.texts("SECRET_KEY_FALLBACKS")
DEBUG = env.flag("DEBUG")
ALLOWED_HOSTS = env.texts("ALLOWED_HOSTS")
_database = VAR_DIR / "db.sqlite3"
if not env.text("DATABASE_URL"):
    # SQLite takes it as an empty database, and gives its journals the same rights.
    keep_private(_database)
DATABASES = {"default": database(env.text("DATABASE_URL") or f"sqlite:///{_database}")}
