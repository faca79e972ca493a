"""The grade of the base's records equals that of people.quality."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vincula.national.cadsus.services.grading import percent
from vincula.national.cadsus.services.records import DATA
from vincula.people.quality import QualityRecord, grade

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
    assert percent("1" if has_cpf else "", tuple(data[name] for name in DATA)) == grade(record).percent
