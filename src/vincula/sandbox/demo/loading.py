"""What the demo world's parts bring into the bases: files of their own making, and nothing that is refused."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from vincula.common.outcomes import Outcome, Refused, RefusedError
from vincula.sandbox.bases import Row, write_csv
from vincula.sandbox.demo import plan

T = TypeVar("T")


def csv_file(name: str, columns: tuple[str, ...], rows: Iterable[Row]) -> Path:
    """The rows as `name`.csv in the demo's folder, which its owner alone reads."""
    path = plan.folder() / f"{name}.csv"
    with path.open("wb") as out:
        write_csv(out, columns, rows)
    path.chmod(0o600)
    return path


def accepted(outcome: Outcome[T]) -> T:
    """What was accepted. Raises RefusedError."""
    if isinstance(outcome, Refused):
        raise RefusedError(outcome)
    return outcome.value
