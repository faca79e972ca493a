"""Retificação, field by field: state, what is sent, and the state or the crítica that comes of it."""

from __future__ import annotations

import pytest

from tests.national.sib.rules.moves import State, broken, difference, move
from tests.national.sib.rules.samples import (
    BAD_CNPJ,
    BAD_CPF,
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
    OLD_PLAN,
    ORPHAN,
    OTHER_RPS,
    PIS,
    PORTED,
    RIO,
    RPS,
    TOMORROW,
    WITH_CONTRACTOR,
    dependent,
    ended,
    titular,
    vinculo,
)
from vincula.formats.sib import schema
from vincula.national.sib.rules.fields import BY_ELEMENT
from vincula.national.sib.rules.movements import (
    RETIFICACAO,
)
from vincula.national.sib.rules.records import Facts, check_inclusao

AT_WORK = vinculo(tipo_endereco="1", municipio_residencia=RIO)
BABY = dependent(dn="12345678901")


ONE_FIELD = {
    "cpf": "12345678909", "dn": "98765432109", "pis": PIS, "cns": CNS, "nome": "JOAO DE SOUZA", "sexo": "3",
    "nascimento": "2014-02-28", "nome_mae": "EVA DE SOUZA", "logradouro": "RUA NOVA", "numero": "10A",
    "complemento": "FUNDOS", "bairro": "CENTRO", "municipio": RIO, "municipio_residencia": RIO, "cep": "01001000",
    "tipo_endereco": "2", "reside_exterior": "1", "codigo": "0099", "relacao": "6", "codigo_titular": "0003",
    "contratacao": "2019-01-31", "reativacao": "2021-01-01", "cancelamento": "2024-01-31", "motivo_cancelamento": "44",
    "plano_ans": OTHER_RPS, "plano_portabilidade": OTHER_RPS, "cpt": "1", "itens_excluidos": "0",
    "cnpj_contratante": CNPJ, "cei_contratante": CEI, "caepf_contratante": CAEPF,
}  # fmt: skip
BEFORE = dependent(
    situacao="I", cancelamento="2024-06-30", motivo_cancelamento="41", tipo_endereco="1", complemento="CASA"
)


@pytest.mark.parametrize(("column", "value"), ONE_FIELD.items())
def test_a_retificacao_of_one_field_changes_that_field_and_nothing_else(column: str, value: str) -> None:
    assert difference(RETIFICACAO, BEFORE, {column: value}) == {column: value}


def test_the_table_of_single_fields_has_all_that_a_retificacao_may_carry() -> None:
    carried = {BY_ELEMENT[n].column for n in schema.leaf_names(schema.RETIFICACAO) if n in BY_ELEMENT}
    assert ONE_FIELD.keys() | {"cco", "plano_operadora"} == carried


def test_an_empty_retificacao_changes_nothing() -> None:
    assert difference(RETIFICACAO, vinculo(), {}) == {}


def test_a_retificacao_changes_several_groups_at_once() -> None:
    sent = {"nome": "MARIA DE SOUZA LIMA", "cep": "01001000", "codigo": "0099"}
    assert difference(RETIFICACAO, vinculo(), sent) == sent


def test_a_complement_sent_empty_is_taken_away() -> None:
    assert difference(RETIFICACAO, vinculo(complemento="CASA 2"), {"complemento": ""}) == {"complemento": ""}


CONSEQUENCES = [
    ("o SCPA toma o lugar do RPS", vinculo(), {"plano_operadora": "X1"}, {"plano_operadora": "X1", "plano_ans": ""}),
    ("e o da portabilidade", PORTED, {"plano_operadora": "X1"},
     {"plano_operadora": "X1", "plano_ans": "", "plano_portabilidade": ""}),
    ("o RPS toma o lugar do SCPA", OLD_PLAN, {"plano_ans": RPS}, {"plano_operadora": "", "plano_ans": RPS}),
    ("outro RPS deixa a portabilidade", PORTED, {"plano_ans": OTHER_RPS}, {"plano_ans": OTHER_RPS}),
    ("a portabilidade sozinha deixa o RPS", vinculo(), {"plano_portabilidade": OTHER_RPS},
     {"plano_portabilidade": OTHER_RPS}),
    ("o CAEPF toma o lugar do CNPJ", WITH_CONTRACTOR, {"caepf_contratante": CAEPF},
     {"caepf_contratante": CAEPF, "cnpj_contratante": ""}),
    ("quem passa a titular perde o titular", dependent(), {"relacao": "1"}, {"relacao": "1", "codigo_titular": ""}),
    ("quem passa a dependente ganha um", vinculo(), {"relacao": "3", "codigo_titular": "0007"},
     {"relacao": "3", "codigo_titular": "0007"}),
    ("endereço residencial não tem município de residência", AT_WORK, {"tipo_endereco": "2"},
     {"tipo_endereco": "2", "municipio_residencia": ""}),
    ("nascido antes de 2010 não tem DN", BABY, {"nascimento": "2009-12-31"}, {"nascimento": "2009-12-31", "dn": ""}),
    ("nascido em 2010 tem", BABY, {"nascimento": "2010-01-01"}, {"nascimento": "2010-01-01"}),
]  # fmt: skip


@pytest.mark.parametrize(("why", "state", "sent", "expected"), CONSEQUENCES, ids=[c[0] for c in CONSEQUENCES])
def test_what_cannot_stand_beside_what_a_retificacao_sends_goes(
    why: str, state: State, sent: State, expected: State
) -> None:
    assert difference(RETIFICACAO, state, sent) == expected, why


