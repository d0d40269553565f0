"""How the site speaks with its database, SQLite or PostgreSQL."""

from typing import Any

import environ

SQLITE = "lkintegration.serving.sqlite"
SQLITE_OPTIONS = {
    # Readers do not block the writer, and a writer waits its turn instead of failing at once.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
}

# Readers and health checks get an answer in seconds, whether the server is stopped (timeout, of
# waiting for the pool), its host is gone (connect_timeout; tcp_user_timeout in milliseconds;
# keepalives, for those who wait for an answer) or its processes hang (serving.outage).
# reconnect_timeout bounds the growing pauses between attempts: the site is back a second after the
# server. One connection for each thread of a worker (gunicorn_config.py) and some to spare, or
# those who save would wait for each other.
POSTGRESQL_POOL = {"timeout": 3, "reconnect_timeout": 2, "min_size": 1, "max_size": 18}
POSTGRESQL_OPTIONS = {
    "connect_timeout": 3,
    "tcp_user_timeout": 5000,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
}


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for the database at ``url`` (SQLite or PostgreSQL), tuned for it."""
    config: dict[str, Any] = dict(environ.Env.db_url_config(url))
    if config["ENGINE"] == "django.db.backends.sqlite3":
        # Each thread keeps its connection, as long as it may (serving.sqlite).
        config |= {"ENGINE": SQLITE, "OPTIONS": SQLITE_OPTIONS}
        config |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    else:
        # Here, because it takes 13 MB that a site on SQLite can do without. A pool, never one
        # connection per request; health checks so that a restarted server costs no reader an error.
        from lkintegration.serving.database_connections import SiteConnection  # noqa: PLC0415

        pool = POSTGRESQL_POOL | {"connection_class": SiteConnection}
        options = POSTGRESQL_OPTIONS | {"pool": pool} | config.get("OPTIONS", {})
        config |= {"OPTIONS": options, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}
    return config
