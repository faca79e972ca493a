"""Every change of the CNS base leaves one event in the audit, in the words of the CadSUS, once it is committed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from tests.national.cadsus.example import AUTHOR, a_cpf, accepted, values
from vincula.common.audit.models import Registro
from vincula.common.outcomes import Refused
from vincula.national.cadsus import services
from vincula.national.cadsus.services import NewPerson

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "audit"])


def left_by(work: Callable[[], Any]) -> list[Registro]:
    """The events that the work leaves (an audit is never emptied, so only what is new counts)."""
    before = Registro.objects.order_by("-id").values_list("id", flat=True).first() or 0
    work()
    return list(Registro.objects.filter(id__gt=before, acao__startswith="cadsus:").order_by("id"))


def one_by(work: Callable[[], Any], action: str, term: str) -> Registro:
    (event,) = left_by(work)
    assert (event.acao, event.termo, event.ator) == (action, term, "teste")
    return event


def register(serial: int, name: str = "ANA TESTE") -> int:
    return accepted(services.register(values(name), AUTHOR, cpf=a_cpf(serial))).pessoa_id


def test_each_change_leaves_one_event_under_the_persons_cpf() -> None:
    event = one_by(lambda: register(1), "cadsus:pessoa:adicionada", "ADICIONADO")
    assert (event.assunto, event.dados["cnes"]) == (f"cpf:{a_cpf(1)}", "7654321")
    person = event.dados["pessoa"]
    again = one_by(lambda: register(1), "cadsus:pessoa:atualizada", "ATUALIZADO")
    assert again.dados["resultado"] == "JOINED"

    def edit() -> None:
        accepted(services.edit(person, {"email": "A@B.BR"}, AUTHOR))

    event = one_by(edit, "cadsus:pessoa:atualizada", "ATUALIZADO")
    assert "email" in event.dados["campos"]
    assert "A@B.BR" not in event.detalhes
    assert left_by(edit) == [], "nothing changed the second time"

    def active(value: bool) -> Callable[[], Any]:
        return lambda: accepted(services.set_active(person, value, AUTHOR))

    one_by(active(False), "cadsus:pessoa:desativada", "DESATIVO")
    one_by(active(True), "cadsus:pessoa:ativada", "ATIVO")
    assert left_by(active(True)) == []


def test_uniting_and_parting_name_both_registrations() -> None:
    one, other = register(1), register(2, "EVA TESTE")
    event = one_by(lambda: services.unite(one, other, AUTHOR), "cadsus:pessoa:unida", "UNIDO")
    assert (event.dados["pessoa"], event.dados["com"]) == (one, other)
    event = one_by(lambda: services.undo_unite(other, AUTHOR), "cadsus:pessoa:desunida", "DESUNIDO")
    assert (event.dados["pessoa"], event.dados["de"]) == (other, one)


def test_a_batch_of_numbers_leaves_one_event_with_its_counts() -> None:
    people = [
        NewPerson(a_cpf(n), f"ANA {chr(65 + n)} TESTE", "RITA TESTE", "1980-01-01", "F") for n in range(5)
    ]

    def issue() -> None:
        services.issue_cns_batch(people, AUTHOR, "2025-05")

    event = one_by(issue, "cadsus:pessoa:adicionada", "ADICIONADO")
    assert event.assunto == "competencia:2025-05"
    assert (event.dados["pessoas"], event.dados["numeros"]) == (5, 5)
    assert left_by(issue) == []


def test_what_is_refused_or_rolled_back_leaves_nothing() -> None:
    assert left_by(lambda: services.unite(1, 1, AUTHOR)) == []

    def rolled_back() -> None:
        with transaction.atomic():
            register(3)
            transaction.set_rollback(True)

    assert left_by(rolled_back) == []
    refused = services.edit(999, {"email": ""}, AUTHOR)
    assert isinstance(refused, Refused)
