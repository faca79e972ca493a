"""The server's objects at the listener's edge, as RSGI describes them, without a server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any


class Headers:
    """By name in lower case. `pairs`: as they came, a name more than once."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self.pairs = pairs

    def get(self, key: str, default: Any = None) -> Any:
        return next(iter(self.get_all(key)), default)

    def get_all(self, key: str) -> list[str]:
        return [value for name, value in self.pairs if name == key]

    def __contains__(self, key: str) -> bool:
        return bool(self.get_all(key))


class Scope:
    proto, method, path, query_string, server = "http", "POST", "/", "", "0.0.0.0:8444"

    def __init__(
        self,
        *pairs: tuple[str, str],
        client: str = "127.0.0.1:2",
        authority: str | None = None,
        scheme: str = "http",
        http_version: str = "1.1",
    ) -> None:
        self.headers = Headers(pairs)
        self.client, self.authority = client, authority
        self.scheme, self.http_version = scheme, http_version


class Wire:
    """Hands over its pieces, each after so many seconds; like the server's, it can be asked once. `handed`: how many of
    them were taken."""

    def __init__(self, *pieces: tuple[float, bytes]) -> None:
        self.pieces = pieces
        self.handed = 0
        self._asked = False

    async def __call__(self) -> bytes:
        return b"".join([part async for part in self])

    def __aiter__(self) -> AsyncIterator[bytes]:
        assert not self._asked, "a server hands a body over once"
        self._asked = True
        return self._coming()

    async def _coming(self) -> AsyncIterator[bytes]:
        for seconds, part in self.pieces:
            await asyncio.sleep(seconds)
            self.handed += 1
            yield part

    def response_bytes(self, *_: object) -> None: ...

    def response_file(self, *_: object) -> None: ...
