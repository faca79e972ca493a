"""Where the house logs: `log = get_logger(__name__)`, then `log.warning("job.failed", kind=…)`; never personal data.

structlog takes a sixth of the time in which a command starts, and most commands log nothing: it is loaded with the
first line that is written.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from typing import Any

_to_standard_error = False


def to_standard_error() -> None:
    """Of this process: standard output is for answers (`--json` must be nothing but JSON). Before the first line."""
    global _to_standard_error
    _to_standard_error = True


@cache
def _loaded() -> Any:
    import structlog

    if _to_standard_error:
        structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    return structlog


@dataclass(frozen=True, slots=True)
class Logger:
    """Writes events of a module, with their values."""

    name: str

    def info(self, event: str, **values: object) -> None:
        _loaded().get_logger(self.name).info(event, **values)

    def warning(self, event: str, **values: object) -> None:
        _loaded().get_logger(self.name).warning(event, **values)

    def error(self, event: str, **values: object) -> None:
        _loaded().get_logger(self.name).error(event, **values)


def get_logger(name: str) -> Logger:
    """The logger of a module."""
    return Logger(name)
