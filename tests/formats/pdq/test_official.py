"""The answer of official size: what of cadsus-services.md, 3.5 to 3.7, only systems that integrate records receive."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from tests.formats.pdq import messages as m
from vincula.formats import pdq
from vincula.people.record import Certificate, Document, LocalId, PersonRecord

OID = "2.16.840.1.113883."
PERSON = "//h:patientPerson/"


def groups(answer: etree._Element) -> list[list[tuple[str, str]]]:
    """The ids of each asOtherIDs: root without its prefix, and extension."""
    return [
        [
            (one.get("root", "").removeprefix(OID), one.get("extension", ""))
            for one in group.findall("h:id", m.NS)
        ]
        for group in answer.iterfind(".//h:asOtherIDs", m.NS)
    ]


# Rows of section 3.7, with the ids in its order.
ROWS = [
    ("CNS D", [("13.236", "700000000000005"), ("13.236.1", "D")]),
    ("CNS P", [("13.236", "800000000000001"), ("13.236.1", "P")]),
    ("CPF", [("13.237", "11144477735")]),
    ("NIS", [("13.240", "12345678900")]),
    ("CNH", [("13.238", "12345678901"), ("4.707", "DF"), ("13.238.1", "20050505000000")]),
    ("Título", [("13.239", "400000000001"), ("13.239.1", "001"), ("13.239.2", "0002")]),
    ("DNV", [("13.242", "30000000001")]),
    ("RG", [("13.243", "7654320"), ("13.245", "10"), ("4.707", "GO"), ("13.243.1", "20030303000000")]),
    ("CTPS", [("13.244", "7654321"), ("13.244.1", "123"), ("13.244.2", "20040404000000")]),
    ("RIC", [("3.3024", "5000000002")]),
    ("Certidão nova", [("13.241.1", "null"), ("4.706", f"{1:032d}"), ("4.706.5", "20060606000000")]),
    ("Certidão antiga", [("13.241.4", "null"), ("4.706.1", "SEDE"), ("4.706.2", "B12"), ("4.706.3", "34"),
                         ("4.706.4", "9988"), ("4.706.5", "20070707000000")]),
    ("Naturalização", [("4.713", "123/2001"), ("4.713.1", "19900101000000"), ("4.713.2", "20010202000000")]),
]  # fmt: skip


def test_every_document_has_its_ids_in_the_order_of_cadsus() -> None:
    answer = m.found(m.WHOLE)
    assert groups(answer) == [row for _, row in ROWS]
    for one in answer.iterfind(".//h:asOtherIDs", m.NS):
        assert one.get("classCode") == "ROL"
        assert m.values(one, "h:id/@root") == m.values(one, "h:scopingOrganization/h:id/@root")


def test_the_parts_of_a_person_are_in_the_official_order() -> None:
    person = m.found(m.WHOLE).find(".//h:patientPerson", m.NS)
    assert person is not None
    kinds = list(dict.fromkeys(etree.QName(part).localname for part in person))
    assert kinds == [
        "name", "telecom", "administrativeGenderCode", "birthTime", "deceasedInd", "addr", "raceCode", "ethnicGroupCode",
        "asCitizen", "asOtherIDs", "personalRelationship", "birthPlace", "languageCommunication",
    ]  # fmt: skip


def test_the_passport_is_a_citizenship() -> None:
    citizen = m.found(m.WHOLE).find(".//h:asCitizen", m.NS)
    assert citizen is not None
    assert [etree.QName(part).localname for part in citizen] == ["id", "effectiveTime", "politicalNation"]
    assert m.values(citizen, "@classCode | h:id/@root | h:id/@extension") == [
        "CIT",
        f"{OID}4.330",
        "FA000001",
    ]
    assert m.values(citizen, "h:effectiveTime/@value") == ["20200110000000"]
    assert m.values(citizen, "h:effectiveTime/h:high/@value") == ["20300109000000"]
    assert m.values(citizen, "h:politicalNation[@classCode='NAT']/h:code/@code") == ["021"]


def test_the_ids_that_systems_gave_follow_the_corporate_one() -> None:
    patient = m.found(m.WHOLE).find(".//h:patient", m.NS)
    assert patient is not None
    assert m.values(patient, "h:id/@extension") == ["0000000001", "P-77", "9"]
    assert m.values(patient, "h:id/@assigningAuthorityName") == ["RES-BRASIL", "PRONTUARIO"]
    assert m.values(patient, "h:id/@root") == m.values(patient, "h:providerOrganization/h:id/@root")


def test_a_root_is_named_once_by_the_organisation() -> None:
    twice = replace(m.MARIA, locais=(LocalId("1.2", "a"), LocalId("1.2", "b")))
    assert m.values(m.found(twice), "//h:providerOrganization/h:id/@root")[1:] == ["1.2"]


@pytest.mark.parametrize(
    ("vip", "protected", "confidentiality", "marked"),
    [
        (False, False, "N", []),
        (True, False, "R", ["VIP"]),
        (False, True, "R", []),
        (True, True, "R", ["VIP"]),
    ],
)
def test_who_is_restricted(vip: bool, protected: bool, confidentiality: str, marked: list[str]) -> None:
    record = replace(m.MARIA, vip=vip, protegida=protected)
    answer = m.found(record)
    assert m.values(answer, "//h:confidentialityCode/@code") == [confidentiality]
    assert m.values(answer, "//h:veryImportantPersonCode/@code") == marked
    silent = m.found(record, release=pdq.INTEGRADOR - {"sigilo"})
    assert m.values(silent, "//h:confidentialityCode/@code") == ["N"]
    assert m.values(silent, "//h:veryImportantPersonCode") == []


@pytest.mark.parametrize("race", ["01", "02", "03", "04", "99", ""])
def test_an_ethnicity_stands_only_with_its_race(race: str) -> None:
    assert m.values(m.found(replace(m.WHOLE, raca_cor=race)), "//h:ethnicGroupCode") == []
    assert m.values(m.found(m.WHOLE), "//h:ethnicGroupCode/@code") == ["0012"]


@pytest.mark.parametrize(
    ("city", "country", "written"),
    [
        ("520870", "010", ["520870", "010"]),
        ("520870", "", ["520870", "010"]),
        ("", "021", ["021"]),
        ("", "010", ["010"]),
        ("", "", []),
    ],
)
def test_where_the_person_was_born(city: str, country: str, written: list[str]) -> None:
    answer = m.found(replace(m.MARIA, municipio_nascimento=city, pais_nascimento=country))
    assert m.values(answer, "//h:birthPlace/h:addr/*/text()") == written


@pytest.mark.parametrize(
    ("fields", "use", "city", "country"),
    [
        ({}, "H", ["520870"], ["010"]),
        ({"pais": "010"}, "H", ["520870"], ["010"]),
        ({"endereco_tipo": "WP"}, "WP", ["520870"], ["010"]),
        ({"pais": "021", "municipio6": "", "municipio_exterior": "ROSARIO"}, "H", ["ROSARIO"], ["021"]),
        ({"municipio_exterior": "ROSARIO"}, "H", ["520870"], ["010"]),
        ({"nomade": True}, "BAD", [], []),
    ],
)
def test_an_address_says_of_what_kind_and_where(
    fields: dict[str, str], use: str, city: list[str], country: list[str]
) -> None:
    answer = m.found(replace(m.MARIA, **fields))
    assert m.values(answer, f"{PERSON}h:addr/@use") == [use]
    assert m.values(answer, f"{PERSON}h:addr/h:city/text()") == city
    assert m.values(answer, f"{PERSON}h:addr/h:country/text()") == country


@pytest.mark.parametrize(("country", "use"), [("", "BAD"), ("010", "BAD"), ("021", "H")])
def test_a_country_alone_is_an_address_only_abroad(country: str, use: str) -> None:
    assert m.values(m.found(PersonRecord(id=1, pais=country)), f"{PERSON}h:addr/@use") == [use]


@pytest.mark.parametrize(
    "record",
    [
        replace(m.MARIA, documentos=(Document(tipo="rg", numero=""), Document(tipo="outro", numero="1"))),
        replace(m.MARIA, documentos=(Document(tipo="passaporte", numero="", pais="021"),)),
        replace(m.MARIA, certidoes=(Certificate(tipo="00", matricula="1"), Certificate(tipo="91"))),
    ],
    ids=["RG without number, unknown kind", "passport without number", "certidões of no type, of no data"],
)
def test_what_says_nothing_is_not_written(record: PersonRecord) -> None:
    answer = m.found(record)
    assert groups(answer) == groups(m.found(m.MARIA))
    assert m.values(answer, "//h:asCitizen") == []


def test_a_part_of_a_document_that_is_not_known_leaves_its_id_out() -> None:
    rg = Document(tipo="rg", numero="1", uf="GO", emissao="hoje")
    assert groups(m.found(replace(m.MARIA, documentos=(rg,))))[-1] == [("13.243", "1"), ("4.707", "GO")]


def test_an_operadora_gets_none_of_it() -> None:
    bare = replace(
        m.WHOLE,
        locais=(),
        documentos=(),
        certidoes=(),
        vip=False,
        etnia="",
        pais_nascimento="",
        data_entrada="",
    )
    whole, little = (
        pdq.render_answer(
            m.ask(m.by_id(m.CNS, "700000000000005")), [pdq.Match(record, 100)], release=pdq.OPERADORA, total=1,
            remaining=0, message_id=m.MESSAGE_ID, now=m.NOW,
        )
        for record in (m.WHOLE, bare)
    )  # fmt: skip
    assert whole == little
