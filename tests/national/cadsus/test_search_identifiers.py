"""Looking a person up by any of his identifiers: in short for an operadora, whole for whoever may have it all."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.db import connection, connections

from tests.national.cadsus.example import AUTHOR, a_cns, a_cpf, accepted, load, row
from vincula.national.cadsus import services
from vincula.national.cadsus.models import IdentificadorLocal, Pessoa
from vincula.national.cadsus.services import hot, others
from vincula.people.record import Card, Document, LocalId, PersonRecord, Phone

pytestmark = pytest.mark.django_db
NIS = "12345678919"
ROOT = "2.16.840.1.113883.13.236.1"


@pytest.fixture
def base(tmp_path: Path) -> None:
    """Person 1 has two cards; 2 and 3 dispute a CPF; 4 was united into 5; 6 and 4 have one NIS; 5 has a local id."""
    load(tmp_path, [
        row(1, cns_outros=a_cns(70, "8"), municipio_nascimento="3550308", municipio="3304557", telefone="33330000"),
        row(2, cpf=a_cpf(20)), row(3, cpf=a_cpf(20), data_nascimento="2015-05-05"),
        row(4, pis=NIS), row(5, cpf=""), row(6, pis=NIS),
    ])  # fmt: skip
    IdentificadorLocal.objects.create(raiz=ROOT, extensao="77", sistema="HOSPITAL", pessoa_id=5, origem_id=5)
    accepted(services.unite(5, 4, AUTHOR))


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize(
    ("cns", "person"),
    [(a_cns(1), 1), (a_cns(70, "8"), 1), (a_cns(4), 5), (a_cns(5), 5), (a_cns(2), 2), (a_cns(999), None)],
)
def test_any_card_leads_to_who_holds_it_now(cns: str, person: int | None, full: bool) -> None:
    found = hot.by_cns(cns, full=full)
    assert (found.id if found else None) == person
    assert person is None or (found and found.cns == Pessoa.objects.get(pk=person).cns_mestre)


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize(("serial", "person"), [(1, 1), (4, 5), (6, 6), (20, None), (999, None)])
def test_a_cpf_leads_to_its_person_and_a_disputed_one_to_nobody(
    serial: int, person: int | None, full: bool
) -> None:
    found = hot.by_cpf(a_cpf(serial), full=full)
    assert (found.id if found else None) == person


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize("full", [False, True])
def test_a_nis_leads_to_all_that_have_it_and_a_united_one_to_his_holder(full: bool) -> None:
    assert [one.id for one in hot.by_nis(NIS, full=full)] == [5, 6]
    assert hot.by_nis("", full=full) == []


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize("full", [False, True])
def test_a_local_id_leads_to_its_person(full: bool) -> None:
    found = hot.by_local(ROOT, "77", full=full)
    assert found
    assert found.id == 5
    assert hot.by_local(ROOT, "78", full=full) is None


@pytest.mark.usefixtures("base")
def test_in_short_come_what_an_operadora_is_answered_and_what_is_compared() -> None:
    Pessoa.objects.filter(pk=1).update(vip=True, ativa=False)
    found = hot.by_cns(a_cns(70, "8"), full=False)
    held = Pessoa.objects.get(pk=1)
    assert found
    assert (found.nome, found.sexo, found.data_nascimento) == (held.nome, "F", "1980-01-01")
    assert (found.nome_mae, found.municipio_nascimento, found.cpf) == (held.nome_mae, "355030", a_cpf(1))
    assert found.cartoes == (Card(a_cns(1), "D"),)
    assert (found.vip, found.protegida, found.restrita, found.ativa) == (True, False, True, False)
    assert (found.cep, found.telefones, found.locais) == ("", (), ())  # not read


@pytest.mark.usefixtures("base")
def test_whole_comes_everything() -> None:
    held = PersonRecord(
        etnia="X265",
        telefones=(Phone("33330000", tipo="1"),),
        documentos=(Document(tipo="rg", numero="123"),),
    )
    Pessoa.objects.filter(pk=1).update(outros_dados=others.pack(held))
    found = hot.by_cns(a_cns(1), full=True)
    assert found
    assert (found.etnia, found.documentos, found.telefones) == (held.etnia, held.documentos, held.telefones)
    assert found.municipio6 == "330455"
    assert found.cartoes == (Card(a_cns(1), "D"), Card(a_cns(70, "8"), "P"))
    united = hot.by_cpf(a_cpf(4), full=True)
    assert united
    assert (united.cpf, united.locais) == (a_cpf(4), (LocalId(ROOT, "77", "HOSPITAL"),))
    assert {card.numero for card in united.cartoes} == {a_cns(4), a_cns(5)}


@pytest.mark.usefixtures("base")
def test_in_short_says_of_each_field_the_same_as_whole() -> None:
    brief, whole = hot.by_cns(a_cns(1), full=False), hot.by_cns(a_cns(1), full=True)
    assert brief
    assert whole
    for name in (
        "id",
        "nome",
        "sexo",
        "data_nascimento",
        "nome_mae",
        "nome_pai",
        "cns",
        "cpf",
        "qualidade",
        "ativa",
    ):
        assert getattr(brief, name) == getattr(whole, name), name


@pytest.mark.usefixtures("base")
def test_undoing_a_unification_leads_back() -> None:
    accepted(services.undo_unite(4, AUTHOR))
    found = hot.by_cns(a_cns(4), full=False)
    assert found
    assert found.id == 4
    assert [one.id for one in hot.by_nis(NIS, full=False)] == [4, 6]


@pytest.mark.usefixtures("base")
def test_each_look_up_in_short_goes_from_key_to_key() -> None:
    """No table is read through, on either engine: PostgreSQL is asked as it would answer for a big base."""
    statements = [hot._by_card._brief, hot._by_cpf._brief, hot._by_local._brief, hot._nis_brief]
    for statement in statements:
        plan = explain(statement._sqlite if connection.vendor == "sqlite" else statement._postgresql.decode())
        scans = "Seq Scan" if connection.vendor == "postgresql" else "SCAN cadsus"
        assert scans not in plan, plan
        assert "SCAN p" not in plan, plan


def explain(query: str) -> str:
    """The plan of a query of the hot path, its parameters filled in with a number."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("EXPLAIN " + query.replace("%s", "'123'"))
        else:
            cursor.execute("EXPLAIN QUERY PLAN " + query.replace("?", "'123'"))
        return "\n".join(str(line[-1]) for line in cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_closed_is_made_again(tmp_path: Path) -> None:
    load(tmp_path, [row(1)])
    answers = []

    def work() -> None:
        first = hot.by_cns(a_cns(1), full=False)
        raw = connections["default"].connection
        if connection.vendor == "postgresql":
            with raw.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                answers.append(cursor.fetchone()[0])
            closed.set()
            gone.wait(10)
        again = hot.by_cns(a_cns(1), full=False)
        answers.append((first and first.id, again and again.id))
        connections.close_all()

    closed, gone = threading.Event(), threading.Event()
    worker = threading.Thread(target=work)
    worker.start()
    if connection.vendor == "postgresql":
        closed.wait(10)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", answers)
        gone.set()
    worker.join(20)
    assert answers[-1] == (1, 1)
