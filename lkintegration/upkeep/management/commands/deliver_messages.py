"""``manage.py deliver_messages``: carries readers' messages to the office, for ever or once.

Running for ever it also sees to the daily jobs: one service is easier to watch than two.
"""

import argparse
import datetime
import logging
import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from contacts.enums import Delivery
from contacts.messages.delivery import deliver_due
from contacts.models import Message
from lkintegration.upkeep.daily_jobs import run_daily_jobs

logger = logging.getLogger(__name__)

PAUSE = 10  # seconds between two looks for new messages


class Command(BaseCommand):
    help = (
        "Stellt die Nachrichten von der Website per E-Mail zu, mit wachsenden Pausen zwischen den "
        "Versuchen, und löscht abgelaufene, auch alte Stände des Inhalts. Läuft als Dienst bis "
        "zum Signal TERM."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="nur ein Durchgang")
        parser.add_argument(
            "--now",
            action="store_true",
            help="die Pausen nicht abwarten, zum Beispiel nach einer Störung des Mailservers",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["now"]:
            waiting = Message.objects.filter(delivery=Delivery.WAITING)
            waiting.update(next_attempt_at=timezone.now())
        if options["once"]:
            self.stdout.write(f"{deliver_due()} Nachrichten zugestellt.")
            return
        ending = threading.Event()

        def end(_signal: int, _frame: FrameType | None) -> None:
            ending.set()

        # The message at hand is finished first.
        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGINT, end)
        self.stdout.write("Bereit: stellt Nachrichten zu, bis zum Signal TERM.")
        self.stdout.flush()
        self._serve(ending)

    def _serve(self, ending: threading.Event) -> None:
        last_tidied: datetime.date | None = None
        while not ending.is_set():
            try:
                if last_tidied != timezone.localdate():
                    run_daily_jobs(timezone.now())
                    last_tidied = timezone.localdate()
                deliver_due(ending.is_set)
            except DatabaseError:
                logger.exception("The database did not answer; trying again.")
            close_old_connections()
            ending.wait(PAUSE)
