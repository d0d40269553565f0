from django.apps import AppConfig


class EditingConfig(AppConfig):
    name = "lkintegration.editing"
    label = "editorial"  # older than the room's name; tables and rights are named after it
    verbose_name = "Redaktion"
