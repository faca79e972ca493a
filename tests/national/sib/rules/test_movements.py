"""Mudança contratual, cancelamento, reativação: state, what is sent, and the state or the crítica that comes of it."""

from __future__ import annotations

import pytest

from tests.national.sib.rules.moves import State, broken, difference, move
from tests.national.sib.rules.samples import (
    BAD_CNPJ,
    BAD_RPS,
    CEI,
    CONTEXT,
    FREE,
    IN_USE,
    OLD_PLAN,
    ORPHAN,
    OTHER_RPS,
    PORTED,
    RPS,
    TODAY,
    TOMORROW,
    WITH_CONTRACTOR,
    dependent,
    ended,
    vinculo,
)
from vincula.formats.sib import schema
from vincula.national.sib.rules.movements import (
    CANCELAMENTO,
    MUDANCA,
    REATIVACAO,
    RETIFICACAO,
    apply,
    changes,
    target,
)
from vincula.national.sib.rules.records import Facts

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
