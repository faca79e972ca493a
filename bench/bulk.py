"""The bulk look-up from the questions to the file of the answers, audited: lines a second of the worker."""

from __future__ import annotations

import json
import time

from bench import lookup, setup
from bench.data import World, rows
from bench.report import Row
from vincula.common.outcomes import Accepted
from vincula.national.api import services as api
from vincula.national.api.models import Credencial, Lote
from vincula.national.api.services import bulk
from vincula.national.api.services.bulk import running
from vincula.national.api.services.view import client_of

LINES, RUNS = 100_000, 3
TARGET = 20_000.0
_CPF, _NAME, _BIRTH = 3, 5, 10  # places in the rows of the CNS base's file


class _Unseen:
    """Progress that nobody watches."""

    def advance(self, done: int, total: int = 0, message: str = "") -> None: ...


def run(world: World, engine: str) -> list[Row]:
    """The best of some runs: half of the lines bring a CPF alone, half also name and birth."""
    setup.cadsus(world)
    if not api.listing():
        lookup._token()
    client = client_of(Credencial.objects.exclude(estado="REVOGADA").latest("id"))
    asked = _questions(world)
    rates = []
    for _ in range(RUNS):
        place = bulk.receive(client)
        assert isinstance(place, Accepted), place
        arrival = place.value
        arrival.take(asked)
        begun = bulk.begin(client, client.purpose, arrival)
        assert isinstance(begun, Accepted), begun
        lot = Lote.objects.get(pk=begun.value)
        started = time.perf_counter()
        course = running.answer(client, lot, _Unseen())  # type: ignore[arg-type]
        rates.append(LINES / (time.perf_counter() - started))
        assert course is not None
        assert course.found > LINES * 0.9, course
        bulk.cancel(client, str(begun.value))
    return [
        Row(
            "bulk look-up", engine, world.people, "20,000 lines/s", TARGET, max(rates),
            target=1.0, at_least=True, unit="/s",
        ),
    ]  # fmt: skip


def _questions(world: World) -> bytes:
    lines = []
    for number, row in enumerate(rows(world.cadsus)):
        if not row[_CPF]:
            continue
        line = {"id": str(number), "cpf": row[_CPF]}
        if number % 2:
            line |= {"nome": row[_NAME], "nascimento": row[_BIRTH]}
        lines.append(json.dumps(line, ensure_ascii=False))
        if len(lines) == LINES:
            break
    return ("\n".join(lines) + "\n").encode()
