"""One SOAP service of the listener: its description, its door, and the way from a body to an operation and back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from vincula.common.outcomes import Refused, RefusedError
from vincula.formats.soap import (
    OPENING_BYTES,
    Envelope,
    SoapVersion,
    UnreadableEnvelopeError,
    UsernameToken,
    content_type,
    read_envelope,
    read_opening,
    read_username_token,
    render_envelope,
)
from vincula.national.api.rules import Client
from vincula.national.api.services.finding import Question
from vincula.national.api.services.limits import Allowance
from vincula.national.api.wire import faults
from vincula.national.api.wire.body import BodyError
from vincula.national.api.wire.engine import BUSY, BrakedError, BusyError, Engine
from vincula.national.api.wire.http import Reply, Request
from vincula.national.api.wire.purpose import purposed

BRASILIA = ZoneInfo("America/Sao_Paulo")
BUSY_SECONDS = 2
UNAVAILABLE_SECONDS = 30
READ_HERE = 64 * 1024  # bytes; reading more than these would keep the other callers waiting
XML = "text/xml; charset=utf-8"


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """A message that was let in. `client`: with the purpose of this call."""

    engine: Engine
    client: Client
    envelope: Envelope
    service: str
    body: bytes
    now: datetime

    @property
    def question(self) -> Question:
        return Question(self.client, self.service, self.client.purpose)

    def reply(self, payload: str) -> Reply:
        """The answer's message in the envelope of the request's version."""
        version = self.envelope.version
        return Reply(200, render_envelope(version, payload), content_type(version))

    def refuse(self, refused: Refused) -> Reply:
        return faults.fault(self.envelope.version, refused)


Later = Callable[[], Reply]  # to be done in a thread
Operation = Callable[[Asked], "Reply | Later"]


@dataclass(frozen=True, slots=True)
class SoapService:
    """`name` as interruptions and the audit call it. `by_password`: the legacy door, with a UsernameToken; `by_token`:
    that door also lets in who comes with a token instead, and `closed` then closes it to passwords alone. `both`: it
    speaks SOAP 1.1 as well. `instead`: of a service for integradores alone, what an operadora is told to use.
    """

    name: str
    operations: Mapping[str, Operation]
    wsdl: Callable[[str], bytes]
    schema: Callable[[str, str], bytes | None]
    max_bytes: int
    by_password: bool = False
    by_token: bool = False
    both: bool = False
    instead: str = ""
    closed: Refused | None = None

    async def answer(self, request: Request, engine: Engine) -> Reply:
        version = self._guessed(request)
        if request.method in ("GET", "HEAD"):
            return self._describe(request)
        if request.method != "POST":
            return _wrong_method(version)
        with_token = not self.by_password or (self.by_token and _is_token(request.header("authorization")))
        if self.closed is not None and not (with_token and self.by_token):
            return faults.fault(version, self.closed, status=403)
        try:
            return await (self._by_token if with_token else self._after_body)(request, engine)
        except BusyError:
            return faults.later(version, BUSY, BUSY_SECONDS)

    def _guessed(self, request: Request) -> SoapVersion:
        """Of a message not read yet: only its type can tell."""
        plain = self.both and request.header("content-type").lower().startswith("text/xml")
        return SoapVersion.V11 if plain else SoapVersion.V12

    async def _by_token(self, request: Request, engine: Engine) -> Reply:
        version = self._guessed(request)
        client = await engine.client_of(request.header("authorization"), request.certificate)
        if client is None:
            return faults.unauthenticated(version, _NO_TOKEN)
        admitted = self._admit(request, client, engine, version)
        if isinstance(admitted, Reply):
            return admitted
        return await self._let_in(request, engine, *admitted, request.body.whole(self.max_bytes))

    async def _after_body(self, request: Request, engine: Engine) -> Reply:
        """The legacy door: who asks stands in the message. Of a large one the header is read alone, and nothing more of
        it is waited for, kept or parsed before somebody is known to have sent it."""
        if self.max_bytes > OPENING_BYTES and request.body.may_pass(OPENING_BYTES):
            return await self._after_opening(request, engine)
        body, envelope = await self._read(request, engine, request.body.whole(self.max_bytes))
        if isinstance(envelope, Reply):
            return envelope
        entered = await self._enter(request, engine, envelope.version, read_username_token(envelope))
        if isinstance(entered, Reply):
            return entered
        client, allowance = entered
        return await self._operate(engine, client, allowance, envelope, body)

    async def _after_opening(self, request: Request, engine: Engine) -> Reply:
        coming = request.body.coming(self.max_bytes)
        try:
            version, login = read_opening(await coming.beginning(OPENING_BYTES))
        except (BodyError, UnreadableEnvelopeError) as error:
            return self._unread(request, error)
        entered = await self._enter(request, engine, version, login)
        if isinstance(entered, Reply):
            return entered
        return await self._let_in(request, engine, *entered, coming.whole())

    async def _let_in(
        self, request: Request, engine: Engine, client: Client, allowance: Allowance, whole: Awaitable[bytes]
    ) -> Reply:
        body, envelope = await self._read(request, engine, whole)
        if isinstance(envelope, Reply):
            return envelope
        return await self._operate(engine, client, allowance, envelope, body)

    async def _enter(
        self, request: Request, engine: Engine, version: SoapVersion, login: UsernameToken | None
    ) -> tuple[Client, Allowance] | Reply:
        """Whose user and password these are, and what is left of his limit; or why he is not let in."""
        if login is None or login.digest:
            return faults.unauthenticated(version, _NO_LOGIN if login is None else _DIGEST)
        try:
            client = await engine.client_by_password(login.username, login.password, request.client)
        except BrakedError as error:
            return faults.later(version, _TOO_MANY_WRONG, error.seconds, status=429)
        except BusyError:
            return faults.later(version, BUSY, BUSY_SECONDS)
        if client is None:
            reply = faults.unauthenticated(version)
            owner = engine.gate.owner(login.username)
            reply.events = engine.wrong_passwords.note(owner, self.name, request.client)
            return reply
        return self._admit(request, client, engine, version)

    def _admit(
        self, request: Request, client: Client, engine: Engine, version: SoapVersion
    ) -> tuple[Client, Allowance] | Reply:
        """The client with this call's purpose, and what is left of his limit; or why he may not now: not this service,
        too often, interrupted, not for that."""
        if self.instead and not client.may_register:
            return faults.fault(version, _only_integrador(self.instead), status=403)
        stopped = engine.interrupted(self.name)
        if stopped is not None:
            return faults.later(version, stopped.refused, stopped.seconds)
        allowance = engine.limiter.take(client.id, client.limit)
        if allowance.wait:
            engine.alert(client.id, engine.watch.refused(client.id))
            reply = faults.later(version, _TOO_OFTEN, allowance.wait, status=429)
        elif isinstance(asking := purposed(client, request), Refused):
            reply = faults.fault(version, asking, status=403)
        else:
            return asking.value, allowance
        reply.headers += allowance.headers()
        return reply

    async def _read(
        self, request: Request, engine: Engine, whole: Awaitable[bytes]
    ) -> tuple[bytes, Envelope | Reply]:
        try:
            body = await whole
            if len(body) > READ_HERE:
                return body, await engine.aside(lambda: read_envelope(body, max_bytes=self.max_bytes))
            return body, read_envelope(body, max_bytes=self.max_bytes)
        except (BodyError, UnreadableEnvelopeError) as error:
            return b"", self._unread(request, error)

    def _unread(self, request: Request, error: BodyError | UnreadableEnvelopeError) -> Reply:
        if isinstance(error, BodyError):
            return faults.fault(self._guessed(request), error.refused, status=error.status)
        refused = Refused("MENSAGEM", error.message, error.remedy)
        return faults.fault(error.version, refused, status=_status_of_sender(error.version))

    async def _operate(
        self, engine: Engine, client: Client, allowance: Allowance, envelope: Envelope, body: bytes
    ) -> Reply:
        reply = await self._done(engine, client, envelope, body)
        reply.headers += allowance.headers()
        return reply

    async def _done(self, engine: Engine, client: Client, envelope: Envelope, body: bytes) -> Reply:
        operation = self.operations.get(envelope.operation)
        if operation is None:
            return faults.fault(envelope.version, _unknown(self.operations))
        asked = Asked(engine, client, envelope, self.name, body, datetime.now(BRASILIA))
        try:
            done = operation(asked)
            return done if isinstance(done, Reply) else await engine.aside(done)
        except (
            RefusedError
        ) as error:  # what is against a message is answered; this is a store that cannot be reached
            return faults.later(envelope.version, error.refused, UNAVAILABLE_SECONDS)
        except BusyError:
            return faults.later(envelope.version, BUSY, BUSY_SECONDS)

    def _describe(self, request: Request) -> Reply:
        """`?wsdl` and the schemas that it names; both are public."""
        asked = {name.lower(): value for name, value in request.query()}
        address = f"{request.origin}{request.path}"
        if "xsd" in asked:
            schema = self.schema(asked["xsd"], address)
            if schema is not None:
                return Reply(200, schema, XML)
        elif "wsdl" in asked:
            return Reply(200, self.wsdl(address), XML)
        return _wrong_method(self._guessed(request))


def _status_of_sender(version: SoapVersion) -> int:
    """SOAP 1.2 over HTTP has 400 for the sender's faults; SOAP 1.1 knows only 500."""
    return 400 if version is SoapVersion.V12 else 500


