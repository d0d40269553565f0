"""What a line of the log says: JSON, and nothing that a reader has sent.

Our own loggers say what is safe to say. Of everybody else's lines the words of the program stay and
what was filled into them goes, because a library fills in addresses, host names and what was typed.
Of an exception the log has the class and the places in the code: its message may quote a value.
"""

import logging
import traceback
from collections.abc import MutableMapping
from typing import Any, Final

from structlog.contextvars import merge_contextvars
from structlog.processors import JSONRenderer, TimeStamper
from structlog.stdlib import ProcessorFormatter, add_log_level, add_logger_name

Event = MutableMapping[str, Any]

# Whose words never hold anything of a reader: our own, and those about processes and connections.
_TRUSTED: Final = (
    "lkintegration",
    "contacts",
    "offers",
    "concept",
    "gunicorn.error",
    "psycopg.pool",
)
# Whose message is about names and connections of the operator's, never about content.
_TELLING: Final = frozenset({"OperationalError", "PoolTimeout", "ImproperlyConfigured"})
_TELLING_OF_CODE: Final = (NameError, ImportError)
_LONGEST_CHAIN: Final = 5


def without_what_was_sent(logger: object, method: str, event: Event) -> Event:
    """Take out of a line of the log what may come from outside; structlog calls it."""
    record: logging.LogRecord = event["_record"]
    if not record.name.startswith(_TRUSTED):
        event["event"] = _words_of_program(record, event["positional_args"])
    if status := getattr(record, "status_code", None):
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        event.update(status=status, route=match.route if match else "")
    del event["positional_args"]
    if trace := event.pop("exc_info", None):
        event["exception"] = _told(trace[1])
    event.pop("stack_info", None)
    return event


def _words_of_program(record: logging.LogRecord, filled_in: Any) -> str:
    if record.name.startswith("django.security"):
        return record.name.removeprefix("django.security.")  # the message quotes the request
    if record.name == "django.request" and filled_in:
        return str(filled_in[0])  # "Not Found": what follows is the address
    return str(record.msg) if filled_in else record.name  # without, it may be filled in already


def _told(error: BaseException | None) -> list[dict[str, Any]]:
    """Return an exception and those that led to it, the last one first."""
    told: list[dict[str, Any]] = []
    while error is not None and len(told) < _LONGEST_CHAIN:
        told.append(
            {
                "type": type(error).__name__,
                "detail": _detail(error),
                "at": [
                    f"{frame.filename}:{frame.lineno} {frame.name}"
                    for frame in traceback.extract_tb(error.__traceback__)
                ],
            }
        )
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return told


def _detail(error: BaseException) -> str:
    if type(error).__name__ in _TELLING or isinstance(error, _TELLING_OF_CODE):
        return str(error).partition("\n")[0]
    return (error.strerror or "") if isinstance(error, OSError) else ""


def make_logging(level: str) -> dict[str, Any]:
    """Return the configuration of logging: each line from ``level`` on goes to standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": ProcessorFormatter,
                "use_get_message": True,
                "pass_foreign_args": True,  # nosec B105  (no password)
                "foreign_pre_chain": [
                    merge_contextvars,
                    add_log_level,
                    add_logger_name,
                    TimeStamper(fmt="iso", utc=True),
                    without_what_was_sent,
                ],
                "processors": [ProcessorFormatter.remove_processors_meta, JSONRenderer()],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": level},
        # Django mails reports of errors by itself, with the form that was sent.
        "loggers": {
            "django": {"handlers": [], "level": "NOTSET", "propagate": True},
            "gunicorn.error": {"handlers": ["console"], "propagate": False},
        },
    }
