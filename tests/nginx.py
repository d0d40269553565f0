"""Runs nginx with the shipped configuration and a certificate of its own in front of a site."""

import os
import re
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.server import ROOT, free_port

TEMPLATE = ROOT / "deploy" / "nginx.conf.template"
HOST = "localhost"
# As Debian has it around the file, without what needs a system.
AROUND = """
{user}
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    gzip on;
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


# The least that passes requests on, to workers that change.
PLAIN = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    server {{
        listen 127.0.0.1:{port};
        location / {{ proxy_pass http://127.0.0.1:{site}; proxy_set_header Host $http_host; }}
    }}
}}
"""


class Proxy(NamedTuple):
    """Where nginx answers over TLS and without, and what a client needs to believe it."""

    secure: str  # host:port
    plain: str  # host:port
    trust: ssl.SSLContext
    folder: Path


@contextmanager
def proxy(folder: Path, upstream: str) -> Iterator[Proxy]:
    """Run nginx in ``folder`` in front of ``upstream`` (an address) inside the ``with`` block."""
    _make_certificate(folder)
    secure, plain = free_port(), free_port()
    gaps = {
        "SITE_HOST": HOST,
        "SITE_UPSTREAM": upstream.removeprefix("http://"),
        "SITE_TLS": str(folder),
        "SECURE_HSTS_SECONDS": "31536000",
    }
    text = TEMPLATE.read_text(encoding="utf-8")
    for name, value in gaps.items():
        text = text.replace(f"${{{name}}}", value)
    text = re.sub(r"    listen \[::\]:.*\n", "", text)
    # Ports that need no rights; a browser then names them in Host.
    text = text.replace("listen 443 ", f"listen 127.0.0.1:{secure} ")
    text = text.replace("listen 80 ", f"listen 127.0.0.1:{plain} ")
    text = text.replace("Host $host;", f"Host $host:{secure};")
    # Only root may say who serves, and root's temporary folders are nobody else's.
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "site.conf").write_text(text, encoding="utf-8")
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user), encoding="utf-8")
    server = _start(folder)
    trust = ssl.create_default_context(cafile=str(folder / "fullchain.pem"))
    try:
        _wait_for(secure)
        yield Proxy(f"{HOST}:{secure}", f"{HOST}:{plain}", trust, folder)
    finally:
        server.terminate()
        server.wait(timeout=20)


class TurningProxy:
    """An nginx without TLS that turns to other workers without losing a request."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def turn_to(self, site: int) -> None:
        """Send all requests to the workers at port ``site`` from now on."""
        text = PLAIN.format(folder=self.folder, port=self.port, site=site)
        (self.folder / "nginx.conf").write_text(text)
        if self.process is None:
            self.process = _start(self.folder)
            _wait_for(self.port)
        else:
            self.process.send_signal(signal.SIGHUP)
            time.sleep(2)  # nginx starts its new workers first, and lets the old ones finish

    def stop(self) -> None:
        """End it, if it has begun."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=20)


def _start(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        ["nginx", "-e", folder / "nginx.log", "-c", folder / "nginx.conf", "-p", folder],
        env=os.environ | {"PATH": f"/usr/sbin:{os.environ['PATH']}"},
        stderr=subprocess.DEVNULL,
    )


def _wait_for(port: int) -> None:
    for _attempt in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)


def _make_certificate(folder: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
    command += ["-addext", f"subjectAltName=DNS:{HOST}"]
    command += ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
