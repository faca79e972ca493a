"""A request of the listener, and its answer. RSGI's objects are behind these, so that services know no server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import parse_qsl

from vincula.common.audit.services import Event
from vincula.common.outcomes import Refused
from vincula.national.api.wire.arrival import Arrival
from vincula.national.api.wire.patience import SLOW, Patience, SlowError

DROPPED = (
    5 * 1024 * 1024
)  # bytes of a body too long that are still read; what nginx lets through (deploy/nginx)


class Headers(Protocol):
    def get(self, key: str, default: Any = None) -> Any: ...
    def __contains__(self, key: str, /) -> bool: ...


class Scope(Protocol):
    proto: str
    method: str
    path: str
    query_string: str
    scheme: str
    server: str
    client: str
    authority: str | None
    headers: Headers


class Wire(Protocol):
    async def __call__(self) -> bytes: ...
    def __aiter__(self) -> AsyncIterator[bytes]: ...
    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None: ...
    def response_file(self, status: int, headers: list[tuple[str, str]], file: str) -> None: ...


@dataclass(slots=True)
class Reply:
    """An answer. It leaves once `events` are durable. `file`: the path of what is sent instead of `body`."""

    status: int
    body: bytes
    content_type: str
    headers: list[tuple[str, str]] = field(default_factory=list)
    events: Sequence[Event] = ()
    file: str = ""


class BodyError(Exception):
    """The body passes the limit, or did not come in time. `status`: 413 or 408."""

    def __init__(self, status: int, refused: Refused) -> None:
        super().__init__(refused.code)
        self.status = status
        self.refused = refused


class Request:
    """What came. Header names in lower case."""

    __slots__ = ("_arrival", "_patience", "_protocol", "method", "path", "scope")

    def __init__(self, scope: Scope, protocol: Wire, patience: Patience, arrival: Arrival) -> None:
        self.scope = scope
        self._patience = patience
        self._arrival = arrival
        self._protocol = protocol
        self.method: str = scope.method
        self.path: str = scope.path

    def header(self, name: str) -> str:
        return str(self.scope.headers.get(name) or "")

    def has(self, name: str) -> bool:
        """Whether a header is there, also one whose bytes are no text."""
        return name in self.scope.headers

    def query(self) -> list[tuple[str, str]]:
        """The parameters of the address; what is no UTF-8 comes as replacement characters."""
        try:
            return parse_qsl(
                self.scope.query_string, keep_blank_values=True, errors="replace", max_num_fields=100
            )
        except ValueError:
            return []

    @property
    def certificate(self) -> str:
        """The thumbprint of the caller's certificate where a proxy of ours has seen it (wire/proxy.py), else ""."""
        return self._arrival.certificate

    @property
    def origin(self) -> str:
        """Scheme, host and port as the caller wrote them: where addresses in our answers must lead him."""
        return self._arrival.origin

    @property
    def client(self) -> str:
        """The caller's address, without port; behind a proxy of ours, the one that it tells."""
        return self._arrival.client

    def may_pass(self, size: int) -> bool:
        """Whether the body may have more bytes than these: it says so, or does not say how many it has."""
        declared = self.header("content-length")
        return not declared.isdigit() or int(declared) > size

    async def body(self, limit: int) -> bytes:
        """All of it, at most `limit` bytes, within the time that all requests have. Raises BodyError."""
        declared = self.header("content-length")
        try:
            with self._patience.waiting():
                if declared.isdigit() and int(declared) <= limit:
                    return await self._protocol()
                parts = [part async for part in self._parts(limit)]
        except SlowError:
            raise BodyError(408, SLOW) from None
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def coming(self, limit: int) -> Coming:
        """The same body in two goes."""
        return Coming(self._parts(limit), self._patience)

    async def parts(self, limit: int) -> AsyncIterator[bytes]:
        """The body piece by piece, as it comes: each piece has its time. Raises BodyError as `body`."""
        pieces = self._parts(limit)
        while True:
            try:
                with self._patience.waiting():
                    part = await anext(pieces)
            except StopAsyncIteration:
                return
            except SlowError:
                raise BodyError(408, SLOW) from None
            yield part

    async def _pieces(self) -> AsyncIterator[bytes]:
        """What the server hands over, whoever goes on where another stopped: it can be asked for once only."""
        async for part in self._protocol:
            yield part

    async def _parts(self, limit: int) -> AsyncIterator[bytes]:
        declared = self.header("content-length")
        size = 0
        if declared.isdigit() and int(declared) > limit:
            await _drop(self._pieces(), int(declared))
            raise _too_large(limit)
        pieces = self._pieces()
        async for part in pieces:
            size += len(part)
            if size > limit:
                await _drop(pieces, size)
                raise _too_large(limit)
            yield part


class Coming:
    """A body whose beginning is looked at before the rest of it is read. Each go has the time that a body has; both
    raise BodyError."""

    def __init__(self, pieces: AsyncIterator[bytes], patience: Patience) -> None:
        self._pieces = pieces
        self._patience = patience
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
            raise BodyError(408, SLOW) from None
        self._read = b"".join(parts)
        return self._read


async def _drop(pieces: AsyncIterator[bytes], expected: int) -> None:
    """Read on and keep nothing, so that who is still sending (a proxy above all) gets to read why he is refused; but
    not what is beyond all measure."""
    left = DROPPED - expected
    if left > 0:
        async for part in pieces:
            left -= len(part)
            if left < 0:
                return


def _too_large(limit: int) -> BodyError:
    return BodyError(
        413,
        Refused(
            "CORPO_GRANDE",
            f"O corpo da requisição passa de {limit // 1024} KiB.",
            "Envie uma mensagem por requisição; para muitas pessoas, use a consulta em lote.",
        ),
    )
