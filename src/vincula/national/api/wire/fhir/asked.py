"""A FHIR request that was let in: who asks, for what purpose, and from where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.formats.fhir import BASE, Key
from vincula.national.api.rules import Client
from vincula.national.api.services.finding import Number, Question
from vincula.national.api.services.linking import NOT_LINKED
from vincula.national.api.wire.engine import Engine
from vincula.national.api.wire.fhir import replies
from vincula.national.api.wire.http import Reply, Request
from vincula.national.api.wire.numbers import turned_away
from vincula.national.api.wire.purpose import purposed

SERVICE = "fhir"
OID = "urn:oid:"
_KINDS = {"cns": "CNS", "cpf": "CPF", "nis": "NIS", "corporativo": "ID", "local": "LOCAL"}
_MAX_ID = 64
NOT_ALLOWED = 403


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """`question` says on whose behalf; `parts`: what the path leaves open, such as the id of a Patient."""

    engine: Engine
    client: Client
    request: Request
    question: Question
    parts: tuple[str, ...]

    @property
    def address(self) -> str:
        """Of the FHIR base, without a slash at its end."""
        return f"{self.request.origin}{BASE}"

    @property
    def moment(self) -> str:
        """Now, as a FHIR instant."""
        return instant(datetime.now(UTC))

    def questioning(self, interaction: str, query: str = "") -> Question:
        """The question with what the audit needs to be written as a FHIR AuditEvent. `query`: what was asked, with
        numbers, which are the subject anyway, and without names and dates."""
        more = {"interacao": interaction} | ({"consulta": query} if query else {})
        return replace(self.question, context={**self.question.context, **more})


def refuse_numbers(
    asked: Asked, question: Question, numbers: Sequence[Number], refused: Refused, status: int = 400
) -> Reply:
    """A refusal of a look-up; one for want of a vínculo is forbidden, audited and a miss."""
    reply = replies.refuse(refused, NOT_ALLOWED if refused is NOT_LINKED else status)
    reply.events = turned_away(asked.engine, question, numbers, refused)
    return reply


def number_of(key: Key) -> Number:
    """An identifier as FHIR reads it, as the look-ups take it."""
    root = key.system.removeprefix(OID) if key.kind == "local" else ""
    return Number(_KINDS[key.kind], key.value, root)


def instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def question_of(client: Client, request: Request) -> Outcome[Question]:
    """Refused as `purposed`."""
    purpose = purposed(client, request)
    if isinstance(purpose, Refused):
        return purpose
    context = {"origem": request.client, "servidor": request.origin}
    asked_as = request.header("x-request-id")
    if asked_as and len(asked_as) <= _MAX_ID and asked_as.isascii() and asked_as.isprintable():
        context["requisicao"] = asked_as
    return Accepted(Question(client, SERVICE, purpose.value.purpose, context=context))
