from django.apps import AppConfig
from django.db.models.signals import post_delete


class EditingConfig(AppConfig):
    name = "lkintegration.editing"
    label = "editorial"  # older than the room's name; tables and rights are named after it
    verbose_name = "Redaktion"

    def ready(self) -> None:
        from lkintegration.core.kinds import kinds  # noqa: PLC0415  (models are ready now)
        from lkintegration.editing.drafts import forget_drafts  # noqa: PLC0415

        for model in kinds():
            post_delete.connect(forget_drafts, sender=model)
