"""How gunicorn runs the site, wherever it runs: ``make run``, image, systemd, tests, benchmarks.

Its names are gunicorn's settings. The command line may say otherwise (``--bind``, ``--workers``).
"""

import ctypes
import gc
import os
import shutil
import signal
import subprocess  # nosec B404  (a reload tries the new code in a process of its own)
import sys
import tempfile
from contextlib import suppress
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
# has room for each of them (settings.databases.POSTGRESQL_OPTIONS).
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
logger_class = "lkintegration.serving.gunicorn_log.SiteLogger"
if _is_production:
    logconfig_dict = make_logging(_env.text("LOG_LEVEL"))

# --- what workers share -------------------------------------------------------------------------
# The parent loads the site before it has any worker: they start at once, and share the memory of
# all that they only read. gunicorn's own ``preload_app`` would load before there is a folder for
# what is counted: each worker counts into a file of its own, and whichever is asked for the metrics
# adds them up.
_FORMER_WORKERS = "LKINTEGRATION_FORMER_WORKERS"  # of the parent before a reload, for the one after


# glibc gives nearly each thread a place of its own to take memory from, and what one thread has
# freed there no other gets: after all pages, two places for all threads hold a seventh less.
_M_ARENA_MAX, _ARENAS = -8, 2


def share_arenas() -> None:
    """Let all threads of this process and its workers take memory from the same two places.

    Other C libraries than glibc have no such places.
    """
    choose = getattr(ctypes.CDLL(None), "mallopt", None)
    if choose:
        choose(_M_ARENA_MAX, _ARENAS)


def on_starting(server: Any) -> None:
    """Load the site, which leaves neither thread nor connection behind that a fork would lose."""
    share_arenas()
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp("-metrics", dir=worker_tmp_dir)
    from prometheus_client import values  # noqa: PLC0415  (it looks for the folder at once)

    server.counts_as = "parent"
    values.ValueClass = values.MultiProcessValue(lambda: server.counts_as)  # type: ignore[no-untyped-call]
    gc.disable()  # no holes in what is shared, and no time for looking at what stays
    try:
        server.app.wsgi()
    except Exception:
        server.log.exception("The site does not start.")
        on_exit(server)
        raise SystemExit(server.APP_LOAD_ERROR) from None
    gc.freeze()  # a collection writes into all that it looks at: it never looks at what is shared
    gc.enable()


def when_ready(server: Any) -> None:
    """Let the workers of the parent before a reload finish: those of this one come now."""
    for worker in os.environ.pop(_FORMER_WORKERS, "").split():
        with suppress(ProcessLookupError):
            os.kill(int(worker), signal.SIGTERM)


def pre_fork(server: Any, worker: Any) -> None:
    """Give a worker the number of one that has ended: it goes on counting in that one's file.

    By their process numbers, a site whose workers often die would fill the memory with files.
    """
    taken = {other.number for other in server.WORKERS.values()}
    worker.number = next(number for number in count() if number not in taken)


def post_fork(server: Any, worker: Any) -> None:
    """Let the worker count under its number."""
    server.counts_as = worker.number


def on_reload(server: Any) -> None:
    """Begin anew with the code and the settings that are there now (SIGHUP); nobody is refused.

    The process stays, and with it its sockets and its workers, which answer until there are new
    ones. Where the new code does not start, they go on.
    """
    command = [sys.executable, *sys.orig_argv[1:]]
    environment = server.cfg.env_orig
    # The command that this process was started with.
    tried = subprocess.run([*command, "--check-config"], env=environment, check=False)  # noqa: S603  # nosec B603  (its own)
    if tried.returncode:
        server.log.error("The new code does not start, the old one goes on.")
        return
    on_exit(server)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # another one comes too early while the site loads
    handed_on = {
        # How gunicorn hands its sockets on.
        "GUNICORN_PID": str(os.getpid()),
        "GUNICORN_FD": ",".join(str(listener.fileno()) for listener in server.LISTENERS),
        _FORMER_WORKERS: " ".join(map(str, server.WORKERS)),
    }
    os.execve(sys.executable, command, environment | handed_on)  # noqa: S606  # nosec B606


def on_exit(server: Any) -> None:
    """Take the folder of what is counted away; who has a file of it open goes on."""
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
