"""What each movement does to a vínculo: state, what is sent, and the state or the crítica that comes of it."""

from __future__ import annotations

import pytest

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
    ORPHAN,
    OTHER_RPS,
    PIS,
    RIO,
    RPS,
    TODAY,
    dependent,
    ended,
    titular,
    vinculo,
)
from vincula.formats.sib import schema
from vincula.national.sib.rules.fields import BY_ELEMENT
from vincula.national.sib.rules.movements import (
    CANCELAMENTO,
    MUDANCA,
    REATIVACAO,
    RETIFICACAO,
    Applied,
    apply,
    changes,
    target,
)
from vincula.national.sib.rules.records import Facts, check_inclusao

State = dict[str, str]
TOMORROW = "2026-11-22"
WITH_CONTRACTOR = vinculo(cnpj_contratante=CNPJ)
PORTED = vinculo(plano_portabilidade=OTHER_RPS)
OLD_PLAN = vinculo(plano_ans="", plano_operadora="ANTIGO")
AT_WORK = vinculo(tipo_endereco="1", municipio_residencia=RIO)
BABY = dependent(dn="12345678901")


def move(kind: int, state: State, sent: State, facts: Facts = FREE) -> Applied:
    return apply(kind, state, sent, facts, CONTEXT)


def difference(kind: int, state: State, sent: State, facts: Facts = FREE) -> State:
    """What changed: column → value after. The movement must not be refused."""
    applied = move(kind, state, sent, facts)
    assert not applied.refused, applied.findings
    return {column: after for column, _, after in changes(state, applied.state)}


def broken(kind: int, state: State, sent: State, facts: Facts = FREE) -> list[tuple[str, str]]:
    applied = move(kind, state, sent, facts)
    if applied.refused:
        assert applied.state is state, "a refused movement changes nothing"
    return [(f.rule, f.column) for f in applied.findings]


# -- retificação -----------------------------------------------------------------------------------

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
        cpf=BAD_CPF, cns="1", nome="MARIA", nome_mae="", municipio=NOWHERE, plano_ans=BAD_RPS, pis="1"
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


# -- mudança contratual ----------------------------------------------------------------------------

CHANGE = {"relacao": "1", "contratacao": "2025-01-01", "plano_ans": OTHER_RPS}
CHANGES = [
    ("outro plano", vinculo(), CHANGE, {"contratacao": "2025-01-01", "plano_ans": OTHER_RPS}),
    ("o plano vem inteiro: a portabilidade anterior cai", PORTED, CHANGE,
     {"contratacao": "2025-01-01", "plano_ans": OTHER_RPS, "plano_portabilidade": ""}),
    ("ou é trocada", PORTED, {**CHANGE, "plano_portabilidade": RPS},
     {"contratacao": "2025-01-01", "plano_ans": OTHER_RPS, "plano_portabilidade": RPS}),
    ("adaptação: sai o SCPA", OLD_PLAN, CHANGE,
     {"contratacao": "2025-01-01", "plano_ans": OTHER_RPS, "plano_operadora": ""}),
    ("para plano anterior à lei", vinculo(), {"relacao": "1", "contratacao": "2025-01-01", "plano_operadora": "X1"},
     {"contratacao": "2025-01-01", "plano_ans": "", "plano_operadora": "X1"}),
    ("o contratante não enviado fica", WITH_CONTRACTOR, CHANGE,
     {"contratacao": "2025-01-01", "plano_ans": OTHER_RPS}),
    ("o enviado troca", WITH_CONTRACTOR, {**CHANGE, "cei_contratante": CEI},
     {"contratacao": "2025-01-01", "plano_ans": OTHER_RPS, "cei_contratante": CEI, "cnpj_contratante": ""}),
    ("dependente que passa a titular perde o titular", dependent(), CHANGE,
     {"contratacao": "2025-01-01", "plano_ans": OTHER_RPS, "relacao": "1", "codigo_titular": ""}),
    ("titular que passa a dependente", vinculo(), {**CHANGE, "relacao": "3", "codigo_titular": "0007"},
     {"contratacao": "2025-01-01", "plano_ans": OTHER_RPS, "relacao": "3", "codigo_titular": "0007"}),
    ("dependente que segue com o seu titular", dependent(), {**CHANGE, "relacao": "4"},
     {"contratacao": "2025-01-01", "plano_ans": OTHER_RPS}),
    ("também de vínculo inativo, que assim fica", ended(), CHANGE,
     {"contratacao": "2025-01-01", "plano_ans": OTHER_RPS}),
]  # fmt: skip


@pytest.mark.parametrize(("why", "state", "sent", "expected"), CHANGES, ids=[c[0] for c in CHANGES])
def test_a_mudanca_contratual_brings_the_new_contract(
    why: str, state: State, sent: State, expected: State
) -> None:
    assert difference(MUDANCA, state, sent) == expected, why


