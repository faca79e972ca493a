"""Consolidation against the same engine's bare INSERT … SELECT of its join; DuckDB's bare join beside it."""

from __future__ import annotations

from django.db import connection

from bench import setup
from bench.data import World
from bench.report import Row
from vincula.common.outcomes import Accepted
from vincula.national.sib import services as sib
from vincula.national.sib.models import Competencia
from vincula.national.sib.rules.reasons import Action

RUNS = 2
# The three equalities, and the master number that they lead to: nothing else is computed, nothing is refused. The plan
# is the good one on either engine: alone, SQLite may begin with the persons, and PostgreSQL takes the equalities for
# independent, expects one row and loops. A limit made slow by its planner would flatter us.
BARE = """
INSERT INTO limite (vinculo_id, cns)
SELECT v.id, m.cns_mestre FROM sib_vinculo v
CROSS JOIN receita_identidade r
CROSS JOIN cadsus_mestre m
WHERE r.cpf = v.cpf AND r.nome_chave = v.nome_chave AND r.data_nascimento = v.nascimento AND m.cpf = v.cpf
"""


def prepare(world: World) -> None:
    """Bases, vínculos, closed competência; leaves it ready to be consolidated."""
    setup.load_bases(world)
    setup.submit_all(world)
    setup.analyse()
    outcome = sib.close(setup.MONTH, "bench", lambda done, total, words: None)
    assert isinstance(outcome, Accepted), outcome


def bare() -> float:
    ending = " WITHOUT ROWID" if connection.vendor == "sqlite" else ""
    setup.execute(
        "DROP TABLE IF EXISTS limite",
        f"CREATE TABLE limite (vinculo_id bigint PRIMARY KEY, cns varchar(15) NOT NULL){ending}",
    )
    plan = ["SET LOCAL enable_nestloop = off"] if connection.vendor == "postgresql" else []
    return setup.timed(lambda: setup.execute(*plan, BARE))


def ours() -> float:
    """Consolidate from the beginning: the results of the former run are taken away first, untimed."""
    empty = (
        "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"
    )  # no dead rows of the former run
    setup.execute(*(f"{empty} {table}" for table in ("sib_atribuicao", "sib_revisao", "sib_resumo")))
    Competencia.objects.filter(mes=setup.MONTH).update(
        estado="ENCERRADA", atribuido_ate=0, consolidada_em=None
    )

    def work() -> None:
        outcome = sib.consolidate(setup.MONTH, "bench", lambda done, total, words: None)
        assert isinstance(outcome, Accepted), outcome

    return setup.timed(work)


def _issued() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM sib_atribuicao WHERE acao = {Action.EMITIDO}")
        return int(cursor.fetchone()[0])


def run(world: World, engine: str) -> list[Row]:
    prepare(world)
    bare()
    first = ours()  # the one that issues numbers to those whom the CNS base does not have
    issued = _issued()
    limit, own = setup.paired(bare, ours, RUNS)
    setup.execute("DROP TABLE limite")
    rows = [
        Row(
            "consolidation, results stored",
            engine,
            world.people,
            "bare INSERT … SELECT of the join",
            limit,
            own,
            target=1.5,
        ),
        Row(f"the same, with {issued:,} new numbers issued", engine, world.people, "the same", limit, first),
    ]
    if engine == "sqlite":
        rows.append(
            Row(
                "consolidation, beside DuckDB",
                "duckdb",
                world.people,
                "DuckDB's bare join",
                duckdb(world),
                own,
            )
        )
    return rows


def duckdb(world: World) -> float:
    """The join alone, in memory, result counted: what columns could do at best."""
    import duckdb as engine

    base = engine.connect()
    base.execute("CREATE TABLE v (id BIGINT, cpf VARCHAR, chave VARCHAR, nascimento VARCHAR)")
    base.execute("CREATE TABLE r (cpf VARCHAR, chave VARCHAR, nascimento VARCHAR)")
    _copy(base, "v", "SELECT id, cpf, nome_chave, nascimento FROM sib_vinculo")
    _copy(base, "r", "SELECT cpf, nome_chave, data_nascimento FROM receita_identidade")
    join = (
        "SELECT count(*) FROM v JOIN r ON r.cpf = v.cpf AND r.chave = v.chave AND r.nascimento = v.nascimento"
    )
    return min(setup.timed(lambda: base.execute(join).fetchall()) for _ in range(RUNS))


def _copy(base: object, table: str, query: str) -> None:
    """Through a file: DuckDB's own readers of other engines are not in its wheel."""
    import csv
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        with path.open("w", newline="") as out, connection.chunked_cursor() as cursor:
            cursor.execute(query)
            writer = csv.writer(out)
            while rows := cursor.fetchmany(10_000):
                writer.writerows(rows)
        base.execute(f"COPY {table} FROM '{path}' (FORMAT csv, HEADER false)")  # type: ignore[attr-defined]
