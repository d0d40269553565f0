from django.apps import AppConfig


class SeedConfig(AppConfig):
    name = "lkintegration.seed"
    verbose_name = "Mitgelieferte Inhalte"
