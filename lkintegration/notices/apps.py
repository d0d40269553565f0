from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "lkintegration.notices"
    label = "notices"
    verbose_name = "Hinweise"
