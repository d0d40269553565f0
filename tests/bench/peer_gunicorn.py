"""How gunicorn runs what the site is compared with, whose environments do not know our settings."""

import os

worker_class = "gthread"
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
accesslog = None
control_socket_disable = True
