"""Who is told by mail of what becomes of requests: once, without names or reasons."""

from __future__ import annotations

import pytest

from tests.national.sgop import world
from tests.national.sgop.world import CNES, DIRECTOR, OPERATOR, OTHER_DIRECTOR
from vincula.common.accounts.models import Pessoa
from vincula.common.mail.models import Correio
from vincula.national.sgop.rules.words import Acao, Perfil, Tipo
from vincula.national.sgop.services import deciding, directors

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
WAITS, ENABLED = "SGOP: há pedido de operador", "SGOP: o seu acesso ao CadSUS Web está habilitado"


@pytest.fixture
def asked() -> dict[Tipo, int]:
    """Both CNES have their ADMINISTRADOR; somebody has asked at the first. All have an address."""
    world.country()
    world.administrator()
    world.administrator(OTHER_DIRECTOR, world.OTHER_CNES)
    for name, cpf in (("diretora", DIRECTOR), ("outro", OTHER_DIRECTOR), ("operadora", OPERATOR)):
        Pessoa.objects.filter(cpf=cpf).update(email=f"{name}@exemplo.com.br")
    Correio.objects.all().delete()
    kinds = (Tipo.ESTABELECIMENTO, Tipo.PERFIL)
    return {kind: world.ask(OPERATOR, CNES, kind, Perfil.OPERADOR) for kind in kinds}


def told(to: str) -> list[str]:
    rows = Correio.objects.filter(para=f"{to}@exemplo.com.br").order_by("pk")
    return list(rows.values_list("assunto", flat=True))


def test_who_decides_is_told_once_that_somebody_waits(asked: dict[Tipo, int]) -> None:
    assert [subject.startswith(WAITS) for subject in told("diretora")] == [True]
    assert told("outro") == []


def test_of_three_approvals_the_last_is_told(asked: dict[Tipo, int]) -> None:
    for number in asked.values():
        deciding.decide(DIRECTOR, number, Acao.APROVAR)
    assert told("operadora") == []
    deciding.decide(DIRECTOR, world.ask(OPERATOR, CNES, Tipo.COMPUTADOR, Perfil.OPERADOR), Acao.APROVAR)
    assert told("operadora") == [ENABLED]


def test_what_is_denied_or_revoked_is_told_without_its_reason(asked: dict[Tipo, int]) -> None:
    deciding.decide(DIRECTOR, asked[Tipo.PERFIL], Acao.NEGAR, "disse a Maria que não vem")
    deciding.decide(DIRECTOR, asked[Tipo.ESTABELECIMENTO], Acao.APROVAR)
    deciding.decide(DIRECTOR, asked[Tipo.ESTABELECIMENTO], Acao.REVOGAR, "saiu")
    assert told("operadora") == ["SGOP: um pedido seu foi negado", "SGOP: um pedido seu foi revogado"]
    assert not Correio.objects.filter(texto__contains="Maria").exists()


def test_a_director_who_changes_is_told(asked: dict[Tipo, int]) -> None:
    world.establishment(CNES, OPERATOR)
    assert directors.recheck(CNES) == 1
    assert told("diretora")[-1] == "SGOP: um pedido seu foi revogado"


def test_who_has_no_address_is_not_written_to(asked: dict[Tipo, int]) -> None:
    Pessoa.objects.filter(cpf=OPERATOR).update(email=None)
    deciding.decide(DIRECTOR, asked[Tipo.PERFIL], Acao.NEGAR, "não é da operadora")
    assert not Correio.objects.exclude(para="diretora@exemplo.com.br").exists()
