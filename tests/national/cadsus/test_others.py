"""What has no column goes into one text and comes back the same."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincula.national.cadsus.services.others import PLAIN, complete, pack, unpack
from vincula.national.cadsus.services.records import DATA
from vincula.people.record import Certificate, Document, PersonRecord, Phone

TEXT = st.text(max_size=8)
DOCUMENTS = st.builds(
    Document, tipo=st.sampled_from(("rg", "ctps", "cnh", "dnv")), numero=TEXT, uf=TEXT, serie=TEXT
)
CERTIFICATES = st.builds(Certificate, tipo=st.sampled_from(("91", "92", "15")), matricula=TEXT, livro=TEXT)
PHONES = st.builds(Phone, numero=st.text("0123456789", min_size=1, max_size=9), ddd=TEXT, tipo=TEXT, ddi=TEXT)
YES_OR_NO = {"nomade", "original_rfb"}
RECORDS = st.builds(
    PersonRecord,
    documentos=st.lists(DOCUMENTS, max_size=3).map(tuple),
    certidoes=st.lists(CERTIFICATES, max_size=2).map(tuple),
    telefones=st.lists(PHONES, max_size=3).map(tuple),
    emails=st.lists(st.text(min_size=1, max_size=8), max_size=2).map(tuple),
    **{name: st.booleans() if name in YES_OR_NO else TEXT for name in PLAIN},
)  # fmt: skip


def data(**known: str) -> dict[str, str]:
    return {**dict.fromkeys(DATA, ""), **known}


def columns(record: PersonRecord) -> dict[str, str]:
    """What the columns hold of the record's telephones and e-mails."""
    first = record.telefones[0] if record.telefones else Phone("")
    return data(telefone=first.numero, ddd=first.ddd, email=record.emails[0] if record.emails else "")


@given(RECORDS)
def test_a_record_comes_back_whole_from_the_text_and_the_columns(record: PersonRecord) -> None:
    again = PersonRecord(**complete(columns(record), pack(record)))
    assert again == record
    assert pack(again) == pack(record)


@given(RECORDS)
def test_the_text_says_only_what_is_known(record: PersonRecord) -> None:
    empty = PersonRecord(telefones=record.telefones[:0])
    assert pack(empty) == ""
    assert all(unpack(pack(record)).values())


def test_every_field_of_the_record_has_a_place() -> None:
    """In the columns of the table, in its other tables, or in the text: a field added to the record must choose."""
    elsewhere = {"id", "cpf", "cartoes", "locais", "ativa", "vip", "protegida", "qualidade"}
    assert {one.name for one in fields(PersonRecord)} == elsewhere | set(complete(data(), "")) | {
        *PLAIN, "documentos", "certidoes",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("held", "number", "shown"),
    [
        ((Phone("33330000", "11", "1"), Phone("999990000", "11", "3")), ("33330000", "11"), ["33330000", "999990000"]),
        ((Phone("33330000", "11", "1"), Phone("999990000", "11", "3")), ("44440000", "11"), ["44440000", "999990000"]),
        ((Phone("33330000", "11", "1"), Phone("999990000", "11", "3")), ("", ""), ["999990000"]),
        ((Phone("33330000", "11", "1"),), ("33330000", "21"), ["33330000"]),
        ((), ("33330000", "11"), ["33330000"]),
    ],
)  # fmt: skip
def test_the_columns_have_the_last_word_on_the_first_telephone(
    held: tuple[Phone, ...], number: tuple[str, str], shown: list[str]
) -> None:
    text = pack(PersonRecord(telefones=held))
    found = complete(data(telefone=number[0], ddd=number[1]), text)["telefones"]
    assert [one.numero for one in found] == shown
    kept = bool(held) and (held[0].numero, held[0].ddd) == number
    assert not number[0] or found[0].tipo == (held[0].tipo if kept else "")


def test_equal_contents_give_equal_texts() -> None:
    one = PersonRecord(pais="010", etnia="X265", documentos=(Document(tipo="rg", numero="1", uf="SP"),))
    other = PersonRecord(documentos=(Document(uf="SP", numero="1", tipo="rg"),), etnia="X265", pais="010")
    assert pack(one) == pack(other) == (
        '{"documentos":[{"numero":"1","tipo":"rg","uf":"SP"}],"etnia":"X265","pais":"010"}'
    )  # fmt: skip


def test_a_municipality_has_six_digits_in_the_record() -> None:
    found = complete(data(municipio="3550308", municipio_nascimento="3304557"), "")
    assert (found["municipio6"], found["municipio_nascimento"]) == ("355030", "330455")
