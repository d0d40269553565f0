"""The mail server is ill, or nobody knows its name, while the office's messages are carried."""

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests import server
from tests.drills import Row
from tests.smtp import Health, SMTPServer

ILL = {
    Health.DRIPPING: "greets byte after byte and never ends",
    Health.DRIPPING_AT_LAST: "takes a message and never ends its reply",
    Health.LYING: "greets with what is no SMTP",
    Health.MUMBLING: "takes a message and replies with what is no SMTP",
    Health.SILENT: "takes a message and hangs up without a reply",
    Health.LOSING: "hangs up amid a message",
}
# RFC 6761, section 6.4: no name below it is ever found.
NOWHERE = "smtp://mail.invalid:25"
MAKE = (
    "import uuid; from tests.factories import message;"
    "print(message(delivery='waiting', submission=uuid.uuid4().hex).reference)"
)
SHOW = "from contacts.models import Message; print(Message.objects.get(reference='{}').delivery)"
PATIENCE = 30  # seconds that compose and systemd leave a service at least


def run() -> Iterator[Row]:
    """Let delivery meet every illness, stop it, and let it go on with a healthy server."""
    with tempfile.TemporaryDirectory() as name, SMTPServer() as mail:
        site = Site(Path(name), mail)
        for health, illness in ILL.items():
            mail.up(health)
            yield site.deliver(f"The mail server {illness}", site.well)
        mail.down()
        yield site.deliver("The mail server is gone", site.well)
        mail.up()
        yield site.deliver("Nobody knows the mail server's name", NOWHERE)


class Site:
    """A site whose messages go to ``mail``."""

    def __init__(self, folder: Path, mail: SMTPServer) -> None:
        server.prepare(folder)
        self.folder, self.mail = folder, mail
        self.well = f"smtp://127.0.0.1:{mail.port}"

    def deliver(self, done: str, url: str) -> Row:
        """Carry one message by way of ``url``, stop amid it, and go on with the healthy server."""
        reference = self._python(MAKE)
        command = [sys.executable, "manage.py", "deliver_messages"]
        service = subprocess.Popen(command, cwd=server.ROOT, env=self._environment(url))
        time.sleep(8)
        service.send_signal(signal.SIGTERM)
        stopped = time.monotonic()
        service.wait(timeout=10 * PATIENCE)
        seconds = time.monotonic() - stopped
        before = self._python(SHOW.format(reference))
        self.mail.up(Health.HEALTHY)
        again = [*command, "--once", "--now"]
        subprocess.run(again, cwd=server.ROOT, env=self._environment(self.well), check=True)
        after, arrived = self._python(SHOW.format(reference)), self.mail.references()
        times = arrived.count(reference)
        return Row(
            done,
            f"the service ends within {PATIENCE} s; the message arrives once, or staff are asked",
            f"ended after {seconds:.0f} s, {before}; with a healthy server {after}, "
            f"arrived {times} ×",
            seconds <= PATIENCE
            and (after, times) in {("delivered", 1), ("uncertain", times)}
            and times <= 1,
        )

    def _environment(self, url: str) -> dict[str, str]:
        return server.environment(
            self.folder, EMAIL_URL=url, MESSAGE_MAILBOX="amt@example.org", LOG_LEVEL="CRITICAL"
        )

    def _python(self, code: str) -> str:
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
        done = subprocess.run(
            command,
            cwd=server.ROOT,
            env=self._environment(self.well),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout.strip()
