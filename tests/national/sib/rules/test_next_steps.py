"""What the first page tells an operadora to do, from where it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from vincula.national.sib.rules.next_steps import Standing, next_steps

NOTHING_SENT = Standing(202611, last_day=date(2026, 12, 5), today=date(2026, 11, 21))
DONE = replace(NOTHING_SENT, files_open=1)


@pytest.mark.parametrize(
    ("standing", "where"),
    [
        (DONE, []),
        (NOTHING_SENT, ["enviar"]),
        (replace(DONE, last_rejected=True), ["arquivo"]),
        (replace(NOTHING_SENT, last_rejected=True), ["arquivo", "enviar"]),
        (replace(DONE, last_refused=3), ["arquivo"]),
        (replace(DONE, consolidated=202610), ["cnx"]),
        (replace(DONE, consolidated=202610, cnx_ready=True), []),
        (replace(DONE, consolidated=202610, cnx_ready=True, without_cns=9), ["sem-cns"]),
        (replace(NOTHING_SENT, consolidated=202610, without_cns=1), ["enviar", "sem-cns", "cnx"]),
    ],
)
def test_the_steps_follow_from_where_the_operadora_stands(standing: Standing, where: list[str]) -> None:
    assert [step.where for step in next_steps(standing)] == where


@pytest.mark.parametrize(
    ("today", "says"),
    [
        (date(2026, 11, 21), "até 05/12/2026 (faltam 14 dias)"),
        (date(2026, 12, 4), "até 05/12/2026 (falta 1 dia)"),
        (date(2026, 12, 5), "até 05/12/2026 (hoje é o último dia)"),
        (date(2026, 12, 9), "assim que possível: o prazo foi 05/12/2026"),
    ],
)
def test_the_term_is_told_in_words(today: date, says: str) -> None:
    (step,) = next_steps(replace(NOTHING_SENT, today=today))
    assert says in step.text


@pytest.mark.parametrize(
    ("standing", "says"),
    [
        (replace(DONE, last_refused=1), "1 registro do último arquivo foi recusado"),
        (replace(DONE, last_refused=2), "2 registros do último arquivo foram recusados"),
        (replace(DONE, without_cns=1), "1 beneficiário está sem CNS"),
        (replace(DONE, without_cns=2), "2 beneficiários estão sem CNS"),
        (replace(DONE, without_cns=1_234), "1.234 beneficiários estão sem CNS"),
    ],
)
def test_one_and_many_are_told_apart(standing: Standing, says: str) -> None:
    (step,) = next_steps(standing)
    assert says in step.text
