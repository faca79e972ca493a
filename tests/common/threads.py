"""Things done at the same moment, in threads that leave no connection behind."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connections


def _closing(action: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        try:
            action()
        finally:
            connections.close_all()

    return run


@contextmanager
def started(actions: Sequence[Callable[[], object]]) -> Iterator[list[threading.Thread]]:
    """The actions have been started when the block begins, and have ended when it ends."""
    threads = [threading.Thread(target=_closing(action)) for action in actions]
    for thread in threads:
        thread.start()
    try:
        yield threads
    finally:
        for thread in threads:
            thread.join(60)
    assert not any(thread.is_alive() for thread in threads)


def at_once(actions: Sequence[Callable[[], object]]) -> None:
    """Run each in a thread of its own, all beginning together, to the end."""
    barrier = threading.Barrier(len(actions))

    def after_the_others(action: Callable[[], object]) -> Callable[[], object]:
        return lambda: (barrier.wait(), action())

    with started([after_the_others(action) for action in actions]):
        pass
