"""Several at the same moment, as processes of their own (and as threads): no deadlock, no lock in anybody's way, and the
same base as one after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.common.threads import at_once
from tests.faults.picture import difference, picture
from tests.faults.stage import Ended, Stage, stage
from vincula.national.cadsus import services as cadsus
from vincula.national.cadsus.services import Author, NewPerson
from vincula.sandbox.bases import CADSUS_COLUMNS, RECEITA_COLUMNS, cadsus_rows, receita_rows, write_csv
from vincula.sandbox.beneficiaries import enrolled
from vincula.sandbox.operadoras import cadop_csv
from vincula.sandbox.people import SandboxPerson, people
from vincula.sandbox.sbx import write_inclusoes

pytestmark = [pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)]
SEED, COUNT = 7, 900
ONE, OTHER = "999903", "999997"
MOMENT = dt.datetime(2026, 11, 10, 9, 0, 0)


@pytest.fixture(scope="module")
def world() -> list[SandboxPerson]:
    return list(people(SEED, COUNT))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, world: list[SandboxPerson]) -> Iterator[Stage]:
    """Bases loaded, and files: two of one operadora, and one of another with the same people as the first."""
    with stage(tmp_path_factory.mktemp("juntos")) as made:
        files = made.folder / "arquivos"
        files.mkdir()
        (files / "cadop.csv").write_bytes(cadop_csv())
        half = next(n for n in range(COUNT // 2, COUNT) if world[n].familia != world[n - 1].familia)
        for name, columns, rows in (
            ("receita", RECEITA_COLUMNS, receita_rows(world)),
            ("cadsus", CADSUS_COLUMNS, cadsus_rows(world)),
        ):
            with (files / f"{name}.csv").open("wb") as out:
                write_csv(out, columns, rows)
        for name in ("cadop", "receita", "cadsus"):
            assert made.run("bases", "load", name, str(files / f"{name}.csv")).status == 0
        for registro, part, hour in (
            (ONE, world[:half], 9),
            (ONE, world[half:], 10),
            (OTHER, world[:half], 9),
        ):
            records = enrolled(part, SEED, registro, 0.2)
            list(write_inclusoes(files, registro, records, MOMENT.replace(hour=hour)))
        made.keep("pronta")
        yield made


@pytest.fixture
def ready(place: Stage) -> Stage:
    place.back_to("pronta")
    return place


def sbx(place: Stage, registro: str, hour: int) -> Path:
    return place.folder / "arquivos" / f"{registro}{MOMENT.replace(hour=hour):%Y%m%d%H%M%S}.SBX"


def submit(place: Stage, registro: str, hour: int, month: str = "2026-11") -> tuple[str, ...]:
    return (
        "sib", "submit", str(sbx(place, registro, hour)), "--competencia", month, "--out", str(place.out),
    )  # fmt: skip


def together(place: Stage, commands: Sequence[tuple[str, ...]]) -> list[Ended]:
    """Started together; none may complain of another."""
    ended = [place.ended(one) for one in [place.start(*argv) for argv in commands]]
    for one in ended:
        assert "locked" not in one.err
        assert "não respondeu como devia" not in one.err, one.traces
        assert "Erro inesperado" not in one.err, one.traces
    return ended


def accepted(ended: Sequence[Ended]) -> None:
    assert [one.status for one in ended] == [0] * len(ended), ended


def test_the_same_file_sent_by_several_at_once_is_taken_in_once(ready: Stage) -> None:
    ended = together(ready, [submit(ready, ONE, 9)] * 4)
    # Who comes while it is on its way follows it; who comes after its end is told that it is a duplicate.
    assert all(one.status == 0 or "ERRO_NOME_ARQUIVO_INVALIDO" in one.err for one in ended), ended
    assert any(one.status == 0 for one in ended)
    states = [row[0] for row in ready.query("SELECT estado FROM sib_arquivo")]
    assert states.count("PROCESSADO") == 1
    assert set(states) <= {"PROCESSADO", "REJEITADO"}
    rows = ready.query("SELECT count(*), count(DISTINCT codigo) FROM sib_vinculo WHERE situacao = 'A'")
    assert rows[0][0] == rows[0][1] > 300
    assert not ready.unfinished_jobs()


def test_two_files_of_one_operadora_at_once_leave_what_they_leave_in_turn(ready: Stage) -> None:
    first, second = submit(ready, ONE, 9), submit(ready, ONE, 10)
    accepted([ready.run(first[0], *first[1:]), ready.run(*second)])
    in_turn = len(ready.query("SELECT codigo FROM sib_vinculo")), _contents(ready)
    ready.back_to("pronta")
    accepted(together(ready, [first, second]))
    assert (len(ready.query("SELECT codigo FROM sib_vinculo")), _contents(ready)) == in_turn


def _contents(place: Stage) -> list[tuple[object, ...]]:
    """The vínculos without their CCO, which depends on who came first."""
    return sorted(
        place.query(
            "SELECT registro_ans, codigo, nome, cpf, nascimento, situacao, codigo_titular FROM sib_vinculo"
        )
    )


def test_files_of_different_operadoras_at_once(ready: Stage) -> None:
    accepted(
        together(ready, [submit(ready, ONE, 9), submit(ready, OTHER, 9), submit(ready, ONE, 10)]),
    )
    taken = dict(ready.query("SELECT registro_ans, count(*) FROM sib_vinculo GROUP BY 1"))
    assert taken[ONE] > taken[OTHER] > 300
    numbers = [row[0] for row in ready.query("SELECT id FROM sib_vinculo ORDER BY id")]
    assert numbers == list(range(1, len(numbers) + 1)), "no CCO twice, none lost"


def test_two_closings_at_once_attribute_once(ready: Stage) -> None:
    accepted([ready.run(*submit(ready, ONE, 9)), ready.run("sib", "close", "2026-11")])
    in_turn = picture(ready)
    ready.back_to("pronta")
    accepted([ready.run(*submit(ready, ONE, 9))])
    accepted(together(ready, [("sib", "close", "2026-11")] * 3))
    assert difference(in_turn, picture(ready)) == []


def test_intake_of_the_next_competencia_while_one_is_consolidated(ready: Stage) -> None:
    def begin() -> None:
        accepted(
            [ready.run(*submit(ready, ONE, 9, "2026-10")), ready.run(*submit(ready, OTHER, 9, "2026-10"))]
        )

    begin()
    accepted([ready.run("sib", "close", "2026-10"), ready.run(*submit(ready, ONE, 10, "2026-11"))])
    in_turn = picture(ready)
    ready.back_to("pronta")
    begin()
    accepted(together(ready, [("sib", "close", "2026-10"), submit(ready, ONE, 10, "2026-11")]))
    assert difference(in_turn, picture(ready)) == []


ISSUE = """
import sys
from vincula.site import ready
from django.db import connection
from vincula.national.cadsus import services as cadsus
with connection.cursor() as cursor:
    cursor.execute("SELECT cpf, nome, nome_mae, data_nascimento, sexo FROM receita_contribuinte")
    rows = cursor.fetchall()
