"""Starts gunicorn, once every setting is right: ``python -m lkintegration.run_gunicorn --bind …``.

gunicorn reads WEB_CONCURRENCY as soon as it is imported, and a word in it ends in its own
traceback. So our configuration comes first, which names every fault.
"""

import os
import sys

from lkintegration import gunicorn_config


def main() -> None:
    """Run gunicorn with our configuration and the options of the command line."""
    # What was left empty has its default.
    os.environ["WEB_CONCURRENCY"] = str(gunicorn_config.workers)
    # It reads the environment at once.
    from gunicorn.app.wsgiapp import WSGIApplication  # noqa: PLC0415

    class Site(WSGIApplication):
        def reload(self) -> None:
            """Read no configuration anew: a process holds one version (``on_reload``)."""

    sys.argv[1:1] = ["--config", gunicorn_config.__file__]
    Site("%(prog)s [OPTIONS] [APP_MODULE]", prog="gunicorn").run()


if __name__ == "__main__":
    main()
