"""An entry of the audit as a FHIR AuditEvent in the shapes of IHE BALP (access.md, 9.1): one for each person revealed.

PatientQuery for a search, `$match` and `$ihe-pix`; PatientRead for the read of one Patient; without a known person
Query. What was refused claims no profile: BALP leaves it to FHIR's Access Denied. Results are never recorded.
The chain entry stands in an entity of its own, because BALP lets none of its own have details.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from vincula.formats.fhir import systems
from vincula.formats.fhir.outcome import Resource
from vincula.formats.fhir.rendering import clean

_PROFILES = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit"
_TYPES = "http://terminology.hl7.org/CodeSystem/audit-event-type"
_INTERACTIONS = "http://hl7.org/fhir/restful-interaction"
_DICOM = "http://dicom.nema.org/resources/ontology/DCM"
_ENTITIES = "http://terminology.hl7.org/CodeSystem/audit-entity-type"
_OBJECT_ROLES = "http://terminology.hl7.org/CodeSystem/object-role"
_BALP_ENTITIES = "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType"
_PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"
_SOURCES = "http://terminology.hl7.org/CodeSystem/security-source-type"
_SOURCE = {"coding": [{"system": _DICOM, "code": "110153", "display": "Source Role ID"}]}
_DESTINATION = {"coding": [{"system": _DICOM, "code": "110152", "display": "Destination Role ID"}]}
INTERACTIONS = {"read": "read", "search": "search-type", "match": "operation", "pix": "operation"}
"""What can be audited so, and FHIR's name for it. BALP wants `search` beside the names of the queries."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AuditRecord:
    """What the chain holds of one access to one person, and where it stands in the chain.

    `when`: a FHIR instant, UTC. `interaction`: of INTERACTIONS. `client`: id of the credential; `client_address`: IP,
    "" where it was not kept.
    `server`: address of the service. `purpose`: code of the closed list. `system`, `value`: the identifier of the
    person, "" where none is known; `person`: id of the Patient that was revealed. `query`: the raw request. `token`:
    jti. `user`: who acted behind the client. `writer`, `sequence`, `hash`: the chain entry. Raises ValueError for an
    interaction that is not listed.
    """

    id: str
    when: str
    interaction: str
    client: str
    client_address: str
    server: str
    purpose: str
    writer: str
    sequence: int
    hash: str
    succeeded: bool = True
    reason: str = ""
    system: str = ""
    value: str = ""
    person: str = ""
    query: bytes = b""
    request_id: str = ""
    token: str = ""
    user: str = ""

    def __post_init__(self) -> None:
        if self.interaction not in INTERACTIONS:
            raise ValueError("not an interaction that BALP has a shape for")


def audit_event(record: AuditRecord) -> Resource:
    """The AuditEvent of one entry of the chain."""
    reading = record.interaction == "read"
    event: Resource = {"resourceType": "AuditEvent", "id": record.id}
    if profile := _profile(record):
        event["meta"] = {"profile": [profile]}
    event["type"] = {"system": _TYPES, "code": "rest", "display": "Restful Operation"}
    event["subtype"] = [{"system": _INTERACTIONS, "code": code} for code in _subtypes(record)]
    event["action"] = "R" if reading else "E"
    event["recorded"] = record.when
    event["outcome"] = "0" if record.succeeded else "4"
    if record.reason:
        event["outcomeDesc"] = clean(record.reason)
    event["purposeOfEvent"] = [_purpose(record)]
    event["agent"] = _agents(record)
    event["source"] = {
        "observer": {"display": clean(record.server)},
        "type": [{"system": _SOURCES, "code": "4", "display": "Application Server"}],
    }
    event["entity"] = _entities(record)
    return event


def _profile(record: AuditRecord) -> str:
    """None where what the profile demands is not held: the resource read, or the raw query."""
    if not record.succeeded:
        return ""
    if record.interaction == "read":
        return f"{_PROFILES}.PatientRead" if record.person else ""
    known = record.person or record.value
    return f"{_PROFILES}.{'PatientQuery' if known else 'Query'}" if record.query else ""


def _subtypes(record: AuditRecord) -> tuple[str, ...]:
    code = INTERACTIONS[record.interaction]
    return (code,) if record.interaction == "read" else ("search", code)


def _purpose(record: AuditRecord) -> Resource:
    return {"coding": [{"system": systems.PURPOSES, "code": clean(record.purpose)}]}


def _agents(record: AuditRecord) -> list[Resource]:
    """The client and the server. Of a query the client is the source, of a read the server, which sends the data."""
    reading = record.interaction == "read"
    client: Resource = {
        "type": _DESTINATION if reading else _SOURCE,
        "who": {"identifier": {"system": systems.CLIENTS, "value": clean(record.client)}},
        "requestor": not record.user,
        "purposeOfUse": [_purpose(record)],
    }
    if address := clean(record.client_address):
        client["network"] = {"address": address, "type": "2"}
    if record.token:
        client["policy"] = [f"urn:ietf:params:oauth:jti:{clean(record.token)}"]
    server: Resource = {
        "type": _SOURCE if reading else _DESTINATION,
        "who": {"display": clean(record.server)},
        "requestor": False,
        "network": {"address": clean(record.server), "type": "5"},
    }
    return [client, server, *([_user(record)] if record.user else [])]


def _user(record: AuditRecord) -> Resource:
    kind = {"system": _PARTICIPATION, "code": "IRCP", "display": "information recipient"}
    return {
        "type": {"coding": [kind]},
        "who": {"display": clean(record.user)},
        "requestor": True,
        "purposeOfUse": [_purpose(record)],
    }


def _entities(record: AuditRecord) -> list[Resource]:
    entities: list[Resource] = []
    if record.person or record.value:
        entities.append(_entity(("1", "Person"), ("1", "Patient"), what=_who(record)))
    if record.interaction == "read":
        if record.person:
            what = {"reference": f"Patient/{clean(record.person)}"}
            entities.append(_entity(("2", "System Object"), ("4", "Domain Resource"), what=what))
    elif record.query:
        raw = base64.b64encode(record.query).decode("ascii")
        entities.append(_entity(("2", "System Object"), ("24", "Query"), query=raw))
    if record.request_id:
        entities.append(
            {
                "what": {"identifier": {"value": clean(record.request_id)}},
                "type": {"system": _BALP_ENTITIES, "code": "XrequestId"},
            }
        )
    entities.append(_chain(record))
    return entities


def _who(record: AuditRecord) -> Resource:
    who: Resource = {"type": "Patient"}
    if record.person:
        who["reference"] = f"Patient/{clean(record.person)}"
    if record.value:
        who["identifier"] = {"system": clean(record.system), "value": clean(record.value)}
        if not record.system:
            del who["identifier"]["system"]
    return who


def _entity(kind: tuple[str, str], role: tuple[str, str], **parts: Any) -> Resource:
    return {
        **parts,
        "type": {"system": _ENTITIES, "code": kind[0], "display": kind[1]},
        "role": {"system": _OBJECT_ROLES, "code": role[0], "display": role[1]},
    }


def _chain(record: AuditRecord) -> Resource:
    """Where the entry stands, so that `vincula audit verify` and this event can be held together."""
    return {
        "what": {
            "identifier": {"system": systems.AUDIT, "value": f"{clean(record.writer)}/{record.sequence}"}
        },
        "type": {"system": systems.AUDIT, "code": "registro"},
        "detail": [{"type": "sha256", "valueString": clean(record.hash)}],
    }
