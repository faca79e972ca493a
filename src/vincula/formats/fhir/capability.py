"""What this server can do, as FHIR asks it: `GET metadata`."""

from __future__ import annotations

from vincula.formats.fhir import systems
from vincula.formats.fhir.outcome import Resource
from vincula.formats.fhir.search_values import CONTINUATION

FHIR_VERSION = "4.0.1"
BASE = "/fhir/r4"
"""Where the FHIR base stands below the address of the service."""
OPENAPI = "/openapi.json"
"""Where the OpenAPI document stands."""
MATCH_OPERATION = "http://hl7.org/fhir/OperationDefinition/Patient-match"
PIX_OPERATION = "https://profiles.ihe.net/ITI/PIXm/OperationDefinition/IHE.PIXm.pix"
_HL7 = "http://hl7.org/fhir/SearchParameter"
# name, type, definition, documentation
_SEARCH = (
    ("_id", "token", f"{_HL7}/Resource-id", "Identificador corporativo."),
    (
        "identifier",
        "token",
        f"{_HL7}/Patient-identifier",
        "sistema|valor (CNS, CPF, NIS, identificador corporativo, urn:oid: de um sistema), o número só (CNS por 15 "
        "algarismos, CPF por 11) ou sistema| para receber só os identificadores daquele domínio.",
    ),
    ("name", "string", f"{_HL7}/Patient-name", "Qualquer parte do nome completo."),
    ("family", "string", f"{_HL7}/individual-family", "Sobrenome."),
    ("given", "string", f"{_HL7}/individual-given", "Prenomes; pode vir mais de uma vez."),
    ("birthdate", "date", f"{_HL7}/individual-birthdate", "AAAA-MM-DD; só por igualdade."),
    ("gender", "token", f"{_HL7}/individual-gender", "male, female ou unknown."),
    (
        "mothersMaidenName",
        "string",
        f"{_HL7}/patient-extensions-Patient-mothersMaidenName",
        "Nome completo da mãe.",
    ),
)
_SECURITY = (
    "Authorization: jwt <token> (Bearer também é aceito). O token se pede em /api/osb/token com o certificado "
    "ICP-Brasil da credencial. Cada consulta declara a sua finalidade e é auditada antes da resposta."
)


def capability(address: str, version: str, date: str, *, read: bool = True) -> Resource:
    """The CapabilityStatement. `address`: of the service, without a slash at its end; `version`: of Vincula.

    `date`: of this statement, `AAAA-MM-DD`. `read`: whether `Patient/{id}` is served to whoever asks.
    """
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": date,
        "publisher": "Vincula",
        "kind": "instance",
        "software": {"name": "Vincula", "version": version},
        "implementation": {"description": "Base CNS do Vincula", "url": f"{address}{BASE}"},
        "fhirVersion": FHIR_VERSION,
        "format": ["application/fhir+json", "json"],
        "rest": [_rest(address, read)],
    }


def _rest(address: str, read: bool) -> Resource:
    interactions = [
        {
            "code": "search-type",
            "documentation": "GET Patient e POST Patient/_search. Os endereços que o servidor devolve não levam "
            f"o que foi perguntado; a página seguinte vai por {CONTINUATION}.",
        }
    ]
    if read:
        interactions.insert(0, {"code": "read", "documentation": "Pelo identificador corporativo."})
    return {
        "mode": "server",
        "documentation": "Só o que a credencial pode ver sai nas respostas.",
        "security": {"cors": False, "description": _SECURITY},
        "resource": [
            {
                "type": "Patient",
                "interaction": interactions,
                "searchParam": [
                    {"name": name, "definition": definition, "type": kind, "documentation": text}
                    for name, kind, definition, text in _SEARCH
                ],
                "operation": [
                    {"name": "match", "definition": MATCH_OPERATION},
                    {"name": "ihe-pix", "definition": PIX_OPERATION},
                ],
            }
        ],
        "operation": [
            {
                "name": "consulta-em-lote",
                "definition": systems.BULK_OPERATION,
                "documentation": f"NDJSON, uma pessoa por linha; descrita em {address}{OPENAPI}.",
            }
        ],
    }
