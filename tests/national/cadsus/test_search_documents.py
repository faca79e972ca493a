"""Searches by a document other than CPF and NIS: indexed, followed through unifications, and true after a change."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from tests.national.cadsus.example import AUTHOR, accepted
from tests.people.registration_example import a_record
from vincula.common.outcomes import Refused
from vincula.national.cadsus import services
from vincula.national.cadsus.models import Documento, Pessoa
from vincula.national.cadsus.services import candidates
from vincula.national.cadsus.services.searching import Criteria, SearchKind, search
from vincula.national.cadsus.services.sight import Sight
from vincula.people.record import Certificate, Document
from vincula.people.registration.joining import DATA

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
RG = Document(tipo="rg", numero="1234567", orgao="10", emissao="2001-01-01", uf="GO")
TITULO = Document(tipo="titulo", numero="106644440302", zona="1", secao="2")
DNV = Document(tipo="dnv", numero="30123456789")
BORN = Certificate(
    tipo="91", cartorio="PRIMEIRO OFICIO", livro="A12", folha="34", termo="5678", emissao="2001-01-01"
)


def person(nome: str, *documents: Document, **more: Any) -> int:
    record = replace(a_record(nome=nome), documentos=documents, **more)
    done = accepted(services.incorporate(record, {*DATA, "documentos", "certidoes"}, AUTHOR))
    return int(done.pessoa_id)


def found(kind: str, number: str, how: SearchKind = SearchKind.IDENTICA, **more: Any) -> list[int]:
    done = search(Criteria(documento_tipo=kind, documento=number, **more), how)
    return [hit.record.id for hit in accepted(done).hits]


@pytest.mark.requirement("R086", "CadsusService by document")
def test_who_bears_a_document_is_found_by_it_alone() -> None:
    one = person("CLARA DOCUMENTADA LIMA", RG, TITULO, certidoes=(BORN,))
    other = person("BRUNO DOCUMENTADO LIMA", DNV)
    assert found("01", "1234567") == found("01", "01.234.567") == [one]
    assert found("05", "0106644440302") == [one]
    assert found("91", "5678") == [one]
    assert found("19", "30123456789") == [other]
    assert found("03", "1234567") == found("01", "7654321") == []


def test_of_several_with_one_number_those_stay_who_fit_the_rest() -> None:
    clara, bruno = (
        person("CLARA DOCUMENTADA LIMA", RG),
        person("BRUNO DOCUMENTADO LIMA", replace(RG, uf="SP")),
    )
    assert found("01", RG.numero) == [clara, bruno]
    for how in SearchKind:
        assert found("01", RG.numero, how, nome="BRUNO DOCUMENTADO LIMA") == [bruno]
        assert found("01", RG.numero, how, nome="ZULMIRA OUTRA PESSOA") == []
    refused = search(Criteria(documento_tipo="01", documento=RG.numero, nome="CLARA%"), SearchKind.IDENTICA)
    assert isinstance(refused, Refused)
    assert refused.code == "CURINGA"


def test_a_document_taken_back_leads_to_nobody() -> None:
    one = person("CLARA DOCUMENTADA LIMA", RG, TITULO)
    held = services.whole(one)
    assert held is not None
    changed = replace(held, documentos=(replace(RG, numero="999888"),))
    accepted(services.revise(one, changed, {*DATA, "documentos"}, AUTHOR))
    assert found("01", RG.numero) == []
    assert found("01", "999888") == [one]
    _in_step()


def test_a_document_of_a_unified_registration_leads_to_his_holder_and_back() -> None:
    one, other = (
        person("CLARA DOCUMENTADA LIMA", RG),
        person("CLARA DOCUMENTADA LIMA SA", DNV, nome_mae="OUTRA MAE"),
    )
    accepted(services.unite(one, other, AUTHOR))
    assert found("19", DNV.numero) == found("01", RG.numero) == [one]
    assert [one.record.id for one in services.unification_history(one)] == [other]


def test_too_many_are_refused() -> None:
    Documento.objects.bulk_create(
        Documento(tipo="91", numero="1", pessoa_id=n) for n in range(1, candidates.MOST + 2)
    )
    refused = search(Criteria(documento_tipo="91", documento="1"), SearchKind.IDENTICA)
    assert isinstance(refused, Refused)
    assert refused.code == "MUITOS_CADASTROS"


def test_who_may_not_be_shown_does_not_make_them_too_many() -> None:
    one = person("CLARA DOCUMENTADA LIMA", RG)
    Pessoa.objects.bulk_create(
        Pessoa(pk=n, nome="OUTRA DOCUMENTADA LIMA", vip=n % 2 == 0) for n in range(10_000, 10_000 + 600)
    )
    Documento.objects.bulk_create(
        Documento(tipo="01", numero=RG.numero, pessoa_id=n) for n in range(10_000, 10_000 + 600)
    )
    asked = Criteria(documento_tipo="01", documento=RG.numero)
    assert isinstance(search(asked, SearchKind.IDENTICA), Refused)
    assert isinstance(
        search(asked, SearchKind.IDENTICA, sight=Sight(restricted=False)), Refused
    )  # 301 are open
    own = Sight(restricted=False, known=lambda people: {one} & people.keys())
    told = accepted(search(asked, SearchKind.IDENTICA, sight=own))
    assert ([hit.record.id for hit in told.hits], told.hidden, told.unknown) == ([one], True, 300)


def test_the_migration_fills_the_documents_of_persons_registered_before() -> None:
    person("CLARA DOCUMENTADA LIMA", RG, TITULO, certidoes=(BORN,))
    person("BRUNO DOCUMENTADO LIMA", DNV)
    before = _table()
    Documento.objects.filter(tipo="01").delete()
    migration = import_module("vincula.national.cadsus.migrations.0007_documento")
    migration.fill(None, type("Editor", (), {"connection": connection}))
    assert _table() == before
    _in_step()


def _table() -> set[tuple[str, str, int]]:
    return set(Documento.objects.values_list("tipo", "numero", "pessoa_id"))


def _in_step() -> None:
    """The table says what the registrations hold."""
    from vincula.national.cadsus.services.others import documents_of

    rows = Pessoa.objects.values_list("pk", "outros_dados")
    assert _table() == {(*key, one) for one, held in rows for key in documents_of(held)}


def test_the_look_up_goes_by_the_key() -> None:
    query = "SELECT pessoa_id FROM cadsus_documento WHERE tipo = '01' AND numero = '1'"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {query}")
        else:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {query}")
        plan = "\n".join(str(line) for line in cursor.fetchall())
    assert "PRIMARY KEY" in plan or "cadsus_documento_pkey" in plan, plan


def test_nobody_is_looked_up_by_no_number() -> None:
    assert isinstance(search(Criteria(documento_tipo="01"), SearchKind.IDENTICA), Refused)
