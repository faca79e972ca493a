"""Where a process kills itself: right before or right after the n-th call of a function, or inside it, around its commit.

Set from the test's side, in the process that is to die: the product knows nothing of it.
"""

from __future__ import annotations

import functools
import importlib
import os
import signal
from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def trap(place: str, when: str, call: int = 1) -> None:
    """`place`: "module:name" or "module:Class.name", the module being the one that calls it. `when`: "before", "after",
    "before commit", "after commit"."""
    owner, name, function = _found(place)
    calls = 0

    @functools.wraps(function)
    def trapped(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls != call:
            return function(*args, **kwargs)
        if when == "before":
            die()
        if when.endswith("commit"):
            _around_the_commit(when)
        result = function(*args, **kwargs)
        die()
        return result

    setattr(owner, name, trapped)


def _found(place: str) -> tuple[Any, str, Callable[..., Any]]:
    module, _, path = place.partition(":")
    *parents, name = path.split(".")
    owner = functools.reduce(getattr, parents, importlib.import_module(module))
    return owner, name, getattr(owner, name)


def _around_the_commit(when: str) -> None:
    commit = BaseDatabaseWrapper.commit

    def committed(self: BaseDatabaseWrapper) -> None:
        if self.alias == "default" and when == "before commit":
            die()
        commit(self)
        if self.alias == "default":
            die()

    BaseDatabaseWrapper.commit = committed  # type: ignore[method-assign]  # the trap itself
