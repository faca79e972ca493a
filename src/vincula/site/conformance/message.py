"""PDQ questions as clients write them, and the ways in which they differ from one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from vincula.formats.hl7 import oids
from vincula.formats.soap import SoapVersion, quoted

SENDER, MESSAGE_ID = "CONFORMIDADE", "123456"
_ROOT = "2.16.840.1.113883"
_BOM = "\ufeff"


def question(root: str, number: str, query_id: str) -> str:
    """PRPA_IN201305UV02 by a number."""
    return (
        '<PRPA_IN201305UV02 ITSVersion="XML_1.0" xmlns="urn:hl7-org:v3">'
        f'<id root="{_ROOT}.4.714" extension="{MESSAGE_ID}"/><creationTime value="20260101120000"/>'
        f'<interactionId root="{_ROOT}.1.6" extension="PRPA_IN201305UV02"/>'
        '<processingCode code="T"/><processingModeCode code="T"/><acceptAckCode code="AL"/>'
        '<receiver typeCode="RCV"><device classCode="DEV" determinerCode="INSTANCE">'
        f'<id root="{_ROOT}.3.72.6.5.100.85"/></device></receiver>'
        '<sender typeCode="SND"><device classCode="DEV" determinerCode="INSTANCE">'
        f'<id root="{_ROOT}.3.72.6.2"/><name>{SENDER}</name></device></sender>'
        f'<controlActProcess classCode="CACT" moodCode="EVN"><code code="PRPA_TE201305UV02" codeSystem="{_ROOT}.1.6"/>'
        f'<queryByParameter><queryId root="1.2.840.114350.1.13.28.1.18.5.999" extension="{query_id}"/>'
        '<statusCode code="new"/><responseModalityCode code="R"/><responsePriorityCode code="I"/>'
        f'<parameterList><livingSubjectId><value root="{quoted(root)}" extension="{quoted(number)}"/>'
        "<semanticsText>LivingSubject.id</semanticsText></livingSubjectId></parameterList>"
        "</queryByParameter></controlActProcess></PRPA_IN201305UV02>"
    )


def envelope(payload: str, *, header: str = "<soap:Header/>", version: SoapVersion = SoapVersion.V12) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="{version.value}">{header}'
        f"<soap:Body>{payload}</soap:Body></soap:Envelope>"
    )


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of asking the same. `chunked`: without a Content-Length."""

    name: str
    text: str
    headers: dict[str, str] = field(default_factory=dict)
    scheme: str = "jwt"
    chunked: bool = False


def variants(root: str, number: str, query_id: str) -> Iterator[Variant]:
    """What real clients send that no schema allows."""
    asked = question(root, number, query_id)
    plain = envelope(asked)
    prefixed = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1v3:", asked).replace(" xmlns=", " xmlns:v3=")
    yield Variant("prefixo em cada elemento do HL7", envelope(prefixed))
    yield Variant("marca BOM antes do envelope", _BOM + plain)
    yield Variant("sem declaração XML", plain.partition("?>")[2])
    yield Variant("sem cabeçalho SOAP", envelope(asked, header=""))
    yield Variant(
        "cabeçalho SOAP desconhecido",
        envelope(asked, header='<soap:Header><w:WorkContext xmlns:w="urn:outro">x</w:WorkContext></soap:Header>'),
    )  # fmt: skip
    yield Variant("quebras de linha entre os elementos", plain.replace("><", ">\r\n\t<"))
    yield Variant(
        "creationTime como texto",
        plain.replace(
            '<creationTime value="20260101120000"/>', "<creationTime>20260101120000</creationTime>"
        ),
    )
    yield Variant(
        "processingCode P", plain.replace('<processingCode code="T"/>', '<processingCode code="P"/>')
    )
    yield Variant("sem semanticsText", plain.replace("<semanticsText>LivingSubject.id</semanticsText>", ""))
    yield Variant("sem Content-Type", plain, {"content-type": ""})
    yield Variant("Content-Type de formulário", plain, {"content-type": "application/x-www-form-urlencoded"})
    yield Variant("SOAPAction com SOAP 1.2", plain, {"soapaction": '"urn:hl7-org:v3:PRPA_IN201305UV02"'})
    yield Variant("SOAPAction de outra operação", plain, {"soapaction": '"urn:outra"'})
    yield Variant("corpo em partes (chunked)", plain, chunked=True)
    yield Variant("Bearer em vez de jwt", plain, scheme="Bearer")


CPF, CNS = oids.CPF, oids.CNS
