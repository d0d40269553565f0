"""``manage.py migrate``: Django's, one at a time.

Two at once would each begin with the first migration that is missing, and one would end amid it.
"""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate

from lkintegration.core.database_lock import DatabaseBusyError, alone_on_database


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        if options["plan"] or options["check_unapplied"]:  # looks only
            super().handle(*args, **options)
            return
        try:
            with alone_on_database():
                super().handle(*args, **options)
        except DatabaseBusyError as error:
            raise CommandError(str(error)) from error
