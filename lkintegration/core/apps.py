from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "lkintegration.core"
    verbose_name = "Grundlagen"

    def ready(self) -> None:
        from lkintegration.core import freshness, models  # noqa: PLC0415  (models are ready now)

        for model in self.apps.get_models() if self.apps else []:
            if issubclass(model, models.Content):
                freshness.watch(model)
