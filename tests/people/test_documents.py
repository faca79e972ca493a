"""By what a document is looked up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincula.people.documents import LONGEST, keys_of, plain
from vincula.people.record import Certificate, Document


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("12.345.678-9", "123456789"),
        ("0012345", "12345"),
        ("mg-10.203.040", "MG10203040"),
        ("  7 8 9 ", "789"),
        ("000", ""),
        ("-", ""),
        ("", ""),
    ],
)
def test_marks_blanks_and_zeros_on_the_left_make_no_other_document(written: str, key: str) -> None:
    assert plain(written) == key


@given(st.text())
def test_a_key_is_its_own_key(written: str) -> None:
    assert plain(plain(written)) == plain(written)
    assert len(plain(written)) <= LONGEST


def test_what_a_search_may_name() -> None:
    documents = [
        Document(tipo="rg", numero="1.234"), Document(tipo="titulo", numero="012345678901"),
        Document(tipo="passaporte", numero="AB123456"), Document(tipo="ric", numero="5"), Document(tipo="cnh", numero="0"),
    ]  # fmt: skip
    certificates = [
        Certificate(tipo="91", matricula="1" * 32, termo="7"),
        Certificate(tipo="92", livro="A1", termo="0042"),
        Certificate(tipo="15", termo="9"),
    ]
    assert keys_of(documents, certificates) == {
        ("01", "1234"),
        ("05", "12345678901"),
        ("91", "1" * 32),
        ("92", "42"),
    }
