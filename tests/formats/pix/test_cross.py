"""Cross-reference: what is asked, and the answer in the shape of the reference's sample (cadsus-services.md, 4)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from tests.formats.pix import messages as m
from vincula.formats import pix, soap
from vincula.people.record import LocalId, PersonRecord

OTHER = f"{m.OID}.3.4594.100.8"
CORPORATE = f"{m.OID}.3.4594"
PERSON = replace(m.LUCIA, id=42, locais=(*m.LUCIA.locais, LocalId(OTHER, "77/B")))


def source(root: str) -> str:
    return f'<dataSource><value root="{root}"/><semanticsText>DataSource.id</semanticsText></dataSource>'


def ask(*parts: str, **named: str) -> pix.CrossQuery:
    query = pix.read_cross_query(soap.read_envelope(m.enveloped(m.asked_by(*parts, **named))).payload)
    assert query is not None
    return query


def answered(query: pix.CrossQuery, record: PersonRecord | None) -> etree._Element:
    xml = pix.render_cross_answer(query, record, message_id=m.MESSAGE_ID, now=m.NOW)
    payload = etree.fromstring(soap.render_envelope(soap.SoapVersion.V12, xml))[1][0]
    assert isinstance(payload, etree._Element)
    return payload


def values(element: etree._Element, path: str) -> list[str]:
    return [str(one) for one in element.xpath(path, namespaces=m.NS)]


def test_a_question_says_of_whom_and_where() -> None:
    query = ask(sources=source(OTHER) + source(CORPORATE) + source(OTHER))
    assert [(one.root, one.extension) for one in query.identifiers] == [(m.SYSTEM, "P-77")]
    assert query.sources == (OTHER, CORPORATE)
    assert (query.query_id.root, query.query_id.extension) == (CORPORATE, "1000000002")
    assert query.target.extension == m.FEED_ID


def test_a_question_of_nobody_and_no_question() -> None:
    assert ask("<patientIdentifier><value/></patientIdentifier><patientIdentifier/>").identifiers == ()
    payload = soap.read_envelope(m.enveloped(m.message(m.patient(m.WHOLE)))).payload
    assert pix.read_cross_query(payload) is None


def test_what_else_the_person_is_called() -> None:
    answer = answered(ask(), PERSON)
    assert answer.tag == "{urn:hl7-org:v3}PRPA_IN201310UV02"
    assert values(answer, "h:acknowledgement/h:typeCode/@code") == ["AA"]
    assert values(answer, "h:acknowledgement/h:targetMessage/h:id/@extension") == [m.FEED_ID]
    assert values(answer, "h:processingCode/@code") == ["P"]
    control = answer.find("h:controlActProcess", m.NS)
    assert control is not None
    assert [etree.QName(part).localname for part in control] == [
        "code", "subject", "queryAck", "queryByParameter",
    ]  # fmt: skip
    patient = answer.find(".//h:patient", m.NS)
    assert patient is not None
    assert [etree.QName(part).localname for part in patient] == [
        "id", "id", "id", "statusCode", "patientPerson", "providerOrganization",
    ]  # fmt: skip
    assert values(patient, "h:id/@root") == [CORPORATE, m.SYSTEM, OTHER]
    assert values(patient, "h:id/@extension") == ["0000000042", "P-77", "77/B"]
    assert values(patient, "h:id/@assigningAuthorityName") == ["RES-BRASIL", "PRONTUARIO"]
    assert values(patient, "h:patientPerson/h:name/h:given/text()") == ["LÚCIA D'ÁVILA PRADO"]
    assert values(answer, "//h:queryAck/h:queryResponseCode/@code") == ["OK"]
    assert values(answer, "//h:queryAck/h:queryId/@extension") == ["1000000002"]
    assert values(answer, "//h:queryByParameter//h:value/@extension") == ["P-77"]


def test_nothing_but_ids_and_name_leaves() -> None:
    xml = pix.render_cross_answer(ask(), PERSON, message_id=m.MESSAGE_ID, now=m.NOW)
    for secret in ("19850312", "11144477735", "700000000000005", "ANA D'ÁVILA", "74000000", "30000000"):
        assert secret not in xml


@pytest.mark.parametrize(
    ("sources", "extensions"),
    [
        ([], ["0000000042", "P-77", "77/B"]),
        ([OTHER], ["77/B"]),
        ([CORPORATE, m.SYSTEM], ["0000000042", "P-77"]),
        ([f"{m.OID}.3.4594.100.9"], []),
    ],
)
def test_only_the_wanted_sources(sources: list[str], extensions: list[str]) -> None:
    query = ask(sources="".join(map(source, sources)))
    assert [one.extensao for one in pix.linked_ids(query, PERSON)] == extensions
    answer = answered(query, PERSON)
    assert values(answer, "//h:patient/h:id/@extension") == extensions
    assert values(answer, "//h:queryResponseCode/@code") == ["OK" if extensions else "NF"]


def test_nobody_of_that_name_is_nf_without_subject() -> None:
    answer = answered(ask(), None)
    assert values(answer, "//h:queryResponseCode/@code") == ["NF"]
    assert values(answer, "h:acknowledgement/h:typeCode/@code") == ["AA"]
    assert values(answer, "//h:subject") == []
    assert values(answer, "//h:queryByParameter//h:value/@extension") == ["P-77"]


def test_an_application_error_has_its_text() -> None:
    messages = [soap.Mensagem("VINC-PIX-1", "OID & desconhecido")]
    xml = pix.render_cross_error(ask(), messages, message_id=m.MESSAGE_ID, now=m.NOW)
    answer = etree.fromstring(soap.render_envelope(soap.SoapVersion.V12, xml))[1][0]
    assert values(answer, "//h:queryResponseCode/@code") == ["AE"]
    assert values(answer, "h:acknowledgement/h:typeCode/@code") == ["AE"]
    assert values(answer, "//h:acknowledgementDetail/h:text/text()") == ["OID & desconhecido"]


def test_a_feed_is_accepted_without_text_and_refused_with_it() -> None:
    target, moment = m.fed(m.WHOLE).target, {"message_id": m.MESSAGE_ID, "now": m.NOW}
    accepted = etree.fromstring(pix.render_mcci(target, "CA", **moment))
    assert values(accepted, "h:acknowledgement/h:typeCode/@code") == ["CA"]
    assert values(accepted, "h:acknowledgement/h:targetMessage/h:id/@extension") == [m.FEED_ID]
    assert values(accepted, "//h:acknowledgementDetail") == []
    refusal = [soap.Mensagem("VINC-PIX-2", "CPF inválido")]
    refused = etree.fromstring(pix.render_mcci(target, "CE", refusal, **moment))
    assert values(refused, "//h:acknowledgementDetail/h:text/text()") == ["CPF inválido"]
    with pytest.raises(ValueError):
        pix.render_mcci(target, "CA", refusal, **moment)
