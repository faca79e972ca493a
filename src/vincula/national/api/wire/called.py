"""A call of CadsusService or of its Auditoria: read, and on whose behalf it is made (cadsus-services.md, 6 and 7)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar, cast

from vincula.common.accounts.establishments import administers
from vincula.common.outcomes import Refused
from vincula.formats.cadsus_service import CNESUsuario, Request, Service, read_request
from vincula.formats.soap import Mensagem
from vincula.identifiers import cnes as cnes_rule
from vincula.national.api.rules import Client
from vincula.national.api.services import finding
from vincula.national.api.services.finding import Question
from vincula.national.api.services.releasing import shown
from vincula.national.api.wire import faults
from vincula.national.api.wire.http import Reply
from vincula.national.api.wire.soap_service import Asked, Later, Operation
from vincula.national.cadsus.services import Author
from vincula.people.record import PersonRecord

R = TypeVar("R", bound=Request)
OPERATOR_LENGTH = 40  # what is kept of a name that the system gives

# Known from outside, through another service that consults CadSUS (section 8).
UNKNOWN_PERSON = Mensagem("E020", "O usuário SUS não consta na base do CADSUS")


@dataclass(frozen=True, slots=True, repr=False)
class Called(Generic[R]):
    """A request whose form is right, and who makes it."""

    asked: Asked
    request: R
    question: Question

    @property
    def client(self) -> Client:
        return self.asked.client

    @property
    def author(self) -> Author:
        """The operator, whom the credential vouches for. Only with his own password is he an administrator."""
        operator = self.request.operador
        return Author(
            self.question.actor,
            operator.cnes,
            administers(operator.cnes, operator.usuario, operator.senha, caller=self.question.actor),
        )

    def fault(self, *messages: Mensagem) -> Reply:
        return faults.fault(self.asked.envelope.version, messages)

    def refuse(self, refused: Refused) -> Reply:
        return self.asked.refuse(refused)

    def reply(self, payload: str, persons: Sequence[PersonRecord] = ()) -> Reply:
        """The answer; one event for each person that it tells of."""
        reply = self.asked.reply(payload)
        how = {"por": self.asked.envelope.operation.removeprefix("request")}
        reply.events = [
            self.question.event("consultada", finding.subject_of(one), {**how, "pessoa": one.id})
            for one in persons
        ]
        return reply

    def shown(self, record: PersonRecord) -> PersonRecord:
        """What the credential's release lets out; of local ids, the caller's own first."""
        own_first = tuple(sorted(record.locais, key=lambda one: one.raiz != self.client.root))
        return shown(replace(record, locais=own_first), self.client.release)


def operation(service: Service, handle: Callable[[Called[R]], Reply]) -> Operation:
    """All of it in a thread: a message may be large, and every one asks the base more than once."""

    def operate(asked: Asked) -> Reply | Later:
        return lambda: _served(asked, service, handle)

    return operate


def _served(asked: Asked, service: Service, handle: Callable[[Called[R]], Reply]) -> Reply:
    request = read_request(asked.envelope.payload, service)
    assert request is not None, "the listener lets in what is an operation"
    if request.faults:
        return faults.fault(asked.envelope.version, request.faults)
    operator = request.operador
    if not operator.cnes or not cnes_rule.check(operator.cnes).ok:
        return asked.refuse(_CNES)
    return handle(Called(asked, cast("R", request), _question(asked, operator)))


def _question(asked: Asked, operator: CNESUsuario) -> Question:
    name = "".join(one for one in operator.usuario if one.isprintable())[:OPERATOR_LENGTH]
    return Question(asked.client, asked.service, asked.client.purpose, name, operator.cnes)


_CNES = Refused(
    "CNES",
    "O CNES de CNESUsuario não tem 7 algarismos.",
    "Informe o CNES do estabelecimento em nome do qual o sistema chama.",
)
