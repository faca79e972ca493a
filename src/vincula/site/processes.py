"""The processes of `vincula serve`: each ends with its parent, none is left behind, however the parent ends."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time

GRACE_SECONDS = 15
LOOK_SECONDS = 0.5  # how often who is not told by the kernel looks whether his parent is there
PR_SET_PDEATHSIG = 1  # prctl(2)

Child = subprocess.Popen[bytes]


def start(module: str, *arguments: str) -> Child:
    """A module of this installation's Python with these arguments, in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "vincula.site.child", str(os.getpid()), module, *arguments],
        start_new_session=True,
    )


def end_with(parent: int) -> None:
    """From now on this process is killed when `parent`, which started it, is gone: at once on Linux, elsewhere within a
    second. Killed and not asked: nobody would be left to see that it ends, and a kill may come at any moment anyway."""
    if not _kernel_kills():
        threading.Thread(target=_look, args=(parent,), name="processo-pai", daemon=True).start()
    if os.getppid() != parent:  # it was gone before anything here could take notice
        _end_now()


def _kernel_kills() -> bool:
    """Whether the kernel will kill this process together with its parent (Linux)."""
    if sys.platform != "linux":
        return False
    return bool(ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL) == 0)


def _look(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    _end_now()


def _end_now() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


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
