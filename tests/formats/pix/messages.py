"""Feeds as live systems send them (cadsus-services.md, section 4), about a synthetic person, and how they are read."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from vincula.formats import pix, soap
from vincula.people.record import Card, Certificate, Document, LocalId, PersonRecord, Phone

NOW = datetime(2026, 8, 1, 12, 0, 0)
MESSAGE_ID = "00000000-0000-4000-8000-000000000310"
FEED_ID = "00000000-0000-4000-8000-000000000301"
V12 = soap.SoapVersion.V12.value
NS = {"h": "urn:hl7-org:v3"}
OID = "2.16.840.1.113883"
SYSTEM = f"{OID}.3.4594.100.7"

DEVICE = (
    '<device classCode="DEV" determinerCode="INSTANCE"><id root="{}"/><asAgent classCode="AGNT">'
    '<representedOrganization classCode="ORG" determinerCode="INSTANCE">'
    f'<id root="{OID}.3.72.6.1"/></representedOrganization></asAgent></device>'
)


def header(interaction: str) -> str:
    return (
        f'<id root="{OID}.3.72.6.1" extension="{FEED_ID}"/><creationTime value="20260801120000"/>'
        f'<interactionId root="{OID}.1.6" extension="{interaction}"/>'
        '<processingCode code="P"/><processingModeCode code="T"/><acceptAckCode code="AL"/>'
        f'<receiver typeCode="RCV">{DEVICE.format(f"{OID}.3.72.6.5.100.85")}</receiver>'
        f'<sender typeCode="SND">{DEVICE.format(f"{OID}.3.72.6.2")}</sender>'
    )


def group(*ids: tuple[str, str]) -> str:
    """One asOtherIDs; roots without the prefix that all have."""
    numbers = "".join(f'<id root="{OID}.{root}" extension="{value}"/>' for root, value in ids)
    roots = "".join(f'<id root="{OID}.{root}"/>' for root, _ in ids)
    return (
        f'<asOtherIDs classCode="ROL">{numbers}<scopingOrganization classCode="ORG" determinerCode="INSTANCE">'
        f"{roots}</scopingOrganization></asOtherIDs>"
    )


def parent(code: str, name: str, display: str) -> str:
    return (
        f'<personalRelationship classCode="PRS"><code code="{code}" codeSystem="{OID}.1.11.19563" displayName="{display}"/>'
        '<relationshipHolder1 classCode="PSN" determinerCode="INSTANCE">'
        f'<name use="L"><given>{name}</given></name></relationshipHolder1></personalRelationship>'
    )


NAMES = (
    '<name use="L"><given>LÚCIA D\'ÁVILA PRADO</given></name><name use="ASGN"><given>LU PRADO</given></name>'
)
TELECOMS = '<telecom use="PRN" value="6230000000"/><telecom use="NET" value="lucia@example.org"/><telecom use="NET" value="prado@example.org"/>'
SEX, BIRTH = f'<administrativeGenderCode code="F" codeSystem="{OID}.5.1"/>', '<birthTime value="19850312"/>'
ALIVE = '<deceasedInd value="false"/>'
ADDRESS = (
    '<addr use="H"><streetNameType>081</streetNameType><streetName>DAS ACÁCIAS</streetName><houseNumber>S/N</houseNumber>'
    "<unitID>FUNDOS</unitID><additionalLocator>CENTRO</additionalLocator><city>520870</city><state>GO</state>"
    "<postalCode>74000000</postalCode><country>010</country></addr>"
)
RACE = '<raceCode code="05"/><ethnicGroupCode code="0012"/>'
PASSPORT = (
    f'<asCitizen classCode="CIT"><id root="{OID}.4.330" extension="FA000001"/>'
    '<effectiveTime operator="E" value="20200110"><high value="20300109"/></effectiveTime>'
    '<politicalNation classCode="NAT" determinerCode="INSTANCE"><code code="010"/></politicalNation></asCitizen>'
)
CARDS = group(("13.236", "700000000000005"), ("13.236.1", "D")) + group(
    ("13.236", "898000000000002"), ("13.236.1", "P")
)
CPF, NIS = group(("13.237", "11144477735")), group(("13.240", "12345678900"))
# In the order of the annex, which is not that of answers.
RG = group(("13.243", "1234567"), ("13.243.1", "20030303"), ("4.707", "GO"), ("13.245", "10"))
CTPS = group(("13.244", "1234567"), ("13.244.1", "123"), ("13.244.2", "20040404"))
CNH = group(("13.238", "12345678901"), ("4.707", "DF"), ("13.238.1", "20050505"))
TITULO = group(("13.239", "000000000001"), ("13.239.1", "001"), ("13.239.2", "0002"))
RIC, DNV = group(("3.3024", "0000000001")), group(("13.242", "00000000001"))
NEW_BIRTH = group(
    ("13.241.1", "null"), ("4.706", "00000000000000000000000000000001"), ("4.706.5", "20060606")
)
OLD_MARRIAGE = group(
    ("13.241.4", "null"), ("4.706.1", "CARTORIO DO CENTRO"), ("4.706.2", "B12"), ("4.706.3", "34"), ("4.706.4", "567"),
    ("4.706.5", "20070707"),
)  # fmt: skip
PARENTS = parent("NPRN", "SEM INFORMAÇÃO", "Nome da Pai") + parent("PRN", "ANA D'ÁVILA", "Nome da Mae")
BORN_HERE = '<birthPlace classCode="BIRTHPL" determinerCode="INSTANCE"><addr><city>520870</city><country>010</country></addr></birthPlace>'
BORN_ABROAD = '<birthPlace classCode="BIRTHPL" determinerCode="INSTANCE"><addr><country>021</country></addr></birthPlace>'
NATURALISED = group(("4.713", "123/2001"), ("4.713.1", "19900101"), ("4.713.2", "20010202"))
ENTERED = group(("4.713.1", "19900101"))
PAPERS = CARDS + CPF + NIS + RG + CTPS + CNH + TITULO + RIC + DNV + NEW_BIRTH + OLD_MARRIAGE
WHOLE = NAMES + TELECOMS + SEX + BIRTH + ALIVE + ADDRESS + RACE + PASSPORT + PAPERS + PARENTS + BORN_HERE
LOCAL = f'<id assigningAuthorityName="PRONTUARIO" root="{SYSTEM}" extension="P-77"/>'
CUSTODIAN = f'<custodian typeCode="CST"><assignedEntity classCode="ASSIGNED"><id root="{OID}.3.72.6.1"/></assignedEntity></custodian>'
NORMAL = f'<confidentialityCode code="N" codeSystem="{OID}.5.25"/>'
VIP = f'<veryImportantPersonCode code="VIP" codeSystem="{OID}.5.1075"/>'
PROVIDER = f'<providerOrganization classCode="ORG" determinerCode="INSTANCE"><id root="{OID}.13.236"/><contactParty classCode="CON"/></providerOrganization>'

LUCIA = PersonRecord(
    nome="LÚCIA D'ÁVILA PRADO",
    nome_social="LU PRADO",
    nome_mae="ANA D'ÁVILA",
    nome_pai="SEM INFORMAÇÃO",
    sexo="F",
    data_nascimento="1985-03-12",
    raca_cor="05",
    etnia="0012",
    nacionalidade="B",
    municipio_nascimento="520870",
    pais_nascimento="010",
    cartoes=(Card("700000000000005", "D"), Card("898000000000002", "P")),
    cpf="11144477735",
    pis="12345678900",
    documentos=(
        Document(tipo="rg", numero="1234567", orgao="10", uf="GO", emissao="2003-03-03"),
        Document(tipo="ctps", numero="1234567", serie="123", emissao="2004-04-04"),
        Document(tipo="cnh", numero="12345678901", uf="DF", emissao="2005-05-05"),
        Document(tipo="titulo", numero="000000000001", zona="001", secao="0002"),
        Document(tipo="ric", numero="0000000001"),
        Document(tipo="dnv", numero="00000000001"),
        Document(
            tipo="passaporte", numero="FA000001", pais="010", emissao="2020-01-10", validade="2030-01-09"
        ),
    ),
    certidoes=(
        Certificate(tipo="91", matricula="00000000000000000000000000000001", emissao="2006-06-06"),
        Certificate(
            tipo="92", cartorio="CARTORIO DO CENTRO", livro="B12", folha="34", termo="567", emissao="2007-07-07"
        ),
    ),
    endereco_tipo="H",
    tipo_logradouro="081",
    logradouro="DAS ACÁCIAS",
    numero="S/N",
    complemento="FUNDOS",
    bairro="CENTRO",
    cep="74000000",
    municipio6="520870",
    uf="GO",
    pais="010",
    telefones=(Phone("30000000", "62", "1"),),
    emails=("lucia@example.org", "prado@example.org"),
    locais=(LocalId(SYSTEM, "P-77", "PRONTUARIO"),),
)  # fmt: skip


def patient(person: str, *, ids: str = LOCAL, marks: str = NORMAL) -> str:
    return (
        f'<subject1 typeCode="SBJ"><patient classCode="PAT">{ids}<statusCode code="active"/>{marks}'
        f'<patientPerson classCode="PSN" determinerCode="INSTANCE">{person}</patientPerson>{PROVIDER}</patient></subject1>'
    )


def message(inside: str, *, name: str = "PRPA_IN201301UV02", after: str = CUSTODIAN) -> str:
    """A feed; `inside` is its subject1."""
    return (
        f'<{name} ITSVersion="XML_1.0" xmlns="urn:hl7-org:v3">{header(name)}'
        f'<controlActProcess classCode="CACT" moodCode="EVN"><code code="{name.replace("_IN", "_TE")}" codeSystem="{OID}.1.6"/>'
        '<subject typeCode="SUBJ"><registrationEvent classCode="REG" moodCode="EVN"><id nullFlavor="NA"/>'
        f'<statusCode code="active"/>{inside}{after}</registrationEvent></subject></controlActProcess></{name}>'
    )


def enveloped(payload: str) -> bytes:
    return f'<soap:Envelope xmlns:soap="{V12}"><soap:Body>{payload}</soap:Body></soap:Envelope>'.encode()


def fed(person: str = "", *, payload: str = "", **parts: str) -> pix.Feed:
    """The feed that is read of these parts of a patientPerson (or of this whole message)."""
    found = pix.read_feed(soap.read_envelope(enveloped(payload or message(patient(person, **parts)))).payload)
    assert found is not None
    return found


def known(thing: Any) -> dict[str, Any]:
    """What a record, a document, an id says, for comparing (they have no repr)."""
    told: dict[str, Any] = {}
    for field in fields(thing):
        value = getattr(thing, field.name)
        if isinstance(value, tuple):
            value = [known(one) if hasattr(one, "__dataclass_fields__") else one for one in value]
        if value != field.default and value not in ([], ""):
            told[field.name] = value
    return told


def replaced(name: str) -> str:
    """A merge's replacementOf."""
    return (
        '<replacementOf typeCode="RPLC"><priorRegistration classCode="REG" moodCode="EVN"><statusCode code="obsolete"/>'
        f'<subject1 typeCode="SBJ"><priorRegisteredRole classCode="PAT"><id root="{SYSTEM}" extension="{name}"/>'
        "</priorRegisteredRole></subject1></priorRegistration></replacementOf>"
    )


MERGE = message(
    patient(NAMES), name="PRPA_IN201304UV02", after=CUSTODIAN + replaced("P-78") + replaced("P-79")
)


def asked_by(
    identifiers: str = f'<patientIdentifier><value root="{SYSTEM}" extension="P-77"/><semanticsText>Patient.id</semanticsText></patientIdentifier>',
    sources: str = "",
) -> str:
    """PRPA_IN201309UV02."""
    name = "PRPA_IN201309UV02"
    return (
        f'<{name} ITSVersion="XML_1.0" xmlns="urn:hl7-org:v3">{header(name)}'
        f'<controlActProcess classCode="CACT" moodCode="EVN"><code code="PRPA_TE201309UV02" codeSystem="{OID}.1.6"/>'
        f'<queryByParameter><queryId root="{OID}.3.4594" extension="1000000002"/><statusCode code="new"/>'
        '<responsePriorityCode code="I"/>'
        f"<parameterList>{sources}{identifiers}</parameterList></queryByParameter></controlActProcess></{name}>"
    )
