"""Look-ups of the services: who is found, what of him may be said to whom, and what the audit must hold of it.

Every answer comes with its events: one for each person returned, or one for a question that found nobody. Persons
under protection and VIPs are, to an operadora, nobody (access.md, L5); so may be who is not of its own (`linking`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from vincula.common.audit.services import Event
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.formats.hl7 import oids
from vincula.formats.pdq import OPERADORA, Match
from vincula.identifiers import cns as cns_rule
from vincula.identifiers import cpf as cpf_rule
from vincula.identifiers import pis as pis_rule
from vincula.identifiers.digits import is_digits
from vincula.national.api.rules import NOT_BY_ID, Client
from vincula.national.api.services import linking
from vincula.national.cadsus.services import hot
from vincula.people.record import PersonRecord

CERTAIN = 100  # the score of who is found by his number (cadsus-services.md, 3.5)


@dataclass(frozen=True, slots=True, repr=False)
class Question:
    """Who asks what, through which service. `purpose`: one of the client's. `operador`, `cnes`: on whose behalf and
    from which establishment the system calls, where the message tells it. `context`: what the audit keeps of every
    event of the question beside its own details."""

    client: Client
    service: str
    purpose: str
    operador: str = ""
    cnes: str = ""
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def actor(self) -> str:
        """The credential, and after a slash the operator that it vouches for."""
        return f"{self.client.actor}/{self.operador}" if self.operador else self.client.actor

    def event(self, action: str, subject: str, details: dict[str, Any]) -> Event:
        if self.cnes or self.context:
            place = {"cnes": self.cnes} if self.cnes else {}
            details = {**self.context, **details, **place}
        return Event(self.actor, f"api:{self.service}:{action}", subject, self.purpose, details)


@dataclass(frozen=True, slots=True, repr=False)
class Number:
    """What a person is asked for by. `kind`: CNS, CPF, NIS, ID (identificador corporativo), LOCAL or DOCUMENTO; `root`:
    of a LOCAL the OID of its system, of a DOCUMENTO its tipoDocumento (people.documents)."""

    kind: str
    value: str
    root: str = ""

    @property
    def subject(self) -> str:
        """The key under which the audit keeps what was asked by it."""
        kind = "pessoa" if self.kind == "ID" else self.kind.lower()
        return f"{kind}:{self.root}/{self.value}" if self.root else f"{kind}:{self.value}"


@dataclass(slots=True, repr=False)
class Answer:
    """`hidden`: somebody was found whom the client must not see. `total`: how many are found in all."""

    matches: Sequence[Match]
    events: list[Event] = field(default_factory=list)
    total: int = 0
    hidden: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Held:
    """Who has a number, as far as the client may be told. `hidden`: there are others, VIP or protected. `unlinked`: how
    many others, of whom the operadora has no vínculo."""

    people: list[PersonRecord]
    hidden: bool = False
    unlinked: int = 0


# Roots of documents that answers bear; no question is by one of them (cadsus-services.md, 3.3).
_DOCUMENTS = (
    oids.CNH, oids.TITULO, oids.CERTIDAO, oids.CERTIDAO_MATRICULA, oids.DNV, oids.RG, oids.CTPS, oids.RIC,
    oids.PASSAPORTE, oids.NATURALIZACAO,
)  # fmt: skip
_NO_CRITERION = Refused(
    "DOCUMENTO",
    "Por este documento não se consulta aqui: os números que identificam são CNS, CPF, NIS e o identificador local.",
    "Consulte por um deles, ou pelo nome com o nascimento; por documento procura o CadsusService (pesquisar).",
)
_CHECKS = {"CNS": cns_rule.check, "CPF": cpf_rule.check, "NIS": pis_rule.check}


def by_number(question: Question, number: Number) -> Outcome[Answer]:
    """The person, or persons, with this number. Refused where the number is none, or leads to nobody for sure, and
    SEM_VINCULO (linking.NOT_LINKED)."""
    found = persons(question, number)
    if isinstance(found, Refused):
        return found
    held = found.value
    matches = [Match(record, CERTAIN) for record in held.people]
    subject = number.subject
    events = events_of(question, matches, subject, number.kind)
    events += linking.passed_over(question, subject, number.kind, held.unlinked)
    return Accepted(Answer(matches, events, len(matches), held.hidden))


def persons(question: Question, number: Number) -> Outcome[Held]:
    """Those with this number whom the client may be told of. Refused as `by_number`.

    What is told of them is the caller's to audit.
    """
    client = question.client
    refused = check_number(client, number) or linking.refusal(question, (number,))
    if refused is not None:
        return refused
    found = _look_up(number, full=client.release != OPERADORA)
    return found if isinstance(found, Refused) else Accepted(_visible(question, number, found.value))


def check_number(client: Client, number: Number) -> Refused | None:
    """Why nobody can be found by this number, whoever is in the base."""
    if number.kind == "LOCAL":
        if any(number.root == one or number.root.startswith(f"{one}.") for one in _DOCUMENTS):
            return _NO_CRITERION
        if not client.sees_restricted and number.root != client.root:
            return Refused(
                "IDENTIFICADOR_LOCAL",
                "O identificador local informado é de outro sistema.",
                "Consulte pelo CNS, pelo CPF, ou pelo identificador do próprio sistema.",
            )
        return None
    if number.kind == "DOCUMENTO":
        return None
    if number.kind == "ID":
        return None if client.sees_restricted else NOT_BY_ID
    # The digits of a CNS need not be right: what some system once gave out is looked up, not judged.
    if number.kind == "CNS":
        if is_digits(number.value, 15):
            return None
        return Refused(
            "CNS",
            "O número do CNS não é válido.",
            "O CNS tem 15 algarismos, sem pontos nem espaços; confira o cartão.",
        )
    verdict = _CHECKS[number.kind](number.value)
    return None if verdict.ok and number.value else Refused(number.kind, verdict.message, verdict.remedy)


def _look_up(number: Number, *, full: bool) -> Outcome[list[PersonRecord]]:
    if number.kind == "CPF":
        return _one(hot.by_cpf(number.value, full=full))
    if number.kind == "CNS":
        return _one(hot.by_cns(number.value, full=full))
    if number.kind == "NIS":
        return Accepted(hot.by_nis(number.value, full=full))
    if number.kind == "ID":
        return _one(hot.by_id(int(number.value), full=full))
    return _one(hot.by_local(number.root, number.value, full=full))


def _one(found: PersonRecord | None) -> Outcome[list[PersonRecord]]:
    return Accepted([] if found is None else [found])


def _visible(question: Question, number: Number, found: list[PersonRecord]) -> Held:
    if question.client.sees_restricted:
        return Held(found)
    seen = [record for record in found if not record.restrita]
    hidden = len(seen) < len(found)
    known = linking.known(question) if seen and number.kind not in linking.NUMBERS else None
    if known is None:
        return Held(seen, hidden)
    own = known({one.id: one.cpf for one in seen})
    told = [record for record in seen if record.id in own]
    return Held(told, hidden, len(seen) - len(told))


def events_of(question: Question, matches: Sequence[Match], asked: str, how: str) -> list[Event]:
    """One event for each person returned; one for nobody, under what was asked for."""
    if not matches:
        return [question.event("sem-resultado", asked, {"por": how})]
    return [
        question.event(
            "consultada", subject_of(one.record), {"por": how, "pessoa": one.record.id, "nota": one.score}
        )
        for one in matches
    ]


def subject_of(record: PersonRecord) -> str:
    """Under what the audit keeps a person: so that one question finds all that concerns him (access.md, L7)."""
    if record.cpf:
        return f"cpf:{record.cpf}"
    return f"cns:{record.cns}" if record.cns else f"pessoa:{record.id}"
