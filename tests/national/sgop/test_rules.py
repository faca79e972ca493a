"""SGOP's rules as tables: the checks before a registration, who decides what, what the gate wants."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincula.common.outcomes import Accepted, Refused
from vincula.identifiers import cns as cns_rules
from vincula.identifiers import cpf as cpf_rules
from vincula.national.sgop.rules import checks, entry, moves
from vincula.national.sgop.rules.checks import Holder
from vincula.national.sgop.rules.entry import Standing
from vincula.national.sgop.rules.quality import MINIMUM_GRADE
from vincula.national.sgop.rules.words import Acao, Estado, Pedido, Perfil, Quem, Tipo

ME, OTHER = cpf_rules.complete("700000001"), cpf_rules.complete("700000002")
CNS = next(n for base in range(20) if (n := cns_rules.issue(f"7{base:013d}")))
ADM, OPE = Perfil.ADMINISTRADOR, Perfil.OPERADOR


def code(refused: object) -> str:
    return refused.code if isinstance(refused, Refused) else ""


@pytest.mark.parametrize(
    ("number", "holder", "expected"),
    [
        ("", None, "SGOP_CNS_INVALIDO"),
        ("123", None, "SGOP_CNS_INVALIDO"),
        (CNS[:-1] + str((int(CNS[-1]) + 1) % 10), None, "SGOP_CNS_INVALIDO"),
        (CNS, None, "SGOP_CNS_NAO_E_SEU"),
        (CNS, Holder(OTHER, ativa=True, qualidade=100), "SGOP_CNS_NAO_E_SEU"),
        (CNS, Holder("", ativa=True, qualidade=100), "SGOP_CNS_NAO_E_SEU"),
        (CNS, Holder(ME, ativa=False, qualidade=100), "SGOP_CNS_INATIVO"),
        (CNS, Holder(ME, ativa=True, qualidade=0), ""),
    ],
)
@pytest.mark.requirement("R022")
def test_the_cns_is_valid_of_the_base_active_and_his(
    number: str, holder: Holder | None, expected: str
) -> None:
    assert code(checks.card(number, ME, holder)) == expected


def test_a_number_of_somebody_else_gets_the_answer_of_one_that_does_not_exist() -> None:
    assert checks.card(CNS, ME, Holder(OTHER, ativa=False, qualidade=1)) == checks.card(CNS, ME, None)


@pytest.mark.requirement("R023", "R024", "R025", "R026")
def test_quality_below_and_at_the_threshold() -> None:
    assert checks.quality(Holder(ME, ativa=True, qualidade=MINIMUM_GRADE)) is None
    refused = checks.quality(Holder(ME, ativa=True, qualidade=MINIMUM_GRADE - 1))
    assert refused is not None
    assert refused.message == "A qualidade cadastral do número do CNS empregado é baixa."
    assert "unidade de saúde (Unidade Básica de Saúde, hospital ou outra)" in refused.remedy
    assert "O SGOP não altera a qualidade" in refused.remedy


@pytest.mark.parametrize(
    ("perfil", "directed", "expected"),
    [
        (ADM, ("7000011",), ""),
        (ADM, (), "SGOP_NAO_E_DIRETOR"),
        (ADM, ("7000022",), "SGOP_NAO_E_DIRETOR"),
        (ADM, ("7000011", "7000022"), "SGOP_DIRETOR_DE_OUTRO"),
        (OPE, (), ""),
        (OPE, ("7000022",), ""),
        (OPE, ("7000011", "7000022"), ""),
    ],
)
@pytest.mark.requirement("R031", "R032", "R040", "R041")
def test_the_administrator_directs_this_establishment_and_no_other(
    perfil: Perfil, directed: tuple[str, ...], expected: str
) -> None:
    assert code(checks.director(perfil, "7000011", directed)) == expected


@pytest.mark.requirement("R030", "R042", "R043")
def test_an_operator_asks_only_after_an_administrator_is_registered() -> None:
    assert code(checks.administrator_first(OPE, False)) == "SGOP_SEM_ADMINISTRADOR"
    assert checks.administrator_first(OPE, True) is None
    assert checks.administrator_first(ADM, False) is None


HERE, ELSEWHERE = frozenset(("7000011",)), frozenset(("7000022",))


@pytest.mark.parametrize(
    ("perfil", "quem", "expected"),
    [
        # an ADMINISTRADOR's request: the support team, never himself
        (ADM, Quem(OTHER, suporte=True), ""),
        (ADM, Quem(ME, suporte=True), "SGOP_PROPRIO_PEDIDO"),
        (ADM, Quem(ME, administra=HERE), "SGOP_PROPRIO_PEDIDO"),
        (ADM, Quem(OTHER, administra=HERE), "SGOP_SEM_COMPETENCIA"),
        (ADM, Quem(OTHER), "SGOP_SEM_COMPETENCIA"),
        # an OPERADOR's: the ADMINISTRADOR of that very CNES, never himself
        (OPE, Quem(OTHER, administra=HERE), ""),
        (OPE, Quem(OTHER, administra=ELSEWHERE), "SGOP_SEM_COMPETENCIA"),
        (OPE, Quem(OTHER, suporte=True), "SGOP_SEM_COMPETENCIA"),
        (OPE, Quem(OTHER), "SGOP_SEM_COMPETENCIA"),
        (OPE, Quem(ME, administra=HERE), "SGOP_PROPRIO_PEDIDO"),
        (OPE, Quem(), "SGOP_SEM_COMPETENCIA"),
        (OPE, Quem(sistema=True), "SGOP_SEM_COMPETENCIA"),
    ],
)
@pytest.mark.parametrize("tipo", list(Tipo))
@pytest.mark.requirement("R034", "R037", "R038", "R046", "R047")
def test_who_may_approve_what(tipo: Tipo, perfil: Perfil, quem: Quem, expected: str) -> None:
    pedido = Pedido(tipo, ME, "7000011", perfil, Estado.PENDENTE)
    assert code(moves.move(pedido, Acao.APROVAR, quem)) == expected


@pytest.mark.parametrize(
    ("acao", "before", "after"),
    [
        (Acao.APROVAR, Estado.PENDENTE, Estado.APROVADO),
        (Acao.NEGAR, Estado.PENDENTE, Estado.NEGADO),
        (Acao.REVOGAR, Estado.APROVADO, Estado.REVOGADO),
        (Acao.RESTAURAR, Estado.REVOGADO, Estado.APROVADO),
        (Acao.CANCELAR, Estado.PENDENTE, Estado.CANCELADO),
        (Acao.CANCELAR, Estado.APROVADO, Estado.CANCELADO),
    ],
)
def test_the_moves_that_there_are_and_no_other(acao: Acao, before: Estado, after: Estado) -> None:
    who = Quem(ME) if acao is Acao.CANCELAR else Quem(OTHER, administra=HERE)
    for state in Estado:
        found = moves.move(Pedido(Tipo.PERFIL, ME, "7000011", OPE, state), acao, who, "motivo")
        allowed = moves.MOVES.get((acao, state))
        assert code(found) == ("" if allowed else "SGOP_JA_DECIDIDO")
    assert moves.MOVES[acao, before] is after


def test_denying_revoking_and_restoring_need_a_reason() -> None:
    boss = Quem(OTHER, administra=HERE)
    for acao, before in ((Acao.NEGAR, Estado.PENDENTE), (Acao.REVOGAR, Estado.APROVADO)):
        pedido = Pedido(Tipo.PERFIL, ME, "7000011", OPE, before)
        assert code(moves.move(pedido, acao, boss, "  ")) == "SGOP_SEM_MOTIVO"
        assert code(moves.move(pedido, acao, boss, "x" * 501)) == "SGOP_MOTIVO_LONGO"
        assert code(moves.move(pedido, acao, boss, "saiu\0\u202e")) == "SGOP_MOTIVO_INVALIDO"
        assert isinstance(moves.move(pedido, acao, boss, "saiu da empresa"), Accepted)


people = st.builds(
    Quem,
    st.sampled_from(("", ME, OTHER)),
    suporte=st.booleans(),
    administra=st.sampled_from((frozenset(), HERE, ELSEWHERE, HERE | ELSEWHERE)),
    sistema=st.booleans(),
)
requests = st.builds(
    Pedido,
    st.sampled_from(Tipo),
    st.just(ME),
    st.just("7000011"),
    st.sampled_from(Perfil),
    st.sampled_from(Estado),
)


@given(requests, st.sampled_from(Acao), people, st.text(max_size=600))
@pytest.mark.requirement("R034", "R038")
def test_every_call_has_an_answer_and_no_grant_is_ones_own(
    pedido: Pedido, acao: Acao, quem: Quem, motivo: str
) -> None:
    found = moves.move(pedido, acao, quem, motivo)
    if isinstance(found, Accepted) and found.value is Estado.APROVADO:
        assert quem.cpf == OTHER
        assert not quem.sistema
        assert quem.suporte if pedido.perfil is ADM else "7000011" in quem.administra


@pytest.mark.parametrize("approved", list(itertools.product((True, False), repeat=3)))
@pytest.mark.requirement("R048", "R049")
def test_only_all_three_approved_of_the_eight_combinations_pass(approved: tuple[bool, ...]) -> None:
    for missing in (None, Estado.PENDENTE, Estado.NEGADO, Estado.REVOGADO, Estado.CANCELADO):
        standings = {
            tipo: Standing(Estado.APROVADO, OPE) if yes else Standing(missing, OPE if missing else None)
            for tipo, yes in zip(Tipo, approved, strict=True)
        }
        found = entry.three(standings)
        if all(approved):
            assert found == Accepted(OPE)
        else:
            first = next(tipo for tipo, yes in zip(Tipo, approved, strict=True) if not yes)
            assert code(found) == f"SGOP_FALTA_{first}"


def test_three_approvals_of_two_profiles_are_not_enough() -> None:
    mixed = {tipo: Standing(Estado.APROVADO, ADM if tipo is Tipo.PERFIL else OPE) for tipo in Tipo}
    assert code(entry.three(mixed)) == "SGOP_PERFIS_DIFERENTES"
