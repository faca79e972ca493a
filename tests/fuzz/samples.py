"""Whole requests of every service, each of which gets a good answer as it stands: what the damage is done to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.formats.cadsus_service import messages as c
from tests.interop import feeds as w
from tests.interop import messages as m
from tests.interop import people as p
from vincula.formats.fhir import BASE

PDQ, PIX = "/cadsus/v2/PDQSupplierJWT", w.PIX
CADSUS, AUDITORIA = "/cadsus/CadsusService/v5r0", "/cadsus/AuditoriaCadsusService/v5r0"
SOAP, FORM, JSON = (
    "application/soap+xml; charset=utf-8",
    "application/x-www-form-urlencoded",
    "application/fhir+json",
)
NUMBER = f"<cns:CNS><cns:numeroCNS>{p.MARIA.cns}</cns:numeroCNS></cns:CNS>"

CARD = f"<us:Cartoes><us:CNS><cns:numeroCNS>{p.MARIA.cns}</cns:numeroCNS></us:CNS></us:Cartoes>"


@dataclass(frozen=True)
class Sample:
    name: str
    path: str
    xml: bytes = b""
    json: Any = None
    query: tuple[tuple[str, str], ...] = ()
    method: str = "POST"
    content_type: str = SOAP


def _soap(name: str, path: str, body: str | bytes) -> Sample:
    return Sample(name, path, xml=body.encode() if isinstance(body, str) else body)


def _fhir(name: str, path: str, *pairs: tuple[str, str], method: str = "GET") -> Sample:
    return Sample(name, f"{BASE}/{path}", query=pairs, method=method, content_type=FORM)


MATCH = {
    "resourceType": "Parameters",
    "parameter": [
        {
            "name": "resource",
            "resource": {
                "resourceType": "Patient",
                "identifier": [{"system": "urn:oid:2.16.840.1.113883.13.237", "value": p.MARIA.cpf}],
                "name": [{"use": "official", "text": p.MARIA.nome}],
                "birthDate": p.MARIA.nascimento,
                "gender": "female",
            },
        },
        {"name": "onlyCertainMatches", "valueBoolean": False},
        {"name": "count", "valueInteger": 3},
    ],
}
CROSS = {
    "resourceType": "Parameters",
    "parameter": [
        {"name": "sourceIdentifier", "valueString": f"urn:oid:2.16.840.1.113883.13.237|{p.MARIA.cpf}"},
        {"name": "targetSystem", "valueString": "urn:oid:2.16.840.1.113883.13.236"},
    ],
}
NAMED = m.demographics(p.MARIA.nome, "19850312", p.MARIA.mae, "F", "520870")

SAMPLES = (
    _soap("pdq cpf", PDQ, m.by_cpf(p.MARIA.cpf)),
    _soap("pdq cns", PDQ, m.by_cns(p.MARIA.cns)),
    _soap("pdq nome", PDQ, m.envelope(m.query(NAMED, page=5))),
    _soap("pdq continua", PDQ, m.continuation("42", 1, 5)),
    _soap("pix inclui", PIX, w.feed("F-1", w.person(cpf=w.a_cpf(501)))),
    _soap("pix revê", PIX, w.revise("F-1", w.person(cpf=w.a_cpf(501)))),
    _soap("pix une", PIX, w.merge("F-1", "F-2")),
    _soap("pix cruza", PIX, w.cross(m.CPF, p.MARIA.cpf)),
    _soap("cadsus pesquisa", CADSUS, c.searching("<fp:nomeCompleto>MARIA EXEMPLO DA SILVA</fp:nomeCompleto>")),
    _soap("cadsus consulta", CADSUS, c.request("requestConsultar", c.WHO + NUMBER)),
    _soap("cadsus inclui", CADSUS, c.including()),
    _soap("cadsus atualiza", CADSUS, c.updating(CARD)),
    _soap("cadsus grau", CADSUS, c.request("requestCalcularGrauDeQualidade", c.WHO + c.usuario())),
    _soap("auditoria uniões", AUDITORIA, c.request("requestObterHistoricoUnificacaoUsuarioSUS", c.WHO + NUMBER)),
    _soap("auditoria data", AUDITORIA, c.request("requestObterUltimaDataAlteracaoUsuarioSUS", c.WHO + NUMBER)),
    _fhir("fhir número", "Patient", ("identifier", p.MARIA.cpf)),
    _fhir("fhir nome", "Patient/_search", ("name", p.MARIA.nome), ("birthdate", p.MARIA.nascimento), ("_count", "2"), method="POST"),
    _fhir("fhir pix", "Patient/$ihe-pix", ("sourceIdentifier", f"urn:oid:{m.CPF}|{p.MARIA.cpf}"), ("targetSystem", f"urn:oid:{m.CNS}")),
    Sample("fhir match", f"{BASE}/Patient/$match", json=MATCH, content_type=JSON),
    Sample("fhir cruza", f"{BASE}/Patient/$ihe-pix", json=CROSS, content_type=JSON),
    Sample("fhir lote", f"{BASE}/$consulta-em-lote", json={"id": "1", "cpf": p.MARIA.cpf}, content_type="application/x-ndjson"),
)  # fmt: skip
