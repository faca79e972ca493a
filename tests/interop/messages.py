"""Questions as real clients write them. Each family of clients has its own way; the words are ours."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

SOAP12, SOAP11 = "http://www.w3.org/2003/05/soap-envelope", "http://schemas.xmlsoap.org/soap/envelope/"
ROOT = "2.16.840.1.113883"
CNS, CPF, CPF_OTHER, NIS = f"{ROOT}.13.236", f"{ROOT}.13.237", f"{ROOT}.3.4594.100.4", f"{ROOT}.13.240"


def identifier(root: str, number: str) -> str:
    return (
        f"<livingSubjectId><value root={quoteattr(root)} extension={quoteattr(number)}/>"
        "<semanticsText>LivingSubject.id</semanticsText></livingSubjectId>"
    )


def demographics(
    nome: str = "", nascimento: str = "", mae: str = "", sexo: str = "", municipio: str = ""
) -> str:
    """The five criteria, in the order in which one family of clients sends them (not the XSD's)."""
    parts = []
    if nome:
        parts.append(
            f'<livingSubjectName><value use="L"><given>{escape(nome)}</given></value>'
            "<semanticsText>LivingSubject.Given</semanticsText></livingSubjectName>"
        )
    if nascimento:
        parts.append(
            f'<livingSubjectBirthTime><value value="{nascimento}"/>'
            "<semanticsText>LivingSubject.birthTime</semanticsText></livingSubjectBirthTime>"
        )
    if mae:
        parts.append(
            f'<mothersMaidenName><value use="L"><family>{escape(mae)}</family></value>'
            "<semanticsText>mothersMaidenName</semanticsText></mothersMaidenName>"
        )
    if sexo:
        parts.append(
            f'<livingSubjectAdministrativeGender><value code="{sexo}" codeSystem="{ROOT}.5.1"/>'
            "<semanticsText>LivingSubject.administrativeGender</semanticsText></livingSubjectAdministrativeGender>"
        )
    if municipio:
        parts.append(
            f'<patientAddress><value use="BIRTHPL"><city>{municipio}</city></value>'
            "<semanticsText>LivingSubject.birthPlaceAddress</semanticsText></patientAddress>"
        )
    return "".join(parts)


def query(parameters: str, *, query_id: str = "42", page: int | None = None, sender: str = "CADSUS") -> str:
    quantity = f'<initialQuantity value="{page}"/>' if page else ""
    return (
        '<PRPA_IN201305UV02 ITSVersion="XML_1.0" xmlns="urn:hl7-org:v3">'
        f'<id root="{ROOT}.4.714" extension="123456"/><creationTime value="20260801120000"/>'
        f'<interactionId root="{ROOT}.1.6" extension="PRPA_IN201305UV02"/>'
        '<processingCode code="T"/><processingModeCode code="T"/><acceptAckCode code="AL"/>'
        '<receiver typeCode="RCV"><device classCode="DEV" determinerCode="INSTANCE">'
        f'<id root="{ROOT}.3.72.6.5.100.85"/></device></receiver>'
        '<sender typeCode="SND"><device classCode="DEV" determinerCode="INSTANCE">'
        f'<id root="{ROOT}.3.72.6.2"/><name>{sender}</name></device></sender>'
        f'<controlActProcess classCode="CACT" moodCode="EVN"><code code="PRPA_TE201305UV02" codeSystem="{ROOT}.1.6"/>'
        f'<queryByParameter><queryId root="1.2.840.114350.1.13.28.1.18.5.999" extension="{query_id}"/>'
        '<statusCode code="new"/><responseModalityCode code="R"/><responsePriorityCode code="I"/>'
        f"{quantity}<parameterList>{parameters}</parameterList></queryByParameter></controlActProcess></PRPA_IN201305UV02>"
    )


def envelope(payload: str, *, header: str = "<soap:Header/>", version: str = SOAP12) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="{version}">{header}'
        f"<soap:Body>{payload}</soap:Body></soap:Envelope>"
    )


def by_cpf(number: str) -> str:
    return envelope(query(identifier(CPF, number)))


def by_cns(number: str) -> str:
    return envelope(query(identifier(CNS, number)))


def username_token(user: str, password: str, *, kind: str = "PasswordText", extra: str = "") -> str:
    wsse = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
    profile = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0"
    mark = f' Type="{profile}#{kind}"' if kind else ""
    return (
        f'<soap:Header><wsse:Security soap:mustUnderstand="1" xmlns:wsse="{wsse}"><wsse:UsernameToken>'
        f"<wsse:Username>{escape(user)}</wsse:Username><wsse:Password{mark}>{escape(password)}</wsse:Password>{extra}"
        "</wsse:UsernameToken></wsse:Security></soap:Header>"
    )


def continuation(query_id: str, start: int, quantity: int, *, cancel: bool = False) -> str:
    name = "QUQI_IN000003UV01_Cancel" if cancel else "QUQI_IN000003UV01"
    status = "aborted" if cancel else "waitContinuedQueryResponse"
    return envelope(
        f'<{name} ITSVersion="XML_1.0" xmlns="urn:hl7-org:v3"><id root="{ROOT}.4.714" extension="77"/>'
        f'<creationTime value="20260801120000"/><interactionId root="{ROOT}.1.6" extension="QUQI_IN000003UV01"/>'
        '<processingCode code="T"/><processingModeCode code="T"/><acceptAckCode code="AL"/>'
        '<controlActProcess classCode="CACT" moodCode="EVN"><code code="PRPA_TE000003UV01"/><queryContinuation>'
        f'<queryId root="1.2.840.114350.1.13.28.1.18.5.999" extension="{query_id}"/>'
        f'<startResultNumber value="{start}"/><continuationQuantity value="{quantity}"/>'
        f'<statusCode code="{status}"/></queryContinuation></controlActProcess></{name}>'
    )
