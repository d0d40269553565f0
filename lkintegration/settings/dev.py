"""Development and ``make run``: an embedded SQLite database, nothing to configure."""

import os

from django.core.management.utils import get_random_secret_key

from lkintegration.settings.base import *  # noqa: F403  (Django's way to layer settings)
from lkintegration.settings.base import VAR_DIR, database, env

VAR_DIR.mkdir(exist_ok=True)
_secret = VAR_DIR / "secret_key"
if not _secret.exists():
    # Kept, so that staff stay logged in over a restart; made here, so that none is ever committed.
    _secret.write_text(get_random_secret_key(), encoding="utf-8")

# Not through django-environ, which takes "$…" for a reference to another variable.
SECRET_KEY = os.environ.get("SECRET_KEY") or _secret.read_text(encoding="utf-8")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
DATABASES = {
    "default": database(env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}"))
}
