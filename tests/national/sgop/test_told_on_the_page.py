"""What SGOP's pages tell of a refusal: all of it, once, and the way on."""

from __future__ import annotations

import html

import pytest
from django.test import Client
from django.urls import reverse

from tests.national.sgop import world
from tests.national.sgop.world import CNES, OPERATOR
from vincula.common.accounts.services import create_person
from vincula.common.outcomes import Accepted
from vincula.national.sgop.services import terms
from vincula.national.support import services as support

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
NEWCOMER = world.a_cpf(31)
ASKED = {"cnes": CNES, "cns": "700000000000000", "perfil": "OPERADOR", "termos": "on"}


def sent(client: Client, **said: str) -> str:
    answer = client.post(reverse("sgop-nova"), ASKED | said)
    return html.unescape(answer.content.decode())


def test_a_bad_cnes_does_not_hide_a_bad_cns(world_of_two: Client) -> None:
    for wrong in ("12", "-", "1" * 15):
        text = sent(world_of_two, cnes="12", cns=wrong, perfil="")
        for field in ("cnes", "cns", "perfil"):
            assert f'href="#id_{field}"' in text, (wrong, field)


@pytest.mark.requirement("R021")
def test_who_is_not_linked_to_govbr_gets_the_way_there_without_going_out(world_of_two: Client) -> None:
    text = sent(world_of_two)
    assert "não está vinculada a uma conta gov.br" in text
    assert 'href="/govbr/entrar/?next=/operador/nova/"' in text
    assert "Saia, entre" not in text


def test_an_interruption_is_told_once(world_of_two: Client) -> None:
    why = "Troca de disco."
    for service in ("sgop", "cadsus-web"):
        assert isinstance(support.declare(service, why, actor="teste"), Accepted)
    assert sent(world_of_two).count(why) == 1
    gate = world.entered(OPERATOR).get("/segcartao/")
    assert (gate.status_code, gate.content.decode().count(why)) == (503, 1)


def test_a_page_that_is_refused_says_for_whom_it_is(world_of_two: Client) -> None:
    answer = world_of_two.get(reverse("sgop-pendentes"))
    text = answer.content.decode()
    assert (answer.status_code, "só de quem é hoje o ADMINISTRADOR" in text) == (403, True)
    assert "Minhas solicitações" in text
    text = world_of_two.get(reverse("sgop-administradores")).content.decode()
    assert "só da equipe" in text
    assert "em nome de qual operadora" not in text
    text = world_of_two.get("/sib/").content.decode()
    assert "não atua por nenhuma" in text


@pytest.fixture
def world_of_two() -> Client:
    """The country, an operator, and who has just opened an account: not linked to gov.br, terms accepted."""
    world.country()
    world.administrator()
    world.operator()
    assert isinstance(create_person(NEWCOMER, "NOVATA", password=world.PASSWORD), Accepted)
    terms.accept(NEWCOMER)
    return world.entered(NEWCOMER)
