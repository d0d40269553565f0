from django.apps import AppConfig


class ServingConfig(AppConfig):
    name = "lkintegration.serving"
    verbose_name = "Auslieferung"
