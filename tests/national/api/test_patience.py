"""Who does not send his body is told so, in the event loop that others go on being answered in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from vincula.national.api.wire.arrival import Arrival
from vincula.national.api.wire.http import BodyError, Request
from vincula.national.api.wire.patience import Patience


class Headers(dict[str, str]):
    pass


class Scope:
    proto, method, path, query_string, scheme, server = "http", "POST", "/", "", "https", "127.0.0.1:1"
    client, authority = "127.0.0.1:2", None

    def __init__(self, **headers: str) -> None:
        self.headers = Headers({name.replace("_", "-"): value for name, value in headers.items()})


class Wire:
    """Sends its pieces, each after so many seconds."""

    def __init__(self, *pieces: tuple[float, bytes]) -> None:
        self.pieces = pieces

    async def __call__(self) -> bytes:
        return b"".join([part async for part in self])

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for seconds, part in self.pieces:
            await asyncio.sleep(seconds)
            yield part

    def response_bytes(self, *_: object) -> None: ...

    def response_file(self, *_: object) -> None: ...


def body_of(wire: Wire, limit: int = 100, **headers: str) -> bytes:
    async def read() -> bytes:
        patience = Patience(asyncio.get_running_loop(), seconds=0.3)
        return await Request(Scope(**headers), wire, patience, Arrival()).body(limit)  # type: ignore[arg-type]

    return asyncio.run(read())


@pytest.mark.parametrize("headers", [{}, {"content_length": "4"}, {"content_length": "x"}])
def test_a_body_that_comes(headers: dict[str, str]) -> None:
    assert body_of(Wire((0, b"ab"), (0.01, b"cd")), **headers) == b"abcd"


@pytest.mark.parametrize("headers", [{}, {"content_length": "4"}])
@pytest.mark.parametrize("wire", [Wire((30, b"")), Wire((0, b"ab"), (30, b"cd"))], ids=["nothing", "half"])
def test_a_body_that_does_not_come(headers: dict[str, str], wire: Wire) -> None:
    with pytest.raises(BodyError) as told:
        body_of(wire, **headers)
    assert (told.value.status, told.value.refused.code) == (408, "CORPO_LENTO")


@pytest.mark.parametrize("headers", [{}, {"content_length": "101"}, {"content_length": "9" * 30}])
def test_a_body_that_is_too_long(headers: dict[str, str]) -> None:
    with pytest.raises(BodyError) as told:
        body_of(Wire((0, b"x" * 101)), **headers)
    assert (told.value.status, told.value.refused.code) == (413, "CORPO_GRANDE")


def test_a_long_body_in_pieces_has_time_for_each() -> None:
    async def read() -> list[bytes]:
        patience = Patience(asyncio.get_running_loop(), seconds=0.8)
        wire = Wire(*[(0.4, b"x")] * 4)
        return [part async for part in Request(Scope(), wire, patience, Arrival()).parts(100)]  # type: ignore[arg-type]

    assert asyncio.run(read()) == [b"x"] * 4


def test_who_goes_away_is_no_slow_sender() -> None:
    async def cancelled() -> None:
        patience = Patience(asyncio.get_running_loop(), seconds=30)
        task = asyncio.create_task(Request(Scope(), Wire((30, b"")), patience, Arrival()).body(10))  # type: ignore[arg-type]
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
