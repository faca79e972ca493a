"""Which URI names what in FHIR: identifiers, extensions, vocabularies.

Observed (public guides and clients of the RNDS): the identifier systems of CNS and CPF that are written, the other
spellings that are read, race and colour. Official (HL7, IHE): everything below hl7.org and profiles.ihe.net, and the
OIDs of the CadSUS messages as `urn:oid:`. Ours: whatever begins `urn:vincula:`.
"""

from __future__ import annotations

import re

from vincula.formats.hl7 import oids

CNS = "http://rnds.saude.gov.br/fhir/r4/NamingSystem/cns"
CPF = "http://rnds.saude.gov.br/fhir/r4/NamingSystem/cpf"
NIS = f"urn:oid:{oids.NIS}"  # no public NamingSystem was found: the OID that PDQ knows it by
CORPORATIVO = f"urn:oid:{oids.CORPORATIVO}"

# Every way in which clients name the domains, http or https alike: a question may use any, an answer the first.
_SPELLINGS: dict[str, str] = {
    CNS: "cns",
    "http://www.saude.gov.br/fhir/r4/NamingSystem/cns": "cns",
    "https://rnds-fhir.saude.gov.br/NamingSystem/cns": "cns",
    "https://saude.gov.br/fhir/sid/cns": "cns",
    "https://terminologia.saude.gov.br/fhir/NamingSystem/cns": "cns",
    f"urn:oid:{oids.CNS}": "cns",
    CPF: "cpf",
    "http://www.saude.gov.br/fhir/r4/NamingSystem/cpf": "cpf",
    "https://rnds-fhir.saude.gov.br/NamingSystem/cpf": "cpf",
    "https://saude.gov.br/fhir/sid/cpf": "cpf",
    "https://terminologia.saude.gov.br/fhir/NamingSystem/cpf": "cpf",
    f"urn:oid:{oids.CPF}": "cpf",
    f"urn:oid:{oids.CPF_OUTRO}": "cpf",
    NIS: "nis",
    CORPORATIVO: "corporativo",
}

MATCH_GRADE = "http://hl7.org/fhir/StructureDefinition/match-grade"
MOTHER = "http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName"
BIRTH_PLACE = "http://hl7.org/fhir/StructureDefinition/patient-birthPlace"
RACE = "http://www.saude.gov.br/fhir/r4/StructureDefinition/BRRacaCorEtnia-1.0"
RACE_CODES = "http://www.saude.gov.br/fhir/r4/CodeSystem/BRRacaCor"
IDENTIFIER_TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203"
ROLES = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"

EXPLANATION = "urn:vincula:fhir:explicacao"
"""On `entry.search` or on an issue: which criteria were compared, which agreed, and why."""
REMEDY = "urn:vincula:fhir:providencia"
"""On an issue: what to do next, in Portuguese."""
REFUSALS = "urn:vincula:fhir:recusa"
"""The vocabulary of our stable refusal codes."""
PURPOSES = "urn:vincula:fhir:finalidade"
CLIENTS = "urn:vincula:fhir:cliente"
AUDIT = "urn:vincula:fhir:auditoria"
BULK_OPERATION = "urn:vincula:fhir:operacao:consulta-em-lote"


_KINDS = {system.replace("http://", "https://"): kind for system, kind in _SPELLINGS.items()}
_OID = re.compile(r"urn:oid:[0-2](\.(0|[1-9][0-9]*))+", re.ASCII)


def kind_of(system: str) -> str:
    """`cns`, `cpf`, `nis`, `corporativo` for their domains; `local` for another OID; "" for what is not known."""
    return _KINDS.get(system.replace("http://", "https://")) or ("local" if _OID.fullmatch(system) else "")
