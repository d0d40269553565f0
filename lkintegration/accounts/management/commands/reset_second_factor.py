"""``manage.py reset_second_factor``: when nobody is left who could do it in the admin."""

import argparse
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from lkintegration.accounts.emails import tell_of_change
from lkintegration.accounts.enums import EventKind
from lkintegration.accounts.factor_codes import forget_wrong_codes
from lkintegration.accounts.second_factor import reset_factors


class Command(BaseCommand):
    help = (
        "Nimmt einem Konto den zweiten Faktor, der verloren ist. Es meldet sich dann mit dem "
        "Passwort an und richtet sofort einen neuen ein. Fragen Sie die Person vorher selbst."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("name", help="Benutzername")

    def handle(self, *args: Any, **options: Any) -> None:
        account = User.objects.filter(username=options["name"]).first()
        if account is None:
            raise CommandError(f"Es gibt kein Konto „{options['name']}“.")
        reset_factors(account)
        forget_wrong_codes(account)
        tell_of_change(EventKind.FACTOR_REMOVED, account)
        self.stdout.write(f"Der zweite Faktor von „{account}“ ist zurückgesetzt.")
