"""``manage.py run_jobs``: does all jobs when they are due, for ever, or some of them now."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lkintegration.upkeep.job import SERVICE, Job
from lkintegration.upkeep.job_runs import run, run_due
from lkintegration.upkeep.jobs import JOBS, find_job
from lkintegration.upkeep.service import ending_by_signal, serve


class Command(BaseCommand):
    help = (
        "Erledigt alle Aufträge des Betriebs, wenn sie fällig sind (löschen, prüfen, sichern). "
        "Läuft als Dienst bis zum Signal TERM."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="nur, was jetzt fällig ist")
        parser.add_argument(
            "--now", nargs="+", metavar="NAME", help="diese Aufträge sofort, fällig oder nicht"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["now"]:
            self._run_now([_find(name) for name in options["now"]])
            return
        own = [job for job in JOBS if job.process == SERVICE]
        if options["once"]:
            done = ", ".join(job.title for job in run_due(own)) or "nichts war fällig"
            self.stdout.write(f"Erledigt: {done}.")
            return
        ending = ending_by_signal()  # the job at hand is finished first
        self.stdout.write("Bereit: erledigt Aufträge, bis zum Signal TERM.")
        self.stdout.flush()
        serve(lambda: run_due(own, ending.is_set), ending)

    def _run_now(self, jobs: list[Job]) -> None:
        failed = [job for job in jobs if not run(job)]
        for job in jobs:
            self.stdout.write(f"{job.title}: {'misslungen' if job in failed else 'erledigt'}")
        if failed:
            raise CommandError("Nicht alles ist gelungen; im Protokoll steht, warum.")


def _find(name: str) -> Job:
    job = find_job(name)
    if job is None:
        known = ", ".join(job.name for job in JOBS)
        raise CommandError(f"Einen Auftrag „{name}“ gibt es nicht. Es gibt: {known}.")
    return job
