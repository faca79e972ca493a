"""One line that somebody types: what is kept, and what is refused with the reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincula.common.lines import Line
from vincula.common.outcomes import Accepted, Refused

REASON = Line("MOTIVO", "o motivo", 20, "Diga por quê.")

CASES = [
    # typed, what is kept or what is told
    ("Certificado perdido.", "Certificado perdido."),
    ("  Pedido da área  ", "Pedido da área"),
    ("Pedido da área\n", "Pedido da área"),
    ("x" * 20, "x" * 20),
    ("", "Falta o motivo."),
    ("   ", "Falta o motivo."),
    ("\t\n", "Falta o motivo."),
    ("...", "Falta o motivo."),
    ("um\ndois", "O motivo tem quebra de linha"),
    ("um\tdois", "O motivo tem quebra de linha"),
    ("um\x1b[31mdois", "outro caractere que não se vê"),
    ("um\u202edois", "outro caractere que não se vê"),
    ("um\0dois", "outro caractere que não se vê"),
    ("x" * 21, "O motivo tem 21 caracteres, e o limite é 20."),
]


@pytest.mark.parametrize(("typed", "expected"), CASES, ids=[repr(typed) for typed, _ in CASES])
def test_a_line_is_kept_as_it_was_typed_or_refused(typed: str, expected: str) -> None:
    outcome = REASON.read(typed)
    if isinstance(outcome, Accepted):
        assert outcome.value == expected
    else:
        assert isinstance(outcome, Refused)
        assert outcome.code == "MOTIVO"
        assert expected in outcome.message
        assert outcome.remedy


def test_nothing_typed_may_have_a_code_of_its_own() -> None:
    named = Line("NOME_INVALIDO", "o nome", 20, "Informe o nome.", absent="NOME_AUSENTE")
    codes = [one.code for typed in (" ", "a\nb") if isinstance(one := named.read(typed), Refused)]
    assert codes == ["NOME_AUSENTE", "NOME_INVALIDO"]


@given(st.text(max_size=30))
def test_what_is_kept_can_be_shown_anywhere(typed: str) -> None:
    outcome = REASON.read(typed)
    if isinstance(outcome, Accepted):
        assert outcome.value
        assert outcome.value in typed
        assert outcome.value.isprintable()
        assert len(outcome.value) <= 20
    else:
        assert isinstance(outcome, Refused)
        assert outcome.message.isprintable(), "the refusal does not repeat what was typed"
