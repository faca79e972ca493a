"""The rows of the reference bases, in the columns of the loaders."""

from __future__ import annotations

import csv
import io

import pytest

from vincula.people.name import identity_key
from vincula.sandbox.bases import (
    CADSUS_COLUMNS,
    RECEITA_COLUMNS,
    cadsus_rows,
    receita_rows,
    write_csv,
)
from vincula.sandbox.people import Base, SandboxPerson, people

Record = dict[str, str]


@pytest.fixture(scope="module")
def world() -> list[SandboxPerson]:
    return list(people(9, 12_000))


def _registrations(persons: list[SandboxPerson]) -> list[Record]:
    return [dict(zip(CADSUS_COLUMNS, row, strict=True)) for row in cadsus_rows(persons)]


def test_the_receita_knows_exactly_those_who_have_a_cpf(world: list[SandboxPerson]) -> None:
    rows = [dict(zip(RECEITA_COLUMNS, row, strict=True)) for row in receita_rows(world)]
    known = [p for p in world if p.cpf]
    assert [r["cpf"] for r in rows] == [p.cpf for p in known]
    assert [(r["nome"], r["nome_mae"]) for r in rows] == [(p.nome, p.nome_mae) for p in known]


def test_the_cns_base_has_other_spellings_of_the_same_names(world: list[SandboxPerson]) -> None:
    by_person = {p.cpf: p for p in world if p.cpf and p.base == Base.PRESENT}
    registered = [r for r in _registrations(world) if r["cpf"] in by_person]
    assert all(identity_key(r["nome"]) == identity_key(by_person[r["cpf"]].nome) for r in registered)
    assert any(r["nome"] != by_person[r["cpf"]].nome for r in registered)
    assert all(len(r["nome"]) <= 70 and "-" not in r["nome"] and "." not in r["nome"] for r in registered)
    assert any(r["nome_mae"] == "SEM INFORMAÇÃO" for r in registered)


def test_whoever_is_registered_without_cpf_can_be_found_by_name_birth_and_mother(
    world: list[SandboxPerson],
) -> None:
    without = [p for p in world if p.base == Base.WITHOUT_CPF]
    assert len(without) > 20
    for p in without:
        (row,) = _registrations([p])
        assert row["cpf"] == ""
        assert identity_key(row["nome"]) == identity_key(p.nome)
        assert identity_key(row["nome_mae"]) == identity_key(p.nome_mae)
        assert row["data_nascimento"] == p.nascimento


def test_a_second_registration_is_the_same_person_or_a_stranger(world: list[SandboxPerson]) -> None:
    for p in world:
        if p.base not in (Base.TWICE, Base.CONFLICT):
            continue
        own, second = _registrations([p])
        assert own["cpf"] == second["cpf"] == p.cpf
        assert second["cns"] == p.outro_cns
        same_name = identity_key(own["nome"]) == identity_key(second["nome"])
        assert same_name == (p.base == Base.TWICE)
        if p.base == Base.CONFLICT:
            assert own["data_nascimento"] != second["data_nascimento"]
            assert own["nome"].split()[0] != second["nome"].split()[0]


def test_registrations_have_numbers_of_their_own_and_cards_apart(world: list[SandboxPerson]) -> None:
    rows = _registrations(world)
    assert len({r["registro_id"] for r in rows}) == len(rows)
    cards = [card for r in rows for card in (r["cns"], *filter(None, r["cns_outros"].split(";")))]
    assert len(set(cards)) == len(cards)


def test_the_csv_reads_back(world: list[SandboxPerson]) -> None:
    out = io.BytesIO()
    rows = list(receita_rows(world[:300]))
    assert write_csv(out, RECEITA_COLUMNS, rows) == len(rows)
    read = list(csv.reader(io.StringIO(out.getvalue().decode("utf-8"))))
    assert tuple(read[0]) == RECEITA_COLUMNS
    assert [tuple(row) for row in read[1:]] == rows
