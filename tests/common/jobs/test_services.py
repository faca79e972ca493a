import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.common.threads import at_once, started
from vincula.common import locks
from vincula.common.jobs import progress as progress_module
from vincula.common.jobs import registry, running
from vincula.common.jobs.services import (
    Estado,
    Job,
    Progress,
    enqueue,
    executor,
    find,
    latest,
    purge,
    resume_interrupted,
    run_now,
    run_worker,
)
from vincula.common.outcomes import Accepted, Refused, RefusedError

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"])
KIND = "teste.trabalho"


@pytest.fixture(autouse=True)
def own_executors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_executors", {})


def entries(job: Job) -> list[str]:
    query = DBTaskResult.objects.filter(args_kwargs__args=[str(job.pk)]).order_by("enqueued_at")
    return list(query.values_list("status", flat=True))


def test_a_job_is_done_and_keeps_its_result() -> None:
    @executor(KIND)
    def work(job: Job, progress: Progress) -> dict[str, object]:
        progress.advance(3, 4, "Lendo o arquivo")
        return {"linhas": job.params["linhas"] * 2}

    job = run_now(enqueue(KIND, "a", linhas=21))
    assert (job.state, job.result, job.attempts, job.resumed) == (Estado.CONCLUIDA, {"linhas": 42}, 1, 0)
    assert (job.done, job.total, job.percent, job.message) == (3, 4, 75, "Lendo o arquivo")
    assert job.started is not None
    assert job.finished is not None
    assert not job.active


def test_one_job_is_active_per_kind_and_key() -> None:
    first = enqueue(KIND, "a", n=1)
    again = enqueue(KIND, "a", n=2)
    other = enqueue(KIND, "b", n=3)
    assert again.pk == first.pk != other.pk
    assert again.params == {"n": 1}
    assert entries(first) == [TaskResultStatus.READY]


def test_a_finished_job_makes_room_for_the_next() -> None:
    executor(KIND)(lambda job, progress: None)
    first = run_now(enqueue(KIND, "a"))
    second = enqueue(KIND, "a")
    assert second.pk != first.pk
    assert second.active
    newest = latest(KIND, "a")
    assert newest is not None
    assert newest.pk == second.pk
    assert latest(KIND, "z") is None


def _refuse(job: Job, progress: Progress) -> Refused:
    return Refused("SEM_ARQUIVO", "O arquivo não existe mais.", "Envie de novo.")


def _raise_refused(job: Job, progress: Progress) -> None:
    raise RefusedError(_refuse(job, progress))


def _raise_with_person(job: Job, progress: Progress) -> None:
    raise KeyError("MARIA DE SOUZA 52998224725")


def _answer_what_is_no_json(job: Job, progress: Progress) -> dict[str, object]:
    return {"x": object()}


