"""The WSGI application that gunicorn serves; production settings unless the environment says so."""

import os
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lkintegration.settings.production")

application: Any = get_wsgi_application()  # makes Django ready, which what follows needs

from django.conf import settings  # noqa: E402

from lkintegration.serving.load_ahead import load_ahead  # noqa: E402
from lkintegration.serving.outage import watch_database  # noqa: E402
from lkintegration.serving.page_cache import PageCache  # noqa: E402
from lkintegration.serving.request_encoding import read_as_utf8  # noqa: E402
from lkintegration.upkeep.metrics_port import MetricsPort  # noqa: E402

watch_database()

application = read_as_utf8(application)
if not settings.DEBUG:  # whoever edits templates wants to see them
    load_ahead()
    application = PageCache(application)
if settings.METRICS_PORT:
    application = MetricsPort(application, settings.METRICS_PORT)
