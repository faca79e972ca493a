"""No way into CadSUS Web but one's own registration and the approvals (R006): every address and every command is tried.

There is no login by ofício: no page of anybody and no command makes an access, raises a grade, or asks in another's name.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

import vincula.site.cli as commands
from tests.national.sgop import world
from tests.national.sgop.world import CNES, DIRECTOR, OPERATOR, OTHER_CNES, OTHER_DIRECTOR, STAFF
from vincula.common.accounts import own
from vincula.common.accounts.directory import set_staff
from vincula.common.accounts.models import MembroCnes, Pessoa
from vincula.common.accounts.services import join_cnes, join_operadora
from vincula.common.outcomes import Refused
from vincula.national.cadsus.models import Pessoa as Registered
from vincula.national.sgop import services
from vincula.national.sgop.models import Historico, Solicitacao
from vincula.national.sgop.rules.words import Estado, Perfil, Tipo
from vincula.site.cli.main import cli

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"])
TARGET = world.a_cpf(41)
OWN_FORMAT = (
    "sib-"  # addresses whose arguments have a format of their own; SIB's, which know nothing of access
)


def addresses(
    resolver: URLResolver | None = None, above: tuple[str, ...] = ()
) -> Iterator[tuple[str, set[str]]]:
    """Every address of the site with the names of what stands in it."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one, (*above, *one.pattern.converters))
        elif isinstance(one, URLPattern):
            yield str(one.name), {*above, *one.pattern.converters}


def every_url(pedido: int) -> list[str]:
    values = {"pedido": pedido, "cnes": CNES, "numero": "2026112200000001"}
    urls = []
    for name, arguments in addresses():
        if arguments and name.startswith(OWN_FORMAT):
            continue
        try:
            urls.append(reverse(name, kwargs={one: values.get(one, 1) for one in arguments}))
        except NoReverseMatch:
            urls.append(reverse(name, kwargs={one: values.get(one, "x") for one in arguments}))
    assert len(urls) > 80
    return urls


def tried(client: Client, pedido: int) -> None:
    """Every address, with a form that says all that such a form could say."""
    said = {
        "cpf": TARGET, "cnes": CNES, "cns": world.cns_of(TARGET), "perfil": "OPERADOR", "tipo": "PERFIL", "acao": "aprovar",
        "estado": "APROVADO", "termos": "on", "motivo": "por ofício", "volta": "", "rotulo": "Mesa", "resposta": "{}",
        "nome": "PESSOA", "qualidade": "100", "email": "a@exemplo.com.br", "diretor_cpf": TARGET,
    }  # fmt: skip
    for url in every_url(pedido):
        for acao in ("aprovar", "restaurar"):
            answer = client.post(
                url, said | {"acao": acao, "perfil": "OPERADOR" if acao == "restaurar" else "ADMINISTRADOR"}
            )
            assert answer.status_code < 500, url


def states(cpf: str) -> set[str]:
    return set(Solicitacao.objects.filter(cpf=cpf).values_list("estado", flat=True))


@pytest.fixture
def target(monkeypatch: pytest.MonkeyPatch) -> Pessoa:
    """Somebody with an account, linked to gov.br, with a CNS of high quality: he lacks nothing but the approvals."""
    monkeypatch.setattr(own, "ANSWER_SECONDS", 0.0)  # nobody measures here how long an answer takes
    world.country()
    world.administrator()
    world.administrator(OTHER_DIRECTOR, OTHER_CNES)
    world.operator()
    return world.person(TARGET, name="PESSOA ALVO")


@pytest.mark.requirement("R006", "R026", "R033")
def test_whatever_others_send_to_whatever_address_makes_nobody_an_operator(target: Pessoa) -> None:
    grades = dict(Registered.objects.values_list("cpf", "qualidade"))
    join_operadora(Pessoa.objects.get(cpf=OPERATOR), "123456")
    for cpf in ("", OPERATOR, OTHER_DIRECTOR, STAFF, DIRECTOR):
        tried(world.entered(cpf) if cpf else Client(), 99_999_999)
    assert not Solicitacao.objects.filter(cpf=TARGET).exists(), "nobody asks in another's name"
    assert isinstance(services.gate(TARGET, CNES, None), Refused)
    assert dict(Registered.objects.values_list("cpf", "qualidade")) == grades, "SGOP raises no grade"


@pytest.mark.requirement("R006", "R034", "R038")
def test_what_waits_is_approved_by_nobody_but_who_decides(target: Pessoa) -> None:
    waiting = world.ask(TARGET, CNES, Tipo.PERFIL, Perfil.OPERADOR)
    for cpf in ("", OPERATOR, OTHER_DIRECTOR, STAFF, TARGET):
        tried(world.entered(cpf) if cpf else Client(), waiting)
        assert Estado.APROVADO not in states(TARGET), cpf
    by = set(Historico.objects.filter(solicitacao__cpf=TARGET).values_list("por", flat=True))
    assert by == {f"cpf:{TARGET}"}
    assert not MembroCnes.objects.filter(pessoa=target).exists()


@pytest.mark.requirement("R006")
def test_what_the_installation_gives_an_account_opens_no_gate(target: Pessoa) -> None:
    """All that commands can make of an account: of the team, of an operadora, even linked to the CNES by hand."""
    set_staff(target, True, actor="teste")
    join_operadora(target, "123456")
    join_cnes(target, CNES, "ADMINISTRADOR", actor="teste")
    machine = world.Machine.new()
    registered = world.computer(TARGET, machine)
    refused = services.gate(TARGET, CNES, registered.pk)
    assert isinstance(refused, Refused)
    assert refused.code == "SGOP_FALTA_ESTABELECIMENTO"
    assert world.INSIDE not in world.pass_gate(world.entered(TARGET), CNES, machine).content.decode()
    assert services.administered(TARGET) == frozenset()


def leaves(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        one = group.get_command(context, name)
        assert one is not None
        if isinstance(one, click.Group):
            yield from leaves(one, (*path, name))
        else:
            yield (*path, name)


@pytest.mark.requirement("R006")
def test_no_command_knows_of_requests_and_approvals() -> None:
    named = {" ".join(one) for one in leaves(cli)}
    assert {"people add", "people staff", "credential grant", "cnes director"} <= named
    assert not [one for one in named if "sgop" in one or "operador" in one.split()]
    folder = Path(commands.__file__).parent
    for source in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            imported = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            imported += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [one for one in imported if one.startswith("vincula.national.sgop")], source.name
