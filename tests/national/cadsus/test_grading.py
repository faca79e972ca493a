"""The grade of the base's records equals that of people.quality, and counts what stands beside the columns."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people.registration_example import NOVA, RG, TITULO, a_full_record, a_record
from vincula.national.cadsus.services import others
from vincula.national.cadsus.services.grading import grade_of, percent
from vincula.national.cadsus.services.records import DATA
from vincula.national.cadsus.services.shape import columns_of, record_of
from vincula.people.quality import QualityRecord, grade
from vincula.people.record import PersonRecord, Phone

VALUES = {
    "sexo": ["", "M", "F", "I", "UN"],
    "municipio_nascimento": ["", "3550308", "999999"],
    "municipio": ["", "999999"],
    "numero": ["", "999999"],
    "raca_cor": ["", "01", "05", "99"],
    "nome_mae": ["", "ANA LIMA", "SEM INFORMAÇÃO"],
    "nome_pai": ["", "JOSE LIMA", "sem informacao"],
}


@given(
    st.fixed_dictionaries({name: st.sampled_from(VALUES.get(name, ["", "X"])) for name in DATA}),
    st.booleans(),
)
def test_the_grade_from_the_pattern_of_filled_fields_is_the_grade(
    data: dict[str, str], has_cpf: bool
) -> None:
    shared = {name: data[name] for name in DATA if name in QualityRecord.__dataclass_fields__}
    record = QualityRecord(
        **shared,
        email_principal=data["email"],
        telefones=int(bool(data["telefone"])),
        documentos=has_cpf + bool(data["pis"]),
        nacionalidade="B" if data["municipio_nascimento"] in {"3550308"} else "",
        pais="010" if data["municipio"] else "",
    )
    row = tuple(data[name] for name in DATA)
    assert percent("1" if has_cpf else "", row) == grade(record).percent
    assert percent("1" if has_cpf else "", row) == grade_of(record_of("1" if has_cpf else "", row, ""))


PHONE = Phone("33334444", "11", "1")
BASIC = a_record(nome_pai="JOSE PRADO", cep="", telefones=(PHONE,), cpf="1")


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (BASIC, 76),
        (replace(BASIC, cep="01001000"), 81),
        (replace(BASIC, telefones=(PHONE, replace(PHONE, ddd="21")), complemento="CASA", documentos=(RG,)), 80),
        (replace(BASIC, telefones=(PHONE, PHONE)), 76),
        (replace(BASIC, documentos=(RG, replace(RG, numero="2"))), 77),
        (replace(BASIC, documentos=(RG, TITULO), pis="1", certidoes=(NOVA, NOVA)), 80),
        (replace(BASIC, emails=("a@b.org", "c@b.org"), tipo_sanguineo="A+"), 81),
        (replace(BASIC, raca_cor="05", etnia="0011", cep="01001000"), 81),
        (replace(BASIC, nacionalidade="E", municipio_nascimento="", pais_nascimento="021", data_entrada="2000-01-01"), 76),
        (replace(BASIC, nacionalidade="", pais=""), 73 + 3),
        (PersonRecord(), 0),
    ],
)  # fmt: skip
def test_all_that_a_record_has_counts(record: PersonRecord, expected: int) -> None:
    assert grade_of(record) == expected
    assert percent(record.cpf, columns_of(record), others.pack(record)) == expected


def test_a_record_with_nearly_everything_is_nearly_a_hundred() -> None:
    assert grade_of(a_full_record(nome_pai="JOSE PRADO")) == 97, "all but the photograph"
