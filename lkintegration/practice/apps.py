from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "lkintegration.practice"
    verbose_name = "Übungs-Website"
