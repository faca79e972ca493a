"""Fifty at once bring the same person, or the same local id: one person, one number. And what a change leaves in the audit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import transaction

from tests.national.cadsus.example import AUTHOR, a_cpf, accepted
from tests.national.cadsus.test_auditing import left_by, one_by
from tests.national.cadsus.test_concurrency import in_threads
from tests.people.registration_example import a_record
from vincula.common.outcomes import Refused
from vincula.national.cadsus import services
from vincula.national.cadsus.models import Cartao, IdentificadorLocal, Pessoa, Transacao
from vincula.national.cadsus.services import Incorporated
from vincula.people.record import LocalId, PersonRecord
from vincula.people.registration.joining import DATA

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "audit"])
AT_ONCE = 50
ADMIN = services.Author("teste", "7654321", administrador=True)


def send(record: PersonRecord, local: LocalId | None = None) -> Incorporated:
    done: Incorporated = accepted(services.incorporate(record, DATA, AUTHOR, local=local))
    return done


@pytest.mark.parametrize("cpf", ["", a_cpf(1)])
def test_fifty_who_bring_the_same_person_at_once_make_one_person_with_one_number(cpf: str) -> None:
    answers = in_threads(lambda place: send(a_record(cpf=cpf), LocalId("1.2.3", str(place))), AT_ONCE)
    assert len({(one.pessoa_id, one.cns) for one in answers}) == 1
    assert (Pessoa.objects.count(), Cartao.objects.count()) == (1, 1)
    assert IdentificadorLocal.objects.filter(pessoa_id=answers[0].pessoa_id).count() == AT_ONCE
    assert Transacao.objects.filter(tipo="ADICIONADO").count() == 1


def test_one_local_id_brought_by_many_at_once_is_one_persons() -> None:
    def bring(place: int) -> str:
        record = a_record(nome=("RITA PAZ", "EVA LIMA")[place % 2], data_nascimento=f"199{place % 2}-01-01")
        outcome = services.incorporate(record, DATA, AUTHOR, local=LocalId("1.2.3", "1"))
        return outcome.code if isinstance(outcome, Refused) else outcome.value.cns

    answers = in_threads(bring, 20)
    assert len(set(answers)) == 2
    assert answers.count("LOCAL_CONTRADIZ") == 10
    assert (Pessoa.objects.count(), Cartao.objects.count(), IdentificadorLocal.objects.count()) == (1, 1, 1)


def test_each_record_taken_leaves_its_event_and_a_refused_or_unchanged_one_leaves_none() -> None:
    record = a_record(cpf=a_cpf(1))
    event = one_by(lambda: send(record), "cadsus:pessoa:adicionada", "ADICIONADO")
    assert (event.assunto, event.dados["cnes"]) == (f"cpf:{a_cpf(1)}", "7654321")
    assert left_by(lambda: send(record)) == []
    changed = replace(record, nome_social="LURDES", emails=("a@exemplo.org",))
    event = one_by(lambda: send(changed), "cadsus:pessoa:atualizada", "ATUALIZADO")
    assert {"nome_social", "email"} <= set(event.dados["campos"])
    assert "LURDES" not in event.detalhes
    person = event.dados["pessoa"]
    assert left_by(lambda: services.incorporate(replace(record, sexo="X"), DATA, AUTHOR)) == []

    def hide() -> None:
        hidden = replace(record, vip=True, ativa=False)
        accepted(services.change_state(person, hidden, {"vip", "ativa"}, ADMIN))

    assert [one.acao for one in left_by(hide)] == ["cadsus:pessoa:desativada", "cadsus:pessoa:atualizada"]
    assert left_by(hide) == []

    def rolled_back() -> None:
        with transaction.atomic():
            send(a_record(nome="RITA PAZ"))
            transaction.set_rollback(True)

    assert left_by(rolled_back) == []
