from django.apps import AppConfig
from django.db.models.signals import post_delete


class CoreConfig(AppConfig):
    name = "lkintegration.core"
    verbose_name = "Grundlagen"

    def ready(self) -> None:
        from lkintegration.core.kinds import kinds  # noqa: PLC0415  (models are ready now)
        from lkintegration.core.translation_sources import forget_sources  # noqa: PLC0415

        for model in kinds():
            post_delete.connect(forget_sources, sender=model)
