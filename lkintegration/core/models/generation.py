"""The state of all content as one value, and the records that belong to it."""

from django.db import models


class ContentState(models.Model):
    """One row whose token changes with every change of what readers see (core.generation)."""

    token = models.CharField(max_length=32)
    # The last changes, the newest first (core.content_changes).
    changes = models.TextField(default="", db_default="")

    def __str__(self) -> str:
        return self.token
