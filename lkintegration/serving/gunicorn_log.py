"""gunicorn's log without a line for each request."""

from typing import Any

from gunicorn.glogging import Logger


class SiteLogger(Logger):
    """Writes what gunicorn has to say of itself.

    Where it is told how to write (``logconfig_dict``), gunicorn puts a line together for each
    request, even if nobody is to read it: a fifth of what a page from memory costs.
    """

    def access(self, *_request: Any) -> None:
        """Write nothing (``accesslog`` in gunicorn_config says why)."""
