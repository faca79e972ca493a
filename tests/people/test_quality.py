"""The quality grade with the official weights of 2015: the vectors of cadsus-rules.md, section 5."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincula.people.quality import QualityRecord, grade
from vincula.people.weights import official, read_weights


def _changed(record: QualityRecord, **fields: Any) -> QualityRecord:
    return replace(record, **fields)


BASIC = QualityRecord(
    nome="ANA LIMA",
    nome_mae="EVA LIMA",
    nome_pai="RUI LIMA",
    sexo="F",
    raca_cor="01",
    data_nascimento="1980-01-01",
    nacionalidade="B",
    municipio_nascimento="355030",
)
FIRST = replace(
    BASIC,
    telefones=1,
    pais="010",
    municipio="355030",
    tipo_logradouro="081",
    logradouro="DAS FLORES",
    numero="S/N",
    bairro="CENTRO",
    documentos=1,
)
SECOND = replace(FIRST, cep="01001000")
THIRD = replace(FIRST, telefones=2, complemento="FUNDOS", documentos=2)
ALL_BUT_DOCUMENTS = replace(
    SECOND,
    nome_social="ANINHA",
    tipo_sanguineo="O+",
    email_principal="a@exemplo.br",
    email_alternativo="b@exemplo.br",
    telefones=2,
    complemento="FUNDOS",
    documentos=0,
    certidoes=3,
    foto="sim",
    data_foto="2020-01-01",
)
ALL = replace(ALL_BUT_DOCUMENTS, documentos=9)
ABROAD = replace(
    ALL,
    nacionalidade="E",
    municipio_nascimento="",
    pais_nascimento="023",
    data_entrada="2001-01-01",
    pais="023",
    municipio_exterior="PARIS",
)


@pytest.mark.parametrize(
    ("record", "percent", "card"),
    [
        (BASIC, 29, "8"),
        (FIRST, 76, "8"),
        (SECOND, 81, "7"),
        (THIRD, 80, "8"),  # not greater than 80
        (ALL_BUT_DOCUMENTS, 69, "8"),
        (ALL, 100, "7"),
        (ABROAD, 85, "7"),
        (replace(ALL, nomade=True), 75, "8"),
        (replace(SECOND, raca_cor="05", etnia="0001"), 81, "7"),
        (replace(SECOND, raca_cor="05"), 80, "8"),  # indígena without etnia
        (QualityRecord(), 0, "8"),
    ],
)
def test_the_vectors_of_the_reference(record: QualityRecord, percent: int, card: str) -> None:
    quality = grade(record)
    assert (quality.percent, quality.prefix, quality.high) == (percent, card, card == "7")


@pytest.mark.parametrize(
    ("nationality", "points"),
    [
        ({"nacionalidade": "B", "municipio_nascimento": "355030"}, 7),
        (
            {
                "nacionalidade": "N",
                "data_naturalizacao": "2001-01-01",
                "portaria_naturalizacao": "1/2",
                "data_entrada": "1999-01-01",
            },
            7,
        ),
        ({"nacionalidade": "E", "pais_nascimento": "023", "data_entrada": "1999-01-01"}, 7),
        ({"nacionalidade": "B", "pais_nascimento": "010"}, 3),
        ({"nacionalidade": "X", "municipio_nascimento": "355030"}, 0),
    ],
)
def test_each_nationality_has_its_own_fields(nationality: dict[str, Any], points: int) -> None:
    assert grade(QualityRecord(**nationality)).percent == points


@pytest.mark.parametrize(
    ("documents", "points"), [(0, 0), (1, 25), (2, 26), (7, 31), (8, 31), (9, 31), (-1, 0)]
)
def test_the_first_document_weighs_25_and_all_together_31(documents: int, points: int) -> None:
    assert grade(QualityRecord(documentos=documents)).percent == points


@pytest.mark.parametrize(
    ("field", "placeholder", "weight"),
    [
        ("nome_mae", "SEM INFORMAÇÃO", 4),
        ("nome_pai", "sem informacao", 4),
        ("sexo", "I", 4),
        ("sexo", "UN", 4),
        ("raca_cor", "99", 3),
        ("municipio_nascimento", "999999", 4),
    ],
)
def test_a_placeholder_earns_nothing_unless_switched_on(field: str, placeholder: str, weight: int) -> None:
    record = _changed(SECOND, **{field: placeholder})
    assert grade(record).percent == 81 - weight
    assert grade(record, placeholders_count=True).percent == 81


def test_blanks_are_not_filled() -> None:
    assert grade(replace(SECOND, cep="   ")).percent == 76


def test_what_is_missing_is_listed_by_weight() -> None:
    missing = grade(FIRST).missing
    assert missing[0].name == "cep"
    assert [item.weight for item in missing] == sorted((item.weight for item in missing), reverse=True)


def test_the_weights_are_data_with_a_version() -> None:
    weights = official()
    assert (weights.version, weights.threshold) == ("2015", 80)
    assert sum(weights.maxima.values()) == 100
    stricter = replace(weights, threshold=90)
    assert grade(SECOND, weights=stricter).prefix == "8"


@pytest.mark.parametrize("text", ["", "{", "{}", '{"grupos": {}}'])
def test_damaged_weights_are_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        read_weights(text)


TEXTS = [item.name for item in fields(QualityRecord) if isinstance(item.default, str)]


@given(st.dictionaries(st.sampled_from(TEXTS), st.text(max_size=8)), st.integers(-1, 12), st.integers(-1, 5))
def test_a_grade_is_a_percentage_and_filling_more_never_lowers_it(
    values: dict[str, Any], documents: int, phones: int
) -> None:
    record = QualityRecord(**values, documentos=documents, telefones=phones)
    percent = grade(record).percent
    assert 0 <= percent <= 100
    for name in ("nome", "cep", "email_principal", "foto"):
        assert grade(_changed(record, **{name: "X"})).percent >= percent
    assert grade(replace(record, documentos=documents + 1)).percent >= percent
