"""Metrics for Prometheus and the faults of the site, on a port that readers never get to."""

import os
import socket
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import Error, close_old_connections
from django.db.models import Count
from django.utils import timezone
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from contacts.models import Message
from lkintegration.mailing.enums import Delivery
from lkintegration.mailing.models import StaffEmail
from lkintegration.serving.metrics import note_memory
from lkintegration.serving.outage import is_away
from lkintegration.upkeep.health import find_faults
from lkintegration.upkeep.job_runs import JobState, job_states
from lkintegration.upkeep.jobs import JOBS

METRICS = "/metrics"
FAULTS = "/faults"


class MetricsPort:
    """A WSGI application that answers at ``port``; at all others ``application`` does."""

    def __init__(self, application: Callable[..., Iterable[bytes]], port: int) -> None:
        self.application, self.port = application, str(port)

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        if environ["SERVER_PORT"] != self.port or _is_told_by_the_request(environ):
            return self.application(environ, start_response)
        path = environ.get("PATH_INFO")
        if path == METRICS:
            status, kind, body = "200 OK", CONTENT_TYPE_LATEST, write_metrics()
        elif path == FAULTS:
            status, kind, body = "200 OK", "text/plain", write_faults()
        else:
            status, kind, body = "404 Not Found", "text/plain", b"Only /metrics and /faults.\n"
        start_response(status, [("Content-Type", kind)])
        return [body]


def _is_told_by_the_request(environ: dict[str, Any]) -> bool:
    """Return whether the port is only what the request says: a socket file has none.

    gunicorn then takes the one of the header "Host".
    """
    return environ["gunicorn.socket"].family == socket.AF_UNIX


def write_faults() -> bytes:
    """Return a line for each thing that keeps the site from being ready, else "ok"."""
    try:
        return "".join(f"{fault}\n" for fault in find_faults() or ["ok"]).encode()
    finally:
        close_old_connections()


def write_metrics() -> bytes:
    """Return all metrics, those of all workers added up, as Prometheus reads them."""
    note_memory()
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(REGISTRY)
    registry.register(StoredNumbers())
    return generate_latest(registry)


class StoredNumbers(Collector):
    """What the database knows: jobs, messages and e-mails. Without it, only that it is away."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the metrics of this moment."""
        found = _ask()
        yield GaugeMetricFamily(
            "lkintegration_database_up", "Whether the database answers.", value=bool(found)
        )
        yield from found


def _ask() -> list[GaugeMetricFamily]:
    """Return what the database knows; nothing where it is away."""
    if is_away():
        return []
    try:
        return [*_jobs(job_states(JOBS, timezone.now())), *_emails()]
    except Error:
        return []
    finally:
        close_old_connections()


def _jobs(states: list[JobState]) -> Iterator[GaugeMetricFamily]:
    numbers: dict[str, tuple[str, Callable[[JobState], Any]]] = {
        "overdue": ("Whether the job has not succeeded in its time.", lambda s: s.is_overdue),
        "failures": ("Failures in a row.", lambda s: s.run and s.run.failures),
        "duration_seconds": ("How long the last run took.", lambda s: s.run and s.run.seconds),
        "last_success_timestamp_seconds": (
            "When it last succeeded.",
            lambda s: s.run and s.run.succeeded_at and s.run.succeeded_at.timestamp(),
        ),
        "next_run_timestamp_seconds": (
            "When it is due.",
            lambda s: s.run and s.run.next_run_at and s.run.next_run_at.timestamp(),
        ),
    }
    for name, (words, number) in numbers.items():
        family = GaugeMetricFamily(f"lkintegration_job_{name}", words, labels=["job"])
        for state in states:
            family.add_metric([state.job.name], float(number(state) or 0))
        yield family


def _emails() -> Iterator[GaugeMetricFamily]:
    """Yield what leaves by e-mail, by how far it has come."""
    for name, words, model in (
        ("messages", "Messages by how far they have come.", Message),
        ("staff_emails", "E-mails to staff by how far they have come.", StaffEmail),
    ):
        family = GaugeMetricFamily(f"lkintegration_{name}", words, labels=["delivery"])
        rows = model._default_manager.order_by()
        numbers = dict(rows.values_list("delivery").annotate(Count("pk")))
        for delivery in Delivery:
            family.add_metric([delivery.value], numbers.get(delivery.value, 0))
        yield family
