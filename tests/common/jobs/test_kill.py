"""Jobs under SIGKILL, with real processes: nothing is lost, nothing is done twice, and what was resumed is told."""

import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.common.installation import Installation

pytestmark = pytest.mark.django_db
STEPS, HALF = 120, 60

# The work: one line per step, going on from what is there. Each line names the process that wrote it, so that two at
# once, or a step done twice, would show. In the middle it waits for somebody to kill it or to let it go on.
WORK = f"""
import os, sys, threading, time
from pathlib import Path
from vincula.common.jobs.services import Estado, Job, enqueue, executor, find, run_now, run_worker

@executor("teste.passos")
def steps(job, progress):
    path = Path(job.params["arquivo"])
    path.touch()
    written = path.read_bytes()
    os.truncate(path, written.rfind(b"\\n") + 1)  # what a kill left of the last line goes
    with path.open("a") as out:
        for number in range(written.count(b"\\n"), {STEPS}):
            out.write(f"{{number}} {{os.getpid()}}\\n")
            out.flush()
            progress.advance(number + 1, {STEPS}, "Gravando")
            time.sleep(0.002)
            while number + 1 == {HALF} and not job.resumed and not path.with_suffix(".solto").exists():
                time.sleep(0.02)
    return {{"passos": {STEPS}}}
"""
WORKER = (
    WORK
    + """
from vincula.common.jobs import worker
worker.RESUME_SECONDS = 0.5  # nothing here is about how often it looks for what the dead have left
stop = threading.Event()
def told(job):
    print("retomada", job.key, job.resumed, flush=True)
thread = threading.Thread(target=run_worker, args=(stop, told), daemon=True)
thread.start()
while Job.objects.filter(state__in=["NA_FILA", "EXECUTANDO"]).exists():
    time.sleep(0.05)
stop.set()
thread.join()
"""
)


def put_in_queue(installation: Installation, ledger: Path, *keys: str) -> None:
    calls = "".join(f'enqueue("teste.passos", {key!r}, arquivo={str(ledger) + key!r})\n' for key in keys)
    installation.run(WORK + calls)


def lines(ledger: Path) -> list[list[str]]:
    return [line.split() for line in ledger.read_text().splitlines()] if ledger.exists() else []


def wait_for_half(ledger: Path) -> None:
    for _ in range(3_000):
        if len(lines(ledger)) >= HALF:
            return
        time.sleep(0.02)
    raise AssertionError("the job does not go on")


def let_go(ledger: Path) -> None:
    ledger.with_suffix(".solto").touch()


def state(installation: Installation, key: str) -> str:
    fields = "(job.state, job.resumed, job.attempts, job.done, job.result)"
    return installation.run(WORK + f'job = Job.objects.get(key="{key}")\nprint({fields})').strip()


def told(out: str) -> list[str]:
    """What the worker said of resumed jobs, apart from the log."""
    return [line for line in out.splitlines() if line.startswith("retomada")]


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_a_job_killed_in_the_middle_is_resumed_and_nothing_is_done_twice(
    installation: Installation, tmp_path: Path
) -> None:
    ledger = tmp_path / "diario-"
    put_in_queue(installation, ledger, "a")
    path = Path(f"{ledger}a")
    first = installation.start(WORKER)
    wait_for_half(path)
    kill(first)
    assert len(lines(path)) == HALF
    assert told(installation.run(WORKER)) == ["retomada a 1"]
    written = lines(path)
    assert [int(number) for number, _ in written] == list(range(STEPS))
    assert len({process for _, process in written}) == 2
    assert state(installation, "a") == f"('CONCLUIDA', 1, 2, {STEPS}, {{'passos': {STEPS}}})"


def test_another_worker_takes_up_what_a_killed_one_left_while_it_runs(
    installation: Installation, tmp_path: Path
) -> None:
    ledger = tmp_path / "diario-"
    put_in_queue(installation, ledger, "a", "b")
    workers = [installation.start(WORKER) for _ in range(2)]
    for key in "ab":  # one each: a worker does one at a time
        wait_for_half(Path(f"{ledger}{key}"))
    kill(workers[0])
    for key in "ab":
        let_go(Path(f"{ledger}{key}"))
    out, _ = workers[1].communicate(timeout=120)
    assert workers[1].returncode == 0
    assert len(told(out)) == 1
    for key in "ab":
        assert [int(number) for number, _ in lines(Path(f"{ledger}{key}"))] == list(range(STEPS))


def test_however_often_it_is_killed_it_gets_there(installation: Installation, tmp_path: Path) -> None:
    ledger = tmp_path / "diario-"
    put_in_queue(installation, ledger, "a")
    let_go(Path(f"{ledger}a"))
    chance = random.Random(8)
    for _ in range(4):
        process = installation.start(WORKER)
        time.sleep(chance.uniform(0.3, 2.0))  # from the start of Python to the middle of the work
        kill(process)
    installation.run(WORKER)
    assert [int(number) for number, _ in lines(Path(f"{ledger}a"))] == list(range(STEPS))
    assert state(installation, "a").startswith("('CONCLUIDA', ")


def test_the_command_line_does_a_job_that_nobody_else_does_and_takes_over_from_the_dead(
    installation: Installation, tmp_path: Path
) -> None:
    ledger = tmp_path / "diario-"
    put_in_queue(installation, ledger, "a")
    worker = installation.start(WORKER)
    path = Path(f"{ledger}a")
    wait_for_half(path)
    follow = 'print(run_now(Job.objects.get(key="a"), watch=lambda *now: print(*now, flush=True)).state)'
    command = installation.start(WORK + follow)
    assert command.stdout is not None
    assert (
        command.stdout.readline().strip().endswith(f"{STEPS} Gravando")
    )  # what the worker has said of itself
    kill(worker)
    out, _ = command.communicate(timeout=120)
    assert out.splitlines()[-1] == "CONCLUIDA"
    written = lines(path)
    assert [int(number) for number, _ in written] == list(range(STEPS))


def test_many_processes_that_enqueue_the_same_make_one_job(
    installation: Installation, tmp_path: Path
) -> None:
    code = WORK + f'print(enqueue("teste.passos", "a", arquivo={str(tmp_path / "diario")!r}).pk)'
    processes = [installation.start(code) for _ in range(4)]
    outs = {process.communicate(timeout=120)[0].strip() for process in processes}
    assert len(outs) == 1
    assert installation.run(WORK + "print(Job.objects.count())").strip() == "1"
