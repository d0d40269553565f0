from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "lkintegration.notices"
    label = "notices"
    verbose_name = "Seiten und Wörter"  # as the group of its lists
