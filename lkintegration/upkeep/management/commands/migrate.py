"""``manage.py migrate``: Django's, one at a time.

Two at once would each begin with the first migration that is missing, and one would end amid it.
None waits long for a table that readers use: all who come after it would wait behind it.
"""

from typing import Any, Final

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connection

from lkintegration.core.database_lock import DatabaseBusyError, alone_on_database

LONGEST_WAIT: Final = "5s"  # for a lock on a table


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        if options["plan"] or options["check_unapplied"]:  # looks only
            super().handle(*args, **options)
            return
        try:
            with alone_on_database():
                if connection.vendor == "postgresql":
                    with connection.cursor() as cursor:
                        cursor.execute(
                            "SELECT set_config('lock_timeout', %s, false)", [LONGEST_WAIT]
                        )
                super().handle(*args, **options)
        except DatabaseBusyError as error:
            raise CommandError(str(error)) from error
        except OperationalError as error:
            # Here, because a site on SQLite does without it.
            from psycopg.errors import LockNotAvailable  # noqa: PLC0415

            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            raise CommandError(
                "Eine Tabelle ist gerade in Gebrauch, und eine Migration braucht sie für sich. "
                "Nichts ist halb geändert. Starten Sie den Befehl in einer Minute noch einmal."
            ) from error
