"""The FHIR service of the listener: its paths, its door, and what it answers where it cannot.

The purpose of a question is the credential's own, or another one granted to it, named in the header X-Finalidade.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from vincula.common.outcomes import Refused
from vincula.formats.fhir import BASE
from vincula.national.api.rules import Client
from vincula.national.api.services.limits import Allowance
from vincula.national.api.wire.body import BodyError
from vincula.national.api.wire.engine import BUSY, BusyError, Engine
from vincula.national.api.wire.fhir import asking, lotes, replies
from vincula.national.api.wire.fhir.asked import SERVICE, Asked, question_of
from vincula.national.api.wire.fhir.described import metadata
from vincula.national.api.wire.http import Reply, Request

BUSY_SECONDS = 2
Handler = Callable[[Asked], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Route:
    path: re.Pattern[str]
    handlers: Mapping[str, Handler]

    @property
    def allowed(self) -> tuple[str, ...]:
        return ("HEAD", *self.handlers) if "GET" in self.handlers else tuple(self.handlers)


def _route(path: str, **handlers: Handler) -> Route:
    return Route(re.compile(path), handlers)


_BULK = r"\$consulta-em-lote"
ROUTES = (
    _route("Patient", GET=asking.search),
    _route("Patient/_search", POST=asking.search_by_form),
    _route(r"Patient/\$match", POST=asking.match),
    _route(r"Patient/\$ihe-pix", GET=asking.cross, POST=asking.cross_by_body),
    _route(r"Patient/([0-9A-Za-z\-.]{1,64})", GET=asking.read),
    _route(_BULK, POST=lotes.kick_off),
    _route(rf"{_BULK}/([0-9a-f\-]{{36}})", GET=lotes.status, DELETE=lotes.cancel),
    _route(rf"{_BULK}/([0-9a-f\-]{{36}})/saida", GET=lotes.output),
)
_METADATA = "metadata"


class FhirService:
    """Everything below BASE."""

    async def answer(self, request: Request, engine: Engine) -> Reply:
        path = unquote(request.path)[len(BASE) + 1 :]
        method = "GET" if request.method == "HEAD" else request.method
        if path == _METADATA:
            return metadata(request) if method == "GET" else replies.wrong_method(("GET", "HEAD"))
        route, parts = _find(path)
        if route is None:
            return replies.refuse(replies.NOT_HERE, 404)
        handler = route.handlers.get(method)
        if handler is None:
            return replies.wrong_method(route.allowed)
        client = await engine.client_of(request.header("authorization"), request.certificate)
        if client is None:
            return replies.unauthenticated()
        admitted = self._admit(client, engine)
        if isinstance(admitted, Reply):
            return admitted
        reply = await self._handle(handler, client, request, engine, parts)
        reply.headers += admitted.headers()
        return reply

    def _admit(self, client: Client, engine: Engine) -> Reply | Allowance:
        stopped = engine.interrupted(SERVICE)
        if stopped is not None:
            return replies.later(stopped.refused, stopped.seconds)
        allowance = engine.limiter.take(client.id, client.limit)
        if allowance.wait:
            engine.alert(client.id, engine.watch.refused(client.id))
            reply = replies.later(replies.TOO_OFTEN, allowance.wait, 429)
            reply.headers += allowance.headers()
            return reply
        return allowance

    async def _handle(
        self, handler: Handler, client: Client, request: Request, engine: Engine, parts: tuple[str, ...]
    ) -> Reply:
        question = question_of(client, request)
        if isinstance(question, Refused):
            return replies.refuse(question, 403)
        try:
            return await handler(Asked(engine, client, request, question.value, parts))
        except BodyError as error:
            return replies.refuse(error.refused, error.status)
        except BusyError:
            return replies.later(BUSY, BUSY_SECONDS)

    def trouble(self, refused: Refused, status: int, seconds: int) -> Reply:
        """What kept the listener from answering, as an OperationOutcome."""
        return replies.later(refused, seconds, status) if seconds else replies.refuse(refused, status)


def _find(path: str) -> tuple[Route | None, tuple[str, ...]]:
    for route in ROUTES:
        if found := route.path.fullmatch(path):
            return route, found.groups()
    return None, ()
