"""``manage.py check_referrals``: proves that nobody falls through, or says who does."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contacts.models import Municipality
from offers.models import OLDEST
from offers.referral_proof import Kind, findings


class Command(BaseCommand):
    help = "Prüft für jedes Alter und jede Gemeinde, ob ein Beratungsdienst zuständig ist."

    def handle(self, *args: Any, **options: Any) -> None:
        municipalities = Municipality.objects.count()
        if not municipalities:
            raise CommandError("Es sind keine Gemeinden geladen.")
        found = findings()
        for finding in found:
            self.stdout.write(str(finding))
        space = f"Alter 0 bis {OLDEST} × {municipalities} Gemeinden"
        if not found:
            self.stdout.write(f"Niemand fällt durch: {space} geprüft.")
            return
        numbers = Counter(finding.kind for finding in found)
        told = [f"{numbers[Kind.GAP]} Lücken, {numbers[Kind.SURPRISE]} Überraschungen"]
        if numbers[Kind.NOWHERE]:
            told.append(f"{numbers[Kind.NOWHERE]} ohne Gebiet")
        raise CommandError(f"{', '.join(told)} ({space}).")
