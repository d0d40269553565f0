"""``manage.py delete_expired_messages``: keeps the retention period that the privacy page names."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from contacts.messages.retention import delete_expired


class Command(BaseCommand):
    help = "Löscht Nachrichten, deren Aufbewahrungsfrist abgelaufen ist (MESSAGE_RETENTION_DAYS)."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{delete_expired(timezone.now())} Nachrichten gelöscht.")
