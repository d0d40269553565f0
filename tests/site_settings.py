"""Settings of the sites that tests and benchmarks run: those of development.

Several sites run at the same time, so they share a folder of static files that nobody changes
meanwhile. A key that the tests know lets them sign what only time would bring about.
"""

import os
from pathlib import Path

from lkintegration.settings.dev import *  # noqa: F403  (Django's way to layer settings)
from lkintegration.settings.test import SECRET_KEY  # noqa: F401  (Django reads it)

STATIC_ROOT = Path(os.environ["STATIC_ROOT"])
