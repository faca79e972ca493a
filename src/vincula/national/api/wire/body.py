"""The body of a request: read once, within its time; and what is still on its way when the answer has gone."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any, Protocol

from vincula.common.outcomes import Refused
from vincula.national.api.wire.patience import SLOW, Patience, SlowError

DROPPED = 8 * 1024 * 1024
"""Bytes that are still taken of a body that nobody wants, and thrown away."""
DROPPED_FOR = 2.0
"""Seconds in which they must come."""


class Headers(Protocol):
    def get(self, key: str, default: Any = None) -> Any: ...
    def get_all(self, key: str) -> list[Any]: ...
    def __contains__(self, key: str, /) -> bool: ...


class Source(Protocol):
    """The server's side of a body. It can be asked once, in one of its two ways."""

    async def __call__(self) -> bytes: ...
    def __aiter__(self) -> AsyncIterator[bytes]: ...


class BodyError(Exception):
    """The body passes the limit, or did not come in time. `status`: 413 or 408."""

    def __init__(self, status: int, refused: Refused) -> None:
        super().__init__(refused.code)
        self.status = status
        self.refused = refused


class Body:
    """To be read in one of the ways below. `_ended`: nothing more comes of it, or nobody waits for it any more."""

    __slots__ = ("_declared", "_ended", "_headers", "_patience", "_pieces", "_source")

    def __init__(self, headers: Headers, source: Source, patience: Patience) -> None:
        self._headers = headers
        self._source = source
        self._patience = patience
        self._declared = str(headers.get("content-length") or "")
        self._pieces = _stream(source)
        self._ended = False

    @property
    def left(self) -> bool:
        """Whether the sender may still be at it."""
        if self._ended:
            return False
        return self._declared not in ("", "0") or "transfer-encoding" in self._headers

    def may_pass(self, size: int) -> bool:
        """Whether it may have more bytes than these: it says so, or does not say how many it has."""
        return not self._declared.isdigit() or int(self._declared) > size

    async def whole(self, limit: int) -> bytes:
        """At most `limit` bytes, within the time that all requests have. Raises BodyError."""
        try:
            with self._patience.waiting():
                if not self.may_pass(limit):
                    self._ended = True
                    return await self._source()
                parts = [part async for part in self._within(limit)]
        except SlowError:
            raise self._slow() from None
        return parts[0] if len(parts) == 1 else b"".join(parts)

    async def parts(self, limit: int) -> AsyncIterator[bytes]:
        """Piece by piece, as it comes: each piece has its time. Raises BodyError as `whole`."""
        pieces = self._within(limit)
        while True:
            try:
                with self._patience.waiting():
                    part = await anext(pieces)
            except StopAsyncIteration:
                return
            except SlowError:
                raise self._slow() from None
            yield part

    def coming(self, limit: int) -> Coming:
        """In two goes."""
        return Coming(self._within(limit), self._patience, self._slow)

    async def leave(self) -> None:
        """Take what still comes and keep nothing: who is told while he is writing, and finds the connection closed
        before he is through, never reads what he is told. To be done once the answer is on its way; who sends more, or
        slower, finds it closed."""
        left = DROPPED
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DROPPED_FOR):
                async for part in self._pieces:
                    left -= len(part)
                    if left < 0:
                        break
        self._ended = True

    async def _within(self, limit: int) -> AsyncIterator[bytes]:
        if self._declared.isdigit() and int(self._declared) > limit:
            raise _too_large(limit)
        size = 0
        async for part in self._pieces:
            size += len(part)
            if size > limit:
                raise _too_large(limit)
            yield part
        self._ended = True

    def _slow(self) -> BodyError:
        """Whoever was waited for in vain is not waited for again."""
        self._ended = True
        return BodyError(408, SLOW)


class Coming:
    """A body whose beginning is looked at before the rest of it is read. Each go has the time that a body has; both
    raise BodyError."""

    def __init__(
        self, pieces: AsyncIterator[bytes], patience: Patience, slow: Callable[[], BodyError]
    ) -> None:
        self._pieces = pieces
        self._patience = patience
        self._slow = slow
        self._read = b""

    async def beginning(self, size: int) -> bytes:
        """At least its first `size` bytes, or all of it where it has not more."""
        return await self._until(size)

    async def whole(self) -> bytes:
        return await self._until(None)

    async def _until(self, size: int | None) -> bytes:
        parts = [self._read]
        here = len(self._read)
        try:
            with self._patience.waiting():
                while size is None or here <= size:
                    parts.append(await anext(self._pieces))
                    here += len(parts[-1])
        except StopAsyncIteration:
            pass
        except SlowError:
            raise self._slow() from None
        self._read = b"".join(parts)
        return self._read


async def _stream(source: Source) -> AsyncIterator[bytes]:
    """What the server hands over: it can be asked once, and here whoever comes later goes on where another stopped."""
    async for part in source:
        yield part


def _too_large(limit: int) -> BodyError:
    return BodyError(
        413,
        Refused(
            "CORPO_GRANDE",
            f"O corpo da requisição passa de {limit // 1024} KiB.",
            "Envie uma mensagem por requisição; para muitas pessoas, use a consulta em lote.",
        ),
    )
