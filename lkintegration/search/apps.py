from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_delete


class SearchConfig(AppConfig):
    name = "lkintegration.search"
    verbose_name = "Suche"

    def ready(self) -> None:
        from lkintegration.core.writes import written  # noqa: PLC0415
        from lkintegration.search import checks  # noqa: F401, PLC0415  (they register themselves)
        from lkintegration.search.engine.following import (  # noqa: PLC0415  (models are ready now)
            note_dependants,
            note_written,
        )
        from lkintegration.search.engine.rebuilding import rebuild_after_migrate  # noqa: PLC0415
        from lkintegration.search.engine.sources import followed  # noqa: PLC0415

        written.connect(note_written)
        for model in followed():
            pre_delete.connect(note_dependants, sender=model)
        post_migrate.connect(rebuild_after_migrate, sender=self)
