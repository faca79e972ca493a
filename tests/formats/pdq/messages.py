"""Questions as each kind of real client writes them, and a reading of answers that shares nothing with the writer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from lxml import etree

from vincula.formats import pdq, soap
from vincula.people.record import Card, Certificate, Document, LocalId, PersonRecord, Phone

NOW = datetime(2026, 8, 1, 12, 0, 0)
MESSAGE_ID = "00000000-0000-4000-8000-000000000306"
V12 = soap.SoapVersion.V12.value
CNS, CPF, NIS = (f"2.16.840.1.113883.13.{n}" for n in (236, 237, 240))
NS = {"h": "urn:hl7-org:v3"}

SEX = '<livingSubjectAdministrativeGender><value code="F" codeSystem="2.16.840.1.113883.5.1"/><semanticsText>LivingSubject.administrativeGender</semanticsText></livingSubjectAdministrativeGender>'
BIRTH = '<livingSubjectBirthTime><value value="19850312"/><semanticsText>LivingSubject.birthTime</semanticsText></livingSubjectBirthTime>'
NAME = '<livingSubjectName><value use="L"><given>MARIA EXEMPLO DA SILVA</given></value><semanticsText>LivingSubject.Given</semanticsText></livingSubjectName>'
MOTHER = '<mothersMaidenName><value use="L"><family>ANA EXEMPLO DA SILVA</family></value><semanticsText>mothersMaidenName</semanticsText></mothersMaidenName>'
PLACE = '<patientAddress><value use="BIRTHPL"><city>520870</city></value><semanticsText>LivingSubject.birthPlaceAddress</semanticsText></patientAddress>'
DEMOGRAPHICS = SEX + BIRTH + NAME + MOTHER + PLACE


def by_id(root: str, number: str) -> str:
    return f'<livingSubjectId><value root="{root}" extension="{number}"/><semanticsText>LivingSubject.id</semanticsText></livingSubjectId>'


HEADER = (
    '<id root="2.16.840.1.113883.4.714" extension="123456"/><creationTime value="20260801120000"/>'
    '<interactionId root="2.16.840.1.113883.1.6" extension="PRPA_IN201305UV02"/>'
    '<processingCode code="T"/><processingModeCode code="T"/><acceptAckCode code="AL"/>'
)
RECEIVER = '<receiver typeCode="RCV"><device classCode="DEV" determinerCode="INSTANCE"><id root="2.16.840.1.113883.3.72.6.5.100.85"/></device></receiver>'
SENDER = '<sender typeCode="SND"><device classCode="DEV" determinerCode="INSTANCE"><id root="2.16.840.1.113883.3.72.6.2"/><name>MEUSISTEMA</name></device></sender>'
QUERY_ID = '<queryId root="1.2.840.114350.1.13.28.1.18.5.999" extension="1000000001"/>'
CODES = '<statusCode code="new"/><responseModalityCode code="R"/><responsePriorityCode code="I"/>'


def asking(parameters: str, *, before: str = QUERY_ID + CODES) -> str:
    """queryByParameter."""
    return f"<queryByParameter>{before}<parameterList>{parameters}</parameterList></queryByParameter>"


def message(query: str, *, header: str = HEADER, devices: str = RECEIVER + SENDER) -> str:
    """PRPA_IN201305UV02."""
    return (
        f'<PRPA_IN201305UV02 ITSVersion="XML_1.0" xmlns="urn:hl7-org:v3">{header}{devices}'
        '<controlActProcess classCode="CACT" moodCode="EVN">'
        f'<code code="PRPA_TE201305UV02" codeSystem="2.16.840.1.113883.1.6"/>{query}</controlActProcess></PRPA_IN201305UV02>'
    )


def enveloped(payload: str) -> bytes:
    return f'<soap:Envelope xmlns:soap="{V12}"><soap:Body>{payload}</soap:Body></soap:Envelope>'.encode()


def ask(parameters: str, **parts: str) -> pdq.Query:
    """The question that is read from these parameters."""
    query = pdq.read_query(soap.read_envelope(enveloped(message(asking(parameters), **parts))).payload)
    assert query is not None
    return query


def continuation(inside: str, name: str = "QUQI_IN000003UV01") -> bytes:
    return enveloped(
        f'<{name} ITSVersion="XML_1.0" xmlns="urn:hl7-org:v3">{HEADER.replace("123456", "654321")}{RECEIVER}{SENDER}'
        f'<acknowledgement><typeCode code="AA"/><targetMessage><id root="{MESSAGE_ID}"/></targetMessage></acknowledgement>'
        '<controlActProcess classCode="CACT" moodCode="EVN">'
        '<code code="PRPA_TE000003UV01" codeSystem="2.16.840.1.113883.1.6"/>'
        f"<queryContinuation>{inside}</queryContinuation></controlActProcess></{name}>"
    )


CONTINUE = continuation(
    f'{QUERY_ID}<startResultNumber value="3"/><continuationQuantity value="2"/><statusCode code="waitContinuedQueryResponse"/>'
)
CANCEL = continuation(
    f'{QUERY_ID}<continuationQuantity value="0"/><statusCode code="aborted"/>', "QUQI_IN000003UV01_Cancel"
)

MARIA = PersonRecord(
    id=1,
    nome="MARIA EXEMPLO DA SILVA",
    nome_social="MARI EXEMPLO",
    nome_mae="ANA EXEMPLO DA SILVA",
    nome_pai="JOSÉ EXEMPLO",
    sexo="F",
    data_nascimento="1985-03-12",
    raca_cor="03",
    municipio_nascimento="520870",
    cartoes=(Card("700000000000005", "D", "2010-01-01"), Card("800000000000001", "P")),
    cpf="11144477735",
    pis="12345678900",
    tipo_logradouro="081",
    logradouro="EXEMPLO",
    numero="100",
    complemento="CASA",
    bairro="CENTRO",
    cep="74000000",
    municipio6="520870",
    uf="GO",
    telefones=(Phone("900000000", "62"),),
    emails=("maria@example.org",),
    qualidade=90,
)

# Naturalised, of an indigenous people, VIP, with every paper that the format has a place for.
WHOLE = replace(
    MARIA,
    raca_cor="05",
    etnia="0012",
    nacionalidade="N",
    municipio_nascimento="",
    pais_nascimento="021",
    portaria_naturalizacao="123/2001",
    data_entrada="1990-01-01",
    data_naturalizacao="2001-02-02",
    vip=True,
    locais=(LocalId("2.16.840.1.113883.3.4594.100.7", "P-77", "PRONTUARIO"), LocalId("2.16.840.1.113883.3.4594.10", "9")),
    documentos=(
        Document(tipo="cnh", numero="12345678901", uf="DF", emissao="2005-05-05"),
        Document(tipo="titulo", numero="400000000001", zona="001", secao="0002"),
        Document(tipo="dnv", numero="30000000001"),
        Document(tipo="rg", numero="7654320", orgao="10", uf="GO", emissao="2003-03-03"),
        Document(tipo="ctps", numero="7654321", serie="123", emissao="2004-04-04"),
        Document(tipo="ric", numero="5000000002"),
        Document(tipo="passaporte", numero="FA000001", pais="021", emissao="2020-01-10", validade="2030-01-09"),
    ),
    certidoes=(
        Certificate(tipo="91", matricula="00000000000000000000000000000001", emissao="2006-06-06"),
        Certificate(tipo="92", cartorio="SEDE", livro="B12", folha="34", termo="9988", emissao="2007-07-07"),
    ),
)  # fmt: skip


def answered(xml: str) -> etree._Element:
    """The answer as it reaches a client: through the envelope, parsed again."""
    payload = etree.fromstring(soap.render_envelope(soap.SoapVersion.V12, xml))[1][0]
    assert isinstance(payload, etree._Element)
    return payload


def found(
    *records: PersonRecord, release: pdq.Release = pdq.INTEGRADOR, query: pdq.Query | None = None
) -> etree._Element:
    """The answer with these persons."""
    return answered(
        pdq.render_answer(
            query or ask(by_id(CPF, "11144477735")),
            [pdq.Match(record, 100) for record in records],
            release=release,
            total=len(records),
            remaining=0,
            message_id=MESSAGE_ID,
            now=NOW,
        )
    )


def values(element: etree._Element, path: str) -> list[str]:
    """What an XPath finds, as texts; every step without a prefix is HL7's."""
    return [str(one) for one in element.xpath(path, namespaces=NS)]
