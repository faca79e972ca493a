"""What the simulation remembers while it runs, in memory: codes, nonces, access tokens, who is logged in."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from vincula.sandbox.govbr.people import Person

T = TypeVar("T")
_MOST = 10_000


class Passing(Generic[T]):
    """Things kept by key for some seconds; the oldest give way when there are too many. Safe for threads."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._kept: dict[str, tuple[float, T]] = {}
        self._lock = threading.Lock()

    def put(self, key: str, value: T) -> None:
        with self._lock:
            while len(self._kept) >= _MOST:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = (self._clock() + self._seconds, value)

    def get(self, key: str) -> T | None:
        with self._lock:
            return self._alive(self._kept.get(key))

    def take(self, key: str) -> T | None:
        """The thing, which is gone now: two who ask at once do not both get it."""
        with self._lock:
            return self._alive(self._kept.pop(key, None))

    def _alive(self, found: tuple[float, T] | None) -> T | None:
        return found[1] if found is not None and found[0] > self._clock() else None


@dataclass(frozen=True, slots=True)
class Code:
    """An authorization on its way, as Authlib asks for it."""

    person: Person
    client_id: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    auth_time: int

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.auth_time

    def get_acr(self) -> str | None:
        return None

    def get_amr(self) -> list[str]:
        return ["passwd"]


@dataclass(frozen=True, slots=True)
class Sessions:
    """`codes` live 60 s, nonces as long as one could be replayed, logins of a browser eight hours. `raised`: levels
    that people came to by the step-up page."""

    codes: Passing[Code] = field(default_factory=lambda: Passing(60))
    nonces: Passing[bool] = field(default_factory=lambda: Passing(3600))
    tokens: Passing[Person] = field(default_factory=lambda: Passing(3599))
    browsers: Passing[str] = field(default_factory=lambda: Passing(8 * 3600))
    raised: dict[str, str] = field(default_factory=dict)
