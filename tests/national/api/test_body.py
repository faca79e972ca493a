"""What is still on its way when a body is refused is taken, for a while and up to a measure, and kept nowhere."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest

from tests.national.api.rsgi import Headers, Wire
from vincula.national.api.wire.body import DROPPED, DROPPED_FOR, Body, BodyError
from vincula.national.api.wire.patience import Patience

MANY = ("content-length", "1000000")
CHUNKED = ("transfer-encoding", "chunked")
LIMIT = 100
Reading = Callable[[Body], Awaitable[object]]


async def nothing(body: Body) -> None:
    pass


async def all_of_it(body: Body) -> None:
    await body.whole(10_000_000)


async def too_much(body: Body) -> None:
    with pytest.raises(BodyError):
        await body.whole(LIMIT)


async def its_beginning(body: Body) -> None:
    await body.coming(10_000_000).beginning(5)


async def two_pieces(body: Body) -> None:
    pieces = body.parts(10_000_000)
    await anext(pieces)
    await anext(pieces)


def left(wire: Wire, reading: Reading, *headers: tuple[str, str], seconds: float = 10) -> tuple[bool, float]:
    """Whether anything was left behind the reading, and how long it was then waited for. Nothing is left behind that."""

    async def run() -> tuple[bool, float]:
        body = Body(Headers(headers), wire, Patience(asyncio.get_running_loop(), seconds))
        await reading(body)
        found, began = body.left, time.monotonic()
        if found:
            await body.leave()
        assert not body.left
        return found, time.monotonic() - began

    return asyncio.run(run())


@pytest.mark.parametrize("reading", [nothing, too_much, its_beginning, two_pieces])
@pytest.mark.parametrize("header", [MANY, CHUNKED])
def test_what_is_left_is_taken_to_its_end(header: tuple[str, str], reading: Reading) -> None:
    wire = Wire(*[(0, b"x" * 60)] * 9)
    found, waited = left(wire, reading, header)
    assert (found, wire.handed) == (True, 9)
    assert waited < DROPPED_FOR


@pytest.mark.parametrize(
    ("reading", "headers"),
    [
        (nothing, ()),
        (nothing, (("content-length", "0"),)),
        (all_of_it, (MANY,)),
        (all_of_it, (CHUNKED,)),
        (two_pieces, ()),
    ],
)
def test_where_nothing_is_left_nobody_is_waited_for(
    reading: Reading, headers: tuple[tuple[str, str], ...]
) -> None:
    assert left(Wire((0, b"a"), (0, b"b")), reading, *headers) == (False, pytest.approx(0, abs=0.5))


@pytest.mark.parametrize("reading", [all_of_it, its_beginning, two_pieces])
@pytest.mark.parametrize("header", [MANY, CHUNKED])
def test_whoever_was_waited_for_in_vain_is_not_waited_for_again(
    header: tuple[str, str], reading: Reading
) -> None:
    async def in_vain(body: Body) -> None:
        with pytest.raises(BodyError) as told:
            await reading(body)
        assert told.value.status == 408

    assert not left(Wire((30, b"")), in_vain, header, seconds=0.2)[0]


def test_who_is_slow_is_left_after_a_while() -> None:
    wire = Wire(*[(0.1, b"x")] * 1_000)
    _, waited = left(wire, nothing, MANY)
    assert DROPPED_FOR - 0.2 < waited < DROPPED_FOR + 1
    assert 1 <= wire.handed <= DROPPED_FOR / 0.1


def test_who_sends_beyond_all_measure_is_left_there() -> None:
    size = 1_000_000
    wire = Wire(*[(0, b"x" * size)] * 100)
    left(wire, nothing, MANY)
    assert wire.handed == DROPPED // size + 1
