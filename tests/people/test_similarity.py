"""How well a person fits what was asked, in points, field by field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincula.people.likeness_words import edits
from vincula.people.record import PersonRecord
from vincula.people.similarity import Verdict, liken

KNOWN = {
    "nome": "MARIA APARECIDA DA SILVA",
    "nome_mae": "ANA PEREIRA DA SILVA",
    "data_nascimento": "1980-03-05",
    "sexo": "F",
    "municipio_nascimento": "355030",
    "cpf": "11144477735",
}
A, C, D, N = Verdict.AGREES, Verdict.CLOSE, Verdict.DIFFERS, Verdict.NOT_COMPARED


def person(**values: str) -> PersonRecord:
    return PersonRecord(**values)  # type: ignore[arg-type]  # texts all


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("Maria Aparecida da Silva", A),
        ("MARIA  APARECIDA  DA SILVA", A),
        ("MARIA SILVA", C),  # a middle name not given
        ("MARIA A DA SILVA", C),
        ("MARIA APARECIDA DA SYLVA", C),
        ("MARIA APARECDIA SILVA", C),
        ("MARIA APARECIDA", C),
        ("MARIA APARECIDA DE SOUZA", D),
        ("JOANA APARECIDA DA SILVA", D),
        ("MARIO SILVA", D),
        ("PEDRO SOUZA", D),
    ],
)
def test_a_name_is_compared_word_by_word(name: str, verdict: Verdict) -> None:
    assert liken(person(nome=name), person(**KNOWN)).verdict("nome") is verdict


@pytest.mark.parametrize(
    ("birth", "verdict"),
    [
        ("1980-03-05", A),
        ("1980-05-03", C),  # day and month swapped
        ("1980-03-06", C),
        ("1908-03-05", C),
        ("1980-07-25", D),
        ("1975-03-05", D),
        ("1944-11-30", D),
        ("1980-02-31", N),  # no date: not asked
    ],
)
def test_a_birth_is_close_where_people_mistake_it(birth: str, verdict: Verdict) -> None:
    assert liken(person(data_nascimento=birth), person(**KNOWN)).verdict("data_nascimento") is verdict


@pytest.mark.parametrize(
    ("field", "value", "verdict"),
    [
        ("sexo", "F", A),
        ("sexo", "M", D),
        ("sexo", "I", N),
        ("sexo", "UN", N),
        ("municipio_nascimento", "3550308", A),
        ("municipio_nascimento", "330455", D),
        ("municipio_nascimento", "999999", N),
        ("nome_mae", "SEM INFORMAÇÃO", N),
        ("nome_mae", "ANA DA SILVA", C),
        ("nome_pai", "JOSE DA SILVA", N),  # the base does not know him
        ("cpf", "11144477735", A),
    ],
)
def test_what_says_nothing_is_not_compared(field: str, value: str, verdict: Verdict) -> None:
    assert liken(person(**{field: value}), person(**KNOWN)).verdict(field) is verdict


@pytest.mark.parametrize(
    ("field", "value"), [("cpf", "12345678909"), ("nome_mae", "CLAUDIA SOUZA"), ("nome_mae", "TEREZA PEREIRA")]
)  # fmt: skip
def test_another_cpf_or_mother_vetoes_whatever_else_agrees(field: str, value: str) -> None:
    found = liken(person(**{**KNOWN, field: value}), person(**KNOWN))
    assert (found.score, found.veto) == (0, field)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"nome": "MARIA APARECIDA DA SILVA"}, {"nome": "MARIA SILVA"}),
        ({"nome": "MARIA SILVA"}, {"nome": "MARIA APARECIDA SOUZA"}),
        ({"nome": "MARIA SILVA", "data_nascimento": "1980-03-05"}, {"nome": "MARIA SILVA", "data_nascimento": "1980-05-03"}),
        ({"nome": "MARIA SILVA", "sexo": "F"}, {"nome": "MARIA SILVA", "sexo": "M"}),
        ({"nome": "MARIA SILVA", "nome_pai": "X Y"}, {"nome": "MARIA SILVA", "sexo": "M", "nome_pai": "X Y"}),
    ],
)  # fmt: skip
def test_what_agrees_more_has_more_points(better: dict[str, str], worse: dict[str, str]) -> None:
    known = person(**KNOWN)
    assert liken(person(**better), known).score > liken(person(**worse), known).score


def test_only_the_same_person_has_all_points_and_is_identical() -> None:
    same = liken(person(**KNOWN), person(**KNOWN))
    assert (same.score, same.identical, {one.verdict for one in same.fields}) == (100, True, {A})
    assert not liken(person(), person(**KNOWN)).identical
    near = liken(person(nome="MARIA SILVA"), person(**KNOWN))
    assert near.score < 100
    assert not near.identical


NAMES = st.lists(
    st.sampled_from(("ANA", "ANNA", "A", "DE", "SILVA", "SYLVA", "ç", "'", "-")), max_size=5
).map(" ".join)
PEOPLE = st.builds(
    PersonRecord, nome=NAMES, nome_mae=NAMES, data_nascimento=st.sampled_from(("", "1980-03-05", "x"))
)


@given(PEOPLE, PEOPLE)
def test_points_are_from_0_to_100_and_a_person_is_most_like_himself(
    one: PersonRecord, other: PersonRecord
) -> None:
    assert 0 <= liken(one, other).score <= 100
    itself = liken(one, one)
    assert itself.score == (100 if itself.fields else 0)
    assert liken(one, other).score <= max(itself.score, 0)


@given(st.text("ab", max_size=5), st.text("ab", max_size=5))
def test_edits_are_a_distance(one: str, other: str) -> None:
    assert edits(one, other) == edits(other, one)
    assert (edits(one, other) == 0) is (one == other)
    assert edits(one, other) <= max(len(one), len(other))
