"""The gate of CadSUS Web through its pages: eight combinations, and what was true when one entered and no longer is."""

from __future__ import annotations

import itertools

import pytest

from tests.national.sgop import world
from tests.national.sgop.world import CNES, DIRECTOR, INSIDE, OPERATOR, STAFF, Machine
from vincula.common.accounts.models import Pessoa
from vincula.common.audit.services import about
from vincula.common.outcomes import Accepted, Refused
from vincula.national.sgop import services
from vincula.national.sgop.models import Solicitacao
from vincula.national.sgop.rules.words import Acao, Estado, Tipo
from vincula.national.sgop.services import deciding

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture(autouse=True)
def _country() -> None:
    world.country()
    world.administrator()


@pytest.mark.parametrize("approved", list(itertools.product((True, False), repeat=3)))
@pytest.mark.requirement("R048", "R049", "R050")
def test_of_the_eight_combinations_of_the_three_approvals_one_enters(approved: tuple[bool, ...]) -> None:
    machine = Machine.new()
    made = world.operator(machine=machine)
    for tipo, yes in zip(Tipo, approved, strict=True):
        if not yes:
            deciding.decide(DIRECTOR, made[tipo], Acao.REVOGAR, "um motivo")
    client = world.entered(OPERATOR)
    text = world.pass_gate(client, CNES, machine).content.decode()
    assert (INSIDE in text) is all(approved)
    assert (INSIDE in client.get("/segcartao/").content.decode()) is all(approved)
    if not all(approved):
        first = next(tipo for tipo, yes in zip(Tipo, approved, strict=True) if not yes)
        assert "Falta a aprovação do pedido" in text
        assert world.state(made[first]) is Estado.REVOGADO
        assert "Pode ser restaurado: procure o ADMINISTRADOR do estabelecimento." in text


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("revoked", "SGOP_FALTA_PERFIL"),
        ("computer", "SGOP_FALTA_COMPUTADOR"),
        ("quality", "SGOP_BAIXA_QUALIDADE"),
        ("link", "SGOP_SEM_GOVBR"),
        ("cnes", "CNES"),
    ],
)
@pytest.mark.requirement("R017", "R027", "R049")
def test_what_is_lost_in_mid_session_ends_the_entry_at_once(what: str, code: str) -> None:
    from vincula.national.govbr.models import VinculoGovbr

    machine = Machine.new()
    made = world.operator(machine=machine)
    client = world.entered(OPERATOR)
    assert INSIDE in world.pass_gate(client, CNES, machine).content.decode()
    match what:
        case "revoked":
            deciding.decide(DIRECTOR, made[Tipo.PERFIL], Acao.REVOGAR, "um motivo")
        case "computer":
            deciding.decide(DIRECTOR, made[Tipo.COMPUTADOR], Acao.REVOGAR, "um motivo")
        case "quality":
            world.grade(OPERATOR, 80)
        case "link":
            VinculoGovbr.objects.filter(cpf=OPERATOR).delete()
        case "cnes":
            world.establishment(CNES, DIRECTOR, motivo="01")
    kept = Solicitacao.objects.get(pk=made[Tipo.COMPUTADOR]).computador_id
    found = services.gate(OPERATOR, CNES, kept)
    assert isinstance(found, Refused)
    assert found.code.startswith(code)
    answer = client.get("/segcartao/")
    assert answer.status_code == 403
    assert INSIDE not in answer.content.decode()
    assert "segcartao" not in client.session


@pytest.mark.requirement("R032", "R049")
def test_the_director_who_changes_ends_the_administrators_session_and_not_the_operators() -> None:
    boss, machine = Machine.new(), Machine.new()
    Solicitacao.objects.filter(cpf=DIRECTOR).update(estado=Estado.CANCELADO)
    world.administrator(machine=boss)
    world.operator(machine=machine)
    a, b = world.entered(DIRECTOR), world.entered(OPERATOR)
    assert INSIDE in world.pass_gate(a, CNES, boss).content.decode()
    assert INSIDE in world.pass_gate(b, CNES, machine).content.decode()
    assert a.get("/operador/aprovacoes/pendentes/").status_code == 200
    world.establishment(CNES, world.OTHER_DIRECTOR)
    assert a.get("/operador/aprovacoes/pendentes/").status_code == 403
    assert INSIDE not in a.get("/segcartao/").content.decode()
    assert INSIDE in b.get("/segcartao/").content.decode()


@pytest.mark.requirement("R045", "R049")
def test_another_computer_than_the_approved_one_does_not_enter() -> None:
    machine, other, stranger = Machine.new(), Machine.new(), Machine.new()
    world.operator(machine=machine)
    world.ask(OPERATOR, CNES, Tipo.COMPUTADOR, world.Perfil.OPERADOR, other)
    client = world.entered(OPERATOR)
    for tried in (other, stranger):
        assert INSIDE not in world.pass_gate(client, CNES, tried).content.decode()
    assert INSIDE in world.pass_gate(client, CNES, machine).content.decode()


def test_the_approval_of_one_cnes_opens_no_other() -> None:
    machine = Machine.new()
    world.operator(machine=machine)
    client = world.entered(OPERATOR)
    assert INSIDE not in world.pass_gate(client, world.OTHER_CNES, machine).content.decode()
    for forged in ("", "x", "7000011 ", "' or 1=1", "\0"):
        assert INSIDE not in world.pass_gate(client, forged, machine).content.decode()


def test_an_account_that_is_closed_is_out() -> None:
    machine = Machine.new()
    world.operator(machine=machine)
    client = world.entered(OPERATOR)
    assert INSIDE in world.pass_gate(client, CNES, machine).content.decode()
    Pessoa.objects.filter(cpf=OPERATOR).update(is_active=False)
    assert client.get("/segcartao/").status_code == 302


def test_leaving_ends_the_entry_and_each_entry_is_audited() -> None:
    machine = Machine.new()
    world.operator(machine=machine)
    client = world.entered(OPERATOR)
    world.pass_gate(client, CNES, machine)
    world.pass_gate(client, CNES, Machine.new())
    client.post("/segcartao/sair/")
    world.pass_gate(client, CNES, machine)
    assert INSIDE not in client.post("/segcartao/sair/", follow=True).content.decode()
    told = [one.acao.rpartition(":")[2] for one in about(f"cpf:{OPERATOR}") if ":entrada:" in one.acao]
    assert told == ["encerrada", "aberta", "recusada", "aberta"]


@pytest.mark.requirement("R049", "R054")
def test_the_state_says_what_is_missing_and_who_must_act() -> None:
    state = services.state_of(OPERATOR, CNES)
    assert [card.estado for card in state.cards] == [None, None, None]
    assert not state.enabled
    world.operator()
    state = services.state_of(OPERATOR, CNES)
    assert state.enabled
    assert isinstance(services.gate(OPERATOR, CNES, None), Refused)
    row = Solicitacao.objects.get(cpf=OPERATOR, tipo="COMPUTADOR")
    inside = services.gate(OPERATOR, CNES, row.computador_id)
    assert isinstance(inside, Accepted)
    assert inside.value.perfil == "OPERADOR"
    assert OPERATOR not in repr(inside)
    assert services.establishments_of(OPERATOR) == [CNES]
    assert services.establishments_of(STAFF) == []