def _is_token(authorization: str) -> bool:
    return authorization[:7].lower().startswith(("jwt ", "bearer "))


def _wrong_method(version: SoapVersion) -> Reply:
    refused = Refused(
        "METODO",
        "Este endereço atende mensagens SOAP enviadas por POST.",
        "Envie a mensagem por POST; a descrição do serviço está em ?wsdl.",
    )
    reply = faults.fault(version, refused, status=405)
    reply.headers.append(("allow", "GET, HEAD, POST"))
    return reply


def _unknown(operations: Mapping[str, Operation]) -> Refused:
    return Refused(
        "OPERACAO",
        "A mensagem do corpo não é de nenhuma operação deste serviço.",
        f"As mensagens aceitas são: {', '.join(operations)}.",
    )


def _only_integrador(instead: str) -> Refused:
    return Refused(
        "SO_INTEGRADOR",
        "Este serviço é de credenciais do tipo integrador; a de operadora só consulta, por outros serviços.",
        instead,
    )


_NO_TOKEN = Refused(
    "TOKEN",
    "O token falta, venceu, ou não é desta instalação.",
    "Obtenha outro em GET /api/osb/token, com o certificado, e envie “Authorization: jwt TOKEN”.",
)
_NO_LOGIN = Refused(
    "USUARIO",
    "A mensagem não traz usuário e senha (WS-Security UsernameToken).",
    "Envie o UsernameToken no cabeçalho SOAP, com a senha em PasswordText.",
)
_DIGEST = Refused(
    "SENHA_CIFRADA",
    "A senha veio como PasswordDigest, que não pode ser conferida aqui.",
    "Envie PasswordText; a conexão é cifrada por TLS.",
)
_TOO_MANY_WRONG = Refused(
    "SENHAS_ERRADAS",
    "Vieram senhas erradas demais deste usuário, deste endereço.",
    "Espere o tempo de Retry-After e confira a senha; quem mantém o serviço pode dar outra.",
)
_TOO_OFTEN = Refused(
    "LIMITE",
    "O limite de consultas por minuto desta credencial foi atingido.",
    "Espere o tempo de Retry-After; para muitas pessoas, use a consulta em lote.",
)
