from django.apps import AppConfig
from django.db.models.signals import post_save


class AccountsConfig(AppConfig):
    name = "lkintegration.accounts"
    verbose_name = "Konten"

    def ready(self) -> None:
        """End sessions whoever changes the password or switches the account off, and wherever."""
        from lkintegration.accounts.sessions import account_saved  # noqa: PLC0415  (needs models)

        post_save.connect(account_saved, sender="auth.User")
