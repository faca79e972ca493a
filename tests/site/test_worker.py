"""The worker stops when it is told to, whatever it is doing at that moment."""

from __future__ import annotations

import subprocess
import sys

import pytest

# The main thread is interrupted where it holds the event's lock, as it does for an instant each time it waits.
AT_THE_WORST_MOMENT = """
import os, signal, sys
from vincula.site.worker import stop_at_signals
stop = stop_at_signals()
with stop._cond:
    os.kill(os.getpid(), signal.Signals[sys.argv[1]])
    sum(range(1_000_000))
sys.exit(0 if stop.wait(20) else 1)
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_is_heard_at_whatever_moment_it_comes(name: str) -> None:
    subprocess.run([sys.executable, "-c", AT_THE_WORST_MOMENT, name], timeout=60, check=True)
