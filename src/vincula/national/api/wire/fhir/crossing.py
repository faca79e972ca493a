"""`Patient/$ihe-pix` (ITI-83): the other identifiers of a person, as far as the credential's release goes."""

from __future__ import annotations

from collections.abc import Iterator

from vincula.common.audit.services import Event
from vincula.common.outcomes import Refused
from vincula.formats import fhir
from vincula.formats.fhir import CrossId, PixQuery, systems
from vincula.formats.pdq import Release
from vincula.national.api.services import finding
from vincula.national.api.services.finding import Number
from vincula.national.api.wire.fhir import replies
from vincula.national.api.wire.fhir.asked import OID, Asked, number_of, refuse_numbers
from vincula.national.api.wire.http import Reply
from vincula.people.record import PersonRecord


def cross(asked: Asked, query: PixQuery) -> Reply:
    """In a thread: a whole record may be wanted."""
    number = number_of(query.source)
    question = asked.questioning("pix", f"Patient/$ihe-pix?{number.kind.lower()}={number.value}")
    found = finding.by_number(question, number)
    if isinstance(found, Refused):
        return refuse_numbers(asked, question, (number,), found)
    answer, engine, client = found.value, asked.engine, asked.client
    engine.alert(client.id, engine.watch.note(client.id, number.kind, number.value, bool(answer.matches)))
    if answer.hidden:
        engine.alert(client.id, engine.watch.restricted(client.id))
    if len(answer.matches) != 1:
        reply = replies.faults((fhir.unknown_source_identifier(),))
        reply.events = answer.events if not answer.matches else [_ambiguous(question, number)]
        return reply
    record = answer.matches[0].record
    listed = [one for one in identifiers(record, client.release) if _wanted(one, query)]
    person = fhir.patient_id(record) if client.sees_restricted else ""
    reply = replies.resource(fhir.pix_parameters(query, listed, person))
    reply.events = answer.events
    return reply


def identifiers(record: PersonRecord, release: Release) -> Iterator[CrossId]:
    """The master card always; what else the release lets out."""
    for card in record.cartoes if "cartoes" in release else record.cartoes[:1]:
        yield CrossId(systems.CNS, card.numero)
    if "cpf" in release:
        yield CrossId(systems.CPF, record.cpf)
    if "pis" in release:
        yield CrossId(systems.NIS, record.pis)
    if "locais" in release:
        for one in record.locais:
            yield CrossId(f"{OID}{one.raiz}", one.extensao)


def _wanted(one: CrossId, query: PixQuery) -> bool:
    if not query.targets:
        return True
    kind = systems.kind_of(one.system)
    return any(
        one.system == target if kind == "local" else systems.kind_of(target) == kind
        for target in query.targets
    )


def _ambiguous(question: finding.Question, number: Number) -> Event:
    """Several persons have it (a NIS): none is told, as PIX tells of one."""
    subject = number.subject
    return question.event("sem-resultado", subject, {"por": number.kind, "varias": True})
