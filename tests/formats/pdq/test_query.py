"""Questions as real clients write them are read alike (cadsus-services.md, 3.3; section 9, rules 12 to 14 and 21)."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import etree

from tests.formats.pdq import messages as m
from vincula.formats import pdq, soap

PLAIN = m.enveloped(m.message(m.asking(m.DEMOGRAPHICS))).decode()


def prefixed(xml: str, prefix: str = "urn") -> str:
    """The message as Java stubs write it: a prefix on every element of HL7, declared on the envelope."""
    xml = re.sub(r"<(/?)(?!soap:|/|\?)", rf"<\1{prefix}:", xml.replace(' xmlns="urn:hl7-org:v3"', ""))
    return xml.replace("<soap:Envelope", f'<soap:Envelope xmlns:{prefix}="urn:hl7-org:v3"', 1)


def reordered(xml: str) -> str:
    """Every element's children in the reverse order."""
    root = etree.fromstring(xml)
    for element in list(root.iter()):
        element[:] = list(reversed(element))
    return etree.tostring(root, encoding="unicode")


CLIENTS = {
    "plain": PLAIN,
    "prefix everywhere": prefixed(PLAIN),
    "prefix everywhere, message out of order": reordered(prefixed(PLAIN)),
    "prefix everywhere and a default besides": prefixed(PLAIN).replace("<urn:PRPA_IN201305UV02 ", '<urn:PRPA_IN201305UV02 xmlns="urn:hl7-org:v3" '),
    "prefix everywhere, another default": prefixed(PLAIN).replace("<urn:PRPA_IN201305UV02 ", '<urn:PRPA_IN201305UV02 xmlns="urn:other" ').replace(
        "<urn:parameterList>", "<urn:parameterList><livingSubjectNote/>"
    ),
    "prefixes of two kinds": prefixed(PLAIN).replace("urn:value", "v:value").replace("<urn:PRPA_IN201305UV02 ", '<urn:PRPA_IN201305UV02 xmlns:v="urn:hl7-org:v3" '),
    "elements out of order": reordered(PLAIN),
    "parameters not alphabetical": PLAIN.replace(m.DEMOGRAPHICS, m.PLACE + m.NAME + m.BIRTH + m.MOTHER + m.SEX),
    "byte-order mark and declaration": '\ufeff<?xml version="1.0" encoding="UTF-8"?>' + PLAIN,
    "indented": re.sub(r"(</?[a-zA-Z]+[^<>]*>)(?=<)", "\\1\n    ", PLAIN),
    "newlines in names": PLAIN.replace("MARIA EXEMPLO DA", "MARIA\n  EXEMPLO\tDA"),
    "creationTime as text": PLAIN.replace('<creationTime value="20260801120000"/>', "<creationTime>20260801120000</creationTime>"),
    "no creationTime": PLAIN.replace('<creationTime value="20260801120000"/>', ""),
    "mother in given": PLAIN.replace("<family>ANA", "<given>ANA").replace("</family>", "</given>"),
    "mother as bare text": PLAIN.replace("<family>", "").replace("</family>", ""),
    "mother by Person.MothersName": PLAIN.replace("<semanticsText>mothersMaidenName", "<semanticsText>Person.MothersName"),
    "mother in given and family": PLAIN.replace("<family>ANA EXEMPLO", "<given>ANA</given><family>EXEMPLO"),
    "name in several given": PLAIN.replace("<given>MARIA EXEMPLO DA", "<given>MARIA</given><given>EXEMPLO DA"),
    "name as bare text": PLAIN.replace("<given>", "").replace("</given>", ""),
    "no semanticsText": re.sub("<semanticsText>.*?</semanticsText>", "", PLAIN),
    "empty parameters of what was not filled in": PLAIN.replace(
        "<parameterList>", '<parameterList><livingSubjectId><value root="x" extension=""/></livingSubjectId><livingSubjectName><value/></livingSubjectName>'
    ),
    "place without a use": PLAIN.replace('use="BIRTHPL"', ""),
    "place as livingSubjectBirthPlaceAddress": PLAIN.replace("patientAddress", "livingSubjectBirthPlaceAddress"),
    "residence besides": PLAIN.replace("<patientAddress>", '<patientAddress><value use="H"><city>355030</city></value>'),
    "sex in lower case": PLAIN.replace('code="F"', 'code="f"'),
    "swapped devices": PLAIN.replace("3.72.6.5.100.85", "3.72.6.x").replace('3.72.6.2"', '3.72.6.5.100.85"').replace("3.72.6.x", "3.72.6.2"),
    "devices of nobody": PLAIN.replace("2.16.840.1.113883.3.72.6.5.100.85", "1.2.3"),
    "unused declarations": PLAIN.replace("<PRPA_IN201305UV02 ", '<PRPA_IN201305UV02 xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:q1="urn:q1" '),
    "declarations with odd characters": PLAIN.replace(
        "<PRPA_IN201305UV02 ", """<PRPA_IN201305UV02 xmlns:o="urn:o?a=1&amp;b=%3E" xmlns:q="urn:'" """
    ),
    "schema location": PLAIN.replace("<PRPA_IN201305UV02 ", '<PRPA_IN201305UV02 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:hl7-org:v3 ../schema/PRPA_IN201305UV02.xsd" '),
    "no namespace at all": PLAIN.replace(' xmlns="urn:hl7-org:v3"', ""),
    "comments": PLAIN.replace("<parameterList>", "<parameterList><!-- busca -->"),
    "CDATA": PLAIN.replace("<given>MARIA EXEMPLO DA SILVA", "<given><![CDATA[MARIA EXEMPLO DA SILVA]]>"),
    "unknown parameters": PLAIN.replace("<parameterList>", "<parameterList><patientTelecom><value value='x'/></patientTelecom><ext:more xmlns:ext='urn:e'><ext:value/></ext:more>"),
}  # fmt: skip


