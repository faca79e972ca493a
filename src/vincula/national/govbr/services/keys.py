"""The public keys of gov.br, kept in memory; asked for anew when a token names one that is not among them."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from vincula.common.provider import Provider
from vincula.national.govbr.services import calling

BETWEEN = 30.0  # seconds, at the least, from one asking to the next: strangers' tokens shall not make us ask
AFTER_FAILURE = (
    2.0  # seconds without asking again: who comes back meanwhile shall not wait in a queue for a time-out
)
OLDEST = 6 * 3600.0  # seconds: keys that gov.br has withdrawn are not believed for longer


@dataclass(slots=True)
class _Kept:
    keys: KeySet | None = None
    asked: float = float("-inf")


_lock = threading.Lock()
_kept: dict[str, _Kept] = {}


def keys_of(provider: Provider, *, newer: bool = False) -> KeySet | None:
    """The keys; with `newer`, asked for again, unless that was done moments ago. None where they cannot be had."""
    with _lock:
        kept = _kept.setdefault(provider.issuer, _Kept())
        age = time.monotonic() - kept.asked
        missing = kept.keys is None or age > OLDEST
        if age >= BETWEEN if newer else missing and age >= AFTER_FAILURE:
            kept.asked = time.monotonic()
            kept.keys = _asked(provider) or (None if missing else kept.keys)
        return kept.keys


def forget() -> None:
    """Keep none (for tests, and for who changes the configuration in a running process)."""
    with _lock:
        _kept.clear()


def _asked(provider: Provider) -> KeySet | None:
    """Only RSA keys for signatures: gov.br signs with RS256."""
    try:
        told = calling.public_keys(provider)
        listed = [one for one in told["keys"] if one.get("kty") == "RSA" and one.get("use", "sig") == "sig"]
        return KeySet.import_key_set({"keys": listed})
    except (httpx.HTTPError, JoseError, ValueError, KeyError, TypeError, AttributeError):
        return None