REFUSED = [
    ("CPF-1", "cpf", vinculo(), {"cpf": BAD_CPF}),
    ("NOM-1", "nome", vinculo(), {"nome": "   "}),
    ("DNA-1", "nascimento", vinculo(), {"nascimento": TOMORROW}),
    ("DNA-1", "nascimento", vinculo(), {"nascimento": "2020-05-02"}),
    ("DN-1", "dn", vinculo(), {"dn": "12345678901"}),
    ("DN-1", "dn", BABY, {"dn": "12345678901", "nascimento": "2009-12-31"}),
    ("COD-1", "codigo", vinculo(), {"codigo": " "}),
    ("TIT-1", "codigo_titular", vinculo(), {"relacao": "3"}),
    ("TIT-2", "codigo_titular", vinculo(), {"codigo_titular": "0007"}),
    ("TIT-2", "codigo_titular", dependent(), {"relacao": "1", "codigo_titular": "0001"}),
    ("TIT-3", "codigo_titular", vinculo(), {"relacao": "3", "codigo_titular": "0001"}),  # itself
    ("END-1", "municipio", vinculo(), {"municipio": NOWHERE}),
    ("END-1", "municipio_residencia", AT_WORK, {"municipio_residencia": NOWHERE}),
    ("END-2", "municipio_residencia", vinculo(tipo_endereco="2"), {"municipio_residencia": RIO}),
    ("END-2", "municipio_residencia", AT_WORK, {"municipio_residencia": RIO, "tipo_endereco": "2"}),
    ("PLA-1", "plano_ans", vinculo(), {"plano_ans": BAD_RPS}),
    ("PLA-1", "plano_portabilidade", vinculo(), {"plano_portabilidade": BAD_RPS}),
    ("PLA-2", "plano_operadora", vinculo(), {"plano_operadora": "X1", "plano_ans": RPS}),
    ("PLA-2", "plano_operadora", OLD_PLAN, {"plano_portabilidade": RPS}),
    ("CNP-1", "cnpj_contratante", vinculo(), {"cnpj_contratante": BAD_CNPJ}),
    ("DCT-1", "contratacao", vinculo(), {"contratacao": TOMORROW}),
    ("DCT-1", "contratacao", vinculo(), {"contratacao": "1980-02-28"}),
    ("CAN-1", "cancelamento", vinculo(), {"cancelamento": "2024-06-30"}),
    ("CAN-1", "motivo_cancelamento", vinculo(), {"motivo_cancelamento": "44"}),
    ("CAN-1", "cancelamento", ended(), {"cancelamento": TOMORROW}),
    ("CAN-1", "cancelamento", ended(), {"cancelamento": "2020-04-30"}),
    ("REA-1", "reativacao", vinculo(), {"reativacao": TOMORROW}),
    ("REA-1", "reativacao", ended(), {"reativacao": "2024-07-01"}),  # this would be a reativação
]


@pytest.mark.parametrize(
    ("rule", "column", "state", "sent"), REFUSED, ids=[f"{r[0]} {'+'.join(r[3])}" for r in REFUSED]
)
def test_a_retificacao_is_refused_for_what_it_sends(
    rule: str, column: str, state: State, sent: State
) -> None:
    assert broken(RETIFICACAO, state, sent) == [(rule, column)]


def test_a_retificacao_to_a_codigo_in_use_or_to_an_unknown_titular_is_refused() -> None:
    assert broken(RETIFICACAO, vinculo(), {"codigo": "0007"}, IN_USE) == [("COD-2", "codigo")]
    assert broken(RETIFICACAO, dependent(), {"codigo_titular": "0007"}, ORPHAN) == [
        ("TIT-3", "codigo_titular")
    ]


def test_a_retificacao_validates_only_what_is_sent() -> None:
    """An old record full of faults may still be mended bit by bit."""
    old = vinculo(
        cpf=BAD_CPF,
        cns="1",
        nome="MARIA",
        nome_mae="",
        municipio=NOWHERE,
        plano_ans=BAD_RPS,
        plano_operadora="X1",
        pis="1",
        municipio_residencia=RIO,
        tipo_endereco="2",
    )
    assert len(check_inclusao({k: old[k] for k in titular()}, FREE, CONTEXT)) > 5
    assert broken(RETIFICACAO, old, {"cpf": CPF}) == []
    assert broken(RETIFICACAO, old, {"nome": "MARIA DE SOUZA"}) == []
    assert broken(RETIFICACAO, old, {"cep": "01001000"}, Facts(code_in_use=True, titular_known=False)) == []


def test_an_ended_vinculo_may_send_again_the_codigo_that_its_successor_has() -> None:
    assert difference(RETIFICACAO, ended(), {"codigo": "0001", "sexo": "1"}, IN_USE) == {"sexo": "1"}


def test_a_short_name_in_a_retificacao_is_warned_of_and_taken() -> None:
    applied = move(RETIFICACAO, vinculo(), {"nome": "MARIA S"})
    assert [f.rule for f in applied.findings] == ["NOM-2"]
    assert not applied.refused
    assert applied.state["nome"] == "MARIA S"


def test_dates_of_an_ended_vinculo_are_corrected_without_bringing_it_back() -> None:
    state = ended(reativacao="2022-03-01")
    assert difference(RETIFICACAO, state, {"reativacao": "2022-02-01"}) == {"reativacao": "2022-02-01"}
    both = {"reativacao": "2024-08-01", "cancelamento": "2024-09-01"}
    assert difference(RETIFICACAO, state, both) == both
