"""What SGOP's pages say and offer to who waits, to who has lost the profile, and to who gives something up."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.national.sgop import world
from tests.national.sgop.world import CNES, DIRECTOR, INSIDE, OPERATOR, STAFF, SUCCESSOR, Machine
from vincula.common.outcomes import Refused
from vincula.national.sgop import services
from vincula.national.sgop.models import Computador, Termo
from vincula.national.sgop.rules.words import Acao, Estado, Perfil, Tipo
from vincula.national.sgop.services import computers, deciding
from vincula.national.sgop.services.places import Place

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
ADM, OPE = Perfil.ADMINISTRADOR, Perfil.OPERADOR
ERROR, CONTINUES = "br-message danger", "Se você continua a dirigir o estabelecimento"


@pytest.fixture(autouse=True)
def _country() -> None:
    world.country()


def page(client: Client, address: str) -> str:
    """What the page says in its main part."""
    text = client.get(address).content.decode()
    return text[text.index("<main") : text.index("</main>")]


def steps_done(client: Client) -> int:
    return page(client, f"/passos/?cnes={CNES}").count("v-passo-feito")


@pytest.mark.requirement("R032", "R049", "R051")
def test_who_can_enter_has_all_six_steps_done_though_the_director_has_changed() -> None:
    world.administrator()
    world.operator()
    mine = world.entered(OPERATOR)
    assert steps_done(mine) == 6
    world.establishment(CNES, SUCCESSOR)
    assert "Entrar com este computador" in page(mine, "/segcartao/")
    assert steps_done(mine) == 6
    told = page(mine, f"/passos/?cnes={CNES}")
    assert "sem ADMINISTRADOR autorizado" in told
    assert "Ir ao CadSUS Web" in told


@pytest.mark.requirement("R032", "R037", "R041")
def test_a_former_administrator_is_told_what_to_do_and_becomes_an_operator() -> None:
    made = world.administrator()
    former, support = world.entered(DIRECTOR), world.entered(STAFF)
    world.person(SUCCESSOR, name="SUCESSORA")
    world.establishment(CNES, SUCCESSOR)

    home = page(former, "/operador/")
    assert world.state(made[1]) is Estado.REVOGADO
    assert CONTINUES in home
    assert CONTINUES in page(former, "/segcartao/")
    assert home.count("desista deste pedido antes de pedir o perfil OPERADOR") == 2
    assert 'value="ADMINISTRADOR" selected' not in home
    told = page(support, "/operador/administradores/")
    assert "Restaurar" not in told
    assert "O CNES não indica mais esta pessoa" in told

    world.administrator(SUCCESSOR)
    assert "peça o perfil OPERADOR" in page(former, f"/passos/?cnes={CNES}")
    refused = services.request_access(DIRECTOR, CNES, Tipo.PERFIL, OPE)
    assert isinstance(refused, Refused)
    assert refused.code == "SGOP_OUTRO_PERFIL"
    for one in (made[0], made[2]):
        former.post(reverse("sgop-cancelar", args=[one]))
    machine = Machine.new()
    world.operator(DIRECTOR, machine=machine, by=SUCCESSOR)
    assert INSIDE in world.pass_gate(former, CNES, machine).content.decode()
    assert steps_done(former) == 6


def test_a_director_again_is_restored_by_support() -> None:
    made = world.administrator()
    world.establishment(CNES, SUCCESSOR)
    services.recheck()
    world.establishment(CNES, DIRECTOR)
    assert "Restaurar" in page(world.entered(STAFF), "/operador/administradores/")
    done = deciding.decide(STAFF, made[1], Acao.RESTAURAR, "voltou", support=True)
    assert not isinstance(done, Refused)


def test_an_access_is_given_up_only_after_being_asked_again_and_a_request_at_once() -> None:
    world.administrator()
    made = world.operator()
    mine = world.entered(OPERATOR)
    address = reverse("sgop-cancelar", args=[made[Tipo.PERFIL]])
    home = page(mine, "/operador/")
    assert f'action="{address}"' not in home, "no form: a link to the question"
    assert f'href="{address}"' in home
    asked = page(mine, address)
    assert "Desistir deste acesso?" in asked
    assert world.state(made[Tipo.PERFIL]) is Estado.APROVADO
    assert f'action="{address}"' in asked
    mine.post(address)
    assert world.state(made[Tipo.PERFIL]) is Estado.CANCELADO
    for one in (mine, world.entered(DIRECTOR)):  # nothing to give up any more; another's
        answer = one.get(address, follow=True)
        assert answer.redirect_chain == [("/operador/", 302)]
        assert "Não há pedido seu, pendente ou aprovado, com este número." in answer.content.decode()
    waiting = world.ask(OPERATOR, CNES, Tipo.PERFIL, OPE)
    assert f'action="{reverse("sgop-cancelar", args=[waiting])}"' in page(mine, "/operador/")
    mine.post(reverse("sgop-cancelar", args=[made[Tipo.ESTABELECIMENTO]]))
    assert "Pedir acesso ao estabelecimento" in page(mine, "/operador/")


def test_waiting_is_no_error_and_the_ticket_is_shown_where_there_is_one() -> None:
    for tipo in Tipo:
        world.ask(DIRECTOR, CNES, tipo, ADM)
    mine, support = world.entered(DIRECTOR), world.entered(STAFF)
    for address in ("/operador/", "/segcartao/"):
        told = page(mine, address)
        assert ERROR not in told
        assert "Falta a aprovação do pedido" in told
        assert "um chamado</a>" in told
    number = world.ticket(DIRECTOR)
    its = reverse("support-chamado", args=[number])
    for address in ("/operador/", "/segcartao/", f"/passos/?cnes={CNES}"):
        told = page(mine, address)
        assert "Abra um chamado" not in told, address
        assert number in told
        assert f'href="{its}"' in told
    team = reverse("support-fila-chamado", args=[number])
    assert page(support, "/operador/administradores/").count(f'href="{team}"') == 3
    assert support.get(team).status_code == 200


def test_a_refusal_is_told_once_at_the_gate() -> None:
    world.administrator()
    machine = Machine.new()
    made = world.operator(machine=machine)
    mine = world.entered(OPERATOR)
    assert INSIDE in world.pass_gate(mine, CNES, machine).content.decode()
    deciding.decide(DIRECTOR, made[Tipo.PERFIL], Acao.REVOGAR, "saiu")
    assert page(mine, "/segcartao/").count(ERROR) == 1, "thrown out"
    assert world.pass_gate(mine, CNES, machine).content.decode().count(ERROR) == 1, "tried again"


def test_of_computers_one_waits_at_a_time_and_several_may_be_approved() -> None:
    world.administrator()
    made, mine = world.operator(), world.entered(OPERATOR)
    assert "Cadastrar este computador" in page(mine, "/operador/computador/")
    second = world.ask(OPERATOR, CNES, Tipo.COMPUTADOR, OPE)
    told = page(mine, "/operador/computador/")
    assert "<h2>Cadastrar este computador" not in told
    assert "O seu pedido de computador espera a decisão" in told
    its = world.computer(OPERATOR)
    third = services.request_access(OPERATOR, CNES, Tipo.COMPUTADOR, OPE, computador=its.pk)
    assert isinstance(third, Refused)
    assert third.code == "SGOP_COMPUTADOR_ESPERA"
    deciding.decide(DIRECTOR, second, Acao.APROVAR)
    assert "<h2>Cadastrar este computador" in page(mine, "/operador/computador/")
    assert world.state(made[Tipo.COMPUTADOR]) is world.state(second) is Estado.APROVADO


def test_a_computer_that_was_given_up_may_be_registered_again() -> None:
    """The authenticator is told of the keys that are in use, and of no others: those it would refuse for ever."""
    world.administrator()
    asked = world.ask(OPERATOR, CNES, Tipo.COMPUTADOR, OPE)
    Computador.objects.filter(solicitacoes=asked).update(tipo="WEBAUTHN")
    place = Place("https://vincula.example", "vincula.example")

    def excluded() -> int:
        options = computers.registering("sessao", OPERATOR, place)["webauthn"]
        return len(options["excludeCredentials"])

    assert excluded() == 1
    services.cancel(OPERATOR, asked)
    assert excluded() == 0


def test_the_table_of_conditions_has_the_one_that_fails_and_is_left_out_where_none_does() -> None:
    said = {"cnes": CNES, "cns": world.cns_of(OPERATOR), "perfil": "OPERADOR"}
    mine = world.entered(OPERATOR)
    text = mine.post(reverse("sgop-nova"), said).content.decode()
    assert re.search(r"Há ADMINISTRADOR neste CNES.*?Não confere", text, re.DOTALL)
    assert text.count("Não confere") == 1
    world.administrator()
    mine.post(reverse("sgop-nova"), said)
    again = mine.post(reverse("sgop-nova"), said).content.decode()
    assert "Já há um pedido deste tipo" in again
    assert "O que foi verificado" not in again


def test_the_history_names_the_computer() -> None:
    world.administrator()
    world.operator()
    assert "COMPUTADOR: Mesa 2" in page(world.entered(OPERATOR), "/operador/")
    assert "COMPUTADOR: Mesa 2" in page(world.entered(DIRECTOR), "/operador/aprovacoes/realizadas/")


def test_the_terms_in_force_are_asked_for_once() -> None:
    mine, box = world.entered(OPERATOR), 'name="termos"'
    assert box not in page(mine, "/operador/nova/")
    Termo.objects.filter(cpf=OPERATOR).delete()
    assert box in page(mine, "/operador/nova/")
    Termo.objects.create(cpf=OPERATOR, versao="2000-01")
    assert box in page(mine, "/operador/nova/"), "of another version"
