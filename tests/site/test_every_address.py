"""Every address of every room with every role; and no form anywhere without its token."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.national.sgop import world
from tests.national.sgop.world import CNES, DIRECTOR, OPERATOR, OTHER_CNES, OTHER_DIRECTOR, STAFF
from tests.site.every_address import WHOSE, Address, addresses
from vincula.common.accounts import guards
from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.services import join_operadora
from vincula.common.outcomes import Accepted
from vincula.national.sgop.rules.words import Estado, Perfil, Tipo
from vincula.national.sib.rules.reasons import Reason
from vincula.national.support import models, services

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"])
EVERY = sorted(addresses(), key=lambda one: one.name)
ASKER, PERSON, MEMBER, INACTIVE = (world.a_cpf(n) for n in range(31, 35))
# Who gets pages of each mark. All others are led to the login (who has not come in) or get the 403 page.
OPEN = {guards.ANYBODY, guards.PERSON}
ROLES: dict[str, tuple[str, set[str]]] = {
    "visitor": ("", {guards.ANYBODY}),
    "account that was closed": (INACTIVE, {guards.ANYBODY}),
    "person without anything": (PERSON, OPEN),
    "person of an operadora": (MEMBER, OPEN | {guards.OPERADORA}),
    "OPERADOR who is enabled": (OPERATOR, OPEN),
    "ADMINISTRADOR": (DIRECTOR, OPEN | {guards.MANAGER}),
    "ADMINISTRADOR of another CNES": (OTHER_DIRECTOR, OPEN | {guards.MANAGER}),
    "support": (STAFF, OPEN | {guards.STAFF, guards.SANDBOX_STAFF}),
}
OUTSIDE = ("", INACTIVE)
OF_ALL = {"visitor", "person of an operadora"}  # who is asked to open also what is everybody's
# Whose things are asked for is in none of the roles: what they do to one request is the rules' to refuse, by 403.
REFUSED_BY_THE_RULES = {"sgop-decidir"}
# Whoever has come in may ask; by the rules only who decides about that very request gets it.
OF_WHO_DECIDES = {"sgop-operador", "sgop-operador-encerrar"}


def test_every_address_bears_the_mark_that_is_expected_of_it() -> None:
    said = {name: mark for mark, names in WHOSE.items() for name in names}
    assert {one.name: one.mark for one in EVERY} == said
    assert len(EVERY) == len(said), "no name stands for two"


@pytest.fixture
def arguments() -> dict[str, Any]:
    """Things of ASKER's and of nobody's role, and everybody who asks for them."""
    world.country()
    world.administrator()
    world.administrator(OTHER_DIRECTOR, OTHER_CNES)
    world.operator()
    for cpf in (ASKER, PERSON, MEMBER, INACTIVE):
        world.person(cpf)
    join_operadora(Pessoa.objects.get(cpf=MEMBER), "123456")
    draft = services.write_notice("Rascunho", "Texto", actor="teste")
    stopped = services.declare("pix", "Manutenção", actor="teste")
    assert isinstance(draft, Accepted)
    assert isinstance(stopped, Accepted)
    return {
        "pedido": world.ask(ASKER, CNES, Tipo.PERFIL, Perfil.OPERADOR),
        "numero": world.ticket(ASKER),
        "number": draft.value.id,
        "interruption": stopped.value.id,
        "cnes": CNES,
        "cadastro": 1,
        "vinculo": 1,
        "convite": "x",
        "name": "sgop",
        "arquivo_id": 1,
        "mes": 202601,
        "motivo": Reason.NOME_DIFERE,
        "cco": "000000000000",
    }  # fmt: skip


def url(one: Address, given: dict[str, Any]) -> str:
    values = given | ({"number": given["interruption"]} if "situacao" in one.name else {})
    return reverse(one.name, kwargs={key: values[key] for key in one.arguments})


@pytest.mark.requirement("R012", "R017", "R034", "R050", "R098", "R101")
def test_every_address_with_every_role(arguments: dict[str, Any]) -> None:
    for role, (cpf, marks) in ROLES.items():
        client = world.entered(cpf) if cpf else Client()
        if cpf == INACTIVE:
            Pessoa.objects.filter(cpf=INACTIVE).update(is_active=False)
        for one in EVERY:
            if one.mark == guards.ANYBODY and role not in OF_ALL:
                continue
            for method in sorted(set(one.methods) - {"HEAD"}):
                if one.name == "sair" and method == "POST":
                    continue  # looked at elsewhere: it would end the walk
                answer: Any = getattr(client, method.lower())(url(one, arguments))
                at = (role, one.name, method, answer.status_code)
                if one.mark not in marks and cpf in OUTSIDE:
                    assert answer.status_code == 302, at
                    assert answer["Location"].startswith("/entrar/"), at
                elif (
                    one.mark not in marks
                    or one.name in REFUSED_BY_THE_RULES
                    or (one.name in OF_WHO_DECIDES and role != "ADMINISTRADOR")
                ):
                    assert answer.status_code == 403, at
                else:
                    assert answer.status_code < 500, at
                    assert answer.status_code != 403 or one.name == "govbr-nivel", at
                    led_away = answer.status_code == 302 and answer["Location"].startswith("/entrar/")
                    assert not led_away or one.mark == guards.ANYBODY, at
        if role != "support":
            untouched(arguments)


def untouched(given: dict[str, Any]) -> None:
    """What is somebody else's is as it was."""
    assert world.state(given["pedido"]) is Estado.PENDENTE
    ticket = models.Chamado.objects.get(numero=given["numero"])
    assert (ticket.estado, ticket.mensagens.count()) == ("ABERTO", 1)
    assert models.Aviso.objects.get(pk=given["number"]).publicado_em is None
    assert models.Interrupcao.objects.get(pk=given["interruption"]).encerrada_em is None


def test_no_form_anywhere_is_taken_without_its_token(arguments: dict[str, Any]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(Pessoa.objects.get(cpf=STAFF), "django.contrib.auth.backends.ModelBackend")
    for one in [one for one in EVERY if "POST" in one.methods]:
        answer = client.post(url(one, arguments), {"texto": "Olá", "acao": "aprovar"})
        assert (answer.status_code, "O formulário venceu" in answer.content.decode()) == (403, True), one.name
    untouched(arguments)


def test_what_takes_no_form_says_so(arguments: dict[str, Any]) -> None:
    for one in EVERY:
        if "POST" not in one.methods:
            assert Client().post(url(one, arguments)).status_code == 405, one.name
        if "GET" not in one.methods:
            assert Client().get(url(one, arguments)).status_code == 405, one.name
