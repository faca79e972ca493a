"""Fills the base of a bench, straight into the tables where loading is not what is measured."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

from django.db import connection, transaction

from bench.data import OPERADORA, World
from vincula.common.outcomes import Accepted
from vincula.national.cadop.models import Operadora
from vincula.national.cadsus import services as cadsus_services
from vincula.national.receita import services as receita
from vincula.national.sib import services as sib

MONTH = 202610  # its days are over: the profile of the bench closes no other
SENDER = sib.Sender("bench")


def engine_name() -> str:
    return "sqlite" if connection.vendor == "sqlite" else "postgresql"


def operadora() -> None:
    """The operadora of the bench, active."""
    Operadora.objects.get_or_create(
        registro_ans=OPERADORA, defaults={"cnpj": "11222333000181", "razao_social": "BENCH", "ativa": True}
    )


def load_bases(world: World) -> None:
    """Receita and CNS base, by their own loaders."""
    for name, load, path in (
        ("receita", receita.load_csv, world.receita),
        ("cadsus", cadsus_services.load_csv, world.cadsus),
    ):
        started = time.monotonic()
        outcome = load(path, lambda done: None)
        assert isinstance(outcome, Accepted), outcome
        print(
            f"  {name}: {outcome.value.rows:,} rows loaded in {time.monotonic() - started:.0f} s", flush=True
        )
    analyse()


def cadsus(world: World) -> None:
    """The CNS base alone, where it is not loaded yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM cadsus_pessoa LIMIT 1")
        loaded = cursor.fetchone() is not None
    if not loaded:
        assert isinstance(cadsus_services.load_csv(world.cadsus, lambda done: None), Accepted)
        analyse()


def analyse() -> None:
    """Statistics for the planner, as autovacuum would have them after a while."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def submit_all(world: World) -> None:
    """All SBX files of the world, processed."""
    for path in world.files():
        submit(path)


def submit(path: object) -> int:
    from pathlib import Path

    assert isinstance(path, Path)
    with path.open("rb") as source:
        received = sib.receive(source, path.name, SENDER, MONTH)
    assert isinstance(received, Accepted), received
    sib.process(received.value.arquivo_id, lambda read, size: None)
    result = sib.result(received.value.arquivo_id)
    assert result.state == "PROCESSADO", result.state
    return received.value.arquivo_id


def execute(*statements: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def paired(limit: Callable[[], float], ours: Callable[[], float], runs: int) -> tuple[float, float]:
    """Medians of interleaved runs: a machine that slows down slows both."""
    limits, times = [], []
    for _ in range(runs):
        limits.append(limit())
        times.append(ours())
    return median(limits), median(times)
