"""Look-ups and registrations in a small base and in a large one: neither may slow down as the country comes in.

In a base of its own, which grows: first all figures at SMALL, then the same at `world.people`.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from django.db import connections
from tests.people.registration_example import a_record

from bench import country, load, lookup
from bench.data import World
from bench.report import Row
from vincula.common.outcomes import Accepted
from vincula.national.cadsus import services as cadsus
from vincula.national.cadsus.services import hot, searching
from vincula.people.record import PersonRecord
from vincula.people.registration.joining import DATA

SMALL = 100_000
ASKED, RUNS = 4_000, 7
REGISTERED, AT_ONCE = 600, 4  # threads, as the listener has
KEPT, A_SECOND = 0.8, 200.0
AUTHOR = cadsus.Author("bench", "7654321")


@dataclass(frozen=True)
class Figures:
    """All but the last in look-ups a second; `registrations` in persons a second."""

    cpf: float
    cns: float
    name: float
    pdq: float
    registrations: float


def run(world: World, engine: str) -> list[Row]:
    """The best of several short runs: what is compared are two bases, not two moments of a shared machine."""
    token = lookup._token()
    country.grow(0, SMALL)
    small = _measured(SMALL, token, first=800_000_000)
    country.grow(SMALL, world.people)
    large = _measured(world.people, token, first=850_000_000)

    def kept(what: str, name: str) -> Row:
        before, now = getattr(small, name), getattr(large, name)
        return Row(
            what, engine, world.people, f"at {SMALL:,}", before, now, target=KEPT, at_least=True, unit="/s"
        )

    return [
        kept("look-ups by CPF, in process", "cpf"),
        kept("look-ups by CNS, in process", "cns"),
        kept("searches by name and birth, in process", "name"),
        kept("PDQ by CPF, through the listener", "pdq"),
        kept("registrations, duplicates looked for", "registrations"),
        Row(
            "registrations, duplicates looked for", engine, world.people, "200/s", A_SECOND, large.registrations,
            target=1.0, at_least=True, unit="/s",
        ),
    ]  # fmt: skip


def _measured(people: int, token: str, first: int) -> Figures:
    chance = random.Random(people)
    numbers = [chance.randrange(1, people + 1) for _ in range(ASKED)]
    cpfs, cards = [country.cpf_of(n) for n in numbers], [country.cns_of(n) for n in numbers]
    return Figures(
        cpf=_best([lambda one=one: hot.by_cpf(one, full=False) for one in cpfs]),  # type: ignore[misc]
        cns=_best([lambda one=one: hot.by_cns(one, full=False) for one in cards]),  # type: ignore[misc]
        name=_best([lambda n=n: _search(n) for n in numbers[: ASKED // 8]]),  # type: ignore[misc]
        pdq=_listened(cpfs, token),
        registrations=_registered(first),
    )


def _best(questions: list[Callable[[], object]]) -> float:
    """Questions a second; each must find somebody."""
    rates = []
    for _ in range(RUNS):
        started = time.perf_counter()
        for ask in questions:
            assert ask()
        rates.append(len(questions) / (time.perf_counter() - started))
    return max(rates)


def _search(number: int) -> bool:
    criteria = searching.Criteria(nome=country.name_of(number), data_nascimento=country.birth_of(number))
    found = searching.search(criteria, searching.SearchKind.APROXIMADA)
    assert isinstance(found, Accepted), found
    return any(hit.record.id == number for hit in found.value.hits)


def _listened(cpfs: list[str], token: str) -> float:
    asked = [lookup._request(one, token) for one in cpfs]
    with lookup._server("vincula.site.api:application") as port:
        load.hammer(port, asked, seconds=1.0)
        runs = [load.hammer(port, asked, seconds=2.0) for _ in range(3)]
    assert not any(one.failures for one in runs)
    return max(one.rate for one in runs)


def _registered(first: int) -> float:
    """Persons a second: nine new, and one who is there already and is brought again."""
    brought = [_person(first + n - (n % 10 == 9)) for n in range(REGISTERED)]
    rates = []
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for part in (brought[:300], brought[300:]):
            started = time.perf_counter()
            done = list(threads.map(_incorporate, part))
            rates.append(len(part) / (time.perf_counter() - started))
            assert len(set(done)) == len(part) * 9 // 10
        for thread in [threads.submit(connections.close_all) for _ in range(AT_ONCE)]:
            thread.result()
    return max(rates)


def _person(number: int) -> PersonRecord:
    return replace(
        a_record(),
        nome=country.name_of(number),
        nome_mae=country.name_of(number * 31 + 17),
        data_nascimento=country.birth_of(number),
        cpf=country.cpf_of(number),
    )


def _incorporate(record: PersonRecord) -> int:
    done = cadsus.incorporate(record, DATA, AUTHOR)
    assert isinstance(done, Accepted), done
    return done.value.pessoa_id
