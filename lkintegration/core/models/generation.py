"""The state of all content as one value, and the records that belong to it."""

from django.db import connection, models


class ContentState(models.Model):
    """One row whose token changes with every change of what readers see (core.generation)."""

    token = models.CharField(max_length=32)
    # The last changes, the newest first (core.content_changes).
    changes = models.TextField(default="", db_default="")

    def __str__(self) -> str:
        return self.token

    @classmethod
    def read_token(cls) -> str:
        """Return the token; empty where there is none yet.

        Every page asks, twice if it is built: to put Django's query together takes as long as a
        component. Raises ``django.db.Error`` where the database cannot be asked.
        """
        with connection.cursor() as cursor:
            cursor.execute("SELECT token FROM core_contentstate ORDER BY id LIMIT 1")
            row = cursor.fetchone()
        return str(row[0]) if row else ""
