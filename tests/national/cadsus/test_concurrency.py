"""N at once, in threads and in processes: one person, one number. And the load killed at any moment."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from tests.national.cadsus.example import (
    AUTHOR,
    a_cns,
    a_cpf,
    accepted,
    empty,
    load,
    picture,
    row,
    values,
    write_csv,
)
from vincula.national.cadsus import services
from vincula.national.cadsus.models import Cartao, Pessoa
from vincula.national.cadsus.services import NewPerson

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "audit"])
AT_ONCE = 8


def in_threads(work: Callable[[int], Any], count: int = AT_ONCE) -> list[Any]:
    """What `work` answers in each of `count` threads that start together; its exceptions too."""
    answers: list[Any] = [None] * count
    barrier = threading.Barrier(count)

    def run(place: int) -> None:
        barrier.wait()
        try:
            answers[place] = work(place)
        except Exception as error:
            answers[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_simultaneous_registrations_of_one_cpf_give_one_person_and_one_number() -> None:
    answers = in_threads(lambda _: accepted(services.register(values(), AUTHOR, cpf=a_cpf(1))))
    assert len({(one.pessoa_id, one.cns) for one in answers}) == 1
    assert (Pessoa.objects.count(), Cartao.objects.count()) == (1, 1)


def test_simultaneous_batches_over_the_same_cpfs_number_each_once() -> None:
    def issue(place: int) -> dict[str, str]:
        serials = list(range(1, 41))
        random.Random(place).shuffle(serials)
        people = [
            NewPerson(a_cpf(n), f"ANA {chr(65 + n % 26)} TESTE", "RITA TESTE", "1980-01-01", "F")
            for n in serials
        ]
        return {one.cpf: one.cns for one in services.issue_cns_batch(people, AUTHOR, "2025-05")}

    answers = in_threads(issue)
    assert all(answer == answers[0] for answer in answers)
    assert len(set(answers[0].values())) == 40
    assert (Pessoa.objects.count(), Cartao.objects.count()) == (40, 40)


def test_simultaneous_unifications_and_undoings_leave_every_number_with_somebody() -> None:
    people = [accepted(services.register(values(f"{c}NA TESTE", nome_mae=""), AUTHOR)) for c in "ABCD"]

    def move(place: int) -> None:
        dice = random.Random(place)
        for _ in range(10):
            one, other = dice.sample(people, 2)
            services.unite(one.pessoa_id, other.pessoa_id, AUTHOR)
            services.undo_unite(dice.choice(people).pessoa_id, AUTHOR)

    assert in_threads(move, 4) == [None] * 4
    for one in people:
        services.undo_unite(one.pessoa_id, AUTHOR)
    for one in people:
        found = services.find_by_cns(one.cns)
        assert found is not None
        assert (found.pessoa_id, found.cns) == (one.pessoa_id, (one.cns,))


# A process of its own on the stores of the test, whose names come first among its arguments.
_CHILD = """
import sys
import django
from django.db import connections
connections.databases["default"]["NAME"], connections.databases["audit"]["NAME"] = sys.argv[1:3]
django.setup()
from pathlib import Path
from vincula.national.cadsus import services
from vincula.national.cadsus.services import loading
"""
_ISSUE = (
    _CHILD
    + """
from tests.national.cadsus.test_concurrency import AUTHOR, NewPerson, a_cpf
sys.stdin.readline()
people = [NewPerson(a_cpf(n), "ANA TESTE", "RITA TESTE", "1980-01-01", "F") for n in range(1, 200)]
print(sorted(one.cns for one in services.issue_cns_batch(people, AUTHOR, "2025-05")))
"""
)
_LOAD = (
    _CHILD
    + """
loading.BATCH = 20
services.load_csv(Path(sys.argv[3]), lambda rows: print(rows, flush=True))
"""
)


def child(code: str, *arguments: str) -> subprocess.Popen[str]:
    names = [str(connections[alias].settings_dict["NAME"]) for alias in ("default", "audit")]
    command = [sys.executable, "-W", "ignore", "-c", code, *names, *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_processes_that_number_the_same_people_at_once_give_one_number_each() -> None:
    children = [child(_ISSUE) for _ in range(3)]
    for one in children:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    answers = {one.communicate(timeout=120)[0] for one in children}
    assert [one.returncode for one in children] == [0, 0, 0]
    assert len(answers) == 1
    assert Cartao.objects.count() == 199


@pytest.mark.parametrize("seed", range(3))
def test_a_load_killed_at_any_moment_and_run_again_gives_the_same_base(tmp_path: Path, seed: int) -> None:
    rows = [row(n, cns_outros=a_cns(10_000 + n)) for n in range(1, 400)]
    rows += [
        row(1_000 + n, cpf=a_cpf(n), nome=row(n)["nome"], atualizado_em="2025-05-05") for n in range(1, 200)
    ]
    rows += [row(2_000 + n, cpf=a_cpf(n)) for n in range(1, 50)]
    load(tmp_path, rows)
    whole = picture()
    empty()
    running = child(_LOAD, str(write_csv(tmp_path / "base.csv", rows)))
    assert running.stdout is not None
    for _ in range(random.Random(seed).randrange(1, 25)):
        running.stdout.readline()
    running.send_signal(signal.SIGKILL)
    running.communicate(timeout=60)
    loaded = Pessoa.objects.count()
    assert loaded > 0
    load(tmp_path, rows)
    assert picture() == whole
