from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "lkintegration.desk"
    verbose_name = "Arbeitsplatz"
