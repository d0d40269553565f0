from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "lkintegration.upkeep"
    verbose_name = "Betrieb"

    def ready(self) -> None:
        from lkintegration.upkeep import checks  # noqa: F401, PLC0415  (they register themselves)
