"""What else a person is called: PRPA_IN201309UV02, and PRPA_IN201310UV02 to it (cadsus-services.md, section 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree

from vincula.formats.hl7 import oids
from vincula.formats.hl7.echo import plain_xml
from vincula.formats.hl7.header import render_acknowledgement, render_header, render_id
from vincula.formats.hl7.message import (
    Identifier,
    Target,
    attribute,
    children,
    find,
    identifier,
    read_target,
)
from vincula.formats.soap import Mensagem, local_name, quoted, text
from vincula.people.name import UNKNOWN_PARENT
from vincula.people.record import LocalId, PersonRecord

ANSWER = "PRPA_IN201310UV02"
_BEFORE = (
    '<subject typeCode="SUBJ"><registrationEvent classCode="REG" moodCode="EVN"><statusCode code="active"/>\n'
    '<subject1 typeCode="SBJ"><patient classCode="PAT">'
)
_AFTER = (
    f'<providerOrganization classCode="ORG" determinerCode="INSTANCE"><id root="{oids.CNS}"/>'
    '<contactParty classCode="CON"/></providerOrganization></patient></subject1>\n'
    f'<custodian typeCode="CST"><assignedEntity classCode="ASSIGNED"><id root="{oids.CORPORATIVO}"/></assignedEntity>'
    "</custodian></registrationEvent></subject>\n"
)


@dataclass(frozen=True, slots=True, repr=False)
class CrossQuery:
    """`identifiers`: of whom; `sources`: the roots that are wanted, all where there is none. Values as they came."""

    target: Target
    query_id: Identifier
    identifiers: tuple[Identifier, ...] = ()
    sources: tuple[str, ...] = ()
    echo: str = field(default="", compare=False)


def read_cross_query(message: etree._Element) -> CrossQuery | None:
    """The question in the message; None where it has no queryByParameter."""
    asked = find(message, "queryByParameter")
    if asked is None:
        return None
    values = [
        (local_name(parameter), value)
        for listed in asked
        if local_name(listed) == "parameterList"
        for parameter in listed
        for value in parameter
        if local_name(value) == "value"
    ]
    found = [
        Identifier(attribute(value, "root"), attribute(value, "extension"))
        for name, value in values
        if name == "patientIdentifier"
    ]
    sources = [attribute(value, "root") for name, value in values if name == "dataSource"]
    return CrossQuery(
        target=read_target(message),
        query_id=identifier(children(asked).get("queryId")),
        identifiers=tuple(dict.fromkeys(one for one in found if one.extension)),
        sources=tuple(dict.fromkeys(filter(None, sources))),
        echo=plain_xml(asked),
    )


def linked_ids(query: CrossQuery, record: PersonRecord) -> tuple[LocalId, ...]:
    """What the person is called in the wanted sources: the identificador corporativo, then the systems' ids."""
    corporate = LocalId(oids.CORPORATIVO, f"{record.id:010d}", "RES-BRASIL")
    return tuple(one for one in (corporate, *record.locais) if not query.sources or one.raiz in query.sources)


def render_cross_answer(
    query: CrossQuery, record: PersonRecord | None, *, message_id: str, now: datetime
) -> str:
    """The ids of `linked_ids`: OK; NF where nobody was found or he has none in the wanted sources.

    Of the record only the ids and the name, which HL7 demands, are written. `now`: local time of the installation.
    """
    ids = linked_ids(query, record) if record is not None else ()
    acknowledgement = render_acknowledgement(query.target, "AA")
    if record is None or not ids:
        return _render(query, acknowledgement, "", "NF", message_id, now)
    name = text((record.nome or UNKNOWN_PARENT).upper())
    subject = (
        f'{_BEFORE}{"".join([_linked(one) for one in ids])}<statusCode code="active"/>'
        f'<patientPerson classCode="PSN" determinerCode="INSTANCE"><name use="L"><given>{name}</given></name>'
        f"</patientPerson>{_AFTER}"
    )
    return _render(query, acknowledgement, subject, "OK", message_id, now)


def render_cross_error(
    query: CrossQuery, messages: Sequence[Mensagem], *, message_id: str, now: datetime
) -> str:
    """A refusal as pure IHE writes it: AE. Several clients read it as "no results" (section 8): for who asked so."""
    return _render(query, render_acknowledgement(query.target, "AE", messages), "", "AE", message_id, now)


def _linked(one: LocalId) -> str:
    name = f' assigningAuthorityName="{quoted(one.sistema)}"' if one.sistema else ""
    return f'<id{name} root="{quoted(one.raiz)}" extension="{quoted(one.extensao)}"/>'


def _render(
    query: CrossQuery, acknowledgement: str, subject: str, code: str, message_id: str, now: datetime
) -> str:
    return (
        f"{render_header(ANSWER, query.target, acknowledgement, message_id, now)}"
        '<controlActProcess classCode="CACT" moodCode="EVN">'
        f'<code code="PRPA_TE201310UV02" codeSystem="{oids.INTERACAO}"/>\n'
        f"{subject}<queryAck>{render_id(query.query_id.root, query.query_id.extension, 'queryId')}"
        f'<queryResponseCode code="{code}"/></queryAck>\n{query.echo}</controlActProcess>\n</{ANSWER}>'
    )
