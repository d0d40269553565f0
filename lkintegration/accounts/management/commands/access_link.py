"""``manage.py access_link``: the first account, and the way back in when nothing else helps."""

import argparse
import os
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from lkintegration.accounts.links import access_link
from lkintegration.accounts.tries import lift_wait
from lkintegration.serving.site_address import address_of_site


class Command(BaseCommand):
    help = (
        "Gibt einen Link aus, mit dem jemand einmal ein neues Passwort wählt. Mit --create legt "
        "er vorher ein Konto an, das alles darf. Nie wird ein Passwort ausgegeben."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("name", help="Benutzername")
        parser.add_argument("--create", action="store_true", help="das Konto neu anlegen")
        parser.add_argument("--email", default="", help="E-Mail-Adresse des neuen Kontos")
        parser.add_argument(
            "--site", default="", help="Adresse der Website, zum Beispiel https://www.example.org"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        account = self._create(name, options["email"]) if options["create"] else self._find(name)
        lift_wait(name)
        minutes = settings.PASSWORD_RESET_TIMEOUT // 60
        self.stdout.write(f"Dieser Link gilt {minutes} Minuten und nur einmal:")
        self.stdout.write(access_link(account, options["site"].rstrip("/") or _site()))

    def _create(self, name: str, email: str) -> User:
        account = User(username=name, email=email, is_staff=True, is_superuser=True)
        account.set_unusable_password()
        try:
            account.full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        account.save()
        return account

    def _find(self, name: str) -> User:
        account = User.objects.filter(username=name).first()
        if account is None:
            raise CommandError(f"Es gibt kein Konto „{name}“. Mit --create legen Sie es an.")
        if not account.is_active or not account.is_staff:
            raise CommandError(
                f"Das Konto „{name}“ ist abgeschaltet oder darf nicht in die Verwaltung."
            )
        return account


def _site() -> str:
    port = "" if settings.SESSION_COOKIE_SECURE else f":{os.environ.get('PORT') or 8000}"
    return address_of_site() + port