def read(xml: str) -> pdq.Query:
    query = pdq.read_query(soap.read_envelope(xml.encode()).payload)
    assert query is not None
    return query


@pytest.mark.parametrize("client", CLIENTS)
def test_every_client_asks_the_same(client: str) -> None:
    assert read(CLIENTS[client]) == pdq.Query(
        target=pdq.Target("2.16.840.1.113883.4.714", "123456", "MEUSISTEMA"),
        query_id=pdq.Identifier("1.2.840.114350.1.13.28.1.18.5.999", "1000000001"),
        name="MARIA EXEMPLO DA SILVA",
        mother="ANA EXEMPLO DA SILVA",
        birth="19850312",
        sex="F",
        birth_city="520870",
    )


@pytest.mark.parametrize("client", CLIENTS)
def test_the_question_is_given_back_as_it_was_without_a_prefix(client: str) -> None:
    query = read(CLIENTS[client])
    assert not re.search(r"<\w+:|</\w+:", query.echo)
    echo = m.answered(pdq.render_not_found(query, message_id=m.MESSAGE_ID, now=m.NOW)).find(
        ".//h:queryByParameter", m.NS
    )
    assert echo is not None
    assert {one.tag.partition("}")[0] for one in echo.iter()} == {"{urn:hl7-org:v3"}
    assert echo.find(".//h:livingSubjectNote", m.NS) is None
    again = pdq.read_query(echo)
    assert again is not None
    assert replace(again, target=query.target) == query


