"""The listener: one RSGI application that answers every service, without Django in the way.

Look-ups by number are answered in the event loop; searches and registrations in threads. No answer that reveals a
person leaves before its audit is durable; and whatever goes wrong, the caller gets a fault, the log no personal data.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from typing import Protocol, runtime_checkable

from vincula.common.log import get_logger
from vincula.common.outcomes import Refused, RefusedError
from vincula.formats.soap import SoapVersion
from vincula.national.api.wire import faults
from vincula.national.api.wire.arrival import Front
from vincula.national.api.wire.engine import Engine
from vincula.national.api.wire.http import Reply, Request, Scope, Wire

log = get_logger(__name__)
_BROKEN = Refused(
    "ERRO_INESPERADO",
    "Erro inesperado deste serviço; a consulta não foi respondida.",
    "Repita em alguns minutos; se acontecer de novo, avise quem mantém o serviço.",
)
_BLIND = Refused(
    "SERVICO_INDISPONIVEL",
    "O serviço não consegue conferir as credenciais agora.",
    "Repita em alguns segundos.",
)


class Service(Protocol):
    async def answer(self, request: Request, engine: Engine) -> Reply: ...


@runtime_checkable
class OwnTrouble(Protocol):
    """A service that does not speak SOAP says in its own way what kept it from answering."""

    def trouble(self, refused: Refused, status: int, seconds: int) -> Reply: ...


class Listener:
    """`services` by exact path; `prefixes` by how a path begins. `on_error` keeps the trace of a slip of ours. `gone`:
    what the server raises where the caller has hung up: nobody is left to answer, and no slip of ours is to be kept.
    """

    def __init__(
        self,
        services: Mapping[str, Service],
        prefixes: Mapping[str, Service],
        nowhere: Service,
        front: Front,
        on_error: Callable[[Exception], object],
        gone: tuple[type[Exception], ...] = (),
    ) -> None:
        self._services = services
        self._prefixes = tuple(prefixes.items())
        self._nowhere = nowhere
        self._front = front
        self._on_error = on_error
        self._gone = gone
        self.engine: Engine

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.engine = Engine(loop)
        self.engine.start()

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.engine.stop()

    async def __rsgi__(self, scope: Scope, protocol: Wire) -> None:
        if scope.proto != "http":
            return
        request = Request(scope, protocol, self.engine.patience)
        with contextlib.suppress(*self._gone):
            _send(request, protocol, await self._answer(request))
            if request.body.left:
                await request.body.leave()

    async def _answer(self, request: Request) -> Reply:
        service = self._service(request.path)
        try:
            if not self.engine.watcher.fresh:
                return _trouble(service, _BLIND, 503, 5)
            request.arrival = self._front.arrival(request.scope)
            if not request.origin:
                return _trouble(service, *self._front.refusal(request.scope), 0)
            reply = await service.answer(request, self.engine)
            if reply.events:
                await self.engine.audit.record(reply.events)
            return reply
        except self._gone:
            raise
        except RefusedError as error:
            return _trouble(service, error.refused, 503, 30)
        except Exception as error:
            self._on_error(error)
            log.error("api.unexpected", kind=type(error).__name__)
            return _trouble(service, _BROKEN, 500, 0)

    def _service(self, path: str) -> Service:
        found = self._services.get(path)
        if found is not None:
            return found
        for prefix, service in self._prefixes:
            if path.startswith(prefix):
                return service
        return self._nowhere


def _send(request: Request, protocol: Wire, reply: Reply) -> None:
    headers = [("content-type", reply.content_type), ("cache-control", "no-store"), *reply.headers]
    if request.has("expect") and request.body.left:
        # Who waited for leave to send his body may now keep it: what he sent next would be taken for it.
        headers.append(("connection", "close"))
    if reply.file and request.method != "HEAD":
        protocol.response_file(reply.status, headers, reply.file)
        return
    body = b"" if request.method == "HEAD" else reply.body
    protocol.response_bytes(reply.status, headers, body)


def _trouble(service: Service, refused: Refused, status: int, seconds: int) -> Reply:
    if isinstance(service, OwnTrouble):
        return service.trouble(refused, status, seconds)
    if seconds:
        return faults.later(SoapVersion.V12, refused, seconds, status=status)
    return faults.fault(SoapVersion.V12, refused, status=status, server=status >= 500)