@pytest.mark.parametrize(
    ("function", "code", "said"),
    [
        (_refuse, "SEM_ARQUIVO", "O arquivo não existe mais. Envie de novo."),
        (_raise_refused, "SEM_ARQUIVO", "O arquivo não existe mais. Envie de novo."),
        (_raise_with_person, "FALHA_INTERNA", "falha interna"),
        (_answer_what_is_no_json, "FALHA_INTERNA", "falha interna"),
        (None, "FALHA_INTERNA", "falha interna"),
    ],
)
def test_a_job_that_fails_says_why_without_naming_people(
    function: registry.Executor | None, code: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if function is not None:
        executor(KIND)(function)
    job = run_now(enqueue(KIND, "a"))
    assert (job.state, job.code) == (Estado.FALHOU, code)
    assert job.refused is not None
    assert (job.refused.code, job.refused.as_text()) == (code, job.message)
    assert job.refused.remedy
    assert said in job.message
    told = job.message + "".join(capsys.readouterr())
    assert "MARIA" not in told
    assert "52998224725" not in told


def test_an_accepted_answer_is_its_value() -> None:
    executor(KIND)(lambda job, progress: Accepted({"ok": True}))
    assert run_now(enqueue(KIND, "a")).result == {"ok": True}


def test_an_executor_has_its_kind_for_itself() -> None:
    executor(KIND)(_refuse)
    executor(KIND)(_refuse)
    with pytest.raises(ValueError, match="two executors"):
        executor(KIND)(_raise_refused)


def test_progress_is_written_a_few_times_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(n / 1000 for n in range(100_000))
    monkeypatch.setattr(progress_module.time, "monotonic", lambda: next(clock))
    seen: list[tuple[int, int, str]] = []

    @executor(KIND)
    def work(job: Job, progress: Progress) -> None:
        for n in range(1, 2_001):
            progress.advance(n, 2_000)

    job = run_now(enqueue(KIND, "a"), watch=lambda *now: seen.append(now))
    assert 4 <= len(seen) <= 12
    assert seen[-1] == (2_000, 2_000, "")
    assert job.percent == 100


def test_a_percentage_is_known_only_with_a_total() -> None:
    assert Job(done=5).percent is None
    assert Job(done=5, total=4).percent == 100


@pytest.mark.parametrize("text", ["", "x", "1' OR 1=1", "4f9c2b1e-0d57-4a63-9c1b-7a1d2e3f4a5b"])
def test_a_job_that_is_not_there_is_none(text: str) -> None:
    assert find(text) is None


def test_a_job_whose_process_died_is_put_back_once() -> None:
    job = enqueue(KIND, "a")
    DBTaskResult.objects.filter(pk=job.delivery).update(status=TaskResultStatus.RUNNING)
    Job.objects.filter(pk=job.pk).update(state=Estado.EXECUTANDO)
    resumed = resume_interrupted()
    assert [(r.pk, r.state, r.resumed) for r in resumed] == [(job.pk, Estado.NA_FILA, 1)]
    assert sorted(entries(job)) == [TaskResultStatus.FAILED, TaskResultStatus.READY]
    assert resume_interrupted() == []
    assert len(entries(job)) == 2


def test_a_job_that_is_being_done_is_left_alone() -> None:
    job = enqueue(KIND, "a")
    Job.objects.filter(pk=job.pk).update(state=Estado.EXECUTANDO)
    with locks.exclusive(running.lock_name(job.pk)):
        assert resume_interrupted() == []
        assert running.execute(job.pk) is None


def test_a_job_whose_entry_a_dead_worker_had_taken_is_delivered_again() -> None:
    job = enqueue(KIND, "a")
    DBTaskResult.objects.filter(pk=job.delivery).update(status=TaskResultStatus.RUNNING)
    assert resume_interrupted() == []  # it had not begun: nothing to tell anybody
    assert sorted(entries(job)) == [TaskResultStatus.FAILED, TaskResultStatus.READY]


def test_a_job_that_takes_its_process_down_every_time_ends() -> None:
    calls: list[UUID] = []
    executor(KIND)(lambda job, progress: calls.append(job.pk))
    job = enqueue(KIND, "a")
    Job.objects.filter(pk=job.pk).update(state=Estado.EXECUTANDO, resumed=running.MAX_RESUMED)
    ended = run_now(job)
    assert (ended.state, ended.code, calls) == (Estado.FALHOU, "INTERROMPIDA_DEMAIS", [])


def test_old_jobs_are_purged_and_active_ones_never() -> None:
    executor(KIND)(lambda job, progress: None)
    old, young = run_now(enqueue(KIND, "a")), run_now(enqueue(KIND, "b"))
    waiting = enqueue(KIND, "c")
    Job.objects.filter(pk=old.pk).update(finished=timezone.now() - timedelta(days=91))
    assert purge(timezone.now()) == 1
    assert purge(timezone.now()) == 0
    assert find(old.pk) is None
    assert find(young.pk)
    assert find(waiting.pk)


@pytest.fixture
def worker() -> Iterator[threading.Event]:
    """A worker in a thread, for as long as the test lasts."""
    stop = threading.Event()
    with started([lambda: run_worker(stop)]):
        yield stop
        stop.set()


def ended(job: Job) -> Job:
    for _ in range(400):
        job.refresh_from_db()
        if not job.active:
            return job
        time.sleep(0.05)
    raise AssertionError("the job did not end")


@pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)
def test_a_worker_does_what_is_in_the_queue(worker: threading.Event) -> None:
    executor(KIND)(lambda job, progress: {"n": job.params["n"]})
    jobs = [enqueue(KIND, str(n), n=n) for n in range(5)]
    assert [ended(job).result for job in jobs] == [{"n": n} for n in range(5)]


@pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)
def test_a_worker_asked_to_stop_leaves_its_job_to_be_resumed() -> None:
    begun = threading.Event()

    @executor(KIND)
    def work(job: Job, progress: Progress) -> dict[str, int]:
        for n in range(100_000):
            progress.advance(n)
            begun.set()
            if job.resumed:
                return {"retomadas": job.resumed}
            time.sleep(0.01)
        return {}

    stop = threading.Event()
    with started([lambda: run_worker(stop)]):
        job = enqueue(KIND, "a")
        assert begun.wait(20)
        stop.set()
    job.refresh_from_db()
    assert job.state == Estado.EXECUTANDO
    assert [r.pk for r in resume_interrupted()] == [job.pk]
    assert run_now(job).result == {"retomadas": 1}


@pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)
def test_the_command_line_follows_a_job_that_a_worker_does(worker: threading.Event) -> None:
    calls: list[int] = []

    @executor(KIND)
    def work(job: Job, progress: Progress) -> dict[str, int]:
        calls.append(1)
        for n in range(20):
            progress.advance(n, 20)
            time.sleep(0.05)
        return {"n": 1}

    job = enqueue(KIND, "a")
    while not calls:
        time.sleep(0.02)
    seen: list[tuple[int, int, str]] = []
    assert run_now(job, watch=lambda *now: seen.append(now)).result == {"n": 1}
    assert calls == [1]
    assert seen


@pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)
def test_many_who_enqueue_the_same_at_once_get_one_job() -> None:
    found: list[UUID] = []
    at_once([lambda: found.append(enqueue(KIND, "a").pk)] * 8)
    assert len(found) == 8
    assert len(set(found)) == 1
    assert Job.objects.count() == 1
    assert DBTaskResult.objects.count() == 1
