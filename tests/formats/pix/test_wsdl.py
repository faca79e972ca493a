"""The WSDL and the schemas of PIXManager: what is sent and answered fits them, and zeep builds itself from them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.formats.hl7.described import WSDL, schema_of, zeep_client
from tests.formats.pix import messages as m
from vincula.formats import pix, soap

ADDRESS = "https://localhost:8443/cadsus/v2/PIXManagerJWT"
SAMPLES = Path(__file__).parents[4] / "shared/reference/samples/cadsus"
FEEDS = ["PRPA_IN201301UV02", "PRPA_IN201302UV02", "PRPA_IN201304UV02"]
MOMENT: dict[str, Any] = {"message_id": m.MESSAGE_ID, "now": m.NOW}


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return schema_of(pix, "PIXManager.xsd", ADDRESS)


def test_the_service_follows_the_pattern_of_its_neighbour() -> None:
    root = etree.fromstring(pix.render_wsdl(ADDRESS))
    assert root.get("targetNamespace") == "urn:ihe:iti:pixv3:2007"
    assert root.xpath("w:service/@name", namespaces=WSDL) == ["PIXManager_Service"]
    assert root.xpath("w:service/w:port/@name", namespaces=WSDL) == ["PIXManager_Port_Soap12"]
    assert root.xpath("w:service/w:port/s:address/@location", namespaces=WSDL) == [ADDRESS]
    operations = root.xpath("w:binding/w:operation/@name", namespaces=WSDL)
    assert operations == [f"PIXManager_{message}" for message in [*FEEDS, "PRPA_IN201309UV02"]]
    assert root.xpath("w:portType/w:operation/@name", namespaces=WSDL) == operations
    assert root.xpath("w:binding/w:operation/s:operation/@soapAction", namespaces=WSDL) == [
        f"urn:hl7-org:v3:{message}" for message in [*FEEDS, "PRPA_IN201309UV02"]
    ]


def test_every_schema_that_is_named_is_served_and_no_other() -> None:
    documents = [pix.render_wsdl(ADDRESS), *(pix.render_schema(name, ADDRESS) or b"" for name in pix.SCHEMAS)]
    named = {
        name
        for text in documents
        for name in re.findall(rf"{re.escape(ADDRESS)}\?xsd=([\w.]+)", text.decode())
    }
    assert named == set(pix.SCHEMAS)
    assert not any(b"{address}" in text for text in documents)
    assert pix.render_schema("../feed.py", ADDRESS) is None
    assert pix.render_schema("subject.xsd", ADDRESS) is None


NIL = '<custodian typeCode="CST" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>'
SENT = {
    "add": m.message(m.patient(
        m.NAMES + m.TELECOMS + m.SEX + m.BIRTH + m.ALIVE + m.ADDRESS + m.RACE + m.PASSPORT + m.PAPERS + m.PARENTS + m.BORN_HERE,
        marks=m.NORMAL + m.VIP,
    )),
    "revise, naturalised, no address": m.message(
        m.patient(m.NAMES + '<addr use="BAD"/>' + m.NATURALISED + m.BORN_ABROAD), name="PRPA_IN201302UV02"
    ),
    "custodian nil": m.message(m.patient(m.NAMES), after=NIL),
    "merge": m.MERGE,
    "cross-reference": m.asked_by(sources=f'<dataSource><value root="{m.SYSTEM}"/><semanticsText>DataSource.id</semanticsText></dataSource>'),
}  # fmt: skip


@pytest.mark.parametrize("name", SENT)
def test_what_systems_send_fits(schema: etree.XMLSchema, name: str) -> None:
    schema.assertValid(soap.read_envelope(m.enveloped(SENT[name])).payload)


def test_every_answer_fits(schema: etree.XMLSchema) -> None:
    query = pix.read_cross_query(soap.read_envelope(m.enveloped(m.asked_by())).payload)
    assert query is not None
    refusal = [soap.Mensagem("VINC-1", "não")]
    for xml in (
        pix.render_cross_answer(query, m.LUCIA, **MOMENT),
        pix.render_cross_answer(query, None, **MOMENT),
        pix.render_cross_error(query, refusal, **MOMENT),
        pix.render_mcci(query.target, "CA", **MOMENT),
        pix.render_mcci(query.target, "CE", refusal, **MOMENT),
    ):
        schema.assertValid(etree.fromstring(xml))


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the reference's samples are not beside the repository")
def test_the_samples_of_the_reference_are_read_and_keep_our_order(schema: etree.XMLSchema) -> None:
    readers = {"301": pix.read_feed, "302": pix.read_feed, "304": pix.read_merge, "309": pix.read_cross_query}
    for path in sorted(SAMPLES.glob("pix-*.xml")):
        payload = soap.read_envelope(path.read_bytes()).payload
        schema.assertValid(payload)
        read = readers.get(path.name[4:7])
        found = read(payload) if read else None
        assert read is None or found is not None
        if isinstance(found, pix.Feed):
            assert found.faults == ()


@pytest.fixture(scope="module")
def client() -> Any:
    """zeep, built from the WSDL alone."""
    return zeep_client(pix, ADDRESS)


def header_parts(interaction: str) -> dict[str, Any]:
    device = {"classCode": "DEV", "determinerCode": "INSTANCE"}
    return {
        "ITSVersion": "XML_1.0",
        "id": {"root": f"{m.OID}.3.72.6.1", "extension": m.FEED_ID},
        "creationTime": {"value": "20260801120000"},
        "interactionId": {"root": f"{m.OID}.1.6", "extension": interaction},
        "processingCode": {"code": "P"},
        "processingModeCode": {"code": "T"},
        "acceptAckCode": {"code": "AL"},
        "receiver": [{"typeCode": "RCV", "device": {**device, "id": [{"root": f"{m.OID}.3.72.6.5.100.85"}]}}],
        "sender": {"typeCode": "SND", "device": {**device, "id": [{"root": f"{m.OID}.3.72.6.2"}], "name": ["ZEEP"]}},
    }  # fmt: skip


def registration(person: dict[str, Any], **after: Any) -> dict[str, Any]:
    patient = {
        "classCode": "PAT",
        "id": [{"root": m.SYSTEM, "extension": "P-77", "assigningAuthorityName": "PRONTUARIO"}],
        "statusCode": {"code": "active"},
        "patientPerson": {"classCode": "PSN", "determinerCode": "INSTANCE", **person},
    }
    event = {
        "classCode": "REG",
        "moodCode": "EVN",
        "id": [{"nullFlavor": "NA"}],
        "statusCode": {"code": "active"},
        "subject1": {"typeCode": "SBJ", "patient": patient},
        **after,
    }
    return {
        "classCode": "CACT",
        "moodCode": "EVN",
        "code": {"code": "PRPA_TE201301UV02"},
        "subject": {"typeCode": "SUBJ", "registrationEvent": event},
    }


NAMED = {"name": [{"use": "L", "_value_1": [{"given": "LÚCIA D'ÁVILA PRADO"}]}]}
CPF = {
    "classCode": "ROL",
    "id": [{"root": f"{m.OID}.13.237", "extension": "11144477735"}],
    "scopingOrganization": {
        "classCode": "ORG",
        "determinerCode": "INSTANCE",
        "id": [{"root": f"{m.OID}.13.237"}],
    },
}


@pytest.mark.parametrize("name", FEEDS[:2])
def test_zeep_feeds_a_person(client: Any, name: str) -> None:
    client.transport.answer = pix.render_mcci(m.fed(m.WHOLE).target, "CA", **MOMENT)
    person = {**NAMED, "birthTime": {"value": "19850312"}, "asOtherIDs": [CPF]}
    answer = client.service[f"PIXManager_{name}"](
        **header_parts(name), controlActProcess=registration(person)
    )
    assert answer.acknowledgement[0].typeCode.code == "CA"
    payload = soap.read_envelope(client.transport.sent[1]).payload
    feed = pix.read_feed(payload)
    assert feed is not None
    assert etree.QName(payload).localname == name
    assert f"urn:hl7-org:v3:{name}" in client.transport.sent[2]["Content-Type"]
    assert (feed.record.nome, feed.record.cpf) == ("LÚCIA D'ÁVILA PRADO", "11144477735")
    assert (feed.record.data_nascimento, feed.target.sender) == ("1985-03-12", "ZEEP")


def test_zeep_merges(client: Any) -> None:
    client.transport.answer = pix.render_mcci(m.fed(m.WHOLE).target, "CA", **MOMENT)
    gone = {"classCode": "PAT", "id": [{"root": m.SYSTEM, "extension": "P-78"}]}
    prior = {
        "classCode": "REG",
        "moodCode": "EVN",
        "statusCode": {"code": "obsolete"},
        "subject1": {"typeCode": "SBJ", "priorRegisteredRole": gone},
    }
    client.service.PIXManager_PRPA_IN201304UV02(
        **header_parts("PRPA_IN201304UV02"),
        controlActProcess=registration(
            NAMED, replacementOf=[{"typeCode": "RPLC", "priorRegistration": prior}]
        ),
    )
    merge = pix.read_merge(soap.read_envelope(client.transport.sent[1]).payload)
    assert merge is not None
    assert [one.extensao for one in merge.replaced] == ["P-78"]


def test_zeep_asks_what_else_a_person_is_called(client: Any) -> None:
    asked = pix.read_cross_query(soap.read_envelope(m.enveloped(m.asked_by())).payload)
    assert asked is not None
    client.transport.answer = pix.render_cross_answer(asked, m.LUCIA, **MOMENT)
    answer = client.service.PIXManager_PRPA_IN201309UV02(
        **header_parts("PRPA_IN201309UV02"),
        controlActProcess={
            "classCode": "CACT",
            "moodCode": "EVN",
            "code": {"code": "PRPA_TE201309UV02"},
            "queryByParameter": {
                "queryId": {"root": "1.2", "extension": "77"},
                "statusCode": {"code": "new"},
                "parameterList": {
                    "patientIdentifier": [
                        {"value": [{"root": m.SYSTEM, "extension": "P-77"}], "semanticsText": "Patient.id"}
                    ]
                },
            },
        },
    )
    query = pix.read_cross_query(soap.read_envelope(client.transport.sent[1]).payload)
    assert query is not None
    assert [(one.root, one.extension) for one in query.identifiers] == [(m.SYSTEM, "P-77")]
    ids = answer.controlActProcess.subject.registrationEvent.subject1.patient.id
    assert [one.extension for one in ids] == ["0000000000", "P-77"]
    assert answer.controlActProcess.queryAck.queryResponseCode.code == "OK"
