"""What a value may be: one reading for requests, one fitting for answers, one description for who must correct."""

from __future__ import annotations

import pytest

from vincula.formats.cadsus_service.values import (
    BOOLEAN,
    BYTES,
    DATE,
    MOMENT,
    STRING,
    Simple,
    code,
    describe,
    digits,
    fitted,
    marks,
    number,
    read,
    text,
)

TITULO = digits(2, 12, leading_zero=False)
READ: list[tuple[Simple, str, str | None]] = [
    (DATE, "1985-03-12", "1985-03-12"),
    (DATE, "1985-03-12Z", "1985-03-12"),
    (DATE, "1985-03-12T10:11:12.5-03:00", "1985-03-12"),
    (DATE, "12/03/1985", None),
    (DATE, "1985-02-29", None),
    (MOMENT, "1985-03-12T10:11:12", "1985-03-12T10:11:12"),
    (MOMENT, "1985-03-12", "1985-03-12T00:00:00"),
    (MOMENT, "1985-03-12T24:11:12", None),
    (BOOLEAN, "1", "true"),
    (BOOLEAN, "false", "false"),
    (BOOLEAN, "sim", None),
    (BYTES, "AA\nBB==", "AA\nBB=="),
    (BYTES, "ç", None),
    (number(0, 99), "062", "62"),
    (number(0, 99), "100", None),
    (number(0, 99), "٣", None),
    (code("D", "P"), "D", "D"),
    (code("D", "P"), "d", None),
    (digits(11, 11), "00000000000", "00000000000"),
    (digits(11, 11), "1114447773", None),
    (TITULO, "012", None),
    (marks(0, 20, "-0-9A-Z "), "1 OFICIO-A", "1 OFICIO-A"),
    (marks(0, 20, "-0-9A-Z"), "1 OFICIO", None),
    (text(0, 3), "", ""),
    (text(1, None), "", None),
    (STRING, "  a b ", "a b"),
]


@pytest.mark.parametrize(("kind", "written", "expected"), READ)
def test_a_value_is_read_in_its_one_form(kind: Simple, written: str, expected: str | None) -> None:
    assert read(kind, written) == expected


FITTED: list[tuple[Simple, str, str]] = [
    (TITULO, "001234560191", "1234560191"),
    (TITULO, "000", ""),
    (digits(15, 15), "0700000000000005", ""),  # never another number
    (text(0, 70), "A" * 71, "A" * 70),
    (text(0, 7), "A" * 8, ""),  # half a code is another code
    (marks(0, 20, "-0-9A-Z"), "1º Ofício", ""),
    (marks(0, 20, "-0-9A-Z"), "Cartório Um", "CARTORIO-UM"),
    (STRING, "\0\ud800", ""),
    (STRING, "a\0b", "ab"),
    (DATE, "1985-03-12", "1985-03-12"),
    (DATE, "ontem", ""),
]


@pytest.mark.parametrize(("kind", "held", "expected"), FITTED)
def test_an_answer_holds_what_fits(kind: Simple, held: str, expected: str) -> None:
    assert fitted(kind, held) == expected


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (DATE, "data AAAA-MM-DD"),
        (BOOLEAN, "true ou false"),
        (number(0, 99), "número inteiro de 0 a 99"),
        (code("D", "P"), "um de: D, P"),
        (digits(15, 15), "15 dígitos"),
        (digits(2, 11), "de 2 a 11 dígitos"),
        (TITULO, "de 2 a 12 dígitos, o primeiro diferente de 0"),
        (text(0, 70), "até 70 caracteres"),
        (Simple(pattern="[0-9]*"), "só dígitos"),
        (marks(1, 8, "-0-9A-Z"), "de 1 a 8 letras maiúsculas sem acento, dígitos ou hífen"),
    ],
)
def test_a_kind_is_described_to_who_must_correct(kind: Simple, words: str) -> None:
    assert describe(kind) == words
