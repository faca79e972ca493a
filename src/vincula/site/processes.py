"""The processes of `vincula serve`: each a child that ends with its parent, none left behind."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time

GRACE_SECONDS = 15
PR_SET_PDEATHSIG = 1  # prctl(2)

Child = subprocess.Popen[bytes]


def start(*arguments: str) -> Child:
    """A Python of this installation with these arguments, in a process group of its own."""
    return subprocess.Popen([sys.executable, *arguments], start_new_session=True, preexec_fn=_end_with_parent)


def _end_with_parent() -> None:
    """In the child: be told to stop when this process is killed, so that the port is free again (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def watch(children: list[Child], stop: list[int]) -> bool:
    """Until a signal (True), or until a child ends by itself (False)."""
    while not stop:
        if any(child.poll() is not None for child in children):
            return False
        time.sleep(0.2)
    return True


def end(children: list[Child]) -> None:
    """Ask again every second: a server that is just starting can miss the first time."""
    for number in [signal.SIGTERM] * GRACE_SECONDS + [signal.SIGKILL]:
        for child in children:
            if child.poll() is None:
                os.killpg(child.pid, number)
        deadline = time.monotonic() + 1
        while any(child.poll() is None for child in children) and time.monotonic() < deadline:
            time.sleep(0.02)
        if all(child.poll() is not None for child in children):
            return
