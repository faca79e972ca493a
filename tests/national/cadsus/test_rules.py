"""Which card is the master, who is the same person, whose data win: tables of cases."""

from __future__ import annotations

import pytest

from vincula.national.cadsus.rules import Card, Identity, Merger, Tie, compare, decide, master

# The cards as (number, D or P, date, home, order); the number chosen at unification; the master expected.
MASTERS = [
    ("nobody has a card", [], "", ""),
    ("the only card, whatever it is", [("8001", "P")], "", "8001"),
    ("the one chosen at unification beats a definitive one", [("7001", "D"), ("8002", "P")], "8002", "8002"),
    ("a choice that the person no longer holds does not count", [("7001", "D")], "8002", "7001"),
    ("the definitive one beats a better prefix", [("8001", "D"), ("7002", "P")], "", "8001"),
    ("prefix 7 before 9", [("9001", "P"), ("7002", "P")], "", "7002"),
    ("prefix 9 before 1", [("1001", "P"), ("9002", "P")], "", "9002"),
    ("prefix 1 before 2", [("2001", "P"), ("1002", "P")], "", "1002"),
    ("prefix 2 before 8", [("8001", "P"), ("2002", "P")], "", "2002"),
    ("of two definitive ones the prefix decides", [("8001", "D"), ("1002", "D")], "", "1002"),
    ("then the oldest", [("7001", "D", "2012-01-01"), ("7002", "D", "2011-12-31")], "", "7002"),
    ("a known date before an unknown one", [("7001", "D", ""), ("7002", "D", "2024-01-01")], "", "7002"),
    ("without dates, the registration taken first", [("7001", "D", "", 9), ("7002", "D", "", 3)], "", "7002"),
    ("within a registration, its own order", [("7001", "P", "", 3, 2), ("7002", "P", "", 3, 1)], "", "7002"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("cards", "chosen", "expected"), [m[1:] for m in MASTERS], ids=[m[0] for m in MASTERS]
)
def test_master_card(cards: list[tuple[str, str]], chosen: str, expected: str) -> None:
    every = [Card(*card) for card in cards]
    assert master(every, chosen) == expected
    assert master(reversed(every), chosen) == expected


def who(
    cpf: str = "",
    nome: str = "ANA SOUZA",
    nascimento: str = "1980-01-01",
    mae: str = "RITA SOUZA",
    sexo: str = "F",
):
    return Identity(frozenset({cpf} if cpf else ()), nome, nascimento, mae, sexo)


TIES = [
    ("all equal", who("1"), who("1"), Tie.SAME),
    ("same CPF and name, other birth", who("1"), who("1", nascimento="1981-01-01"), Tie.SAME),
    ("same CPF, birth and first name: a married name", who("1"), who("1", nome="ANA LIMA"), Tie.SAME),
    ("same CPF and first name, other birth: disputed", who("1"), who("1", "ANA LIMA", "1999-01-01"), Tie.DISPUTE),
    ("same CPF and birth, other first name: disputed", who("1"), who("1", "EVA SOUZA"), Tie.DISPUTE),
    ("same CPF, no birth known, other name: disputed", who("1", nascimento=""), who("1", "ANA LIMA", ""), Tie.DISPUTE),
    ("a parent's CPF on a child: disputed", who("1"), who("1", "LIA SOUZA", "2015-03-03", "ANA SOUZA"), Tie.DISPUTE),
    ("all but the CPF equal: another person", who("1"), who("2"), Tie.OTHER),
    ("name, birth and mother, no CPF", who(), who(), Tie.SAME),
    ("name, birth and mother, CPF on one side", who("1"), who(), Tie.SAME),
    ("the mother not known: for people to see", who(mae=""), who(mae=""), Tie.REVIEW),
    ("another mother: for people to see", who(), who(mae="RITA LIMA"), Tie.REVIEW),
    ("the sex contradicts: for people to see", who(sexo="F"), who(sexo="M"), Tie.REVIEW),
    ("a sex not known contradicts nothing", who(sexo="I"), who(sexo="M"), Tie.SAME),
    ("twins: same mother and birth, other name", who(), who(nome="EVA SOUZA"), Tie.OTHER),
    ("same name and mother, other birth", who(), who(nascimento="1981-01-01"), Tie.OTHER),
    ("no birth known: no tie", who(nascimento=""), who(nascimento=""), Tie.OTHER),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "tie"), [t[1:] for t in TIES], ids=[t[0] for t in TIES])
