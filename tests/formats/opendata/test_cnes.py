"""The tables of the archive of CNES and their columns, found by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincula.formats.opendata.cnes import ESTABLISHMENTS, LAYOUTS, REASONS, find_columns, is_month, table_of


@pytest.mark.parametrize(
    ("member", "found"),
    [
        ("tbEstabelecimento202501.csv", ("tbEstabelecimento", 202501)),
        ("TBESTABELECIMENTO202501.CSV", ("tbEstabelecimento", 202501)),
        ("pasta/rlEstabSubTipo202412.csv", ("rlEstabSubTipo", 202412)),
        ("..\\tbSubTipo202412.csv", ("tbSubTipo", 202412)),
        ("tbEstabelecimento.csv", None),
        ("tbEstabelecimento202501.csv.exe", None),
        ("tbOutra202501.csv", None),
        ("", None),
    ],
)
def test_a_member_is_the_table_that_its_name_says(member: str, found: tuple[str, int] | None) -> None:
    assert table_of(member) == found


@given(st.text())
def test_any_name_of_a_member_has_an_answer(name: str) -> None:
    found = table_of(name)
    assert found is None or found[0] in LAYOUTS


@pytest.mark.parametrize(
    ("month", "sound"),
    [(202501, True), (202512, True), (202513, False), (202500, False), (199912, False), (0, False)],
)
def test_which_months_there_are(month: int, sound: bool) -> None:
    assert is_month(month) is sound


def test_columns_are_found_by_name_in_any_order_and_inside_expressions() -> None:
    layout = LAYOUTS[ESTABLISHMENTS]
    header = [
        "TO_CHAR(DT_ATUALIZACAO_ORIGEM,'DD/MM/YYYY')", "ST_NOVA", "TO_CHAR(DT_ATUALIZACAO,'DD/MM/YYYY')",
        *(name.lower() for name in reversed(layout.required) if name != "DT_ATUALIZACAO"),
    ]  # fmt: skip
    places = find_columns(header, layout)
    assert (places.missing, places.repeated) == ((), ())
    assert places.names[2] == "DT_ATUALIZACAO"
    assert places.names[0] == header[0]
    assert set(places.absent) == set(layout.optional)


def test_what_is_missing_or_twice_there_is_named() -> None:
    assert find_columns(["CO_MOTIVO_DESAB", "CD_MOTIVO_DESAB"], LAYOUTS[REASONS]).missing == ("DESCRICAO",)
    twice = find_columns(["CO_MOTIVO_DESAB", "CO_MOTIVO_DESAB", "DS_MOTIVO_DESAB"], LAYOUTS[REASONS])
    assert (twice.missing, twice.repeated) == ((), ("CODIGO",))


@given(st.lists(st.text()), st.sampled_from(sorted(LAYOUTS)))
def test_any_header_has_an_answer(header: list[str], table: str) -> None:
    places = find_columns(header, LAYOUTS[table])
    assert len(places.names) == len(header)
