"""The WSGI application that gunicorn serves; production settings unless the environment says so."""

import os
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lkintegration.settings.production")

application: Any = get_wsgi_application()

from django.conf import settings  # noqa: E402  (only now is Django ready, and what follows needs it)

from lkintegration.serving.page_cache import PageCache  # noqa: E402

if not settings.DEBUG:  # whoever edits templates wants to see them
    application = PageCache(application)
