"""``manage.py prepare_site``: what ``make run`` needs before it serves, in one process.

Starting Django takes longer than all of it where nothing is new. What checks would say, the tests
say (``make test``).
"""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from lkintegration.search.engine.rebuilding import catch_up


class Command(BaseCommand):
    help = "Bringt die Datenbank auf den Stand des Codes und lädt die mitgelieferten Inhalte."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_content", stdout=self.stdout, stderr=self.stderr)
        catch_up(timezone.now())  # no job does it beside ``make run``
