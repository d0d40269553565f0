from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lkintegration.accounts"
    verbose_name = "Konten"
