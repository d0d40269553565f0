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
    from gunicorn.app.wsgiapp import run  # noqa: PLC0415  (it reads the environment at once)

    sys.argv[1:1] = ["--config", gunicorn_config.__file__]
    run(prog="gunicorn")


if __name__ == "__main__":
    main()
