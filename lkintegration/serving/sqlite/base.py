"""A connection of SQLite that a thread keeps from one request to the next.

Opening the file costs milliseconds, because SQLite reads there which tables there are. So each
thread opens it once (``CONN_MAX_AGE``), and asks once in a request whether that still holds
(``CONN_HEALTH_CHECKS``).
"""

import os
from typing import Any

from django.db.backends.sqlite3 import base, features


class DatabaseFeatures(features.DatabaseFeatures):
    """What SQLite can do."""

    # Django would try it out in a transaction, and take a file that is locked just then for one
    # that can do no JSON, as long as the thread lives.
    supports_json_field = True


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection, which knows the file that it has opened."""

    features_class = DatabaseFeatures
    _file: tuple[int, int] | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the file; what stood there before counts, so that a swap meanwhile is noticed."""
        self._file = self._file_there()
        return super().get_new_connection(conn_params)

    def is_usable(self) -> bool:
        """Return whether the connection may go on: without a fault, in the file of that name.

        Whoever puts another file in its place would not be heard of else: the old one is there for
        all who have it open.
        """
        return (
            not self.errors_occurred and self._file is not None and self._file == self._file_there()
        )

    def _file_there(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self.settings_dict["NAME"])
        except OSError:
            return None
        return found.st_dev, found.st_ino
