"""A request of the listener, and its answer. RSGI's objects are behind these, so that services know no server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import parse_qsl

from vincula.common.audit.services import Event
from vincula.national.api.wire.arrival import NOWHERE, Arrival
from vincula.national.api.wire.body import Body, Headers, Source
from vincula.national.api.wire.patience import Patience


class Scope(Protocol):
    proto: str
    http_version: str
    method: str
    path: str
    query_string: str
    scheme: str
    server: str
    client: str
    authority: str | None
    headers: Headers


class Wire(Source, Protocol):
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


class Request:
    """What came. Header names in lower case. `body`: to be read once."""

    __slots__ = ("arrival", "body", "method", "path", "scope")

    def __init__(self, scope: Scope, protocol: Wire, patience: Patience, arrival: Arrival = NOWHERE) -> None:
        self.scope = scope
        self.arrival = arrival
        self.body = Body(scope.headers, protocol, patience)
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
        return self.arrival.certificate

    @property
    def origin(self) -> str:
        """Scheme, host and port as the caller wrote them: where addresses in our answers must lead him."""
        return self.arrival.origin

    @property
    def client(self) -> str:
        """The caller's address, without port; behind a proxy of ours, the one that it tells."""
        return self.arrival.client
