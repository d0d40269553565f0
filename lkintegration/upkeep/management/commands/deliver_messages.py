"""``manage.py deliver_messages``: carries readers' messages and tells staff, for ever or once.

Running for ever it also publishes the drafts whose time has come (``editing.scheduling``), and
notes how its last round went where all jobs do (``upkeep.job_runs``).
"""

import argparse
from dataclasses import replace
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lkintegration.editing.scheduling import publish_due
from lkintegration.mailing.delivery import deliver_due
from lkintegration.mailing.enums import Delivery
from lkintegration.mailing.smtp import end_dialogues
from lkintegration.upkeep.job_runs import run
from lkintegration.upkeep.jobs import DELIVERY, OUTBOXES, deliver
from lkintegration.upkeep.service import ending_by_signal, serve

# Seconds in which the message at hand may be finished after the signal; less than compose.yaml and
# systemd wait before they kill. Afterwards it waits or, without a last reply, is uncertain.
LAST_WORDS = 20


class Command(BaseCommand):
    help = (
        "Stellt die Nachrichten von der Website per E-Mail zu, mit wachsenden Pausen zwischen den "
        "Versuchen. Läuft als Dienst bis zum Signal TERM."
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
            for outbox in OUTBOXES:
                waiting = outbox.model.objects.filter(delivery=Delivery.WAITING)
                waiting.update(next_attempt_at=timezone.now())
        if options["once"]:
            self.stdout.write(f"{deliver_due(OUTBOXES)} Nachrichten zugestellt.")
            return
        # The message at hand is finished first.
        ending = ending_by_signal(lambda: end_dialogues(LAST_WORDS))
        self.stdout.write("Bereit: stellt Nachrichten zu, bis zum Signal TERM.")
        self.stdout.flush()
        self._serve(ending)

    def _serve(self, ending: Event) -> None:
        job = replace(DELIVERY, do=lambda now: deliver(ending.is_set))

        def do_round() -> None:
            # Here as well, because a backup or the check of links may keep the jobs for longer than
            # the minute within which a draft goes live. Each goes live once, whoever comes first.
            publish_due(timezone.now())
            run(job)

        serve(do_round, ending)
