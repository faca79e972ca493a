"""Finding persons by what is known of them: who is found, in which order, what is refused, and that nothing is read through."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.national.cadsus.example import AUTHOR, a_cpf, accepted, load, row
from vincula.common.outcomes import Outcome, Refused
from vincula.national.cadsus import services
from vincula.national.cadsus.models import Pessoa
from vincula.national.cadsus.services import candidates
from vincula.national.cadsus.services.searching import Criteria, Limits, SearchKind, search
from vincula.national.cadsus.services.sight import Found, Sight
from vincula.people.phonetics import search_key

pytestmark = pytest.mark.django_db
IDENTICA, APROXIMADA, FONETICA = SearchKind.IDENTICA, SearchKind.APROXIMADA, SearchKind.FONETICA
NIS = "12345678919"

PEOPLE = [
    row(1, nome="THAÍS APARECIDA DE SOUZA", nome_mae="ANA DE SOUZA", data_nascimento="1980-03-05", municipio_nascimento="3550308"),
    row(2, nome="TAIS APARECIDA SOUSA", nome_mae="ROSA LIMA", data_nascimento="1980-03-05", sexo="F"),
    row(3, nome="THAÍS APARECIDA DE SOUZA", nome_mae="CARLA DE SOUZA", data_nascimento="1991-07-20"),
    row(4, nome="THAÍS APARECIDA MENDES", nome_mae="ANA DE SOUZA", data_nascimento="1980-03-05"),
    row(5, nome="WALTER DIAS", nome_mae="RITA DIAS", data_nascimento="1970-01-02", sexo="M", pis=NIS),
    row(6, nome="VALTER DIAZ", nome_mae="SEM INFORMAÇÃO", data_nascimento="1970-02-01", sexo="M"),
    row(7, nome="MARIO DIAS", nome_mae="RITA DIAS", data_nascimento="1970-01-02", sexo="M"),
]  # fmt: skip


@pytest.fixture
def base(tmp_path: Path) -> None:
    load(tmp_path, PEOPLE)


def found(kind: SearchKind, **criteria: str) -> list[int]:
    return [hit.record.id for hit in accepted(search(Criteria(**criteria), kind)).hits]  # type: ignore[arg-type]


THAIS = {"nome": "Thaís Aparecida de Souza", "data_nascimento": "1980-03-05"}


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize(
    ("kind", "criteria", "persons"),
    [
        (IDENTICA, THAIS, [1]),
        (IDENTICA, {"nome": "THAIS APARECIDA DE SOUZA"}, [1, 3]),  # accents do not count
        (IDENTICA, {"nome": "THAIS APARECIDA SOUZA"}, []),  # words do
        (IDENTICA, {**THAIS, "nome_mae": "ANA DE SOUZA"}, [1]),
        (IDENTICA, {**THAIS, "nome_mae": "ANA SOUZA"}, []),
        (IDENTICA, {**THAIS, "municipio_nascimento": "355030"}, [1]),
        (IDENTICA, {**THAIS, "municipio_nascimento": "330455"}, []),
        (FONETICA, {"nome": "TAÍS SOUZA", "data_nascimento": "1980-03-05"}, [2, 1]),  # written so first
        (FONETICA, {"nome": "TAÍS SOUZA"}, [2, 1, 3]),
        (FONETICA, {"nome": "VALTER DIAS", "data_nascimento": "1970-01-02"}, [5]),
        (FONETICA, {"nome": "VALTER DIAS", "sexo": "F"}, []),
        (FONETICA, {"nome": "MARIA DIAS"}, []),
        (APROXIMADA, THAIS, [1, 2, 4]),
        (APROXIMADA, {**THAIS, "nome_mae": "ANA DE SOUZA"}, [1, 4]),  # of 2 the mother contradicts
        (APROXIMADA, {"nome": "TAYS SOUSA", "data_nascimento": "1980-05-03"}, [2, 1]),  # day and month swapped
        (APROXIMADA, {"nome": "VALTER DIAS", "data_nascimento": "1970-01-02"}, [5]),
        (APROXIMADA, {"nome": "WALTER DIAS", "data_nascimento": "1970-01-03"}, [5]),
        (APROXIMADA, {"nome": "WALTER DIAS", "nascimento_de": "1970-01-01", "nascimento_ate": "1970-01-31"}, [5]),
        (APROXIMADA, {"nome": "CARLOS PRADO"}, []),
    ],
)  # fmt: skip
def test_who_is_found(kind: SearchKind, criteria: dict[str, str], persons: list[int]) -> None:
    assert found(kind, **criteria) == persons


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize(
    ("criteria", "persons"),
    [({"cpf": a_cpf(5)}, [5]), ({"nis": NIS}, [5]), ({"cpf": a_cpf(5), "nome": "PEDRO"}, [5]), ({"cpf": a_cpf(88)}, [])],
)  # fmt: skip
def test_an_identifier_decides_alone(criteria: dict[str, str], persons: list[int]) -> None:
    assert found(IDENTICA, **criteria) == persons


@pytest.mark.usefixtures("base")
def test_points_fall_with_what_does_not_agree_and_say_why() -> None:
    hits = accepted(search(Criteria(**THAIS, nome_mae="ANA DE SOUZA"), APROXIMADA)).hits  # type: ignore[arg-type]
    assert hits[0].score == 100
    assert hits[0].likeness.identical
    assert 70 <= hits[1].score < 90
    assert {one.field: one.verdict.value for one in hits[1].likeness.fields}["data_nascimento"] == "confere"
    by_cpf = accepted(search(Criteria(cpf=a_cpf(5)), IDENTICA)).hits
    assert [hit.score for hit in by_cpf] == [100]


@pytest.mark.usefixtures("base")
def test_minimum_state_and_pages() -> None:
    assert [h.record.id for h in accepted(search(Criteria(**THAIS), APROXIMADA, minimum=90)).hits] == [1, 2]  # type: ignore[arg-type]
    Pessoa.objects.filter(pk=2).update(ativa=False)
    whole = accepted(search(Criteria(**THAIS, ativa=True), APROXIMADA))  # type: ignore[arg-type]
    assert [h.record.id for h in whole.hits] == [1, 4]
    pages = [[h.record.id for h in whole.page(start, 1)] for start in (1, 2, 3)]
    assert pages == [[1], [4], []]


@pytest.mark.usefixtures("base")
def test_restricted_persons_come_with_their_flags() -> None:
    Pessoa.objects.filter(pk=1).update(protegida=True)
    (hit,) = accepted(search(Criteria(**THAIS), IDENTICA)).hits  # type: ignore[arg-type]
    assert hit.record.restrita


@pytest.mark.usefixtures("base")
def test_a_united_registration_is_found_no_more_but_who_holds_it_is() -> None:
    accepted(services.unite(1, 3, AUTHOR))
    assert found(IDENTICA, nome=THAIS["nome"]) == [1]
    accepted(services.undo_unite(3, AUTHOR))
    assert found(IDENTICA, nome=THAIS["nome"]) == [1, 3]


@pytest.mark.usefixtures("base")
def test_who_changes_his_name_is_found_under_the_new_one() -> None:
    accepted(services.edit(7, {"nome": "MÁRIO DE ALMEIDA"}, AUTHOR))
    assert found(FONETICA, nome="MARIO ALMEIDA") == [7]
    assert found(FONETICA, nome="MARIO DIAS") == []
    registered = accepted(services.register({"nome": "CAUÃ PRADO", "data_nascimento": "2001-01-01"}, AUTHOR))
    assert found(FONETICA, nome="KAUÃ PRADO") == [registered.pessoa_id]


@pytest.mark.parametrize(
    ("criteria", "code"),
    [
        ({}, "CRITERIOS"),
        ({"data_nascimento": "1980-03-05", "nome_mae": "ANA LIMA"}, "CRITERIOS"),
        ({"nome": "MARIA"}, "NOME_INCOMPLETO"),
        ({"nome": "MARIA DA"}, "NOME_INCOMPLETO"),
        ({"nome": "MARIA S%"}, "CURINGA"),
        ({"nome": "MARIA SILVA", "nome_mae": "*"}, "CURINGA"),
        ({"nome": "MARIA SILVA", "data_nascimento": "1980-02-31"}, "NASCIMENTO"),
    ],
)
@pytest.mark.parametrize("kind", list(SearchKind))
def test_what_is_too_generic_is_refused_with_the_remedy(
    kind: SearchKind, criteria: dict[str, str], code: str
) -> None:
    outcome = search(Criteria(**criteria), kind)  # type: ignore[arg-type]
    assert isinstance(outcome, Refused)
    assert outcome.code == code
    assert outcome.remedy
    assert not any(value in outcome.as_text() for value in criteria.values() if len(value) > 1)


def test_too_many_are_refused_and_a_birth_helps(tmp_path: Path) -> None:
    born = [f"{year}-06-15" for year in range(1930, 1990)]
    load(tmp_path, [row(n, nome="MARIA DA SILVA", data_nascimento=day) for n, day in enumerate(born, 1)])
    for kind in SearchKind:
        outcome = search(Criteria(nome="MARIA DA SILVA"), kind)
        assert isinstance(outcome, Refused)
        assert (outcome.code, outcome.details) == ("MUITOS_CADASTROS", {"limite": 50})
        assert found(kind, nome="MARIA DA SILVA", data_nascimento=born[7]) == [8]
    assert (
        len(accepted(search(Criteria(nome="MARIA DA SILVA"), IDENTICA, limits=Limits(results=60))).hits) == 60
    )


def test_who_may_not_be_found_tells_nothing_by_the_answer(tmp_path: Path) -> None:
    """A VIP who fits best does not end the search before his namesake is seen, nor do fifty make an answer too long."""
    asked = {"nome": "WALTER DIAS", "data_nascimento": "1970-02-01"}
    load(tmp_path, [row(1, nome="WALTER DIAS", data_nascimento="1970-01-02")])
    alone = accepted(search(Criteria(**asked), APROXIMADA, sight=Sight(restricted=False)))  # type: ignore[arg-type]
    assert ([hit.record.id for hit in alone.hits], alone.hidden) == ([1], False)
    crowd = [row(n, nome="WALTER DIAS", data_nascimento="1970-02-01") for n in range(2, 60)]
    load(tmp_path, crowd)
    Pessoa.objects.exclude(pk=1).update(vip=True)
    beside = accepted(search(Criteria(**asked), APROXIMADA, sight=Sight(restricted=False)))  # type: ignore[arg-type]
    assert ([(hit.record.id, hit.score) for hit in beside.hits], beside.hidden) == (
        [(1, alone.hits[0].score)],
        True,
    )
    assert isinstance(search(Criteria(**asked), APROXIMADA), Refused)  # type: ignore[arg-type]
    by_cpf = accepted(search(Criteria(cpf=a_cpf(5)), IDENTICA, sight=Sight(restricted=False)))
    assert (by_cpf.hits, by_cpf.hidden) == ((), True)


def test_the_migration_fills_the_keys_of_persons_registered_before(tmp_path: Path) -> None:
    from importlib import import_module

    load(tmp_path, PEOPLE)
    keys = dict(Pessoa.objects.values_list("pk", "fonetica"))
    assert keys == {n: search_key(str(one["nome"])) for n, one in enumerate(PEOPLE, 1)}
    Pessoa.objects.exclude(pk=2).update(fonetica="")
    migration = import_module("vincula.national.cadsus.migrations.0004_fonetica")
    migration.fill(None, Editor())
    assert dict(Pessoa.objects.values_list("pk", "fonetica")) == keys


class Editor:
    """What the migration asks of a schema editor; SQLite opens none within the transaction of a test."""

    connection = connection


def many(count: int) -> None:
    """So many persons of random names and births, straight into the table."""
    chance = random.Random(3)
    syllables = ("BA", "CO", "DI", "FE", "LU", "MA", "NI", "RO", "SA", "TE", "VA", "ZI")
    rows = []
    for one in range(1, count + 1):
        words = ["".join(chance.choices(syllables, k=3)) for _ in range(2)]
        name = " ".join(words)
        day = f"{chance.randint(1930, 2020)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        rows.append((one, name, name, search_key(name), day))
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO cadsus_pessoa (id, nome, nome_chave, fonetica, data_nascimento) VALUES (%s, %s, %s, %s, %s)",
            rows,
        )
        cursor.execute("ANALYZE cadsus_pessoa")


def test_no_question_reads_the_table_through() -> None:
    """On a table of 20,000 persons, with the engine free to plan as it likes."""
    many(20_000)
    asked = [
        item
        for kind in (
            candidates.STATEMENTS, candidates.SHOWN, candidates.HIDDEN, candidates.IN_SHORT, candidates.SHOWN_IN_SHORT
        )
        for item in kind.items()
    ]  # fmt: skip
    for name, query in asked:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"EXPLAIN {query.replace('?', _SAMPLE)}")
            else:
                plain = query.replace("~>=~", ">=").replace("~<~", "<")
                cursor.execute(f"EXPLAIN QUERY PLAN {plain}", ["1980-03-05"] * query.count("?"))
            plan = "\n".join(str(line[-1]) for line in cursor.fetchall())
        assert "cadsus_pessoa_" in plan, (name, plan)
        assert "Seq Scan on cadsus_pessoa" not in plan, (name, plan)
        assert "SCAN p" not in plan, (name, plan)


_SAMPLE = "'1980-03-05'"


def test_a_question_with_too_many_answers_is_not_answered_in_part() -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO cadsus_pessoa (id, nome, nome_chave, fonetica) VALUES (%s, 'ANA LIMA', 'ANA LIMA', 'ANA LIMA')",
            [(one,) for one in range(1, candidates.MOST + 1)],
        )
        assert len(candidates.sounding("ANA LIMA") or ()) == candidates.MOST
        cursor.execute("INSERT INTO cadsus_pessoa (id, fonetica) VALUES (999999, 'ANA LIMA')")
    assert candidates.sounding("ANA LIMA") is None


@dataclass(frozen=True)
class Crowd:
    """So many of one name and birth, of whom some may not be shown (VIP, protected), and some not be told of at all."""

    nome: str
    born: str
    shown: int
    hidden: int
    strange: int = 0


MANY = [0, 1, 51, 499, 501]
CROWDS = st.builds(
    Crowd,
    nome=st.sampled_from(["WALTER DIAS", "VALTER DIAZ", "WALTER MENDES"]),
    born=st.sampled_from(["1970-02-01", "1970-01-02", "1970-09-09", "1991-07-20"]),
    shown=st.sampled_from([0, 1, 2, 49, 51, 499, 500, 501]),
    hidden=st.sampled_from(MANY),
    strange=st.sampled_from(MANY),
)
ASKED = st.builds(
    Criteria,
    nome=st.sampled_from(["WALTER DIAS", "VALTER DIAZ"]),
    data_nascimento=st.sampled_from(["", "1970-02-01"]),
)
STRANGE = 50_000_000
"""Ids from here on are of persons of whom `OWN` is not told."""
NOT_VIP = Sight(restricted=False)
OWN = Sight(restricted=False, known=lambda people: {one for one in people if one < STRANGE})


@pytest.mark.requirement("R088", part="a search tells nothing of who may not be found")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    crowds=st.lists(CROWDS, min_size=1, max_size=3), asked=ASKED, kind=st.sampled_from(SearchKind), own=st.booleans()
)  # fmt: skip
def test_a_world_with_hidden_persons_answers_as_one_without_them(
    crowds: list[Crowd], asked: Criteria, kind: SearchKind, own: bool
) -> None:
    sight = OWN if own else NOT_VIP
    with transaction.atomic():
        _fill(crowds)
        beside = search(asked, kind, sight=sight)
        Pessoa.objects.filter(vip=True).delete()
        Pessoa.objects.filter(protegida=True).delete()
        if own:
            Pessoa.objects.filter(pk__gte=STRANGE).delete()
        alone = search(asked, kind, sight=sight)
        transaction.set_rollback(True)
    assert _told(beside) == _told(alone)


def _fill(crowds: list[Crowd]) -> None:
    rows = [
        (strange, one.nome, one.nome, search_key(one.nome), one.born, hidden and n % 3 == 0, hidden and n % 3 > 0)
        for one in crowds
        for count, hidden, strange in ((one.hidden, True, False), (one.shown, False, False), (one.strange, False, True))
        for n in range(count)
    ]  # fmt: skip
    random.Random(7).shuffle(rows)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO cadsus_pessoa (id, nome, nome_chave, fonetica, data_nascimento, vip, protegida)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [(n + (STRANGE if strange else 1_000_000), *row) for n, (strange, *row) in enumerate(rows)],
        )


def _told(outcome: Outcome[Found]) -> object:
    if isinstance(outcome, Refused):
        return outcome
    return [(hit.record.id, hit.likeness) for hit in outcome.value.hits]


def test_ones_own_are_found_in_a_crowd_of_others() -> None:
    """The common name of a beneficiary: who else bears it neither hides him nor makes the answer too long."""
    _fill([Crowd("WALTER DIAS", "1970-02-01", shown=3, hidden=600, strange=candidates.MOST * 3)])
    asked = Criteria(nome="WALTER DIAS", nome_mae="ANA LIMA")
    found = accepted(search(asked, APROXIMADA, sight=OWN))
    assert (len(found.hits), found.hidden) == (3, True)
    assert isinstance(search(asked, APROXIMADA, sight=NOT_VIP), Refused)


def test_the_crowd_that_is_looked_through_has_an_end() -> None:
    _fill([Crowd("WALTER DIAS", "1970-02-01", shown=3, hidden=600, strange=candidates.FAR - 3)])
    assert len(accepted(search(Criteria(nome="WALTER DIAS"), APROXIMADA, sight=OWN)).hits) == 3
    _fill_one_more()
    refused = search(Criteria(nome="WALTER DIAS"), APROXIMADA, sight=OWN)
    assert isinstance(refused, Refused)
    assert refused.code == "MUITOS_CADASTROS"


def _fill_one_more() -> None:
    name = "WALTER DIAS"
    Pessoa.objects.create(
        pk=STRANGE * 2, nome=name, nome_chave=name, fonetica=search_key(name), data_nascimento="1970-02-01"
    )


def test_an_alert_still_sees_who_was_hidden_in_a_crowd() -> None:
    _fill([Crowd("WALTER DIAS", "1970-02-01", shown=2, hidden=600)])
    found = accepted(search(Criteria(nome="WALTER DIAS"), APROXIMADA, sight=Sight(restricted=False)))
    assert (len(found.hits), found.hidden) == (2, True)
