"""A registration by any of the services that take one: watched, and where it is refused, audited.

A refusal says something of the person it was asked for: that a CPF is somebody else's, that the Receita has another
name. Who asks for that alone must leave a trace as who looks somebody up.
"""

from __future__ import annotations

from typing import Any

from vincula.common.audit.services import Event
from vincula.common.outcomes import Outcome, Refused
from vincula.identifiers import cpf as cpf_rule
from vincula.identifiers.digits import is_digits
from vincula.national.api.services.finding import Number, Question
from vincula.national.api.wire.engine import Engine
from vincula.people.record import LocalId, PersonRecord


def audited(
    engine: Engine, question: Question, record: PersonRecord, local: LocalId | None, done: Outcome[Any]
) -> list[Event]:
    """What the audit must hold of a registration that was refused; one that was not is kept by who changed the base.
    Many refusals raise an alert, as many misses do."""
    client = question.client.id
    refused = isinstance(done, Refused)
    engine.alert(client, engine.watch.note(client, "CADASTRO", "", found=not refused))
    if not isinstance(done, Refused):
        return []
    rules = sorted({one["regra"] for one in done.details.get("faltas", ())})
    details = {"motivo": done.code, **({"regras": rules} if rules else {})}
    return [question.event("recusada", _subject(record, local), details)]


def _subject(record: PersonRecord, local: LocalId | None) -> str:
    """The first number of the right form that tells whom it was about: what a report about a person looks for."""
    if cpf_rule.is_valid(record.cpf):
        return Number("CPF", record.cpf).subject
    card = next((one.numero for one in record.cartoes if is_digits(one.numero, 15)), "")
    if card:
        return Number("CNS", card).subject
    if record.id:
        return Number("ID", str(record.id)).subject
    return Number("LOCAL", local.extensao, local.raiz).subject if local else "pesquisa:cadastro"
