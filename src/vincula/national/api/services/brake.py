"""Wrong passwords: who sends them waits longer each time, and nobody else does.

What is braked is a user from an address, and the address alone at a higher count: a stranger cannot lock out a user who
comes from elsewhere. In the listener's memory; thresholds are ours.
"""

from __future__ import annotations

import time
from collections import OrderedDict

FREE = 5  # wrong ones of a user from an address, before the wait begins
FREE_OF_ADDRESS = 20
LONGEST = 60.0  # seconds
FORGOTTEN = 900.0  # seconds without another wrong one
REMEMBERED = 10_000

Key = tuple[str, str]


class Brake:
    """For one event loop, from whose thread alone it is used."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[Key, tuple[int, float]] = (
            OrderedDict()
        )  # how many, and when the last one came

    def wait(self, user: str, address: str) -> int:
        """Whole seconds until this user may try again from this address; 0 for now."""
        now = time.monotonic()
        return max(self._left((user, address), FREE, now), self._left(("", address), FREE_OF_ADDRESS, now))

    def wrong(self, user: str, address: str) -> bool:
        """Note a wrong password. Whether it is the one with which the wait for this user begins."""
        now = time.monotonic()
        self._add(("", address), now)
        return self._add((user, address), now) == FREE

    def right(self, user: str, address: str) -> None:
        """Forget what this user got wrong from here; what others did from here stands."""
        self._wrong.pop((user, address), None)

    def _add(self, key: Key, now: float) -> int:
        count, last = self._wrong.pop(key, (0, now))
        count = 1 if now - last > FORGOTTEN else count + 1
        self._wrong[key] = (count, now)
        if len(self._wrong) > REMEMBERED:
            self._wrong.popitem(last=False)
        return count

    def _left(self, key: Key, free: int, now: float) -> int:
        count, last = self._wrong.get(key, (0, now))
        if count < free or now - last > FORGOTTEN:
            return 0
        left = last + min(LONGEST, 2.0 ** (count - free)) - now
        return int(left) + 1 if left > 0 else 0
