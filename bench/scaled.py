"""What is asked of a base whose size is not to be felt: look-ups, searches, PDQ through the listener, registrations."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import count

from django.db import connections
from tests.people.registration_example import a_record

from bench import country, load, lookup
from vincula.common.outcomes import Accepted
from vincula.national.cadsus import services as cadsus
from vincula.national.cadsus.services import hot, searching
from vincula.people.record import PersonRecord
from vincula.people.registration.joining import DATA

ASKED, SECONDS = 4_000, 2.0
REGISTERED, AT_ONCE = 300, 4  # threads, as the listener has
AUTHOR = cadsus.Author("bench", "7654321")


@contextmanager
def measures(people: int, first: int) -> Iterator[Callable[[str], float]]:
    """A function that measures once what it is named: `cpf`, `cns`, `name`, `pdq` (answers a second) or
    `registrations` (persons a second). The same persons are asked for each time; other ones are registered."""
    chance = random.Random(people)
    numbers = [chance.randrange(1, people + 1) for _ in range(ASKED)]
    cpfs, cards = [country.cpf_of(n) for n in numbers], [country.cns_of(n) for n in numbers]
    token = lookup._token()
    requests = [lookup._request(one, token) for one in cpfs]
    parts = count(first, REGISTERED)
    with lookup._server("vincula.site.api:application") as port:
        measured: dict[str, Callable[[], float]] = {
            "cpf": lambda: _rate(_by_cpf, cpfs),
            "cns": lambda: _rate(_by_cns, cards),
            "name": lambda: _rate(_search, numbers[: ASKED // 8]),
            "pdq": lambda: _listened(port, requests),
            "registrations": lambda: _registered(next(parts)),
        }
        yield lambda name: measured[name]()


def _rate(ask: Callable[..., object], questions: list[int] | list[str]) -> float:
    """Questions a second; each must find somebody."""
    started = time.perf_counter()
    for one in questions:
        assert ask(one)
    return len(questions) / (time.perf_counter() - started)


def _by_cpf(cpf: str) -> PersonRecord | None:
    return hot.by_cpf(cpf, full=False)


def _by_cns(cns: str) -> PersonRecord | None:
    return hot.by_cns(cns, full=False)


def _search(number: int) -> bool:
    criteria = searching.Criteria(nome=country.name_of(number), data_nascimento=country.birth_of(number))
    found = searching.search(criteria, searching.SearchKind.APROXIMADA)
    assert isinstance(found, Accepted), found
    return any(hit.record.id == number for hit in found.value.hits)


def _listened(port: int, requests: list[bytes]) -> float:
    done = load.hammer(port, requests, seconds=SECONDS)
    assert not done.failures
    return done.rate


def _registered(first: int) -> float:
    """Persons a second: nine new, and one who is there already and is brought again."""
    brought = [_person(first + n - (n % 10 == 9)) for n in range(REGISTERED)]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        started = time.perf_counter()
        done = list(threads.map(_incorporate, brought))
        rate = len(brought) / (time.perf_counter() - started)
        for thread in [threads.submit(connections.close_all) for _ in range(AT_ONCE)]:
            thread.result()
    assert len(set(done)) == len(brought) * 9 // 10
    return rate


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
