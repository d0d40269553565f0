"""``manage.py prepare_site``: ``migrate`` and ``load_content`` in one process, for ``make run``.

Starting Django takes longer than either of them where nothing is new. What checks would say, the
tests say (``make test``).
"""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Bringt die Datenbank auf den Stand des Codes und lädt die mitgelieferten Inhalte."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_content", stdout=self.stdout, stderr=self.stderr)
