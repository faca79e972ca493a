"""Who does not send his body is told so, in the event loop that others go on being answered in."""

from __future__ import annotations

import asyncio

import pytest

from tests.national.api.rsgi import Scope, Wire
from vincula.national.api.wire.arrival import Arrival
from vincula.national.api.wire.body import BodyError
from vincula.national.api.wire.http import Request
from vincula.national.api.wire.patience import Patience

LENGTH = "content-length"
FOUR = (LENGTH, "4")


def body_of(wire: Wire, *headers: tuple[str, str]) -> bytes:
    async def read() -> bytes:
        patience = Patience(asyncio.get_running_loop(), seconds=0.3)
        return await Request(Scope(*headers), wire, patience, Arrival()).body.whole(100)

    return asyncio.run(read())


@pytest.mark.parametrize("headers", [(), (FOUR,), ((LENGTH, "x"),)])
def test_a_body_that_comes(headers: tuple[tuple[str, str], ...]) -> None:
    assert body_of(Wire((0, b"ab"), (0.01, b"cd")), *headers) == b"abcd"


@pytest.mark.parametrize("headers", [(), (FOUR,)])
@pytest.mark.parametrize("pieces", [[(30, b"")], [(0, b"ab"), (30, b"cd")]], ids=["nothing", "half"])
def test_a_body_that_does_not_come(
    headers: tuple[tuple[str, str], ...], pieces: list[tuple[float, bytes]]
) -> None:
    with pytest.raises(BodyError) as told:
        body_of(Wire(*pieces), *headers)
    assert (told.value.status, told.value.refused.code) == (408, "CORPO_LENTO")


@pytest.mark.parametrize("headers", [(), ((LENGTH, "101"),), ((LENGTH, "9" * 30),)])
def test_a_body_that_is_too_long(headers: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(BodyError) as told:
        body_of(Wire((0, b"x" * 101)), *headers)
    assert (told.value.status, told.value.refused.code) == (413, "CORPO_GRANDE")


def test_a_long_body_in_pieces_has_time_for_each() -> None:
    async def read() -> list[bytes]:
        patience = Patience(asyncio.get_running_loop(), seconds=0.8)
        wire = Wire(*[(0.4, b"x")] * 4)
        return [part async for part in Request(Scope(), wire, patience, Arrival()).body.parts(100)]

    assert asyncio.run(read()) == [b"x"] * 4


def test_who_goes_away_is_no_slow_sender() -> None:
    async def cancelled() -> None:
        patience = Patience(asyncio.get_running_loop(), seconds=30)
        task = asyncio.create_task(Request(Scope(), Wire((30, b"")), patience, Arrival()).body.whole(10))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
