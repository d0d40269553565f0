"""Runs commands of the built image as compose does: read-only, without rights, as its own user."""

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Self

from tests.image.dockerfile import Stage

# The root can be read only, memory is mounted on /tmp and /dev/shm, and there are the few devices
# that there always are. Then no capability is left and none can be gained. The last command becomes
# process 1 of its own namespace, as in a container: signals that it does not handle do nothing.
ENTER = """
set -e
root="$1"; user="$2"; shift 2
mount --bind "$root" "$root"
for name in dev proc; do mount -t tmpfs -o size=1m tmpfs "$root/$name"; done
mount -t proc proc "$root/proc"
for device in null zero random urandom; do
    : >"$root/dev/$device"; mount --bind "/dev/$device" "$root/dev/$device"
done
mkdir "$root/dev/shm"
for name in dev/shm tmp; do mount -t tmpfs -o size=64m,mode=1777 tmpfs "$root/$name"; done
mount -o remount,bind,ro "$root"
exec setpriv --no-new-privs --inh-caps=-all --bounding-set=-all,+sys_chroot,+setuid,+setgid \
    /usr/sbin/chroot --userspec="$user" --groups= "$root" "$@"
"""
# There is no shell in the image to change the folder.
IN_FOLDER = "import os, sys; os.chdir(sys.argv[1]); os.execvp(sys.argv[2], sys.argv[2:])"


class Container:
    """One command of the image, inside the ``with`` block."""

    def __init__(
        self, root: Path, image: Stage, command: list[str], variables: dict[str, str]
    ) -> None:
        place, user = image.last("WORKDIR").rest, image.last("USER").rest
        for name in ("dev", "proc"):  # which docker makes, as it does etc/hosts
            (root / name).mkdir(exist_ok=True)
        (root / "etc/hosts").write_text("127.0.0.1 localhost\n")
        enter = ["unshare", "--mount", "--pid", "--fork", "/bin/sh", "-c", ENTER, "enter"]
        self._started = time.monotonic()
        self._process = subprocess.Popen(
            [*enter, str(root), user, "python", "-c", IN_FOLDER, place, *command],
            env={**image.environment(), **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._process.poll() is None:
            os.kill(self._pid(), signal.SIGKILL)
        self._process.communicate()

    def _pid(self) -> int:
        """Return the process id of the command as this machine has it."""
        number = self._process.pid
        return int(Path(f"/proc/{number}/task/{number}/children").read_text())

    def stop(self, seconds: float) -> int:
        """Ask the command to end, as ``docker stop`` does; return its exit status."""
        os.kill(self._pid(), signal.SIGTERM)
        return self._process.wait(seconds)

    def must_run(self, seconds: float = 60) -> None:
        """Raise RuntimeError if the command has ended, or began more than ``seconds`` ago."""
        if self._process.poll() is not None:
            raise RuntimeError(self._process.communicate()[0])
        if time.monotonic() - self._started > seconds:
            raise RuntimeError("The command of the image is not ready.")

    def ends_well(self, seconds: float) -> bool:
        """Wait for a command that ends by itself; return whether its exit status is 0."""
        return self._process.wait(seconds) == 0

    def finish(self, seconds: float) -> str:
        """Wait for a command that ends by itself; return what it wrote. Raise if it failed."""
        told, _nothing = self._process.communicate(timeout=seconds)
        if self._process.returncode:
            raise RuntimeError(told)
        return told
