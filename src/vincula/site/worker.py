"""The worker process: takes the jobs of the queue until it is told to stop (`python -m vincula.site.worker`)."""

from __future__ import annotations

import signal
import sys
import threading
from queue import SimpleQueue

from vincula.site import ready


def stop_at_signals() -> threading.Event:
    """An event that SIGINT and SIGTERM set; call it from the main thread.

    Not by their handler itself: it runs in the main thread, between any two of its instructions. Where that one is just
    about to wait for the event, it holds the event's lock, and the handler would wait for it for ever.
    """
    stop = threading.Event()
    received: SimpleQueue[int] = SimpleQueue()  # its put may interrupt anything

    def pass_on() -> None:
        received.get()
        stop.set()

    threading.Thread(target=pass_on, name="parada", daemon=True).start()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: received.put(number))
    return stop


def main() -> int:
    ready.setup()
    from vincula.common.jobs.services import Job, run_worker
    from vincula.common.mail.delivery import keep_delivering
    from vincula.national.sgop.services import keep_watch
    from vincula.national.sib.services import requeue_unfinished
    from vincula.sandbox.authority import keep_fresh

    stop = stop_at_signals()

    def tell(job: Job) -> None:
        print(f"Retomado: {job.kind} {job.key}, interrompido antes de terminar.", file=sys.stderr, flush=True)

    requeue_unfinished()
    threading.Thread(target=keep_fresh, args=(stop,), name="lcr-de-teste", daemon=True).start()
    threading.Thread(target=keep_delivering, args=(stop,), name="correio", daemon=True).start()
    threading.Thread(target=keep_watch, args=(stop,), name="diretores", daemon=True).start()
    run_worker(stop, on_resume=tell)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
