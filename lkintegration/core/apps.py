from django.apps import AppConfig, apps
from django.db.models.signals import post_delete


class CoreConfig(AppConfig):
    name = "lkintegration.core"
    verbose_name = "Grundlagen"

    def ready(self) -> None:
        from lkintegration.core import checks  # noqa: F401, PLC0415  (registers itself)
        from lkintegration.core.kinds import kinds  # noqa: PLC0415  (models are ready now)
        from lkintegration.core.models import Shown  # noqa: PLC0415
        from lkintegration.core.translation_sources import forget_translations  # noqa: PLC0415
        from lkintegration.core.watching import watch  # noqa: PLC0415

        watch(*(model for model in apps.get_models() if issubclass(model, Shown)))
        for model in kinds():
            post_delete.connect(forget_translations, sender=model)
