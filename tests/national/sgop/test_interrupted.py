"""While CadSUS Web is interrupted nobody enters, and who is inside is told; while SGOP is, nobody asks or decides.

What is unstable in part only shows its banner, and nothing else stops.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.national.sgop import world
from tests.national.sgop.world import CNES, DIRECTOR, INSIDE, OPERATOR, STAFF, Machine
from vincula.common.audit.services import about
from vincula.common.outcomes import Accepted, Refused
from vincula.national.sgop import services
from vincula.national.sgop.models import Computador, Historico, Solicitacao
from vincula.national.sgop.rules.words import Acao, Estado, Perfil, Tipo
from vincula.national.sgop.services import deciding, directors
from vincula.national.support import services as support

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
WHY = "Manutenção da base do CNS."


@pytest.fixture
def machine() -> Machine:
    """The operator's, approved with all the rest."""
    world.country()
    world.administrator()
    mine = Machine.new()
    world.operator(machine=mine)
    return mine


def stop(service: str, rotinas: str = "", previsao: datetime | None = None) -> int:
    made = support.declare(service, WHY, rotinas=rotinas, previsao=previsao, actor="teste")
    assert isinstance(made, Accepted), made
    return made.value.id


@pytest.mark.requirement("R066", "R067")
def test_nobody_enters_while_cadsus_web_is_interrupted_and_who_is_inside_is_told(machine: Machine) -> None:
    inside, outside = world.entered(OPERATOR), world.entered(OPERATOR)
    assert INSIDE in world.pass_gate(inside, CNES, machine).content.decode()
    number = stop("cadsus-web")
    for client in (inside, outside):
        answer = client.get("/segcartao/")
        text = answer.content.decode()
        assert (answer.status_code, answer.headers.get("Retry-After")) == (503, None)
        assert INSIDE not in text
        assert "Entrar com este computador" not in text
        assert WHY in text
        assert "sem previsão de retorno" in text
        assert "o CNS continua a chegar pelo SIB" in text
    answer = world.pass_gate(outside, CNES, machine)
    assert (answer.status_code, answer.content.decode().count("Repita mais tarde")) == (503, 1)
    its = Computador.objects.get(cpf=OPERATOR).pk
    refused = services.gate(OPERATOR, CNES, its)
    assert isinstance(refused, Refused)
    assert refused.code == "SERVICO_INTERROMPIDO"
    told = [one.detalhes for one in about(f"cpf:{OPERATOR}") if one.acao == "sgop:entrada:recusada"]
    assert ["SERVICO_INTERROMPIDO" in str(one) for one in told] == [True]

    support.end(number, actor="teste")
    assert INSIDE in inside.get("/segcartao/").content.decode(), "he had proven his computer before"
    assert INSIDE in world.pass_gate(outside, CNES, machine).content.decode()

    stop("cadsus-web", previsao=timezone.now() + timedelta(hours=2))
    assert 7_100 < int(inside.get("/segcartao/")["Retry-After"]) <= 7_200


@pytest.mark.requirement("R069", "R070")
def test_what_is_unstable_in_part_shows_its_banner_and_stops_nothing(machine: Machine) -> None:
    stop("cadsus-web", "impressão")
    stop("sgop", "algumas rotinas")
    client = world.entered(OPERATOR)
    text = world.pass_gate(client, CNES, machine).content.decode()
    assert INSIDE in text
    assert "Instabilidade (impressão)" in text
    row = Solicitacao.objects.get(cpf=OPERATOR, tipo="PERFIL").pk
    assert deciding.decide(DIRECTOR, row, Acao.REVOGAR, "saiu") == Accepted(Estado.REVOGADO)
    assert "Instabilidade (algumas rotinas)" in client.get("/operador/").content.decode()


def forms(row: int) -> list[tuple[str, str, dict[str, Any]]]:
    """Whose form, to where, with what: all that asks or decides."""
    asked = {"cnes": CNES, "cns": world.cns_of(STAFF), "perfil": "OPERADOR", "termos": "on"}
    return [
        (STAFF, reverse("sgop-nova"), asked),
        (STAFF, reverse("sgop-perfil"), {"cnes": CNES, "perfil": "OPERADOR"}),
        (OPERATOR, reverse("sgop-computador"), {"cnes": CNES, "rotulo": "Mesa 3", "resposta": "{}"}),
        (OPERATOR, reverse("sgop-cancelar", args=[row]), {}),
        (DIRECTOR, reverse("sgop-decidir", args=[row]), {"acao": "revogar", "motivo": "saiu"}),
    ]


@pytest.mark.requirement("R069", "R071")
def test_nobody_asks_or_decides_while_sgop_is_interrupted_and_reading_goes_on(machine: Machine) -> None:
    row = Solicitacao.objects.get(cpf=OPERATOR, tipo="PERFIL").pk
    number, steps = stop("sgop"), Historico.objects.count()
    for cpf, address, given in forms(row):
        answer = world.entered(cpf).post(address, given, follow=True)
        assert WHY in answer.content.decode(), address
        assert "Não foi possível" in answer.content.decode() or answer.status_code in {200, 503}, address
    assert Historico.objects.count() == steps
    assert world.state(row) is Estado.APROVADO
    for cpf, name in (
        (OPERATOR, "sgop-inicio"),
        (DIRECTOR, "sgop-pendentes"),
        (STAFF, "sgop-administradores"),
    ):
        answer = world.entered(cpf).get(reverse(name))
        assert answer.status_code == 200
        assert WHY in answer.content.decode(), "its banner"
    client = world.entered(OPERATOR)
    assert INSIDE in world.pass_gate(client, CNES, machine).content.decode(), "CadSUS Web itself works"
    assert isinstance(deciding.decide(OPERATOR, row, Acao.REVOGAR, "x"), Refused)
    world.establishment(CNES, world.OTHER_DIRECTOR)
    assert directors.recheck(CNES) == 1, "what only takes away goes on"
    support.end(number, actor="teste")
    assert isinstance(services.cancel(OPERATOR, row), Accepted)


def test_what_may_not_be_decided_is_forbidden_before_it_is_told_that_sgop_stands_still(
    machine: Machine,
) -> None:
    stop("sgop")
    row = Solicitacao.objects.filter(cpf=OPERATOR).first()
    assert row is not None
    for client in (world.entered(STAFF), world.entered(OPERATOR)):
        given = {"acao": "revogar", "motivo": "x"}
        assert client.post(reverse("sgop-decidir", args=[row.pk]), given).status_code == 403


def test_who_declares_on_a_page_is_told_of_pages_and_not_of_commands() -> None:
    world.country()
    client: Client = world.entered(STAFF)
    number = stop("cadsus-web")
    text = client.post(
        reverse("support-situacao-declarar"), {"servico": "cadsus-web", "texto": WHY}
    ).content.decode()
    assert "Em Situação dos serviços, mude a previsão dela ou encerre-a antes." in text
    support.end(number, actor="teste")
    for name in ("support-situacao-previsao", "support-situacao-encerrar"):
        answer = client.post(reverse(name, args=[number]), {"previsao": "1h"})
        assert "declare uma nova em Situação dos serviços" in answer.content.decode(), name
        assert "vincula interruption" not in text + answer.content.decode(), name


def test_the_requests_of_the_others_are_judged_as_ever_when_another_service_stands_still(
    machine: Machine,
) -> None:
    for service in ("sib", "api", "pdq"):
        stop(service)
    assert world.ask(STAFF, CNES, Tipo.PERFIL, Perfil.OPERADOR)
    assert INSIDE in world.pass_gate(world.entered(OPERATOR), CNES, machine).content.decode()
