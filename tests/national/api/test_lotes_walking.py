"""A bulk look-up that walks through consecutive numbers raises the alert that single look-ups raise."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.national.api.test_lotes import asked, client, worked  # noqa: F401
from vincula.common.jobs.services import Estado
from vincula.formats.fhir import BulkQuery, LineFault, read_lines
from vincula.identifiers.cpf import complete
from vincula.national.api import services as api
from vincula.national.api.rules import Client
from vincula.national.api.services.bulk.walking import Walking
from vincula.national.api.services.watch import RUN, Watch

WRONG = next(one for one in read_lines([b"{}"]) if isinstance(one, LineFault))


def _kind(queries: Sequence[BulkQuery | LineFault], batch: int = 5_000) -> str:
    walking = Walking()
    for start in range(0, len(queries), batch):
        walking.take(queries[start : start + batch])
    return walking.kind


def _cpfs(numbers: Sequence[int]) -> list[BulkQuery | LineFault]:
    return [BulkQuery(cpf=complete(f"{one:09d}")) for one in numbers]


def _cards(numbers: Sequence[int]) -> list[BulkQuery | LineFault]:
    return [BulkQuery(cns=str(one)) for one in numbers]


SHUFFLED = random.Random(1).sample(range(700_000_000, 700_000_040), 40)
FIRST = 700_000_000_000_000
CASES = {
    "consecutive CPFs": (_cpfs(range(700_000_000, 700_000_021)), "CPF"),
    "one too few": (_cpfs(range(700_000_000, 700_000_020)), ""),
    "downwards": (_cpfs(range(700_000_030, 700_000_000, -1)), "CPF"),
    "CPFs in any order": (_cpfs(SHUFFLED), "CPF"),
    "far apart": (_cpfs([(700_000_000 + 7919 * n) % 10**9 for n in range(3_000)]), ""),
    "the same one again and again": (_cpfs([700_000_000] * 100), ""),
    "consecutive cards": (_cards(range(FIRST, FIRST + 11 * 21, 11)), "CNS"),
    "cards given out on the same day, in the order of a plan's books": (
        _cards(random.Random(2).sample(range(FIRST, FIRST + 11 * 5_000, 11), 2_000)), "",
    ),
    "with other lines between": (
        [line for one in _cpfs(range(700_000_000, 700_000_021)) for line in (one, WRONG, BulkQuery(nome="ANA LIMA"))], "CPF",
    ),
    "nothing asked": ([WRONG, BulkQuery(nome="ANA LIMA", nascimento="1980-01-01")], ""),
}  # fmt: skip


@pytest.mark.requirement("R088", part="consecutive numbers in a bulk look-up raise the alert")
@pytest.mark.parametrize("batch", [1, 7, 5_000])
@pytest.mark.parametrize(("queries", "expected"), CASES.values(), ids=CASES)
def test_what_counts_as_walking(queries: list[BulkQuery | LineFault], expected: str, batch: int) -> None:
    if queries == CASES["CPFs in any order"][0] and batch < RUN:
        return  # they are sorted within a batch, which has thousands
    assert _kind(queries, batch) == expected


@given(
    steps=st.lists(st.integers(-300, 300), max_size=80),
    start=st.integers(10**13, 10**14),
    batch=st.integers(1, 90),
)
def test_cards_in_the_order_of_the_lines_as_single_look_ups(steps: list[int], start: int, batch: int) -> None:
    numbers = [start * 7 + sum(steps[:n]) for n in range(len(steps) + 1)]
    watch = Watch()
    alone = any(watch.note("a", "CNS", str(one), found=True) for one in numbers)
    assert (_kind(_cards(numbers), batch) == "CNS") == alone


def test_a_batch_costs_some_milliseconds_at_most() -> None:
    """Of the quarter of a second that a batch may take."""
    chance = random.Random(5)
    queries = [BulkQuery(cpf=f"{chance.randrange(10**11):011d}", cns=f"{chance.randrange(10**15):015d}") for _ in range(5_000)]  # fmt: skip
    walking = Walking()
    walking.take(queries)
    best = min(_seconds(walking, queries) for _ in range(10))
    assert best < 0.025


def _seconds(walking: Walking, queries: list[BulkQuery | LineFault]) -> float:
    began = time.perf_counter()
    walking.take(queries)
    return time.perf_counter() - began


@pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)
def test_the_worker_raises_it_when_the_lines_are_answered(client: Client) -> None:  # noqa: F811
    lines = "".join(f'{{"cpf":"{complete(f"{n:09d}")}"}}\n' for n in range(700_000_000, 700_000_030))
    assert worked(asked(client, lines.encode())) == Estado.CONCLUIDA
    (alert,) = api.alerts()
    assert (alert.credencial, alert.tipo) == (client.id, "NUMEROS_SEGUIDOS")
    assert alert.detalhes == {"tipo_de_numero": "CPF", "seguidos": RUN, "lote": True}