@pytest.mark.parametrize(
    ("value", "read_as"),
    [
        ('value="19850312"', ("19850312", "", "")),
        ('value="19850312000000"', ("19850312000000", "", "")),
        ("><low value='19850101'/><high value='19851231'/", ("", "19850101", "19851231")),
        (">19850312</value><value", ("19850312", "", "")),
        ("", ("", "", "")),
    ],
    ids=["8 digits", "14 digits", "interval", "text", "empty"],
)
def test_a_birth_in_each_form(value: str, read_as: tuple[str, str, str]) -> None:
    closed = "/>" if not value.startswith("><") else "></value>"
    query = m.ask(f"<livingSubjectBirthTime><value {value}{closed}</livingSubjectBirthTime>")
    assert (query.birth, query.birth_low, query.birth_high) == read_as


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("19850312", "1985-03-12"),
        ("19850312000000", "1985-03-12"),
        (" 20000229 ", "2000-02-29"),
        ("19890127000000.0-0200", "1989-01-27"),
        ("19890127233000-0300", "1989-01-27"),
        ("19850231", ""),
        ("19850000", ""),
        ("1985", ""),
        ("12/03/1985", ""),
        ("19850312abc", ""),
        ("١٩٨٥٠٣١٢", ""),
        ("", ""),
    ],
)
def test_of_an_hl7_date_the_first_eight_digits_count(moment: str, day: str) -> None:
    assert pdq.iso_day(moment) == day


@pytest.mark.parametrize(
    ("root", "number"),
    [
        (m.CNS, "700000000000005"),
        (m.CPF, "11144477735"),
        ("2.16.840.1.113883.3.4594.100.4", "11144477735"),
        (m.NIS, "12345678900"),
        ("2.16.840.1.113883.3.4594.100.77", "abc-1"),
        (m.CPF, "111.444.777-35"),
    ],
)
def test_a_number_is_kept_as_it_came(root: str, number: str) -> None:
    assert m.ask(m.by_id(root, number)).identifiers == (pdq.Identifier(root, number),)


def test_several_numbers_are_all_kept() -> None:
    two = '<livingSubjectId><value root="a" extension="1"/><value root="b" extension="2"/></livingSubjectId>'
    assert m.ask(two + m.by_id("c", "3")).identifiers == tuple(
        pdq.Identifier(root, number) for root, number in (("a", "1"), ("b", "2"), ("c", "3"))
    )


@pytest.mark.parametrize(
    ("value", "page"), [("2", 2), (" 10 ", 10), ("-1", None), ("abc", None), ("9" * 30, None), ("", None)]
)
def test_the_page_is_a_number_or_is_not_asked_for(value: str, page: int | None) -> None:
    asking = m.asking(m.NAME, before=f'{m.QUERY_ID}{m.CODES}<initialQuantity value="{value}"/>')
    assert read(m.enveloped(m.message(asking)).decode()).page == page


def test_the_least_score_may_be_asked_for() -> None:
    least = '<matchCriterionList><minimumDegreeMatch><value value="75"/></minimumDegreeMatch></matchCriterionList>'
    assert (
        read(m.enveloped(m.message(m.asking(m.NAME, before=m.QUERY_ID + m.CODES + least))).decode()).minimum
        == 75
    )


@pytest.mark.parametrize(
    "query_id", ["1000000001", "5f6bd0a4-2f5c-4f58-a0a5-8d4a0a6f0f7e", "a b&amp;c", "ção", "&#10;x "]
)
def test_any_string_for_a_query_id_comes_back(query_id: str) -> None:
    asking = m.asking(m.NAME, before=f'<queryId root="1.2" extension="{query_id}"/>')
    query = read(m.enveloped(m.message(asking)).decode())
    answer = m.answered(pdq.render_not_found(query, message_id=m.MESSAGE_ID, now=m.NOW))
    wanted = etree.fromstring(f'<a b="{query_id}"/>').get("b")
    assert m.values(answer, "//h:queryId/@extension") == [wanted, wanted]


def test_processing_codes_and_the_sender_come_back() -> None:
    header = m.HEADER.replace('<processingCode code="T"/>', '<processingCode code="P"/>')
    query = m.ask(m.NAME, header=header, devices=m.SENDER.replace("MEUSISTEMA", "[SYSTEMCODE] &amp; cia"))
    answer = m.answered(pdq.render_not_found(query, message_id=m.MESSAGE_ID, now=m.NOW))
    assert m.values(answer, "h:processingCode/@code") == ["P"]
    assert m.values(answer, "h:receiver/h:device/h:name/text()") == ["[SYSTEMCODE] & cia"]


