"""What granian's workers load: the applications of `vincula serve`, each in a process that ends with its master.

A worker inherits the socket: one that outlived its master would go on answering with nobody to stop it.
"""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING, Any

from vincula.site import processes

if TYPE_CHECKING:
    from vincula.national.api.wire.listener import Listener


def web() -> Any:
    """The pages (WSGI)."""
    _end_with_master()
    from vincula.site.wsgi import application

    return application


def api() -> Listener:
    """The services of the CNS (RSGI)."""
    _end_with_master()
    from vincula.site.api import application

    return application


def govbr() -> Any:
    """The simulated gov.br (WSGI), at the address that this installation is told of."""
    _end_with_master()
    from vincula.common import config
    from vincula.sandbox.govbr.listening import simulation

    settings = config.load().govbr
    assert settings is not None, "vincula serve says where it is"
    return simulation(settings.issuer)


def _end_with_master() -> None:
    master = multiprocessing.parent_process()
    if master is not None and master.pid is not None:
        processes.end_with(master.pid)
