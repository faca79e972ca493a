"""How often a client may ask (access.md, L6): a bucket that fills at the credential's rate, in the listener's memory.

Each process of a listener counts for itself: N processes let at most N times the limit through.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

BURST_SECONDS = 10.0  # of the rate may be asked at once


@dataclass(frozen=True, slots=True)
class Allowance:
    """`limit`: requests a minute; `remaining`: at once from now; `reset`: seconds until the bucket is full again;
    `wait`: seconds until one more is allowed, 0 where this one is."""

    limit: int
    remaining: int
    reset: int
    wait: int

    def headers(self) -> list[tuple[str, str]]:
        return [
            ("ratelimit-limit", str(self.limit)),
            ("ratelimit-remaining", str(self.remaining)),
            ("ratelimit-reset", str(self.reset)),
        ]


class Limiter:
    """Buckets by client."""

    def __init__(self) -> None:
        self._full_at: dict[str, float] = {}

    def take(self, client: str, limit: int, cost: int = 1) -> Allowance:
        """Take `cost` requests of this client, whose limit is `limit` a minute."""
        now = time.monotonic()
        each = 60.0 / limit
        depth = max(BURST_SECONDS, each)
        full_at = max(self._full_at.get(client, now), now)
        after = full_at + each * cost
        if after - now > depth + 1e-9:
            missing = after - now - depth
            return Allowance(limit, 0, _whole(full_at - now), max(1, _whole(missing)))
        self._full_at[client] = after
        return Allowance(limit, int((depth - (after - now)) / each), _whole(after - now), 0)


def _whole(seconds: float) -> int:
    return int(seconds) + (seconds > int(seconds))