def test_a_message_without_sender_and_ids_is_answered_all_the_same() -> None:
    asking = m.asking(m.NAME, before="")
    query = read(m.enveloped(m.message(asking, header="", devices="")).decode())
    answer = m.answered(pdq.render_not_found(query, message_id=m.MESSAGE_ID, now=m.NOW))
    assert m.values(answer, "//h:queryAck/h:queryId/@nullFlavor") == ["NI"]
    assert m.values(answer, "//h:targetMessage/h:id/@nullFlavor") == ["NI"]


def test_without_a_query_there_is_nothing_to_answer() -> None:
    assert pdq.read_query(soap.read_envelope(m.enveloped(m.message(""))).payload) is None
    assert pdq.read_continuation(soap.read_envelope(m.enveloped(m.message(""))).payload) is None


def test_no_trace_shows_a_person() -> None:
    query = m.ask(m.by_id(m.CPF, "11144477735") + m.DEMOGRAPHICS)
    assert not re.search("11144477735|MARIA|ANA", f"{query!r} {query.identifiers!r}")


def test_the_types_of_attributes_keep_their_meaning_in_the_echo() -> None:
    xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    typed = (
        f'<livingSubjectId><value {xsi} xmlns:v="urn:hl7-org:v3" xsi:type="v:II" root="a" extension="1"/></livingSubjectId>'
        f'<livingSubjectName><value {xsi} xmlns:xs="urn:xs" xsi:type="xs:string" xsi:nil="true"/></livingSubjectName>'
    )
    echo = m.answered(pdq.render_not_found(m.ask(typed), message_id=m.MESSAGE_ID, now=m.NOW))
    types = {"x": "http://www.w3.org/2001/XMLSchema-instance"}
    assert echo.xpath("//@x:type", namespaces=types) == ["II"]
    assert echo.xpath("//@x:nil", namespaces=types) == ["true"]


def test_a_continuation_is_read() -> None:
    read = pdq.read_continuation(soap.read_envelope(m.CONTINUE).payload)
    assert read == pdq.Continuation(
        pdq.Target("2.16.840.1.113883.4.714", "654321", "MEUSISTEMA"),
        pdq.Identifier("1.2.840.114350.1.13.28.1.18.5.999", "1000000001"),
        start=3,
        quantity=2,
        cancel=False,
    )


@pytest.mark.parametrize(
    "body",
    [
        m.CANCEL,
        m.CANCEL.replace(b"_Cancel", b""),
        m.CANCEL.replace(b"aborted", b"waitContinuedQueryResponse"),
    ],
    ids=["as documented", "told by its state", "told by its name"],
)
def test_a_cancel_is_told_by_its_name_or_its_state(body: bytes) -> None:
    read = pdq.read_continuation(soap.read_envelope(body).payload)
    assert read is not None
    assert read.cancel


def test_the_answer_to_a_continuation_acknowledges_the_continuation_and_echoes_the_question() -> None:
    first = m.ask(m.DEMOGRAPHICS)
    next_page = pdq.read_continuation(soap.read_envelope(m.CONTINUE).payload)
    assert next_page is not None
    answer = m.found(m.MARIA, query=pdq.continued(first, next_page))
    assert m.values(answer, "h:acknowledgement/h:targetMessage/h:id/@extension") == ["654321"]
    assert m.values(answer, "//h:parameterList/h:livingSubjectName//h:given/text()") == [
        "MARIA EXEMPLO DA SILVA"
    ]


def test_a_question_of_every_client_is_far_below_the_limit() -> None:
    assert max(len(xml.encode()) for xml in CLIENTS.values()) * 10 < pdq.MAX_BYTES
    with pytest.raises(soap.UnreadableEnvelopeError, match="64 KiB"):
        soap.read_envelope(PLAIN.replace("MARIA", "M" * pdq.MAX_BYTES).encode(), max_bytes=pdq.MAX_BYTES)
