"""What all threads of a worker share."""

import os
import platform
import subprocess
import sys

import pytest

from tests.server import ROOT

ARENAS = """
import ctypes, os, sys
from threading import Barrier, Thread
from lkintegration.gunicorn_config import share_arenas, threads
if sys.argv[1:]:
    share_arenas()
together = Barrier(threads)
def take():
    together.wait()
    kept = [b"x" * 1000 for _ in range(1000)]
    together.wait()
takers = [Thread(target=take) for _ in range(threads)]
for each in takers:
    each.start()
for each in takers:
    each.join()
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(libc.fdopen(1, b"w"))
libc.malloc_info(0, out)
libc.fflush(out)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="Only glibc has arenas.")
def test_all_threads_of_a_worker_take_memory_from_two_places():
    variables = {name: os.environ[name] for name in os.environ if name != "MALLOC_ARENA_MAX"}
    variables |= {"DJANGO_SETTINGS_MODULE": "lkintegration.settings.test"}

    def arenas(*arguments):
        command = [sys.executable, "-c", ARENAS, *arguments]
        told = subprocess.run(
            command, cwd=ROOT, env=variables, check=True, capture_output=True, text=True
        )
        return told.stdout.count("<heap ")

    assert arenas("shared") == 2 < arenas()
