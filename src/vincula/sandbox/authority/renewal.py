"""Keeps the CRLs of this installation's test authority current while a process runs."""

from __future__ import annotations

import threading

from vincula.common import config
from vincula.common.log import get_logger
from vincula.common.outcomes import RefusedError
from vincula.sandbox.authority.authority import current

log = get_logger(__name__)
EVERY = 3600.0
"""Seconds between two looks; lists are renewed days before they end."""


def keep_fresh(stop: threading.Event, every: float = EVERY) -> None:
    """Look now and then whether the CRLs are due, until told to stop. Where there is no test authority, none is made.

    A look that fails is logged and followed by the next: certificates are refused meanwhile, nothing else stops.
    """
    while config.load().sandbox:
        try:
            if (config.load().data / config.TEST_AUTHORITY).is_dir():
                current().refresh()
        except (OSError, RefusedError) as error:
            log.warning("authority.not_renewed", error=type(error).__name__)
        if stop.wait(every):
            return
