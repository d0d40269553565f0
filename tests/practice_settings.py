"""Settings of the practice sites that tests run: those of a test site, with the examples."""

from tests.site_settings import *  # noqa: F403  (Django's way to layer settings)
from tests.site_settings import BASE_DIR, INSTALLED_APPS

PRACTICE = True
INSTALLED_APPS = [*INSTALLED_APPS, "lkintegration.practice"]
EXTRA_CONTENT = [BASE_DIR / "lkintegration" / "practice" / "content"]
