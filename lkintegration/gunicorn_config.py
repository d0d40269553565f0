"""How gunicorn runs the site, wherever it runs: ``make run``, image, systemd, tests, benchmarks.

Its names are gunicorn's settings. The command line may say otherwise (``--bind``, ``--workers``).
"""

import os
import shutil
import tempfile
from itertools import count
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from lkintegration.settings.environment import read_environment
from lkintegration.settings.logs import make_logging

PRODUCTION = "lkintegration.settings.production"  # what wsgi.py takes where nobody says otherwise

_is_production = os.environ.get("DJANGO_SETTINGS_MODULE", PRODUCTION) == PRODUCTION
_env = read_environment(production=_is_production)
try:
    # Here as well: what gunicorn itself stumbles over (no workers, a port that is none, a level
    # that it does not know) never gets as far as the settings.
    _env.refuse_faults()
except ImproperlyConfigured as _faults:
    raise SystemExit(str(_faults)) from None

wsgi_app = "lkintegration.wsgi:application"
worker_class = "lkintegration.serving.gunicorn_worker.SiteWorker"
# This machine only, unless the command line opens it: a proxy that ends TLS stands in front.
bind = ["127.0.0.1:8000"]
if _metrics_port := _env.number("METRICS_PORT"):
    bind.append(f"127.0.0.1:{_metrics_port}")
# gunicorn's own name for the number of worker processes; each takes what a core can give.
workers = _env.number("WEB_CONCURRENCY")
# A worker that waits for the database can answer somebody else. The pool of database connections
# has room for each of them (settings.base.POSTGRESQL_OPTIONS).
threads = 16
# Seconds after which a worker that gives no sign of life is replaced, and in which one that is to
# stop finishes what it has begun. Whoever stops the site waits longer (compose.yaml, systemd).
timeout = graceful_timeout = 30
# The workers' signs of life are files: on a disk, a slow write looks like a hung worker.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  # nosec B108  (gunicorn makes files of its own there)
# gunicorn would open a socket below the home folder, which need not be there.
control_socket_disable = True

# --- what a request may say ---------------------------------------------------------------------
# By default a proxy on this machine may send SCRIPT_NAME and PATH_INFO as headers, and whatever
# passes headers on lets readers do so too: all links of a page would follow.
forwarder_headers = ""
# Django alone decides what the header of the proxy means (SECURE_PROXY_SSL_HEADER).
secure_scheme_headers: dict[str, str] = {}
# Together with gunicorn's 8 KB a field and 4 KB a line, a connection holds half a megabyte at most.
limit_request_fields = 64

# --- what is written ----------------------------------------------------------------------------
# No access log: it would hold readers' addresses, and their ages in the query of the finder.
accesslog = None
if _is_production:
    logconfig_dict = make_logging(_env.text("LOG_LEVEL"))

# --- what is counted ----------------------------------------------------------------------------
# Each worker counts into a file of its own, and whichever is asked for the metrics adds them up.


def on_starting(server: Any) -> None:
    """Make the folder of those files, before the first worker needs it."""
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp("-metrics", dir=worker_tmp_dir)


def pre_fork(server: Any, worker: Any) -> None:
    """Give a worker the number of one that has ended: it goes on counting in that one's file.

    By their process numbers, a site whose workers often die would fill the memory with files.
    """
    taken = {other.number for other in server.WORKERS.values()}
    worker.number = next(number for number in count() if number not in taken)


def post_fork(server: Any, worker: Any) -> None:
    """Let the worker count under its number."""
    from prometheus_client import values  # noqa: PLC0415  (it looks for the folder at once)

    values.ValueClass = values.MultiProcessValue(lambda: worker.number)  # type: ignore[no-untyped-call]


def on_exit(server: Any) -> None:
    """Take the folder away."""
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