def test_who_is_the_same_person(one: Identity, other: Identity, tie: Tie) -> None:
    assert compare(one, other) is tie
    assert compare(other, one) is tie


def test_a_registration_joins_the_one_person_it_fits() -> None:
    assert decide(who("1"), [(7, who("1"))]).person == 7


def test_the_cpf_speaks_before_name_birth_and_mother() -> None:
    assert decide(who("1"), [(7, who()), (8, who("1", nome="ANA LIMA"))]).person == 8


def test_a_registration_that_fits_two_persons_is_a_new_one_and_both_pairs_are_queued() -> None:
    decision = decide(who(), [(7, who("1")), (8, who("2"))])
    assert decision.person is None
    assert decision.pairs == ((7, Tie.REVIEW), (8, Tie.REVIEW))


def test_of_those_who_dispute_a_cpf_the_one_that_fits_gets_the_registration() -> None:
    child = who("1", "LIA SOUZA", "2015-03-03", "ANA SOUZA")
    assert decide(child, [(7, who("1")), (8, child)]).person == 8


def test_a_cpf_of_somebody_else_makes_a_new_person_and_a_pair_in_dispute() -> None:
    decision = decide(who("1"), [(7, who("1", "EVA LIMA", "1950-01-01"))])
    assert decision.person is None
    assert decision.pairs == ((7, Tie.DISPUTE),)


def test_a_person_found_by_an_old_registration_united_into_it_is_found() -> None:
    united = [(7, who("1", "ANA LIMA", "1980-01-01")), (7, who("1"))]
    assert decide(who("", mae="RITA SOUZA"), united).person == 7


FIELDS = ("nome", "nome_mae", "nome_pai", "email", "ddd", "telefone", "tipo_logradouro", "logradouro", "numero",
          "complemento", "bairro", "cep", "municipio", "uf")  # fmt: skip
MERGER = Merger(FIELDS)


def merge(old: dict[str, str], new: dict[str, str], *, newer: bool) -> dict[str, str]:
    rows = [tuple(data.get(name, "") for name in FIELDS) for data in (old, new)]
    merged = MERGER.merge(*rows, arrived_wins=newer)
    assert MERGER.merge(merged, rows[1], arrived_wins=newer) == merged  # taking it again changes nothing
    return {name: value for name, value in zip(FIELDS, merged, strict=True) if value}


MERGES = [
    ("newer data win", {"nome": "ANA"}, {"nome": "ANA MARIA"}, True, {"nome": "ANA MARIA"}),
    ("older data do not", {"nome": "ANA"}, {"nome": "ANA MARIA"}, False, {"nome": "ANA"}),
    ("older data fill what is not known", {"nome": "ANA"}, {"email": "A@B.C"}, False, {"nome": "ANA", "email": "A@B.C"}),
    ("newer data erase nothing", {"email": "A@B.C"}, {"nome": "ANA"}, True, {"nome": "ANA", "email": "A@B.C"}),
    ("an address is replaced whole", {"logradouro": "RUA A", "complemento": "CASA 2"}, {"logradouro": "RUA B"}, True,
     {"logradouro": "RUA B"}),
    ("an older address does not complete a newer one", {"logradouro": "RUA B"},
     {"logradouro": "RUA A", "complemento": "CASA 2"}, False, {"logradouro": "RUA B"}),
    ("a known mother is not unlearnt", {"nome_mae": "RITA"}, {"nome_mae": "SEM INFORMAÇÃO"}, True, {"nome_mae": "RITA"}),
    ("a mother learnt replaces the placeholder", {"nome_mae": "SEM INFORMAÇÃO"}, {"nome_mae": "RITA"}, True,
     {"nome_mae": "RITA"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "newer", "expected"), [m[1:] for m in MERGES], ids=[m[0] for m in MERGES]
)
def test_whose_data_win(
    old: dict[str, str], new: dict[str, str], newer: bool, expected: dict[str, str]
) -> None:
    assert merge(old, new, newer=newer) == expected