people = [cadsus.NewPerson(cpf=c, nome=n, nome_mae=m, data_nascimento=d, sexo=s) for c, n, m, d, s in rows]
cadsus.issue_cns_batch(people[::ORDER], cadsus.Author("teste"), "2026-11")
sys.exit(0)
"""


def test_who_is_in_two_operadoras_and_registered_by_others_meanwhile_gets_one_number(ready: Stage) -> None:
    accepted([ready.run(*submit(ready, ONE, 9)), ready.run(*submit(ready, OTHER, 9))])
    closing = [ready.start("sib", "close", "2026-11") for _ in range(2)]
    issuing = [ready.start(code=ISSUE.replace("ORDER", order)) for order in ("1", "-1")]
    accepted([ready.ended(one) for one in (*closing, *issuing)])
    several = ready.query(
        "SELECT v.cpf FROM sib_vinculo v JOIN sib_atribuicao a ON a.vinculo_id = v.id "
        "WHERE a.cns <> '' AND a.motivo = 0 GROUP BY v.cpf HAVING count(DISTINCT a.cns) > 1"
    )
    assert several == []
    cards = (
        "SELECT i.valor FROM cadsus_identificador i JOIN cadsus_cartao c ON c.pessoa_id = i.pessoa_id "
        "WHERE i.tipo = 1 AND substr(c.cns, 2, 3) = '099' GROUP BY i.valor HAVING count(*) > 1"
    )
    assert ready.query(cards) == []
    shared = ready.query(
        "SELECT v.cpf FROM sib_vinculo v JOIN sib_atribuicao a ON a.vinculo_id = v.id "
        "WHERE substr(a.cns, 2, 3) = '099' GROUP BY v.cpf HAVING count(*) > 1"
    )
    assert shared, "somebody got a new number in both"


def test_issues_for_one_cpf_in_many_threads_give_one_number() -> None:
    person = NewPerson(
        cpf="11122233396",
        nome="ANA LIMA SOUZA",
        nome_mae="RITA SOUZA",
        data_nascimento="1980-05-17",
        sexo="F",
    )
    given: list[str] = []
    at_once(
        [
            lambda: given.extend(
                one.cns for one in cadsus.issue_cns_batch([person], Author("teste"), "2026-11")
            )
            for _ in range(8)
        ]
    )
    assert len(given) == 8
    assert len(set(given)) == 1
