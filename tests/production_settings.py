"""Settings of production on an embedded database, for sites behind a proxy that tests run."""

import os

_database_url = os.environ["DATABASE_URL"]
os.environ["DATABASE_URL"] = "postgres://nobody:nothing@localhost:5432/unused"

from lkintegration.settings.production import *  # noqa: E402, F403  (Django's way to layer settings)
from lkintegration.settings.production import database  # noqa: E402

os.environ["DATABASE_URL"] = _database_url
DATABASES = {"default": database(_database_url)}