@pytest.mark.parametrize(
    ("rule", "column", "state", "sent", "facts"),
    [
        ("PLA-1", "plano_ans", vinculo(), {**CHANGE, "plano_ans": BAD_RPS}, FREE),
        ("CNP-1", "cnpj_contratante", vinculo(), {**CHANGE, "cnpj_contratante": BAD_CNPJ}, FREE),
        ("DCT-1", "contratacao", vinculo(), {**CHANGE, "contratacao": TOMORROW}, FREE),
        ("DCT-1", "contratacao", vinculo(), {**CHANGE, "contratacao": "1980-02-28"}, FREE),
        ("TIT-1", "codigo_titular", vinculo(), {**CHANGE, "relacao": "3"}, FREE),
        ("TIT-2", "codigo_titular", vinculo(), {**CHANGE, "codigo_titular": "0007"}, FREE),
        (
            "TIT-3",
            "codigo_titular",
            dependent(),
            {**CHANGE, "relacao": "4", "codigo_titular": "0007"},
            ORPHAN,
        ),
    ],
)
def test_a_mudanca_contratual_is_refused(
    rule: str, column: str, state: State, sent: State, facts: Facts
) -> None:
    assert broken(MUDANCA, state, sent, facts) == [(rule, column)]


# -- cancelamento, reativação ----------------------------------------------------------------------


@pytest.mark.parametrize("day", [TODAY, "2024-06-30", "2020-05-01"])
def test_a_cancelamento_ends_the_vinculo_also_retroactively(day: str) -> None:
    sent = {"cancelamento": day, "motivo_cancelamento": "41"}
    assert difference(CANCELAMENTO, vinculo(), sent) == {"situacao": "I", **sent}


@pytest.mark.parametrize(
    ("state", "day"), [(vinculo(), TOMORROW), (vinculo(), "2020-04-30"), (ended(), "2025-01-01")]
)
def test_a_cancelamento_in_the_future_before_the_contract_or_of_an_ended_vinculo_is_refused(
    state: State, day: str
) -> None:
    sent = {"cancelamento": day, "motivo_cancelamento": "41"}
    assert broken(CANCELAMENTO, state, sent) == [("CAN-1", "cancelamento")]


@pytest.mark.parametrize("reason", ["45", "40", "49"])
def test_a_reason_outside_the_list_never_passes_the_schema(reason: str) -> None:
    """CAN-2. 45, transferência de carteira, was in the list of 2011: transfers are made by ANS now."""
    kind = schema.FIELDS["motivoCancelamento"].type
    assert kind.problem(reason) is not None
    assert kind.problem("44") is None


@pytest.mark.parametrize("day", [TODAY, "2024-06-30"])
def test_a_reativacao_brings_the_vinculo_back(day: str) -> None:
    assert difference(REATIVACAO, ended(), {"reativacao": day}) == {
        "situacao": "A",
        "reativacao": day,
        "cancelamento": "",
        "motivo_cancelamento": "",
    }


@pytest.mark.parametrize(
    ("state", "day"), [(vinculo(), "2025-01-01"), (ended(), TOMORROW), (ended(), "2024-06-29")]
)
def test_a_reativacao_of_an_active_vinculo_in_the_future_or_before_its_end_is_refused(
    state: State, day: str
) -> None:
    assert broken(REATIVACAO, state, {"reativacao": day}) == [("REA-1", "reativacao")]


def test_a_vinculo_whose_codigo_another_active_one_uses_now_is_not_reactivated() -> None:
    assert broken(REATIVACAO, ended(), {"reativacao": "2025-01-01"}, IN_USE) == [("COD-2", "codigo")]


def test_a_vinculo_ends_comes_back_and_ends_again() -> None:
    state = vinculo()
    for kind, sent in (
        (CANCELAMENTO, {"cancelamento": "2024-06-30", "motivo_cancelamento": "43"}),
        (REATIVACAO, {"reativacao": "2024-08-01"}),
        (CANCELAMENTO, {"cancelamento": "2025-08-01", "motivo_cancelamento": "44"}),
    ):
        applied = move(kind, state, sent)
        assert not applied.findings
        state = dict(applied.state)
    assert (state["situacao"], state["reativacao"], state["cancelamento"]) == (
        "I",
        "2024-08-01",
        "2025-08-01",
    )


def test_the_target_of_a_movement_never_touches_the_state_it_starts_from() -> None:
    state = vinculo()
    before = dict(state)
    target(MUDANCA, state, CHANGE)
    apply(CANCELAMENTO, state, {"cancelamento": TODAY, "motivo_cancelamento": "41"}, FREE, CONTEXT)
    assert state == before


def test_the_history_tells_each_field_before_and_after() -> None:
    applied = move(RETIFICACAO, vinculo(), {"nome": "MARIA LIMA", "sexo": "3"})
    assert changes(vinculo(), applied.state) == [["nome", "MARIA DE SOUZA", "MARIA LIMA"]]
