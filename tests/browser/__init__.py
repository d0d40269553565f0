"""The site in a real browser. Django is set up first: the pages come from the URL confs."""

import os

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lkintegration.settings.test")
if not apps.ready:
    django.setup()
