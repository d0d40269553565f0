from django.apps import AppConfig


class TranslatingConfig(AppConfig):
    name = "lkintegration.translating"
    verbose_name = "Übersetzen"
