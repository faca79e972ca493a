"""RN001 to RN055 item by item: a record that each refuses, beside one that it takes (cadsus-rules.md, section 4)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.people.registration_example import (
    ANTIGA,
    CNH,
    CTPS,
    DNV,
    NOVA,
    PASSAPORTE,
    RG,
    TITULO,
    a_full_record,
    a_record,
    world,
)
from vincula.identifiers import cpf
from vincula.people.record import Card, PersonRecord, Phone
from vincula.people.registration import Channel, added, check, convert, official, replaced
from vincula.people.registration.book import read_book
from vincula.people.registration.joining import DATA

CPF = cpf.complete("111222333")
ABROAD = {
    "pais": "021", "municipio6": "", "uf": "", "tipo_logradouro": "", "logradouro": "", "numero": "", "bairro": "", "cep": "",
    "municipio_exterior": "ROSARIO",
}  # fmt: skip
NATURALISED = {
    "nacionalidade": "N", "municipio_nascimento": "", "pais_nascimento": "023", "portaria_naturalizacao": "123/99-1",
    "data_naturalizacao": "2005-01-01", "data_entrada": "2000-01-01",
}  # fmt: skip
FOREIGN = {
    "nacionalidade": "E",
    "municipio_nascimento": "",
    "pais_nascimento": "023",
    "data_entrada": "2000-01-01",
}


def phone(**values: str) -> dict[str, Any]:
    return {"telefones": (replace(Phone("987654321", "11", "3"), **values),)}


def doc(document: Any, **values: str) -> dict[str, Any]:
    return {"documentos": (replace(document, **values),)}


def cert(certificate: Any, **values: str) -> dict[str, Any]:
    return {"certidoes": (replace(certificate, **values),)}


# (rule, what makes it refuse, what it takes): changes to a record that nothing stands against.
TABLE: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("RN001.2", {"cpf": "11122233300"}, {"cpf": CPF}),
    ("RN001.3", {"cpf": "11111111111"}, {"cpf": ""}),
    ("CAMPO52", {"cartoes": (Card("700000000000004", "D"),)}, {"cartoes": (Card("700000000000005", "D"),)}),
    ("RN002.1", {"nome": ""}, {"nome": "RITA PAZ"}),
    ("RN002.2", {"nome": "A"}, {"nome": "ANA SA"}),
    ("RN002.3", {"nome": "FULANO LIMA"}, {"nome": "FULANO LIMA", "cpf": CPF}),
    ("RN002.4", {"nome": "ANA"}, {"nome": "ANA LIMA"}),
    ("RN002.5", {"nome": "TERESA MARIA B LIMA"}, {"nome": "TERESA ORTEGA Y LUNA"}),
    ("RN002.6", {"nome": "ANA-LIA COSTA"}, {"nome": "LUÍSA D’ÁVILA"}),
    ("RN002.7", {"nome": "ANA  COSTA"}, {"nome": " Ana Costa "}),
    ("RN002.8", {"nome": "BRUNO AAA"}, {"nome": "BRUNO III"}),
    ("RN002.13", {"nome": "A E LIMA"}, {"nome": "ANA E LIMA"}),
    ("RN002.14", {"nome": "JO SA"}, {"nome": "JO SA LIMA"}),
    ("RN002.15", {"nome": "BRTZ LIMA"}, {"nome": "WLTR LIMA"}),
    ("RN002.16", {"nome": "BRTSA LIMA"}, {"nome": "WBRTSA LIMA"}),
    ("CAMPO02", {"nome": "ANA " + "LIMA " * 14}, {"nome": "ANA " + "LIMA " * 13}),
    ("RN003.1", {"nome_mae": ""}, {"nome_mae": "SEM INFORMAÇÃO"}),
    ("RN003.2", {"nome_mae": "ANA"}, {"nome_mae": "ANA LIMA"}),
    ("CAMPO04", {"nome_mae": "ANA " + "LIMA " * 14}, {"nome_mae": "ANA LIMA"}),
    ("RN004.1", {"nome_pai": ""}, {"nome_pai": "SEM INFORMAÇÃO"}),
    ("RN004.2", {"nome_pai": "JO SA"}, {"nome_pai": "JOSE SA"}),
    ("RN004.3", {"nome_pai": "FULANO LIMA", "cpf": CPF}, {"nome_pai": "JOSE LIMA", "cpf": CPF}),
    ("CAMPO05", {"nome_pai": "ANA " + "LIMA " * 14}, {"nome_pai": "JOSE LIMA"}),
    ("RN005.1", {"sexo": ""}, {"sexo": "I"}),
    ("RN005.2", {"sexo": "X"}, {"sexo": "UN"}),
    ("RN006.1", {"raca_cor": ""}, {"raca_cor": "99"}),
    ("RN006.2", {"raca_cor": "06"}, {"raca_cor": "04"}),
    ("RN007.1", {"raca_cor": "05"}, {"raca_cor": "05", "etnia": "0011"}),
    ("RN007.2", {"raca_cor": "05", "etnia": "9999"}, {"raca_cor": "05", "etnia": "X405"}),
    ("RN007.3", {"raca_cor": "01", "etnia": "0011"}, {"raca_cor": "01"}),
    ("RN008.2", {"nome_social": "LULA-1"}, {"nome_social": "LU"}),
    ("RN008.3", {"nome_social": "FULANO", "cpf": CPF}, {"nome_social": "LURDES"}),
    ("CAMPO03", {"nome_social": "ANA " + "LIMA " * 14}, {"nome_social": ""}),
    ("RN009.1", {"data_obito": "1990-05-19", "justificativa_obito": "MORREU BEM IDOSO"}, {"data_obito": "1990-05-20", "justificativa_obito": "MORREU BEM IDOSO"}),
    ("RN009.2", {"data_nascimento": "2026-11-23"}, {"data_nascimento": "2026-11-22"}),
    ("RN009.3", {"data_nascimento": "2023-02-29"}, {"data_nascimento": "2024-02-29"}),
    ("RN009.4", {"data_nascimento": "20/05/1990"}, {"data_nascimento": "1990-05-20"}),
    ("RN009.5", {"data_nascimento": "1850-12-31"}, {"data_nascimento": "1851-01-01"}),
    ("RN010.1", {"data_nascimento": ""}, {"data_nascimento": "2000-01-01"}),
    ("RN011.2", {"tipo_sanguineo": "C+"}, {"tipo_sanguineo": "ab -"}),
    ("RN013.1", {"data_obito": "2020-01-01"}, {"data_obito": "2020-01-01", "justificativa_obito": "MORREU BEM IDOSO"}),
    ("RN013.2", {"justificativa_obito": "MORREU € BEM IDOSO"}, {"justificativa_obito": "Morreu (idoso), 3 horas."}),
    ("RN013.3", {"justificativa_obito": "MORREU  AOS OITENTA ANOS"}, {"justificativa_obito": "MORREU AOS OITENTA ANOS"}),
    ("RN013.4", {"justificativa_obito": "MORTE DE NATIMORTO AQUI"}, {"justificativa_obito": "MORTE DE CAUSA NATURAL"}),
    ("RN013.5", {"justificativa_obito": "MORREU SOZINHO"}, {"justificativa_obito": "MORREU BEM SOZINHO"}),
    ("CAMPO12", {"justificativa_obito": "MORREU " * 600}, {"justificativa_obito": "MORREU " * 500}),
    ("RN014", {"nacionalidade": ""}, {"nacionalidade": "B"}),
    ("RN014", {"nacionalidade": "X"}, {"nacionalidade": "b"}),
    ("RN015", {"municipio_nascimento": ""}, {"municipio_nascimento": "999999"}),
    ("RN015", {"municipio_nascimento": "123456"}, {"municipio_nascimento": "330455"}),
    ("RN015", {**FOREIGN, "municipio_nascimento": "355030"}, FOREIGN),
    ("RN016", {"pais_nascimento": ""}, {"pais_nascimento": "010"}),
    ("RN016", {"pais_nascimento": "021"}, NATURALISED),
    ("RN016", {**FOREIGN, "pais_nascimento": "020"}, {**FOREIGN, "pais_nascimento": "021"}),
    ("RN017", {**NATURALISED, "portaria_naturalizacao": ""}, NATURALISED),
    ("RN017", {"portaria_naturalizacao": "123"}, {}),
    ("RN017.3", {**NATURALISED, "portaria_naturalizacao": "N 12"}, {**NATURALISED, "portaria_naturalizacao": "12/1-3"}),
    ("CAMPO16", {**NATURALISED, "portaria_naturalizacao": "1" * 51}, {**NATURALISED, "portaria_naturalizacao": "1" * 50}),
    ("RN018", {**NATURALISED, "data_naturalizacao": ""}, NATURALISED),
    ("RN019", {**FOREIGN, "data_entrada": ""}, FOREIGN),
    ("RN019", {"data_entrada": "2000-01-01"}, {"nacionalidade": "P", **{k: v for k, v in FOREIGN.items() if k not in ("nacionalidade", "data_entrada")}}),
    ("RN020.2", {"emails": ("maria.exemplo",)}, {"emails": ("maria@exemplo.org",)}),
    ("RN020.3", {"emails": ("a@b.org", "A@B.org")}, {"emails": ("a@b.org", "c@b.org")}),
    ("RN020.5", {"emails": ("a@gmail.com.br",)}, {"emails": ("a@gmail.com", "a@UOL.com.br")}),
    ("CAMPO19", {"emails": ("a" * 100 + "@b.org",)}, {"emails": ()}),
    ("CAMPO20", {"emails": ("a@b.org", "c@b.org", "d@b.org")}, {"emails": ("a@b.org",)}),
    ("RN021.1", phone(tipo=""), phone(tipo="03")),
    ("RN021.1", phone(tipo="10"), phone(tipo="9")),
    ("RN021.2", phone(ddd="011"), phone(ddd="11")),
    ("RN021.3", phone(numero="9876543210"), phone(numero="33334444", tipo="1")),
    ("RN021.3", phone(numero="123456789012", ddi="1", ddd=""), phone(numero="2025550123", ddi="1", ddd="")),
    ("RN021.4", phone(numero="98765-4321"), phone(numero="987654321")),
    ("RN021.5", phone(numero="999999999"), phone(numero="999999998")),
    ("RN021.6", {"telefones": ()}, phone()),
    ("RN021.7", phone(numero="887654321"), phone(numero="987654321")),
    ("RN021.8", phone(numero="87654321"), phone(numero="87654321", tipo="1")),
    ("RN022.2", {"nomade": True}, {"nomade": True, **dict.fromkeys(ABROAD, "")}),
    ("RN023.3", {"cep": "01001-000"}, {"cep": ""}),
    ("RN024.1", {"pais": ""}, dict.fromkeys(ABROAD, "")),
    ("RN024.2", {"pais": "049"}, ABROAD),
    ("RN025.1", {"municipio6": ""}, {"municipio6": "330455"}),
    ("RN025.1", {**ABROAD, "municipio_exterior": ""}, ABROAD),
    ("RN025.2", {"municipio6": "999999"}, {"municipio6": "355030"}),
    ("RN025.3", {**ABROAD, "municipio_exterior": "DESCONHECIDO"}, {**ABROAD, "municipio_exterior": "ROSÁRIO"}),
    ("CAMPO26", {**ABROAD, "municipio_exterior": "R" * 71}, {**ABROAD, "municipio_exterior": "R" * 70}),
    ("RN026.1", {"tipo_logradouro": ""}, {"tipo_logradouro": "081"}),
    ("RN026.2", {"tipo_logradouro": "999"}, {"tipo_logradouro": "001"}),
    ("RN027.1", {"logradouro": ""}, {"logradouro": "RUA A"}),
    ("RN027.2", {"logradouro": "AV. BRASIL"}, {"logradouro": "Avenida São João (fundos), 3/4 - D'Ávila"}),
    ("RN027.3", {"logradouro": "RUA  A"}, {"logradouro": "RUA A"}),
    ("RN027.6", {"logradouro": "DESCONHECIDO"}, {"logradouro": "NOSSA SENHORA"}),
    ("CAMPO28", {"logradouro": "A" * 251}, {"logradouro": "A" * 250}),
    ("RN028.1", {"numero": ""}, {"numero": "s/n"}),
    ("RN028.2", {"numero": "12A"}, {"numero": "1234567"}),
    ("RN028.3", {"numero": "000"}, {"numero": "010"}),
    ("RN029.2", {"complemento": "APTO. 3"}, {"complemento": "APTO 3"}),
    ("RN029.3", {"complemento": "DESCONHECIDO"}, {"complemento": "CASA"}),
    ("CAMPO30", {"complemento": "A" * 51}, {"complemento": "A" * 50}),
    ("RN030.1", {"bairro": ""}, {"bairro": "SÉ"}),
    ("RN030.2", {"bairro": "CENTRO*"}, {"bairro": "CENTRO (OESTE)"}),
    ("RN030.4", {"bairro": "DESCONHECIDO"}, {"bairro": "CENTRO"}),
    ("CAMPO31", {"bairro": "A" * 73}, {"bairro": "A" * 72}),
    ("RN031.2", doc(DNV, numero="123"), doc(DNV)),
    ("RN032.2", {"pis": "12345678901"}, {"pis": "12345678900"}),
    ("RN033.2", doc(RG, uf=""), doc(RG)),
    ("RN033.2", doc(RG, numero="", orgao="", uf="", emissao=""), doc(RG)),
    ("RN033.3", doc(RG, numero="12.345"), doc(RG, numero="MG12345")),
    ("RN033.3", doc(RG, numero="ABCDE"), doc(RG, numero="12345")),
    ("RN034.2", doc(RG, numero="", emissao=""), doc(RG)),
    ("RN034.3", doc(RG, orgao="99"), doc(RG, orgao="81")),
    ("RN035.2", doc(RG, numero="", orgao=""), doc(RG)),
    ("RN035.3", doc(RG, uf="XX"), doc(RG, uf="rj")),
    ("RN036.2", doc(RG, numero="", orgao="", uf=""), doc(RG)),
    ("CAMPO35", doc(RG, numero="1" * 16), doc(RG, numero="1" * 15)),
    ("RN037.2", cert(NOVA, tipo="90"), cert(NOVA, tipo="15")),
    ("RN038.3", cert(NOVA, livro="1"), cert(NOVA)),
    ("RN039.2", cert(ANTIGA, cartorio=""), cert(ANTIGA)),
    ("RN039.3", cert(ANTIGA, cartorio="123"), cert(ANTIGA, cartorio="1O CARTÓRIO")),
    ("RN039.4", cert(ANTIGA, cartorio="CART. 1"), cert(ANTIGA, cartorio="CART-1")),
    ("RN040.2", cert(ANTIGA, livro=""), cert(ANTIGA)),
    ("RN040.3", cert(ANTIGA, livro="-"), cert(ANTIGA, livro="a")),
    ("RN040.4", cert(ANTIGA, livro="A/1"), cert(ANTIGA, livro="A-1")),
    ("RN041.2", cert(ANTIGA, folha=""), cert(ANTIGA)),
    ("RN041.3", cert(ANTIGA, folha="--"), cert(ANTIGA, folha="1")),
    ("RN041.4", cert(ANTIGA, folha="1V."), cert(ANTIGA, folha="1V")),
    ("RN042.2", cert(ANTIGA, termo=""), cert(ANTIGA)),
    ("RN042.3", cert(ANTIGA, termo="ABC"), cert(ANTIGA, termo="A1")),
    ("RN042.4", cert(ANTIGA, termo="1.2"), cert(ANTIGA, termo="1-2")),
    ("CAMPO40", cert(ANTIGA, folha="12345"), cert(ANTIGA, folha="1234")),
    ("RN043.2", cert(NOVA, matricula=""), cert(NOVA)),
    ("RN043.3", cert(NOVA, matricula="1" * 31), cert(NOVA, matricula="1" * 32)),
    ("RN044.2", cert(NOVA, emissao=""), cert(NOVA)),
    ("RN045.2", doc(CTPS, serie=""), doc(CTPS)),
    ("RN045.3", doc(CTPS, numero="1111111"), doc(CTPS, numero="1111112")),
    ("RN046.2", doc(CTPS, numero=""), doc(CTPS)),
    ("RN047.2", doc(CTPS, numero="", serie=""), doc(CTPS)),
    ("CAMPO42", doc(CTPS, numero="123456789012"), doc(CTPS, numero="12345678901")),
    ("CAMPO43", doc(CTPS, serie="123456"), doc(CTPS, serie="12345")),
    ("RN048.2", doc(CNH, numero="A1234567890"), doc(CNH)),
    ("RN048.3", doc(CNH, emissao=""), doc(CNH)),
    ("RN049.2", doc(CNH, numero=""), doc(CNH)),
    ("RN050.2", doc(CNH, numero="", emissao=""), doc(CNH)),
    ("RN050.3", doc(CNH, uf="XX"), doc(CNH, uf="DF")),
    ("CAMPO45", doc(CNH, numero="012345678901"), doc(CNH)),
    ("RN051.2", doc(PASSAPORTE, validade=""), doc(PASSAPORTE)),
    ("RN051.3", doc(PASSAPORTE, numero="ABCDEF"), doc(PASSAPORTE, numero="A1")),
    ("RN052.2", doc(PASSAPORTE, numero=""), doc(PASSAPORTE)),
    ("RN052.3", doc(PASSAPORTE, pais="050"), doc(PASSAPORTE, pais="021")),
    ("RN053.2", doc(PASSAPORTE, numero="", pais=""), doc(PASSAPORTE)),
    ("RN053.4", doc(PASSAPORTE, validade="2020-01-01"), doc(PASSAPORTE, validade="2020-01-02")),
    ("RN054.2", doc(PASSAPORTE, numero="", pais="", validade=""), doc(PASSAPORTE)),
    ("CAMPO48", doc(PASSAPORTE, numero="A" * 15 + "1"), doc(PASSAPORTE)),
    ("CAMPO00", doc(TITULO, numero="1" * 16), doc(TITULO)),
]  # fmt: skip
# Rules that apply RN009 to a date of theirs: its faults name them.
BY_WAY_OF_RN009: list[tuple[str, dict[str, Any]]] = [
    ("RN010.2", {"data_nascimento": "2999-01-01"}),
    ("RN012.2", {"data_obito": "2999-01-01", "justificativa_obito": "MORREU BEM IDOSO"}),
    ("RN018", {**NATURALISED, "data_naturalizacao": "1989-01-01"}),
    ("RN019", {**NATURALISED, "data_entrada": "2005-13-01"}),
    ("RN036.3", doc(RG, emissao="2999-01-01")),
    ("RN044.3", cert(NOVA, emissao="1989-01-01")),
    ("RN047.3", doc(CTPS, emissao="2999-01-01")),
    ("RN049.3", doc(CNH, emissao="2999-01-01")),
    ("RN053.3", doc(PASSAPORTE, validade="2030-02-30")),
    ("RN054.3", doc(PASSAPORTE, emissao="1980-01-01")),
]
NEEDS_THE_BASE = {"RN001.4", "RN020.4", "RN023.2", "V13"}


def faults(record: PersonRecord, **more: Any) -> dict[str, str]:
    return {one.rule: one.field for one in check(convert(record), world(**more))}


def test_a_record_with_everything_in_order_has_nothing_against_it() -> None:
    assert faults(a_record()) == {}
    assert faults(a_full_record()) == {}


@pytest.mark.parametrize(("rule", "wrong", "right"), TABLE)
def test_each_item_refuses_what_it_must_and_nothing_else(
    rule: str, wrong: dict[str, Any], right: dict[str, Any]
) -> None:
    found = check(convert(a_record(**wrong)), world())
    assert rule in {name for one in found for name in (one.rule, one.via)}
    assert rule not in faults(a_record(**right)), "what the item takes"
    for one in found:
        assert one.message.endswith("."), one
        assert one.remedy.endswith((".", ").")), one
        assert one.root in PersonRecord.__dataclass_fields__


@pytest.mark.parametrize(("via", "wrong"), BY_WAY_OF_RN009)
def test_every_date_is_held_to_rn009_by_the_rule_of_its_own_field(via: str, wrong: dict[str, Any]) -> None:
    found = check(convert(a_record(**wrong)), world())
    assert {(one.rule[:5], one.via) for one in found} == {("RN009", via)}


def test_every_item_of_the_register_is_in_the_table_and_every_fault_in_the_register() -> None:
    names = {"RN003.2", "RN004.2", "RN008.2"}  # through the items of RN002
    tried = {rule for rule, _, _ in TABLE} | {via for via, _ in BY_WAY_OF_RN009} | names | NEEDS_THE_BASE
    assert tried == {item.rule for item in official().items}


@pytest.mark.parametrize(("rule", "wrong"), [(rule, wrong) for rule, wrong, _ in TABLE] + BY_WAY_OF_RN009)
def test_each_item_can_be_switched_off_alone(rule: str, wrong: dict[str, Any]) -> None:
    record = convert(a_record(**wrong))
    before = check(record, world())
    after = check(record, world(), official().without(rule))
    assert after == tuple(one for one in before if rule not in (one.rule, one.via))
    assert len(after) < len(before)


def test_an_item_that_does_not_exist_cannot_be_switched_off() -> None:
    with pytest.raises(KeyError):
        official().without("RN099.1")


@pytest.mark.parametrize(
    "lines",
    [
        ["# versao: 1", "regra\tvale\tcampo\texige"],
        ["regra\tvale\tcampo\texige", "RN001.2\tsim\tcpf\tx"],
        ["# versao: 1", "regra\tvale"],
        ["# versao: 1", "regra\tvale\tcampo\texige", "RN001.2\ttalvez\tcpf\tx"],
        ["# versao: 1", "regra\tvale\tcampo\texige", "RN001.2\tsim\tcpf\tx", "RN001.2\tnao\tcpf\tx"],
    ],
)
def test_a_register_out_of_form_is_not_read(lines: list[str]) -> None:
    with pytest.raises(ValueError):
        read_book(lines)


def test_all_that_is_wrong_is_told_at_once() -> None:
    found = faults(PersonRecord())
    assert {"RN002.1", "RN003.1", "RN004.1", "RN005.1", "RN006.1", "RN010.1", "RN014", "RN021.6"} == set(
        found
    )


def test_over_the_wire_nothing_is_asked_that_the_wire_cannot_carry() -> None:
    dead = a_record(data_obito="2020-01-01")
    assert "RN013.1" in faults(dead)
    assert faults(dead, channel=Channel.PIX) == faults(dead, channel=Channel.SERVICO) == {}
    abroad = a_record(**{**ABROAD, "municipio_exterior": ""})
    assert "RN025.1" in faults(abroad)
    assert faults(abroad, channel=Channel.PIX) == {}


def test_ignoring_data_quality_spares_the_names_their_terms_and_nothing_else() -> None:
    record = a_record(nome="FULANO LIMA", nome_pai="FULANO", bairro="DESCONHECIDO")
    assert {"RN002.3", "RN004.3", "RN002.4", "RN030.4"} == set(faults(record))
    assert {"RN002.4", "RN030.4"} == set(faults(record, ignore_quality=True))


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"nome": " Lúcia  Serrrra"}, {"nome": "LÚCIA  SERRA"}),
        ({"nome": "ooolga prado"}, {"nome": "OOLGA PRADO"}),
        ({"nome": "luuuis d’ávila"}, {"nome": "LUIS D'ÁVILA"}),
        ({"sexo": "UN"}, {"sexo": "I"}),
        ({"sexo": "n"}, {"sexo": "I"}),
        ({"tipo_sanguineo": "A -"}, {"tipo_sanguineo": "A-"}),
        ({"logradouro": "rua são joão"}, {"logradouro": "RUA SÃO JOÃO"}),
        ({"numero": "s/n"}, {"numero": "S/N"}),
        (phone(tipo="03", ddi="+55"), phone(tipo="3")),
        ({"emails": (" A@b.org ", " ")}, {"emails": ("A@b.org",)}),
        (cert(ANTIGA, cartorio="1º cartório"), cert(ANTIGA, cartorio="1º CARTORIO")),
        ({"documentos": (RG, CNH)}, {"documentos": (CNH, RG)}),
        ({"bairro": "CEN\0TRO"}, {"bairro": "CENTRO"}),
    ],
)  # fmt: skip
def test_what_the_rules_convert(sent: dict[str, Any], kept: dict[str, Any]) -> None:
    assert convert(a_record(**sent)) == a_record(**kept)


texts = st.text(st.characters(max_codepoint=0x2FF), max_size=12) | st.sampled_from(
    ["", "SSSA", "AAAna", "III", "d’Ávila", "\0", "UN", "A -", "03"]
)


TEXT_FIELDS = [name for name in DATA if isinstance(getattr(PersonRecord(), name), str)]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from(TEXT_FIELDS), texts, max_size=5))
def test_a_converted_record_converts_to_itself_and_any_record_is_judged(values: dict[str, str]) -> None:
    once = convert(replace(a_full_record(), **values))
    assert convert(once) == once
    for one in check(once, world()):
        assert one.rule in {item.rule for item in official().items}


def test_what_is_added_empties_nothing_and_a_placeholder_replaces_nothing_known() -> None:
    held = a_full_record(nome_pai="JOSE PRADO", raca_cor="05", etnia="0011")
    arrived = PersonRecord(
        nome="MARIA PRADO LIMA", nome_pai="SEM INFORMAÇÃO", sexo="I", raca_cor="99", emails=("novo@exemplo.org",),
        documentos=(replace(RG, numero="999"),), nacionalidade="B", municipio_nascimento="999999", pais_nascimento="010",
    )  # fmt: skip
    after = added(held, arrived, DATA)
    assert after == replace(
        held,
        nome="MARIA PRADO LIMA",
        emails=("novo@exemplo.org", "lurdes@exemplo.net"),
        documentos=(CNH, CTPS, DNV, PASSAPORTE, replace(RG, numero="999"), TITULO),
    )


def test_an_address_and_a_nationality_come_whole() -> None:
    held = a_full_record()
    abroad = added(held, PersonRecord(pais="021", municipio_exterior="ROSARIO"), DATA)
    assert (abroad.pais, abroad.municipio6, abroad.logradouro, abroad.cep) == ("021", "", "", "")
    foreign = added(held, PersonRecord(**FOREIGN), DATA)
    assert (foreign.nacionalidade, foreign.municipio_nascimento, foreign.pais_nascimento) == ("E", "", "023")
    nomad = added(held, PersonRecord(nomade=True), DATA)
    assert (nomad.nomade, nomad.logradouro) == (True, "")


def test_only_what_the_message_carried_is_touched_and_replacing_also_empties() -> None:
    held = a_full_record()
    assert added(held, PersonRecord(nome="RITA PAZ"), {"sexo"}) == held
    assert replaced(held, PersonRecord(nome="RITA PAZ"), {"nome", "emails", "cartoes", "vip"}) == replace(
        held, nome="RITA PAZ", emails=()
    )
