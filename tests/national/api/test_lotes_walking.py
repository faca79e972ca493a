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
from vincula.national.api.services.bulk.trail import Trail
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


def _trailed(files: Sequence[Sequence[BulkQuery | LineFault]], missed: int = 0, hidden: int = 0) -> list[str]:
    """The alerts of these files, one after another."""
    trail = Trail()
    kinds = []
    for queries in files:
        walking = trail.begun()
        walking.take(queries)
        kinds += [kind for kind, _ in trail.ended(walking, len(queries), missed, hidden)]
    return kinds


def _cut(numbers: Sequence[int], size: int) -> list[list[BulkQuery | LineFault]]:
    return [_cpfs(numbers[start : start + size]) for start in range(0, len(numbers), size)]


DECOYS = [(100_000_000 + 7919 * n) % 10**9 for n in range(900)]
FILES = {
    # files of CPFs, lines of each that find nobody, lines of each about somebody hidden, the alerts
    "consecutive ones, five in a file": (_cut(range(700_000_000, 700_000_040), 5), 0, 0, ["NUMEROS_SEGUIDOS"]),
    "the same in any order": (_cut(SHUFFLED, 5), 0, 0, ["NUMEROS_SEGUIDOS"]),
    "one in a file": (_cut(range(700_000_000, 700_000_030), 1), 0, 0, ["NUMEROS_SEGUIDOS"]),
    "one among thirty others": (
        [_cpfs([*DECOYS[30 * n : 30 * n + 30], 700_000_000 + n]) for n in range(30)], 0, 0, ["NUMEROS_SEGUIDOS"],
    ),
    "beneficiaries, thirty in a file": (_cut(DECOYS, 30), 0, 0, []),
    "the same five again and again": (_cut([700_000_000 + n for n in range(5)] * 20, 5), 0, 0, []),
    "nobody found, in small files": (_cut(DECOYS, 30), 20, 0, ["MUITOS_ERROS", "MUITOS_ERROS", "MUITOS_ERROS"]),
    "some not found": (_cut(DECOYS, 30), 10, 0, []),
    "hidden ones, one in a file": (_cut(DECOYS[:150], 30), 0, 1, ["RESTRITA"]),
}  # fmt: skip


def test_cards_are_followed_from_file_to_file_but_not_the_same_ones_sent_again() -> None:
    walked = [_cards(range(FIRST + 11 * n, FIRST + 11 * (n + 7), 11)) for n in range(0, 42, 7)]
    assert _trailed(walked[:2]) == []
    assert _trailed(walked[:4]) == ["NUMEROS_SEGUIDOS"]
    assert _trailed([[*walked[max(n - 1, 0)][:1], *one] for n, one in enumerate(walked[:4])]) == [
        "NUMEROS_SEGUIDOS"
    ]
    assert _trailed(walked[:1] * 20) == []


@pytest.mark.requirement("R088", part="a walk across small bulk look-ups raises the alert")
@pytest.mark.parametrize(("files", "missed", "hidden", "expected"), FILES.values(), ids=FILES)
def test_many_small_files_are_judged_as_one(
    files: list[list[BulkQuery | LineFault]], missed: int, hidden: int, expected: list[str]
) -> None:
    assert _trailed(files, missed, hidden) == expected


def test_a_large_clean_file_does_not_hide_a_bad_one() -> None:
    trail = Trail()
    assert trail.ended(trail.begun(), 100_000, 0, 0) == []
    assert [kind for kind, _ in trail.ended(trail.begun(), 300, 250, 0)] == ["MUITOS_ERROS"]


@pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)
def test_the_worker_sees_a_walk_across_requests(client: Client) -> None:  # noqa: F811
    for start in range(700_000_000, 700_000_030, 10):
        assert api.alerts() == []
        lines = "".join(f'{{"cpf":"{complete(f"{n:09d}")}"}}\n' for n in range(start, start + 10))
        assert worked(asked(client, lines.encode())) == Estado.CONCLUIDA
    assert [(one.credencial, one.tipo) for one in api.alerts()] == [(client.id, "NUMEROS_SEGUIDOS")]


@pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)
def test_the_worker_raises_it_when_the_lines_are_answered(client: Client) -> None:  # noqa: F811
    lines = "".join(f'{{"cpf":"{complete(f"{n:09d}")}"}}\n' for n in range(700_000_000, 700_000_030))
    assert worked(asked(client, lines.encode())) == Estado.CONCLUIDA
    (alert,) = api.alerts()
    assert (alert.credencial, alert.tipo) == (client.id, "NUMEROS_SEGUIDOS")
    assert alert.detalhes == {"tipo_de_numero": "CPF", "seguidos": RUN, "lote": True}
