from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "lkintegration.core"
    verbose_name = "Grundlagen"
