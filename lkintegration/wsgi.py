"""The WSGI application that gunicorn serves; production settings unless the environment says so."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lkintegration.settings.production")

application = get_wsgi_application()
