"""How the tests are shared out among processes: file by file, but whole folders where all use what is dear to make.

The folders come first and the rest file by file after them, so that nobody is left with a long one at the end.
"""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

# A site and a browser; an installation with a consolidated competência; the whole way from empty bases to a CNX.
TOGETHER = ("tests/browser/sib/", "tests/browser/way/", "tests/browser/", "tests/site/", "tests/faults/")
EARLY = (*TOGETHER, "tests/docs/", "tests/sandbox/", "tests/common/", "tests/national/")


class ByRoom(LoadFileScheduling):  # type: ignore[misc]
    """One unit of work for each folder of TOGETHER, and for each other file."""

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid.split("::", 1)[0])


def scheduler(config: pytest.Config, log: Any) -> ByRoom:
    config.option.loadscopereorder = False
    return ByRoom(config, log)


def dear_first(items: list[pytest.Item]) -> None:
    """Put the tests in the order in which they are handed out."""
    items.sort(
        key=lambda item: next((n for n, room in enumerate(EARLY) if item.nodeid.startswith(room)), len(EARLY))
    )
