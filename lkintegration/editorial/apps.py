from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "lkintegration.editorial"
    label = "editorial"
    verbose_name = "Redaktion"
