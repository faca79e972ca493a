"""The synthetic population: what it is composed of, and that it repeats."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from vincula.sandbox.people import Base, Papel, SandboxPerson, people

COUNT = 30_000
NAME = re.compile(r"[A-ZÃÁÀÂÄÉÈÊËÚÍÓÕÔÖÜÑÇ'][A-ZÃÁÀÂÄÉÈÊËÚÍÓÕÔÖÜÑÇ' .-]*")


@pytest.fixture(scope="module")
def world() -> list[SandboxPerson]:
    return list(people(2024, COUNT))


def test_the_same_seed_gives_the_same_people_byte_by_byte(world: list[SandboxPerson]) -> None:
    """The digest was made on Python 3.11; other versions must come to the same. It changes with the lists."""
    text = "\n".join("|".join(map(str, person)) for person in world[:5_000])
    again = "\n".join("|".join(map(str, person)) for person in people(2024, 5_000))
    assert text == again
    assert (
        hashlib.sha256(text.encode()).hexdigest()
        == "f01efd94737ca40d220f6ffdbb63fd5322b5e88d587b86cbdad67500ae955030"
    )


def test_another_seed_gives_another_country(world: list[SandboxPerson]) -> None:
    other = list(people(2025, 1_000))
    assert {p.cpf for p in other}.isdisjoint({p.cpf for p in world[:1_000]} - {""})


def test_no_two_people_share_a_cpf_or_a_card(world: list[SandboxPerson]) -> None:
    for numbers in ([p.cpf for p in world if p.cpf], [c for p in world for c in (*p.cns, p.outro_cns) if c]):
        assert len(set(numbers)) == len(numbers)


def test_names_are_written_as_the_field_writes_them(world: list[SandboxPerson]) -> None:
    for p in world:
        for name in (p.nome, p.nome_mae, p.nome_social, p.outro_nome):
            assert not name or (NAME.fullmatch(name) and "  " not in name and name == name.strip()), name
    names = Counter(p.nome.split()[0] for p in world)
    assert names.most_common(1)[0][0] == "MARIA"
    assert sum(" DA " in p.nome or " DOS " in p.nome for p in world) > COUNT / 5
    assert any(not p.nome.isascii() for p in world)
    assert any("-" in p.nome for p in world)
    assert any("." in p.nome for p in world)
    assert any("'" in p.nome for p in world)
    assert any(len(p.nome) > 70 for p in world)


def test_first_names_follow_sex_and_decade(world: list[SandboxPerson]) -> None:
    old = Counter(p.nome.split()[0] for p in world if p.nascimento < "1950")
    young = Counter(p.nome.split()[0] for p in world if p.nascimento >= "2015")
    assert old["MIGUEL"] + old["ENZO"] < 0.01 * old.total() < old["JOSÉ"]
    assert young["MIGUEL"] > young["RAIMUNDO"] * 5
    assert Counter(p.sexo for p in world if p.nome.startswith("JOSÉ ")).most_common(1)[0][0] == "M"


def test_families_share_address_and_surnames(world: list[SandboxPerson]) -> None:
    families: dict[int, list[SandboxPerson]] = defaultdict(list)
    for p in world:
        families[p.familia].append(p)
    assert [p.familia for p in world] == sorted(p.familia for p in world)
    for members in families.values():
        assert members[0].papel == Papel.TITULAR
        assert len({(p.logradouro, p.numero, p.cep, p.municipio) for p in members}) == 1
    children = [(m, p) for m in families.values() for p in m if p.papel == Papel.FILHO]
    with_mother_at_home = [(m, p) for m, p in children if any(p.nome_mae == x.nome for x in m)]
    assert len(with_mother_at_home) > 0.8 * len(children)
    shares = sum(
        p.nome.split()[-1] in {w for x in m if x is not p for w in x.nome.split()} for m, p in children
    )
    assert shares > 0.85 * len(children)


def test_children_are_younger_than_their_parents(world: list[SandboxPerson]) -> None:
    heads = {p.familia: p for p in world if p.papel == Papel.TITULAR}
    for p in world:
        if p.papel == Papel.FILHO:
            assert int(p.nascimento[:4]) - int(heads[p.familia].nascimento[:4]) >= 10
        if p.papel == Papel.MAE:
            assert p.nome == heads[p.familia].nome_mae
            assert p.nascimento < heads[p.familia].nascimento


def test_twins_share_birth_and_mother_but_not_the_name(world: list[SandboxPerson]) -> None:
    twins = [(a, b) for a, b in pairwise(world) if a.gemeo and b.gemeo and a.familia == b.familia]
    assert len(twins) > 50
    for a, b in twins:
        assert (a.nascimento, a.nome_mae) == (b.nascimento, b.nome_mae)
        assert a.nome != b.nome


def test_homonyms_share_name_and_birth_and_perfect_ones_the_mother(world: list[SandboxPerson]) -> None:
    heads = {p.familia: p for p in world if p.papel == Papel.TITULAR}
    kinds: Counter[str] = Counter()
    for p in world:
        if p.homonimo:
            other = heads[p.familia - 1]
            kinds[p.homonimo] += 1
            assert (p.nome, p.nascimento, p.sexo) == (other.nome, other.nascimento, other.sexo)
            assert (p.nome_mae == other.nome_mae) == (p.homonimo == "PERFEITO")
            assert p.cpf
            assert other.cpf
            assert p.cpf != other.cpf
    assert min(kinds["PERFEITO"], kinds["MESMO_NASCIMENTO"]) > 20


def test_every_situation_of_a_cpf_occurs_and_the_dead_have_a_year(world: list[SandboxPerson]) -> None:
    situations = Counter(p.situacao for p in world if p.cpf)
    assert set(situations) == {0, 2, 3, 4, 5, 8, 9}
    assert situations[0] > 0.93 * situations.total()
    for p in world:
        assert bool(p.ano_obito) == (bool(p.cpf) and p.situacao == 3)
        assert not p.ano_obito or p.nascimento[:4] <= p.ano_obito <= "2024"


def test_every_standing_in_the_cns_base_occurs(world: list[SandboxPerson]) -> None:
    standings = Counter(p.base for p in world)
    assert set(standings) == set(Base)
    assert standings[Base.PRESENT] > 0.9 * COUNT
    for p in world:
        assert bool(p.cns) == (p.base != Base.ABSENT)
        assert bool(p.outro_cns) == (p.base in (Base.TWICE, Base.CONFLICT))
        assert p.cpf or p.base in (Base.PRESENT, Base.ABSENT)
    prefixes = Counter(card[:1] for p in world for card in p.cns)
    assert set(prefixes) == set("12789")
    assert sum(len(p.cns) > 1 for p in world) > COUNT / 10


def test_nobody_is_born_after_the_reference_day(world: list[SandboxPerson]) -> None:
    assert max(p.nascimento for p in world) <= "2024-12-31"
    assert min(p.nascimento for p in world) > "1900"
