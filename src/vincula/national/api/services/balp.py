"""What the audit holds of the API's questions, as AuditEvents of IHE BALP (access.md, 9.1): one for each record.

Only questions about persons have a shape there: `api:SERVICE:consultada` and `api:SERVICE:sem-resultado`. What a
service did not keep (the address of a caller of PDQ, say) is left out; a profile is claimed only where all is held.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Protocol

from vincula.formats.fhir import AuditRecord, audit_event, systems

_QUESTION = re.compile(r"api:([a-z0-9-]+):(?:consultada|sem-resultado)")
_SYSTEMS = {"cpf": systems.CPF, "cns": systems.CNS, "nis": systems.NIS, "id": systems.CORPORATIVO}
_INTERACTIONS = ("read", "search", "match", "pix")
_SERVER = "Vincula"


class Entry(Protocol):
    """A record of the chain (common.audit.models.Registro)."""

    escritor: str
    seq: int
    quando: str
    ator: str
    acao: str
    assunto: str
    finalidade: str
    hash: str

    @property
    def dados(self) -> Mapping[str, Any]: ...


def event_of(entry: Entry) -> dict[str, Any] | None:
    """The AuditEvent of a record; None for one that is no question about a person."""
    asked = _QUESTION.fullmatch(entry.acao)
    if asked is None:
        return None
    details = entry.dados
    kind, _, value = entry.assunto.partition(":")
    known = kind in _SYSTEMS
    person = details.get("pessoa")
    return audit_event(
        AuditRecord(
            id=f"{entry.escritor}-{entry.seq}",
            when=entry.quando,
            interaction=_interaction(asked[1], details),
            client=entry.ator.partition(":")[2] or entry.ator,
            client_address=str(details.get("origem", "")),
            server=str(details.get("servidor", _SERVER)),
            purpose=entry.finalidade,
            writer=entry.escritor,
            sequence=entry.seq,
            hash=entry.hash,
            system=_SYSTEMS.get(kind, ""),
            value=value if known else "",
            person=f"{person:010d}" if isinstance(person, int) else "",
            query=str(details.get("consulta", "")).encode(),
            request_id=str(details.get("requisicao", "")),
        )
    )


def _interaction(service: str, details: Mapping[str, Any]) -> str:
    told = details.get("interacao")
    if told in _INTERACTIONS:
        return str(told)
    return "pix" if service == "pix" else "search"
