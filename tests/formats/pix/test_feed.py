"""Feeds, add and revise, as the annex and live systems fill them (cadsus-rules.md, section 9; cadsus-services.md, 4)."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from tests.formats.pix import messages as m
from vincula.formats import pdq, pix, soap
from vincula.people.record import Card, Phone


@pytest.mark.parametrize("name", ["PRPA_IN201301UV02", "PRPA_IN201302UV02"])
def test_a_whole_person(name: str) -> None:
    feed = m.fed(payload=m.message(m.patient(m.WHOLE), name=name))
    assert m.known(feed.record) == m.known(m.LUCIA)
    assert feed.faults == ()
    assert feed.confidencialidade == "N"
    assert feed.local is not None
    assert m.known(feed.local) == {"raiz": m.SYSTEM, "extensao": "P-77", "sistema": "PRONTUARIO"}
    assert feed.target == pdq.Target(f"{m.OID}.3.72.6.1", m.FEED_ID, "", "P", "T")


def test_a_message_without_patient_is_no_feed() -> None:
    assert pix.read_feed(soap.read_envelope(m.enveloped(m.message(""))).payload) is None


def test_a_patient_of_whom_nothing_is_said() -> None:
    for inside in (
        m.patient("", ids="", marks=""),
        '<subject1><patient xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/></subject1>',
    ):
        feed = m.fed(payload=m.message(inside))
        assert (feed.local, feed.given, feed.faults, feed.confidencialidade) == (None, frozenset(), (), "")
        assert m.known(feed.record) == {}


NATIONALITY = "nacionalidade pais_nascimento municipio_nascimento data_entrada portaria_naturalizacao data_naturalizacao".split()
ADDRESS = (
    "endereco_tipo tipo_logradouro logradouro numero complemento bairro cep municipio6 uf pais municipio_exterior"
).split()
# What of a record each part of a feed gives: only that; an update leaves the rest alone.
GIVES = [
    ("a name", m.NAMES, ["nome", "nome_social"]),
    ("telephone and e-mail", m.TELECOMS, ["telefones", "emails"]),
    ("a sex", m.SEX, ["sexo"]),
    ("a birth", m.BIRTH, ["data_nascimento"]),
    ("that he lives", m.ALIVE, ["data_obito"]),
    ("his death", '<deceasedInd value="true"/><deceasedTime value="20200229"/>', ["data_obito"]),
    ("an address", m.ADDRESS, ADDRESS),
    ("an address with nothing but the country", '<addr use="H"><country>021</country></addr>', ADDRESS),
    ("that there is no address", '<addr use="BAD"/>', ADDRESS),
    ("race and ethnicity", m.RACE, ["raca_cor", "etnia"]),
    ("a passport", m.PASSPORT, ["documentos"]),
    ("cards", m.CARDS, ["cartoes"]),
    ("CPF", m.CPF, ["cpf"]),
    ("NIS", m.NIS, ["pis"]),
    ("RG", m.RG, ["documentos"]),
    ("a certidão", m.OLD_MARRIAGE, ["certidoes"]),
    ("the parents", m.PARENTS, ["nome_mae", "nome_pai"]),
    ("born here", m.BORN_HERE, NATIONALITY),
    ("born abroad", m.BORN_ABROAD + m.ENTERED, NATIONALITY),
    ("naturalised", m.NATURALISED + m.BORN_ABROAD, NATIONALITY),
    ("born nowhere", '<birthPlace classCode="BIRTHPL"><addr/></birthPlace>', []),
    ("empty elements", '<name use="L"><given/></name><telecom use="PRN"/><birthTime/><raceCode nullFlavor="NI"/><addr use="H"/>'
     '<administrativeGenderCode nullFlavor="UNK"/><birthPlace classCode="BIRTHPL"/><asCitizen classCode="CIT"/><deceasedInd/>'
     '<asOtherIDs classCode="ROL"/><personalRelationship classCode="PRS"/>', []),
    ("unknown documents and parts", m.group(("99.1", "7")) + '<maritalStatusCode code="S"/>', []),
]  # fmt: skip


@pytest.mark.parametrize(("person", "given"), [case[1:] for case in GIVES], ids=[case[0] for case in GIVES])
def test_what_a_feed_gives_and_what_it_leaves_alone(person: str, given: list[str]) -> None:
    feed = m.fed(person)
    assert feed.given == {"locais", *given}
    assert set(m.known(feed.record)) <= feed.given
    assert feed.faults == ()


def prefixed(xml: str) -> str:
    """The same message with a prefix on every HL7 element."""
    return re.sub(r"<(/?)(\w)", r"<\1n:\2", xml).replace("xmlns=", "xmlns:n=", 1)


def reordered(xml: str) -> str:
    root = etree.fromstring(xml)
    for element in list(root.iter()):
        if not element.tag.endswith(("asOtherIDs", "addr")):  # their order is that of the same kind of id
            groups: dict[str, list[etree._Element]] = {}
            for child in element:
                groups.setdefault(child.tag, []).append(child)
            element[:] = [child for tag in reversed(groups) for child in groups[tag]]
        else:
            element[:] = list(reversed(element))
    return etree.tostring(root, encoding="unicode")


MESSAGE = m.message(m.patient(m.WHOLE))
NIL = '<custodian xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>'
WRITTEN = {
    "prefixes": prefixed(MESSAGE),
    "elements and ids out of order": reordered(MESSAGE),
    "indented": re.sub(r"(<given>|</given>|</?addr|<id |</id>)", r"\n    \1", MESSAGE),
    "custodian nil": m.message(m.patient(m.WHOLE), after=NIL),
    "no custodian": m.message(m.patient(m.WHOLE), after=""),
    "dates as text": re.sub(r'<birthTime value="(\d+)"/>', r"<birthTime>\1</birthTime>", MESSAGE),
    "dates of 14 digits": re.sub(r'<birthTime value="(\d+)"/>', r'<birthTime value="\g<1>000000"/>', MESSAGE),
    "dates of ids with zone": MESSAGE.replace('extension="20030303"', 'extension="20030303000000.0-0300"'),
    "passport with low": MESSAGE.replace(
        '<effectiveTime operator="E" value="20200110">', '<effectiveTime><low value="20200110"/>'
    ),
    "names in parts": MESSAGE.replace(
        "<given>LÚCIA D'ÁVILA PRADO</given>", "<given>LÚCIA</given><family>D'ÁVILA PRADO</family>"
    ),
    "a name without use": MESSAGE.replace('<name use="L"><given>LÚCIA', "<name><given>LÚCIA"),
    "namespace none": MESSAGE.replace(' xmlns="urn:hl7-org:v3"', ""),
}


@pytest.mark.parametrize("how", WRITTEN)
def test_however_it_is_written(how: str) -> None:
    feed = m.fed(payload=WRITTEN[how])
    expected, found = m.known(m.LUCIA), m.known(feed.record)
    for name in ("documentos", "certidoes", "cartoes"):
        key = lambda one: str(sorted(one.items()))  # noqa: E731
        assert sorted(found[name], key=key) == sorted(expected[name], key=key)
    assert {**found, "documentos": 0, "certidoes": 0, "cartoes": 0} == {
        **expected, "documentos": 0, "certidoes": 0, "cartoes": 0,
    }  # fmt: skip
    assert feed.faults == ()


@pytest.mark.parametrize(
    ("written", "sex"),
    [("M", "M"), ("F", "F"), ("UN", "I"), ("N", "I"), ("I", "I"), ("un", "I")],
)
def test_a_sex_that_is_not_informed_is_ignorado(written: str, sex: str) -> None:
    assert m.fed(f'<administrativeGenderCode code="{written}"/>').record.sexo == sex


@pytest.mark.parametrize(
    ("use", "value", "phone"),
    [
        ("PRN", "+55-62-30000000", Phone("30000000", "62", "1")),
        ("ASN", "+55-62-900000000", Phone("900000000", "62", "3")),
        ("WPN", "6230000000", Phone("30000000", "62", "2")),
        ("EMR", "(62) 90000-0000", Phone("900000000", "62", "6")),
        ("ORN", "062 3000-0000", Phone("30000000", "62", "7")),
        ("MC", "+55 (62) 90000.0000", Phone("900000000", "62", "3")),
        ("H", "tel:+5562900000000", Phone("900000000", "62", "1")),
        ("", "5562900000000", Phone("900000000", "62", "")),
        ("PRN", "900000000", Phone("900000000", "", "1")),
        ("PRN", "+54-11-40000000", Phone("40000000", "11", "1", "54")),
        ("PRN", "+55--30000000", Phone("30000000", "", "1")),
        ("XX ASN", "30000000", Phone("30000000", "", "3")),
    ],
)
def test_a_telephone_in_any_usual_writing(use: str, value: str, phone: Phone) -> None:
    feed = m.fed(f'<telecom use="{use}" value="{value}"/>')
    assert feed.record.telefones == (phone,)
    assert feed.faults == ()


def test_an_address_of_mail_is_one_whatever_its_use_says() -> None:
    feed = m.fed('<telecom use="H" value="a@example.org"/><telecom use="NET" value="mailto:b@example.org"/>')
    assert feed.record.emails == ("a@example.org", "b@example.org")
    assert feed.record.telefones == ()


def test_of_several_addresses_the_first_that_says_something() -> None:
    feed = m.fed(
        '<addr use="BAD"/><addr use="BIRTHPL"><city>355030</city></addr><addr use="WP"><city>520870</city></addr>'
        + m.ADDRESS
    )
    assert m.known(feed.record).keys() & set(ADDRESS) == {"municipio6", "endereco_tipo"}
    assert (feed.record.municipio6, feed.record.endereco_tipo) == ("520870", "WP")


def test_a_city_abroad_is_no_municipality() -> None:
    record = m.fed('<addr use="H"><city>ROSARIO</city><country>021</country></addr>').record
    assert (record.municipio6, record.municipio_exterior, record.pais) == ("", "ROSARIO", "021")


@pytest.mark.parametrize(
    ("person", "nationality", "country"),
    [
        (m.BORN_HERE, "B", "010"),
        (m.BORN_HERE.replace("<country>010</country>", ""), "B", "010"),
        (m.BORN_HERE.replace("520870", "999999"), "B", "010"),
        (m.BORN_ABROAD, "E", "021"),
        (m.ENTERED + m.BORN_ABROAD, "E", "021"),
        (m.ENTERED, "E", ""),
        (m.BORN_ABROAD + m.NATURALISED, "N", "021"),
        (m.NATURALISED, "N", ""),
        (m.NATURALISED + m.BORN_HERE.replace("<city>520870</city>", ""), "N", "010"),
        (m.NAMES, "", ""),
    ],
)
def test_the_nationality_follows_from_birth_and_naturalisation(
    person: str, nationality: str, country: str
) -> None:
    feed = m.fed(person)
    assert (feed.record.nacionalidade, feed.record.pais_nascimento) == (nationality, country)
    assert feed.faults == ()


def test_a_naturalised_person() -> None:
    record = m.fed(m.NATURALISED + m.BORN_ABROAD).record
    assert record.portaria_naturalizacao == "123/2001"
    assert (record.data_entrada, record.data_naturalizacao) == ("1990-01-01", "2001-02-02")


def test_cards_are_pairs_even_in_one_group() -> None:
    both = m.group(
        ("13.236.1", "D"), ("13.236", "700000000000005"), ("13.236", "898000000000002"), ("13.236.1", "P")
    )
    lone = m.group(("13.236", "100000000000007"))
    assert m.fed(both + lone).record.cartoes == (
        Card("700000000000005", "D"), Card("898000000000002", "P"), Card("100000000000007", ""),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arc", "tipo"),
    [
        (1, "91"),
        (2, "91"),
        (3, "92"),
        (4, "92"),
        (5, "93"),
        (6, "93"),
        (7, "95"),
        (8, "95"),
        (9, "15"),
        (10, "15"),
    ],
)
def test_every_type_of_certidao_new_and_old(arc: int, tipo: str) -> None:
    data = ("4.706", "1" * 32) if arc % 2 else ("4.706.4", "9")
    (certificate,) = m.fed(m.group(data, (f"13.241.{arc}", "null"))).record.certidoes
    assert (certificate.tipo, certificate.nova) == (tipo, bool(arc % 2))


def test_what_the_base_called_the_person_comes_back() -> None:
    ids = (
        f'<id root="{m.OID}.3.4594" extension="0000000042" assigningAuthorityName="RES-BRASIL"/>'
        f'<id root="{m.OID}.3.4594.3" extension="000000042" assigningAuthorityName="CADSUS-BULK"/>{m.LOCAL}'
    )
    feed = m.fed(m.NAMES, ids=ids)
    assert feed.record.id == 42
    assert feed.local is not None
    assert feed.local.extensao == "P-77"
    assert [one.extensao for one in feed.record.locais] == ["000000042", "P-77"]


@pytest.mark.parametrize("code", ["N", "R", "V"])
def test_vip_and_confidentiality(code: str) -> None:
    feed = m.fed(m.NAMES, marks=m.NORMAL.replace('"N"', f'"{code}"') + m.VIP)
    assert (feed.record.vip, feed.confidencialidade) == (True, code)
    assert "vip" in feed.given
    assert not m.fed(m.NAMES, marks=m.NORMAL + m.VIP.replace('code="VIP"', 'nullFlavor="NI"')).record.vip
