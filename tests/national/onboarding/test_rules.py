"""Where a person stands in the six steps."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from vincula.common.outcomes import Refused
from vincula.national.onboarding.facts import (
    ADMINISTRADOR,
    APROVADO,
    OPERADOR,
    PENDENTE,
    REQUESTS,
    REVOGADO,
    Facts,
)
from vincula.national.onboarding.rules import OF_NOBODY, Standing, steps

F, E, P, B = Standing.FEITO, Standing.EM_ANALISE, Standing.POR_FAZER, Standing.BLOQUEADO
LOW = Refused("QUALIDADE_BAIXA", "A qualidade cadastral do seu CNS é baixa.", "Procure uma unidade de saúde.")
SHUT = Refused("COMPUTADOR", "Este computador não é o cadastrado.", "Use o cadastrado.")
NOTHING = Facts()
OFFICE = replace(NOTHING, cnes="2000016")
JOINED = replace(OFFICE, registered=True, linked=True)
MANAGED = replace(JOINED, administrador=APROVADO)
ASKED = dict.fromkeys(REQUESTS, PENDENTE)
GRANTED = dict.fromkeys(REQUESTS, APROVADO)
CASES = {
    "nobody has come in": (replace(MANAGED, entered=False), (B, B, B, B, B, B), ""),
    "no CNES": (NOTHING, (P, B, B, B, B, B), "a operadora"),
    "a CNES, nobody in SGOP": (OFFICE, (F, P, B, B, B, B), "você"),
    "in SGOP without gov.br": (replace(OFFICE, registered=True), (F, P, B, B, B, B), "você"),
    "low quality": (replace(MANAGED, person_refused=LOW), (F, F, P, B, B, B), "você"),
    "the director, before he asks": (
        replace(JOINED, director=True), (F, F, F, P, B, B), "você, que o CNES indica como diretor, gerente ou administrador",
    ),
    "an operator before the director": (JOINED, (F, F, F, P, B, B), "quem dirige o estabelecimento"),
    "the director waits for support": (
        replace(JOINED, director=True, administrador=PENDENTE, profile=ADMINISTRADOR, requests=ASKED),
        (F, F, F, E, B, B), "a equipe de suporte",
    ),
    "the director, before the computer (R036)": (
        replace(
            JOINED, director=True, administrador=PENDENTE, profile=ADMINISTRADOR,
            requests=dict.fromkeys(REQUESTS[:2], PENDENTE),
        ),
        (F, F, F, P, B, B), "você",
    ),
    "the director, whose computer still waits": (
        replace(
            MANAGED, director=True, profile=ADMINISTRADOR, requests={**GRANTED, "COMPUTADOR": PENDENTE}
        ),
        (F, F, F, E, B, B), "a equipe de suporte",
    ),
    "an account of no operadora": (replace(NOTHING, cnes_refused=OF_NOBODY), (P, B, B, B, B, B), "você"),
    "an operator has asked nothing": (MANAGED, (F, F, F, F, P, B), "você"),
    "an operator waits": (
        replace(MANAGED, profile=OPERADOR, requests=ASKED), (F, F, F, F, E, B), "o ADMINISTRADOR do estabelecimento",
    ),
    "an operator whose profile was revoked": (
        replace(MANAGED, profile=OPERADOR, requests={**GRANTED, "PERFIL": REVOGADO}),
        (F, F, F, F, P, B), "você e o ADMINISTRADOR do estabelecimento",
    ),
    "the administrator is in": (
        replace(MANAGED, director=True, profile=ADMINISTRADOR, requests=GRANTED), (F, F, F, F, F, F), "",
    ),
    "an operator is in": (replace(MANAGED, profile=OPERADOR, requests=GRANTED), (F, F, F, F, F, F), ""),
    "an operator is in, and the director has changed": (
        replace(JOINED, profile=OPERADOR, requests=GRANTED), (F, F, F, F, F, F), "",
    ),
    "whose conditions are gone, without an ADMINISTRADOR": (
        replace(JOINED, profile=OPERADOR, requests=GRANTED, gate_refused=SHUT), (F, F, F, P, B, B), "quem dirige o estabelecimento",
    ),
    "the former ADMINISTRADOR, whose successor is authorised": (
        replace(MANAGED, profile=ADMINISTRADOR, requests={**GRANTED, "PERFIL": REVOGADO}, gate_refused=SHUT),
        (F, F, F, F, P, B), "você",
    ),
    "an operator at another computer": (
        replace(MANAGED, profile=OPERADOR, requests=GRANTED, gate_refused=SHUT), (F, F, F, F, F, P), "você",
    ),
}  # fmt: skip


@pytest.mark.requirement("R010", "R011", "R042", "R051")
@pytest.mark.parametrize("case", CASES)
def test_where_a_person_stands(case: str) -> None:
    facts, wanted, who = CASES[case]
    told = steps(facts)
    assert tuple(one.found.standing for one in told) == wanted
    first = next((one for one in told if one.found.standing is not F), None)
    assert (first.found.who if first else "") == who


def test_who_can_enter_is_told_that_nobody_decides_there() -> None:
    inside = replace(JOINED, profile=OPERADOR, requests=GRANTED)
    fourth, last = steps(inside)[3].found, steps(inside)[5].found
    assert "sem ADMINISTRADOR" in fourth.note
    assert last.where == "segcartao"
    assert steps(replace(inside, administrador=APROVADO))[3].found.note == ""


def test_who_has_opened_a_ticket_is_led_to_it_and_not_told_to_open_one() -> None:
    waits = replace(JOINED, director=True, administrador=PENDENTE, profile=ADMINISTRADOR, requests=ASKED)
    told = steps(waits)[3].found
    assert (told.where, told.which) == ("support-abrir", "")
    told = steps(replace(waits, ticket="2026112200000001"))[3].found
    assert (told.where, told.which) == ("support-chamado", "2026112200000001")
    assert "2026112200000001 está aberto" in told.remedy


def test_in_a_sandbox_the_first_step_leads_to_the_registration() -> None:
    assert steps(NOTHING)[0].found.where == "cnes-obter"
    assert steps(replace(NOTHING, simulates=True))[0].found.where == "cnes-sede"
    told = steps(replace(NOTHING, simulates=True, under_way=7))[0].found
    assert (told.standing, told.where, told.which) == (E, "cnes-sede-cadastro", "7")


@pytest.mark.requirement("R029", "R051", "R052", "R053", "R054")
def test_the_headings_are_those_of_the_infographic() -> None:
    assert [f"{one.number}. {one.heading}" for one in steps(NOTHING)] == [
        "1. OPERADORA NO CNES",
        "2. CADASTRO DOS PROFISSIONAIS NO SGOP",
        "3. QUALIDADE DO CADASTRO",
        "4. CADASTRO DO ADMINISTRADOR",
        "5. CADASTRO DO OPERADOR",
        "6. ACESSO AO CADSUS WEB",
    ]


@pytest.mark.requirement("R010")
def test_nothing_is_open_behind_what_is_not_done() -> None:
    """Over all that can be: the locked ones are exactly those behind the first that is not done."""
    states = ("", PENDENTE, APROVADO, "NEGADO", "REVOGADO", "CANCELADO")
    for cnes, registered, linked, refused, director, administrador, profile, mine, gate in product(
        ("", "2000016"), (False, True), (False, True), (None, LOW), (False, True), states,
        ("", OPERADOR, ADMINISTRADOR), states, (None, SHUT),
    ):  # fmt: skip
        facts = Facts(
            True, cnes, None, registered, linked, refused, director, administrador, profile,
            {one: mine for one in REQUESTS if mine}, gate,
        )  # fmt: skip
        told = [one.found for one in steps(facts)]
        done = next((n for n, one in enumerate(told) if one.standing is not F), len(told))
        assert all(one.standing is B for one in told[done + 1 :])
        if done < len(told):
            assert told[done].standing in (P, E)
            assert told[done].missing
            assert told[done].who
