"""Rows of a CNS base file, judged by whole columns as one by one."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.national.cadsus.example import a_cns, a_cpf, row
from vincula.national.cadsus.rows import COLUMNS, fault_of, registrations, sound

GOOD = tuple(row(1).get(name, "") for name in COLUMNS)
CELLS = {
    "registro_id": ["1", "", "9" * 51],
    "cns": [a_cns(1), a_cns(1), "", "700000000000004"],
    "cns_outros": ["", a_cns(2), f"{a_cns(2)}; {a_cns(3)}", "123", ";" * 60],
    "cpf": ["", a_cpf(1), "12345678901"],
    "nome": ["ANA SILVA", " "],
    "sexo": ["", "M", "UN", "3"],
    "data_nascimento": ["", "1980-01-01", "1980-02-30"],
    "cpf_situacao": ["", "0", "7"],
    "cep": ["", "70000000", "70000-000"],
}


@st.composite
def rows(draw: st.DrawFn) -> tuple[str, ...]:
    changed = draw(st.dictionaries(st.sampled_from(sorted(CELLS)), st.integers(0, 4), max_size=2))
    values = dict(zip(COLUMNS, GOOD, strict=True))
    return tuple((values | {n: CELLS[n][i % len(CELLS[n])] for n, i in changed.items()}).values())


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(rows(), min_size=1, max_size=4))
def test_what_passes_by_whole_columns_passes_one_by_one(batch: list[tuple[str, ...]]) -> None:
    each = [fault_of(one) is None for one in batch]
    assert not sound(batch) or all(each)


def test_a_batch_of_usual_rows_passes_by_whole_columns() -> None:
    assert sound([GOOD, GOOD])


def test_a_row_makes_a_registration_with_its_own_number_first() -> None:
    data = row(1, cns_outros=f"{a_cns(2)}; {a_cns(3)}", nome_mae="Sem Informação", nome="Ana  Luísa")
    (made,) = registrations([(7, tuple(data.get(name, "") for name in COLUMNS))])
    assert made.cards == (a_cns(1), a_cns(2), a_cns(3))
    assert (made.nome_chave, made.mae_chave, made.line) == ("ANA LUISA", "", 7)
