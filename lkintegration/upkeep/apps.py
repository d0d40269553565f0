from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "lkintegration.upkeep"
    verbose_name = "Betrieb"
