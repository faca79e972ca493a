"""The worker process: takes the jobs of the queue until it is told to stop (`python -m vincula.site.worker`)."""

from __future__ import annotations

import signal
import sys
import threading

from vincula.site import ready


def main() -> int:
    ready.setup()
    from vincula.common.jobs.services import Job, run_worker
    from vincula.common.mail.delivery import keep_delivering
    from vincula.national.sgop.services import keep_watch
    from vincula.national.sib.services import requeue_unfinished
    from vincula.sandbox.authority import keep_fresh

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())

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
