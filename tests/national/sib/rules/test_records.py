"""The críticas of an inclusão: for each rule a record that breaks exactly it, and a neighbour that does not."""

from __future__ import annotations

import pytest

from tests.national.sib.rules.samples import (
    BAD_CAEPF,
    BAD_CEI,
    BAD_CNPJ,
    BAD_CNS,
    BAD_CPF,
    BAD_PIS,
    BAD_RPS,
    CAEPF,
    CEI,
    CNPJ,
    CNS,
    CONTEXT,
    CPF,
    FREE,
    IN_USE,
    NOWHERE,
    ORPHAN,
    OTHER_RPS,
    PIS,
    RIO,
    TODAY,
    TOMORROW,
    child,
    titular,
)
from vincula.national.sib.rules.catalog import rules
from vincula.national.sib.rules.records import Context, Facts, check_inclusao, is_short_name

# rule, field, what is wrong; the record that breaks it; its neighbour, which breaks nothing
CASES = [
    ("COD-1", "codigo", "só espaços", titular(codigo="   "), titular(codigo="A 1")),
    ("NOM-1", "nome", "só espaços", titular(nome="     "), titular(nome="EVA E SOUZA")),
    ("NOM-1", "nome", "só apóstrofos", titular(nome="'' ''"), titular(nome="EVA D'AVILA")),
    ("NOM-2", "nome", "uma palavra", titular(nome="MARIA"), titular(nome="Y MARIA")),
    ("NOM-2", "nome", "nome do meio abreviado", titular(nome="MARIA S SOUZA"), titular(nome="maria e souza")),
    ("DNA-1", "nascimento", "nasceu depois da contratação", titular(nascimento="2020-05-02"),
     titular(nascimento="2020-05-01")),
    ("CPF-1", "cpf", "dígito verificador errado", titular(cpf=BAD_CPF), titular(cpf=CPF)),
    ("CPF-1", "cpf", "algarismos iguais", titular(cpf="11111111111"), titular(cpf="12345678909")),
    ("CPF-1", "cpf", "de menor, opcional mas errado", child(cpf=BAD_CPF), child(cpf="")),
    ("CPF-2", "cpf", "titular sem CPF", titular(cpf=""), child(cpf="")),
    ("CPF-2", "cpf", "titular menor sem CPF", titular(cpf="", nascimento="2015-06-01"),
     titular(nascimento="2015-06-01")),
    ("CPF-2", "cpf", "dependente de 18 anos hoje", child(nascimento="2008-11-21"), child(nascimento="2008-11-22")),
    ("PIS-1", "pis", "dígito verificador errado", titular(pis=BAD_PIS), titular(pis=PIS)),
    ("MAE-1", "nome_mae", "titular sem PIS nem mãe", titular(nome_mae=""), titular(nome_mae="", pis=PIS)),
    ("MAE-1", "nome_mae", "mãe só com espaços", titular(nome_mae="   "), titular(nome_mae="ANA")),
    ("MAE-1", "nome_mae", "dependente adulto sem PIS nem mãe", child(nascimento="1990-01-01", cpf=CPF, nome_mae=""),
     child(nascimento="2015-01-01", cpf=CPF, nome_mae="")),
    ("MAE-2", "nome_mae", "menor sem nenhum dos três", child(nome_mae=""), child(nome_mae="", pis=PIS)),
    ("MAE-2", "nome_mae", "menor, mãe só com espaços", child(nome_mae="    "), child(nome_mae="", cpf=CPF)),
    ("DN-1", "dn", "nascido em 2009", child(dn="12345678901", nascimento="2009-12-31"),
     child(dn="12345678901", nascimento="2010-01-01")),
    ("CNS-1", "cns", "dígito verificador errado", titular(cns=BAD_CNS), titular(cns=CNS)),
    ("CNS-1", "cns", "primeiro algarismo que não existe", titular(cns="300000000000000"), titular(cns="")),
    ("TIT-1", "codigo_titular", "dependente sem titular", child(codigo_titular=""), child()),
    ("TIT-1", "codigo_titular", "titular só com espaços", child(codigo_titular=" "), child(codigo_titular="0 1")),
    ("TIT-2", "codigo_titular", "titular com titular", titular(codigo_titular="0009"), titular()),
    ("TIT-3", "codigo_titular", "é o próprio dependente", child(codigo_titular="0002"), child(codigo_titular="0003")),
    ("END-1", "municipio", "falta", titular(municipio=""), titular(municipio=RIO)),
    ("END-1", "municipio", "não existe", titular(municipio=NOWHERE), titular(municipio=RIO)),
    ("END-1", "municipio_residencia", "não existe", titular(municipio_residencia=NOWHERE, tipo_endereco="1"),
     titular(municipio_residencia=RIO, tipo_endereco="1")),
    ("END-2", "municipio_residencia", "com endereço residencial", titular(municipio_residencia=RIO, tipo_endereco="2"),
     titular(tipo_endereco="2")),
    ("END-2", "municipio_residencia", "sem tipo de endereço", titular(municipio_residencia=RIO),
     titular(municipio_residencia=RIO, tipo_endereco="1")),
    ("PLA-1", "plano_ans", "dígito verificador errado", titular(plano_ans=BAD_RPS), titular(plano_ans=OTHER_RPS)),
    ("PLA-1", "plano_portabilidade", "dígito verificador errado", titular(plano_portabilidade=BAD_RPS),
     titular(plano_portabilidade=OTHER_RPS)),
    ("CNP-1", "cnpj_contratante", "dígito verificador errado", titular(cnpj_contratante=BAD_CNPJ),
     titular(cnpj_contratante=CNPJ)),
    ("CNP-1", "cei_contratante", "dígito verificador errado", titular(cei_contratante=BAD_CEI),
     titular(cei_contratante=CEI)),
    ("CNP-1", "caepf_contratante", "dígitos verificadores errados", titular(caepf_contratante=BAD_CAEPF),
     titular(caepf_contratante=CAEPF)),
    ("DCT-1", "contratacao", "amanhã", titular(contratacao=TOMORROW), titular(contratacao=TODAY)),
]  # fmt: skip


