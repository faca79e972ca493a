"""An entry on its way: what has to be known when gov.br sends the person back. Each is good once, for ten minutes.

They are kept in the session of this browser alone (so that a return somebody else began is refused), a few at a time
(so that several tabs do not disturb one another).
"""

from __future__ import annotations

import secrets
import time
from dataclasses import asdict, dataclass, field
from typing import Any

from django.http import HttpRequest

LIFE = 600  # seconds
AT_MOST = 5
_KEY = "govbr_entradas"


@dataclass(frozen=True, slots=True)
class Attempt:
    """`target`: the path of this site to go on to, or ""; `began`: seconds of the epoch."""

    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    target: str
    began: int


def begin(request: HttpRequest, target: str) -> tuple[str, Attempt]:
    """A new attempt and its state; the oldest gives way where there are AT_MOST."""
    state = secrets.token_urlsafe(32)
    made = Attempt(secrets.token_urlsafe(32), secrets.token_urlsafe(64), target, int(time.time()))
    kept = _fresh(request)
    newest = sorted(kept, key=lambda one: int(kept[one]["began"]))[-(AT_MOST - 1) :]
    request.session[_KEY] = {one: kept[one] for one in newest} | {state: asdict(made)}
    return state, made


def take(request: HttpRequest, state: str) -> Attempt | None:
    """The attempt of this state, which is used up now; None where there is none, or no longer."""
    kept = _fresh(request)
    found = kept.pop(state, None)
    if found is not None:
        request.session[_KEY] = kept
        request.session.save()  # before gov.br is asked: whatever happens then, the state is not good again
    return Attempt(**found) if found is not None else None


def _fresh(request: HttpRequest) -> dict[str, dict[str, Any]]:
    kept: dict[str, dict[str, Any]] = request.session.get(_KEY, {})
    oldest = time.time() - LIFE
    return {state: one for state, one in kept.items() if int(one["began"]) >= oldest}
