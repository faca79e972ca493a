"""Who does what: executors by kind of job, registered where they are defined. An app's `ready()` says in which module
that is; it is imported when a job of the kind is to be done, and not by every command that starts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from vincula.common.outcomes import Outcome

if TYPE_CHECKING:
    from vincula.common.jobs.models import Job
    from vincula.common.jobs.progress import Progress

Result = Mapping[str, Any] | None | Outcome[Mapping[str, Any]]
Executor = Callable[["Job", "Progress"], Result]

_executors: dict[str, Executor] = {}
_places: dict[str, str] = {}


def defined_in(module: str, *kinds: str) -> None:
    """Say which module defines the executors of these kinds. Raises ValueError when another one was said before."""
    for kind in kinds:
        if _places.setdefault(kind, module) != module:
            raise ValueError(f"two places of {kind}")


def executor(kind: str) -> Callable[[Executor], Executor]:
    """Register the function that does jobs of this kind: `@executor("sib.intake")`.

    It gets the job (`key`, `params`, `resumed`) and a Progress, and answers a JSON mapping (or None), kept
    in `job.result`; a Refused, returned or raised, ends the job as FALHOU with its text. It may be killed
    at any moment and is then called again from the start with the same job: it must find what it has done
    and go on from there. Raises ValueError when another function has this kind.
    """

    def register(function: Executor) -> Executor:
        known = _executors.setdefault(kind, function)
        if (known.__module__, known.__qualname__) != (function.__module__, function.__qualname__):
            raise ValueError(f"two executors for {kind}")
        return function

    return register


def find(kind: str) -> Executor | None:
    """The executor of this kind, None when no installed app has one."""
    if kind not in _executors and kind in _places:
        import_module(_places[kind])
    return _executors.get(kind)