def broken(record: dict[str, str], facts: Facts = FREE, context: Context = CONTEXT) -> list[tuple[str, str]]:
    return [(f.rule, f.column) for f in check_inclusao(record, facts, context)]


@pytest.mark.parametrize(
    ("rule", "column", "why", "wrong", "right"), CASES, ids=[f"{c[0]} {c[1]}: {c[2]}" for c in CASES]
)
def test_a_record_breaks_exactly_its_rule_and_its_neighbour_breaks_none(
    rule: str, column: str, why: str, wrong: dict[str, str], right: dict[str, str]
) -> None:
    assert broken(wrong) == [(rule, column)], why
    assert broken(right) == []


@pytest.mark.parametrize(
    ("rule", "column", "facts", "record"),
    [
        ("COD-2", "codigo", IN_USE, titular()),
        ("TIT-3", "codigo_titular", ORPHAN, child()),
    ],
)
def test_what_only_the_base_knows_is_judged_by_the_facts(
    rule: str, column: str, facts: Facts, record: dict[str, str]
) -> None:
    assert broken(record, facts) == [(rule, column)]
    assert broken(record) == []


def test_every_fault_of_a_record_is_told_at_once() -> None:
    record = titular(cpf=BAD_CPF, pis=BAD_PIS, municipio=NOWHERE, nome="MARIA", plano_ans=BAD_RPS)
    assert broken(record) == [
        ("NOM-2", "nome"),
        ("CPF-1", "cpf"),
        ("PIS-1", "pis"),
        ("PLA-1", "plano_ans"),
        ("END-1", "municipio"),
    ]


def test_somebody_born_tomorrow_under_a_contract_of_tomorrow_has_both_dates_wrong() -> None:
    record = titular(nascimento=TOMORROW, contratacao=TOMORROW)
    assert broken(record) == [("DNA-1", "nascimento"), ("DCT-1", "contratacao")]


def test_the_value_that_was_wrong_is_told_and_a_missing_one_is_empty() -> None:
    values = {
        f.rule: f.value for f in check_inclusao(titular(cpf=BAD_CPF, municipio="", nome="  '"), FREE, CONTEXT)
    }
    assert values == {"CPF-1": BAD_CPF, "END-1": "", "NOM-1": "'"}


@pytest.mark.parametrize(
    ("birth", "today", "adult"),
    [
        ("2008-11-21", "2026-11-20", False),
        ("2008-11-21", "2026-11-21", True),
        ("2008-02-29", "2026-02-28", False),  # 29 February: the year is complete on 1 March
        ("2008-02-29", "2026-03-01", True),
        ("2010-02-28", "2028-02-29", True),
        ("2010-03-01", "2028-02-29", False),
        ("2008-12-31", "2026-12-31", True),
        ("2009-01-01", "2026-12-31", False),
    ],
)
def test_the_eighteenth_birthday_decides_what_a_dependent_owes(birth: str, today: str, adult: bool) -> None:
    record = child(nascimento=birth, contratacao=birth, cpf="")
    assert broken(record, context=Context(today, CONTEXT.municipalities)) == (
        [("CPF-2", "cpf")] if adult else []
    )


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("JOSE DA SILVA", False),
        ("MARIA E SILVA", False),  # "e" and "y" are words
        ("ANA Y CASTRO", False),
        ("LI XU", False),
        ("D'AVILA SOUZA", False),
        ("JOSE", True),
        ("  JOSE  ", True),
        ("J SILVA", True),
        ("JOSE A", True),
        ("JOSE É SILVA", True),
    ],
)
def test_a_short_name_is_one_word_or_one_with_an_initial(name: str, short: bool) -> None:
    assert is_short_name(name) is short


def test_a_short_name_is_only_a_warning() -> None:
    assert not rules()["NOM-2"].refuses
