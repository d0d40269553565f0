"""The app of modelsearch, without what the site does not need of it."""

from django.db import connection
from modelsearch.apps import ModelSearchAppConfig


class IndexConfig(ModelSearchAppConfig):
    """The tables of the index.

    No signals: ``engine.following`` knows better what has changed, and django-tasks, which would
    run them, stays out of memory. No generic relation from entries to the index either: entries
    leave together with their words (``engine.storing``).
    """

    verbose_name = "Index der Suche"

    def ready(self) -> None:
        if connection.vendor == "postgresql":
            from modelsearch.backends.database.postgres.weights import (  # noqa: PLC0415
                set_weights,  # where the index lies on PostgreSQL
            )

            set_weights()
