from django.apps import AppConfig


class ServingConfig(AppConfig):
    name = "lkintegration.serving"
    verbose_name = "Auslieferung"

    def ready(self) -> None:
        from lkintegration.core.kinds import kinds  # noqa: PLC0415  (models are ready now)
        from lkintegration.core.models import LanguageSetting  # noqa: PLC0415
        from lkintegration.serving import freshness  # noqa: PLC0415

        freshness.watch(*kinds(), LanguageSetting)
