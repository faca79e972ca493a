"""The WSDL and the schemas: what we read and write fits them, and a generic client builds itself from them (rule 18)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.formats.hl7.described import WSDL, schema_of, zeep_client
from tests.formats.pdq import messages as m
from vincula.formats import pdq, soap
from vincula.people.record import PersonRecord

ADDRESS = "https://localhost:8443/cadsus/v2/PDQSupplierJWT"
SAMPLES = Path(__file__).parents[4] / "shared/reference/samples/cadsus"


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return schema_of(pdq, "PDQSupplier.xsd", ADDRESS)


def test_the_service_is_described_as_the_official_one() -> None:
    root = etree.fromstring(pdq.render_wsdl(ADDRESS))
    assert root.get("targetNamespace") == "urn:ihe:iti:pdqv3:2007"
    assert root.xpath("w:service/@name", namespaces=WSDL) == ["PDQSupplier_Service"]
    assert root.xpath("w:service/w:port/@name", namespaces=WSDL) == ["PDQSupplier_Port_Soap12"]
    assert root.xpath("w:service/w:port/s:address/@location", namespaces=WSDL) == [ADDRESS]
    operations = root.xpath("w:binding/w:operation/@name", namespaces=WSDL)
    assert operations == [
        "PDQSupplier_PRPA_IN201305UV02",
        "PDQSupplier_QUQI_IN000003UV01_Continue",
        "PDQSupplier_QUQI_IN000003UV01_Cancel",
    ]
    assert root.xpath("w:portType/w:operation/@name", namespaces=WSDL) == operations


def test_every_schema_that_is_named_is_served_and_no_other() -> None:
    documents = [pdq.render_wsdl(ADDRESS), *(pdq.render_schema(name, ADDRESS) or b"" for name in pdq.SCHEMAS)]
    named = {
        name
        for text in documents
        for name in re.findall(rf"{re.escape(ADDRESS)}\?xsd=([\w.]+)", text.decode())
    }
    assert named == set(pdq.SCHEMAS)
    assert not any(b"{address}" in text for text in documents)
    assert pdq.render_schema("../query.py", ADDRESS) is None
    assert pdq.render_schema("PDQSupplier.wsdl", ADDRESS) is None


def test_an_address_is_put_in_as_a_value() -> None:
    root = etree.fromstring(pdq.render_wsdl('http://x/?a=1&b="2"'))
    assert root.xpath("w:service/w:port/s:address/@location", namespaces=WSDL) == ['http://x/?a=1&b="2"']


REQUESTS = {
    "by CNS": m.enveloped(m.message(m.asking(m.by_id(m.CNS, "700000000000005")))),
    "by demographics": m.enveloped(m.message(m.asking(m.DEMOGRAPHICS))),
    "creationTime as text": m.enveloped(
        m.message(m.asking(m.NAME), header=re.sub(r'<creationTime value="(\d+)"/>', r"<creationTime>\1</creationTime>", m.HEADER))
    ),
    "mother as bare text": m.enveloped(m.message(m.asking(m.MOTHER.replace("<family>", "").replace("</family>", "")))),
    "continuation": m.CONTINUE,
    "cancel": m.CANCEL,
}  # fmt: skip


@pytest.mark.parametrize("name", REQUESTS)
def test_what_clients_write_fits(schema: etree.XMLSchema, name: str) -> None:
    schema.assertValid(soap.read_envelope(REQUESTS[name]).payload)


@pytest.mark.parametrize("release", [pdq.OPERADORA, pdq.INTEGRADOR, frozenset[str]()])
@pytest.mark.parametrize(
    "record", [m.MARIA, m.WHOLE, PersonRecord(id=1)], ids=["usual", "all known", "nothing known"]
)
def test_every_answer_fits(schema: etree.XMLSchema, record: PersonRecord, release: pdq.Release) -> None:
    schema.assertValid(m.found(record, record, release=release, query=m.ask(m.DEMOGRAPHICS)))


def test_every_refusal_and_acknowledgement_fits(schema: etree.XMLSchema) -> None:
    query, messages = m.ask(m.DEMOGRAPHICS), [soap.Mensagem("VINC-1", "não")]
    moment: dict[str, Any] = {"message_id": m.MESSAGE_ID, "now": m.NOW}
    for xml in (
        pdq.render_not_found(query, **moment),
        pdq.render_application_error(query, messages, **moment),
        pdq.render_mcci(query.target, "CA", **moment),
        pdq.render_mcci(query.target, "CE", messages, **moment),
    ):
        schema.assertValid(m.answered(xml))


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the reference's samples are not beside the repository")
def test_the_samples_of_the_reference_are_read_and_keep_our_order(schema: etree.XMLSchema) -> None:
    for path in sorted(SAMPLES.glob("pdq-*.xml")):
        payload = soap.read_envelope(path.read_bytes()).payload
        schema.assertValid(payload)
        if "quqi" in path.name:
            assert pdq.read_continuation(payload) is not None
        else:
            assert pdq.read_query(payload) is not None


@pytest.fixture(scope="module")
def client() -> Any:
    """zeep, built from the WSDL alone."""
    return zeep_client(pdq, ADDRESS)


def header_parts(interaction: str) -> dict[str, Any]:
    device = {"classCode": "DEV", "determinerCode": "INSTANCE"}
    return {
        "ITSVersion": "XML_1.0",
        "id": {"root": "2.16.840.1.113883.4.714", "extension": "123456"},
        "creationTime": {"value": "20260801120000"},
        "interactionId": {"root": "2.16.840.1.113883.1.6", "extension": interaction},
        "processingCode": {"code": "T"},
        "processingModeCode": {"code": "T"},
        "acceptAckCode": {"code": "AL"},
        "receiver": [{"typeCode": "RCV", "device": {**device, "id": [{"root": "2.16.840.1.113883.3.72.6.5.100.85"}]}}],
        "sender": {
            "typeCode": "SND",
            "device": {**device, "id": [{"root": "2.16.840.1.113883.3.72.6.2"}], "name": ["ZEEP"]},
        },
    }  # fmt: skip


def asked_with(parameters: dict[str, Any]) -> dict[str, Any]:
    return {
        **header_parts("PRPA_IN201305UV02"),
        "controlActProcess": {
            "classCode": "CACT",
            "moodCode": "EVN",
            "code": {"code": "PRPA_TE201305UV02", "codeSystem": "2.16.840.1.113883.1.6"},
            "queryByParameter": {
                "queryId": {"root": "1.2", "extension": "77"},
                "statusCode": {"code": "new"},
                "parameterList": parameters,
            },
        },
    }


def sent_query(client: Any) -> pdq.Query:
    address, message, _ = client.transport.sent
    assert address == ADDRESS
    query = pdq.read_query(soap.read_envelope(message).payload)
    assert query is not None
    return query


def test_zeep_asks_and_reads_the_person(client: Any) -> None:
    client.transport.answer = pdq.render_answer(
        m.ask(m.by_id(m.CPF, "11144477735")), [pdq.Match(m.MARIA, 97)], release=pdq.INTEGRADOR, total=1, remaining=0,
        message_id=m.MESSAGE_ID, now=m.NOW,
    )  # fmt: skip
    parameters = {
        "livingSubjectId": [{"value": [{"root": m.CPF, "extension": "11144477735"}], "semanticsText": "LivingSubject.id"}],
        "livingSubjectBirthTime": [{"value": [{"value": "19850312"}], "semanticsText": "LivingSubject.birthTime"}],
        "livingSubjectName": [
            {"value": [{"use": "L", "_value_1": [{"given": "MARIA EXEMPLO DA SILVA"}]}], "semanticsText": "LivingSubject.Given"}
        ],
        "patientAddress": [
            {"value": [{"use": "BIRTHPL", "_value_1": [{"city": "520870"}]}], "semanticsText": "LivingSubject.birthPlaceAddress"}
        ],
    }  # fmt: skip
    answer = client.service.PDQSupplier_PRPA_IN201305UV02(**asked_with(parameters))
    query = sent_query(client)
    assert query.identifiers == (pdq.Identifier(m.CPF, "11144477735"),)
    assert (query.name, query.birth, query.birth_city) == ("MARIA EXEMPLO DA SILVA", "19850312", "520870")
    assert query.target.sender == "ZEEP"
    assert query.query_id == pdq.Identifier("1.2", "77")
    subject = answer.controlActProcess.subject[0].registrationEvent.subject1.patient
    assert subject.subjectOf1[0].queryMatchObservation.value.value == 97
    assert subject.patientPerson.asOtherIDs[0].id[0].extension == "700000000000005"
    assert subject.patientPerson.birthTime.value == "19850312000000"
    assert answer.controlActProcess.queryAck.queryResponseCode.code == "OK"


def test_zeep_continues_and_cancels(client: Any) -> None:
    client.transport.answer = pdq.render_not_found(m.ask(m.NAME), message_id=m.MESSAGE_ID, now=m.NOW)
    service = client.service
    for operation, state, quantity, answer, cancel in (
        ("PDQSupplier_QUQI_IN000003UV01_Continue", "waitContinuedQueryResponse", 2, None, False),
        ("PDQSupplier_QUQI_IN000003UV01_Cancel", "aborted", 0, "CA", True),
    ):
        if answer:
            client.transport.answer = pdq.render_mcci(
                pdq.Target(), answer, message_id=m.MESSAGE_ID, now=m.NOW
            )
        service[operation](
            **header_parts("QUQI_IN000003UV01"),
            controlActProcess={
                "classCode": "CACT",
                "moodCode": "EVN",
                "code": {"code": "PRPA_TE000003UV01"},
                "queryContinuation": {
                    "queryId": {"root": "1.2", "extension": "77"},
                    "startResultNumber": {"value": 3},
                    "continuationQuantity": {"value": quantity},
                    "statusCode": {"code": state},
                },
            },
        )
        asked = pdq.read_continuation(soap.read_envelope(client.transport.sent[1]).payload)
        assert asked is not None
        assert (asked.query_id.extension, asked.start, asked.quantity) == ("77", 3, quantity)
        assert asked.cancel is cancel
