"""``manage.py fill_practice_site``: examples and accounts of a practice site, and their links."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lkintegration.accounts.links import INVITED_FOR
from lkintegration.practice.accounts import links
from lkintegration.practice.fill_practice_site import NoPracticeSiteError, fill_practice_site


class Command(BaseCommand):
    help = (
        "Legt in einer Übungs-Website erfundene Beispiele und ein Konto je Rolle an, wenn es noch "
        "keine gibt, und gibt für jedes Konto einen Link aus, mit dem man einmal hineinkommt."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--site", required=True, help="Adresse der Website mit http://")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            is_new = fill_practice_site()
        except NoPracticeSiteError:
            raise CommandError(
                "Das ist keine Übungs-Website. Mit „make demo“ beginnen Sie eine."
            ) from None
        told = "sind neu angelegt" if is_new else "sind, wie Sie sie verlassen haben"
        self.stdout.write(f"Die Beispiele {told}. Konten, jedes mit einem Link für einmal")
        self.stdout.write(f"(er gilt {INVITED_FOR.days} Tage, später eine Stunde):")
        for name, link in links(options["site"].rstrip("/")):
            self.stdout.write(f"  {name}\n    {link}")
