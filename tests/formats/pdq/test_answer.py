"""Answers as the parsers of real clients expect them (cadsus-services.md, 3.5 to 3.9; section 9, rules 1 to 12 and 22)."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import etree

from tests.formats.pdq import messages as m
from vincula.formats import pdq, soap
from vincula.formats.hl7.message import Target
from vincula.people.record import Card, PersonRecord, Phone

QUERY = m.ask(m.by_id(m.CPF, "11144477735"))
BARE = PersonRecord(id=42)
PERSON = "//h:patientPerson/"
REFUSAL = [soap.Mensagem("VINC-PDQ-1", "CPF inválido & recusado")]


def quantities(answer: etree._Element) -> list[str]:
    ack = "//h:queryAck/h:"
    return m.values(answer, f"{ack}queryResponseCode/@code") + [
        m.values(answer, f"{ack}result{which}Quantity/@value")[0]
        for which in ("Total", "Current", "Remaining")
    ]


def test_rule_1_the_default_namespace_and_no_prefix() -> None:
    answer = pdq.render_answer(
        QUERY, [pdq.Match(m.MARIA, 100)], release=pdq.INTEGRADOR, total=1, remaining=0, message_id=m.MESSAGE_ID, now=m.NOW
    )  # fmt: skip
    assert answer.startswith('<PRPA_IN201306UV02 ITSVersion="XML_1.0" xmlns="urn:hl7-org:v3">')
    assert answer.count("urn:hl7-org:v3") == 1
    assert not re.search(r"</?\w+:", answer)
    assert answer.count("<subject ") == 1


def test_rule_2_one_client_indexes_these_names() -> None:
    body = soap.render_envelope(
        soap.SoapVersion.V12, pdq.render_not_found(QUERY, message_id=m.MESSAGE_ID, now=m.NOW)
    ).decode()
    names = re.findall(r"<([A-Za-z][\w:]*)", body)
    assert names[:4] == ["soap:Envelope", "soap:Header", "S:Body", "PRPA_IN201306UV02"]


def test_the_header_of_an_answer() -> None:
    answer = m.found(m.MARIA)
    assert m.values(answer, "@ITSVersion") == ["XML_1.0"]
    assert [etree.QName(part).localname for part in answer] == [
        "id", "creationTime", "interactionId", "processingCode", "processingModeCode", "acceptAckCode", "receiver",
        "sender", "acknowledgement", "controlActProcess",
    ]  # fmt: skip
    assert m.values(answer, "h:id/@root") == [m.MESSAGE_ID]
    assert m.values(answer, "h:creationTime/@value") == ["20260801120000"]
    assert m.values(answer, "h:interactionId/@extension") == ["PRPA_IN201306UV02"]
    assert m.values(answer, "h:acceptAckCode/@code") == ["NE"]
    assert m.values(answer, "h:receiver/h:device/h:id/@root") == ["2.16.840.1.113883.3.72.6.2"]
    assert m.values(answer, "h:receiver/h:device/h:name/text()") == ["MEUSISTEMA"]
    assert m.values(answer, "h:sender/h:device/h:id/@root") == ["2.16.840.1.113883.3.72.6.5.100.85"]
    assert m.values(answer, "h:acknowledgement/h:typeCode/@code") == ["AA"]
    assert m.values(answer, "h:acknowledgement/h:targetMessage/h:id/@extension") == ["123456"]
    assert m.values(answer, "h:controlActProcess/h:code/@code") == ["PRPA_TE201306UV02"]


def test_rule_3_nobody_found_is_nf_with_three_zeros_and_no_subject() -> None:
    for answer in (m.found(), m.answered(pdq.render_not_found(QUERY, message_id=m.MESSAGE_ID, now=m.NOW))):
        assert quantities(answer) == ["NF", "0", "0", "0"]
        assert m.values(answer, "h:acknowledgement/h:typeCode/@code") == ["AA"]
        assert not answer.findall(".//h:subject", m.NS)
        assert m.values(answer, "//h:queryByParameter//h:value/@extension") == ["11144477735"]


def test_a_page_says_how_many_there_are_and_how_many_remain() -> None:
    matches = [pdq.Match(m.MARIA, 95), pdq.Match(replace(m.MARIA, id=2), 80)]
    answer = m.answered(
        pdq.render_answer(
            QUERY, matches, release=pdq.INTEGRADOR, total=12, remaining=10, message_id=m.MESSAGE_ID, now=m.NOW
        )
    )
    assert quantities(answer) == ["OK", "12", "2", "10"]
    assert m.values(answer, "//h:queryMatchObservation/h:value/@value") == ["95", "80"]
    assert m.values(answer, "//h:patient/h:id/@extension") == ["0000000001", "0000000002"]


def test_what_surrounds_a_person() -> None:
    answer = m.found(m.MARIA)
    assert m.values(answer, "//h:subject/@typeCode | //h:subject/@contextConductionInd") == ["SUBJ", "false"]
    event = answer.find(".//h:registrationEvent", m.NS)
    patient = answer.find(".//h:patient", m.NS)
    assert event is not None
    assert patient is not None
    assert [etree.QName(part).localname for part in event] == ["statusCode", "subject1", "custodian"]
    assert [etree.QName(part).localname for part in patient] == [
        "id", "statusCode", "confidentialityCode", "patientPerson", "providerOrganization", "subjectOf1",
    ]  # fmt: skip
    assert m.values(patient, "h:id/@root") == ["2.16.840.1.113883.3.4594"]
    assert m.values(patient, "h:id/@assigningAuthorityName") == ["RES-BRASIL"]
    assert m.values(patient, "h:providerOrganization/h:id/@root") == m.values(patient, "h:id/@root")
    assert m.values(patient, "h:providerOrganization/h:contactParty/@classCode") == ["CON"]
    assert m.values(event, "h:custodian/h:assignedEntity/h:id/@root") == ["2.16.840.1.113883.3.4594.3"]
    assert m.values(patient, "h:subjectOf1/h:queryMatchObservation/h:code/@code") == ["IHE_PDQ"]


def test_a_deactivated_registration_says_so() -> None:
    assert m.values(m.found(m.MARIA), "//h:patient/h:statusCode/@code") == ["active"]
    assert m.values(m.found(replace(m.MARIA, ativa=False)), "//h:patient/h:statusCode/@code") == ["suspended"]


def test_rule_4_dates_have_exactly_14_digits() -> None:
    answer = m.found(replace(m.MARIA, data_obito="2020-02-29"))
    assert m.values(answer, f"{PERSON}h:birthTime/@value") == ["19850312000000"]
    assert m.values(answer, f"{PERSON}h:deceasedTime/@value") == ["20200229000000"]
    assert m.values(answer, f"{PERSON}h:deceasedInd/@value") == ["true"]


@pytest.mark.parametrize("day", ["", "1985", "1985-02-30", "12/03/1985", "19850312"])
def test_what_is_no_date_is_not_written_as_one(day: str) -> None:
    answer = m.found(replace(m.MARIA, data_nascimento=day))
    assert m.values(answer, f"{PERSON}h:birthTime/@value") == []
    assert m.values(answer, f"{PERSON}h:deceasedInd/@value") == ["false"]


@pytest.mark.parametrize("release", [pdq.OPERADORA, pdq.INTEGRADOR])
@pytest.mark.parametrize("record", [m.MARIA, BARE], ids=["all known", "nothing known"])
def test_rule_5_the_mother_before_the_father_and_both_always(
    record: PersonRecord, release: pdq.Release
) -> None:
    answer = m.found(record, release=release)
    parents = f"{PERSON}h:personalRelationship/"
    assert m.values(answer, f"{parents}h:code/@code") == ["PRN", "NPRN"]
    names = m.values(answer, f"{parents}h:relationshipHolder1/h:name[@use='L']/h:given/text()")
    known = record is m.MARIA and release is pdq.INTEGRADOR
    assert names == (["ANA EXEMPLO DA SILVA", "JOSÉ EXEMPLO"] if known else ["SEM INFORMAÇÃO"] * 2)


def test_rule_6_the_legal_name_first_and_every_use_is_there() -> None:
    answer = m.found(m.MARIA)
    assert m.values(answer, f"{PERSON}h:name/@use") == ["L", "ASGN"]
    assert m.values(answer, f"{PERSON}h:name/h:given/text()") == ["MARIA EXEMPLO DA SILVA", "MARI EXEMPLO"]
    for of in ("name", "telecom", "addr[not(parent::h:birthPlace)]"):
        assert m.values(answer, f"//h:subject//h:{of}[not(@use)]") == []
    assert m.values(answer, "//h:asOtherIDs[not(@classCode='ROL')]") == []


def test_rule_7_siblings_of_one_kind_are_contiguous_and_in_the_official_order() -> None:
    person = m.found(m.MARIA).find(".//h:patientPerson", m.NS)
    assert person is not None
    assert [etree.QName(part).localname for part in person] == [
        "name", "name", "telecom", "telecom", "administrativeGenderCode", "birthTime", "deceasedInd", "addr", "raceCode",
        "asOtherIDs", "asOtherIDs", "asOtherIDs", "asOtherIDs", "personalRelationship", "personalRelationship", "birthPlace",
        "languageCommunication",
    ]  # fmt: skip


def test_rules_8_9_and_11_cards_as_pairs_the_definitive_first_roots_repeated() -> None:
    cards = (Card("898000000000002", "P"), Card("700000000000005", "D"), Card("100000000000007", "D"))
    answer = m.found(replace(m.MARIA, cartoes=cards))
    ids = [m.values(one, "h:id/@extension") for one in answer.iterfind(".//h:asOtherIDs", m.NS)]
    assert ids == [
        ["700000000000005", "D"],
        ["100000000000007", "D"],
        ["898000000000002", "P"],
        ["11144477735"],
        ["12345678900"],
    ]
    for one in answer.iterfind(".//h:asOtherIDs", m.NS):
        assert m.values(one, "h:id/@root") == m.values(one, "h:scopingOrganization/h:id/@root")


def test_rule_10_the_city_of_birth_before_the_country() -> None:
    assert m.values(m.found(m.MARIA), f"{PERSON}h:birthPlace/h:addr/*/text()") == ["520870", "010"]
    assert m.values(m.found(BARE), f"{PERSON}h:birthPlace") == []


def test_an_address_in_the_order_of_cadsus() -> None:
    addr = m.found(m.MARIA).find(".//h:patientPerson/h:addr", m.NS)
    assert addr is not None
    assert [(etree.QName(part).localname, part.text) for part in addr] == [
        ("city", "520870"),
        ("state", "GO"),
        ("postalCode", "74000000"),
        ("country", "010"),
        ("houseNumber", "100"),
        ("streetName", "EXEMPLO"),
        ("streetNameType", "081"),
        ("additionalLocator", "CENTRO"),
        ("unitID", "CASA"),
    ]


def test_no_address_is_bad_as_clients_know_it() -> None:
    for answer in (m.found(BARE), m.found(m.MARIA, release=pdq.OPERADORA)):
        assert m.values(answer, f"{PERSON}h:addr/@use") == ["BAD"]
        assert m.values(answer, f"{PERSON}h:addr/*") == []


@pytest.mark.parametrize(
    ("ddd", "number", "value", "use"),
    [
        ("62", "900000000", "+55-62-900000000", "ASN"),
        ("62", "30000000", "+55-62-30000000", "PRN"),
        ("62", "08001234", "+55-62-08001234", "ORN"),
        ("", "62900000000", "+55-62-900000000", "ASN"),
        ("", "6230000000", "+55-62-30000000", "PRN"),
        ("", "900000000", "+55--900000000", "ASN"),
    ],
)
def test_a_telephone_is_country_area_number(ddd: str, number: str, value: str, use: str) -> None:
    answer = m.found(replace(m.MARIA, telefones=(Phone(number, ddd),), emails=()))
    assert m.values(answer, f"{PERSON}h:telecom/@value | {PERSON}h:telecom/@use") == [value, use]


@pytest.mark.parametrize(
    ("held", "written"), [("M", "M"), ("F", "F"), ("I", "I"), ("UN", "I"), ("N", "I"), ("X", "X")]
)
def test_the_sex_is_written_by_its_code(held: str, written: str) -> None:
    assert m.values(m.found(replace(m.MARIA, sexo=held)), f"{PERSON}h:administrativeGenderCode/@code") == [
        written
    ]


def test_names_are_in_upper_case() -> None:
    answer = m.found(replace(m.MARIA, nome="Conceição d'Ávila", nome_social="Ção"))
    assert m.values(answer, f"{PERSON}h:name/h:given/text()") == ["CONCEIÇÃO D'ÁVILA", "ÇÃO"]


def test_a_person_of_whom_nothing_is_known_is_still_a_whole_message() -> None:
    answer = m.found(BARE)
    assert m.values(answer, "//h:patient/h:id/@extension") == ["0000000042"]
    assert m.values(answer, f"{PERSON}h:name[@use='L']/h:given/text()") == ["SEM INFORMAÇÃO"]
    assert m.values(answer, "//h:asOtherIDs") == []


@pytest.mark.parametrize(("in_query", "code"), [(False, "AE"), (True, "QE")])
def test_an_application_error_says_which(in_query: bool, code: str) -> None:
    answer = m.answered(
        pdq.render_application_error(QUERY, REFUSAL, message_id=m.MESSAGE_ID, now=m.NOW, in_query=in_query)
    )
    assert quantities(answer) == [code, "0", "0", "0"]
    detail = "h:acknowledgement/h:acknowledgementDetail"
    assert m.values(answer, "h:acknowledgement/h:typeCode/@code") == ["AE"]
    assert m.values(answer, f"{detail}/@typeCode") == ["E"]
    assert m.values(answer, f"{detail}/h:code/@code") == ["VINC-PDQ-1"]
    assert m.values(answer, f"{detail}/h:text/text()") == ["CPF inválido & recusado"]
    assert m.values(answer, "//h:queryByParameter//h:value/@extension") == ["11144477735"]


def test_a_continuation_of_no_question_is_an_application_error_without_echo() -> None:
    asked = pdq.read_continuation(soap.read_envelope(m.CONTINUE).payload)
    assert asked is not None
    answer = m.answered(pdq.render_application_error(asked, REFUSAL, message_id=m.MESSAGE_ID, now=m.NOW))
    assert quantities(answer) == ["AE", "0", "0", "0"]
    assert m.values(answer, "//h:queryAck/h:queryId/@extension") == ["1000000001"]
    assert answer.find(".//h:queryByParameter", m.NS) is None


def test_a_system_without_a_name_is_not_answered_with_an_empty_one() -> None:
    """The name of the receiving device is what the sender calls himself; it may be left out, not be nothing."""
    for sender, expected in (("", []), ("MEUSISTEMA", ["MEUSISTEMA"]), ("A & B", ["A & B"])):
        written = pdq.render_mcci(Target("1.2", "3", sender), "CA", message_id="u", now=m.NOW)
        device = etree.fromstring(written).find("{*}receiver/{*}device")
        assert device is not None
        assert [one.text for one in device.iterfind("{*}name")] == expected


def test_rule_22_a_cancel_is_accepted_without_any_text() -> None:
    asked = pdq.read_continuation(soap.read_envelope(m.CANCEL).payload)
    assert asked is not None
    answer = m.answered(pdq.render_mcci(asked.target, "CA", message_id=m.MESSAGE_ID, now=m.NOW))
    assert answer.tag == "{urn:hl7-org:v3}MCCI_IN000002UV01"
    assert m.values(answer, "h:acknowledgement/h:typeCode/@code") == ["CA"]
    assert m.values(answer, "h:acknowledgement/h:targetMessage/h:id/@extension") == ["654321"]
    assert m.values(answer, "//h:acknowledgementDetail | //h:controlActProcess") == []
    for success in ("AA", "CA"):
        with pytest.raises(ValueError):
            pdq.render_mcci(asked.target, success, REFUSAL, message_id=m.MESSAGE_ID, now=m.NOW)


def test_a_refusal_by_mcci_has_its_text_and_no_other_code_exists() -> None:
    answer = m.answered(pdq.render_mcci(QUERY.target, "CE", REFUSAL, message_id=m.MESSAGE_ID, now=m.NOW))
    assert m.values(answer, "//h:acknowledgementDetail/h:text/text()") == ["CPF inválido & recusado"]
    with pytest.raises(ValueError):
        pdq.render_mcci(QUERY.target, "OK", message_id=m.MESSAGE_ID, now=m.NOW)
