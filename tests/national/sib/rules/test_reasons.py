"""What is told of a vínculo: a sentence and a next step for every reason, and no oracle on the Receita."""

from __future__ import annotations

import re

import pytest

from vincula.national.sib.rules.reasons import ACTION_TEXT, EXPLANATION, Action, Reason

# They stand in the base: a number never changes its meaning.
ACTIONS = {
    "NENHUMA": 0, "ATRIBUIDO": 1, "MANTIDO": 2, "SUBSTITUIDO_QUALIDADE": 3, "SUBSTITUIDO_OUTRA_PESSOA": 4, "EMITIDO": 5,
    "INFORMADO": 6, "CONSERVADO": 7,
}  # fmt: skip
REASONS = {
    "VALIDADO": 0, "SEM_CPF": 1, "DADOS_NAO_CONFEREM": 2, "NOME_DIFERE": 3, "NASCIMENTO_DIFERE": 4, "CPF_FALECIDO": 5,
    "CPF_CANCELADO": 6, "CPF_NULO": 7, "CPF_EM_CONFLITO": 8, "EM_REVISAO": 9, "AGUARDA_CADSUS": 10,
    "AGUARDA_CONSOLIDACAO": 11,
}  # fmt: skip
NAMES_A_FIELD = {Reason.NOME_DIFERE: "nome", Reason.NASCIMENTO_DIFERE: "data de nascimento"}


def test_the_numbers_in_the_base_keep_their_meaning() -> None:
    assert {a.name: int(a) for a in Action} == ACTIONS
    assert {r.name: int(r) for r in Reason} == REASONS


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence_and_a_next_step(reason: Reason) -> None:
    told = EXPLANATION[reason]
    for text in (told.sentence, told.next_step):
        assert re.fullmatch(r"[A-ZÀ-Ú].{9,}\.", text), text
        assert "  " not in text


@pytest.mark.parametrize("action", Action)
def test_every_action_has_a_text(action: Action) -> None:
    assert ACTION_TEXT[action]


def test_only_two_reasons_say_which_field_differs() -> None:
    """The oracle rule: a field is named only where the CPF exists and the other of name and birth agrees."""
    assert {reason for reason in Reason if "difere d" in EXPLANATION[reason].sentence} == NAMES_A_FIELD.keys()
    for reason, field in NAMES_A_FIELD.items():
        assert field in EXPLANATION[reason].sentence
    assert "nascimento" not in EXPLANATION[Reason.NOME_DIFERE].sentence
    assert "nome" not in EXPLANATION[Reason.NASCIMENTO_DIFERE].sentence


def test_data_that_do_not_agree_are_named_only_together() -> None:
    sentence = EXPLANATION[Reason.DADOS_NAO_CONFEREM].sentence
    assert "CPF, nome e nascimento, juntos" in sentence
    assert "existe" not in sentence, "whether the CPF exists is not told"


@pytest.mark.parametrize(
    "reason",
    [Reason.CPF_FALECIDO, Reason.CPF_CANCELADO, Reason.CPF_NULO, Reason.AGUARDA_CADSUS],
)
def test_what_the_receita_says_of_a_cpf_is_told_only_where_the_data_agree(reason: Reason) -> None:
    assert EXPLANATION[reason].sentence.startswith("Os dados conferem")


def test_a_death_is_answered_with_the_reason_of_the_sib() -> None:
    assert "motivo 44" in EXPLANATION[Reason.CPF_FALECIDO].next_step
