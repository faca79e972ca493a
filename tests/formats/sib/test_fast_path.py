"""The fast path really takes the files that programs write, and only what is certain."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.formats.sib.files import CANCEL, GOOD, RETIFY, swap
from tests.formats.sib.makers import procedure
from vincula.formats.sib.fast import read_tiles, rows_of


def taken(text: str) -> int:
    """How many procedures from the start the fast path takes."""
    return sum(len(tiles) for _, tiles, _ in read_tiles(text, 0))


@pytest.mark.parametrize(
    "body",
    [
        GOOD,
        GOOD.replace("><", ">\r\n\t  <"),
        GOOD + CANCEL + RETIFY + GOOD,
        swap("<codigoMunicipio>", "<complemento/><codigoMunicipio>"),
        swap("<codigoMunicipio>", "<complemento></complemento><codigoMunicipio>"),
        swap("<endereco><codigoMunicipio>330455</codigoMunicipio></endereco>", "<endereco/>"),
        swap("1980-02-28", "1980-02-29"),
        swap("1980-02-28", "2000-02-29"),
    ],
)
def test_what_programs_write_is_taken_whole(body: str) -> None:
    assert taken(body * 3) == 3 * body.count("</endereco>") + 3 * body.count("<endereco/>") + 3 * body.count(
        "<canc"
    )


@pytest.mark.parametrize(
    "body",
    [
        swap("<sexo>1", "<sexo>01"),
        swap("1980-02-28", "1981-02-29"),
        swap("1980-02-28", "1900-02-29"),
        swap("2025-04-15", "1939-02-28"),
        swap("2025-04-15", "1936-02-29"),
        swap("JOÃO", "<!-- --> JOÃO"),
        swap("JOÃO", "&#74;OÃO"),
        swap("JOÃO DA CONCEIÇÃO", " JOÃO"),
        swap("<inclusao>", '<inclusao a="1">'),
        swap("0001", "A & B"),
        swap("0001", "A > B"),
        swap("0001", "\x85"),
        swap("11122233396", "１１１２２２３３３９６"),
        RETIFY.replace("<endereco/>", "<endereco><complemento/></endereco>"),
    ],
)
def test_anything_else_is_left_to_the_strict_path(body: str) -> None:
    assert taken(GOOD + body + GOOD) == 1


@given(procedure(plain=True))
@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=200)
def test_a_tile_ends_exactly_where_the_procedure_does(text: str) -> None:
    tiles = list(read_tiles(text + "\n<fim>", 0))
    if tiles:
        ((kind, found, end),) = tiles
        assert end == len(text)
        assert len(rows_of(kind, found)) == 1


def test_kinds_in_any_order_come_in_file_order() -> None:
    body = (GOOD + CANCEL * 2 + RETIFY) * 50
    assert [kind for kind, tiles, _ in read_tiles(body, 0) for _ in tiles] == [1, 4, 4, 2] * 50
