"""The requests against the real base: the checks in their order, evaluated anew, and who may decide."""

from __future__ import annotations

import pytest

from tests.common.threads import at_once
from tests.national.sgop import world
from tests.national.sgop.world import CNES, DIRECTOR, OPERATOR, OTHER_CNES, OTHER_DIRECTOR, STAFF, SUCCESSOR
from vincula.common.accounts.models import MembroCnes, Pessoa
from vincula.common.audit.services import about
from vincula.common.outcomes import Accepted, Refused
from vincula.national.sgop import services
from vincula.national.sgop.models import Historico, Solicitacao, Termo
from vincula.national.sgop.rules.words import Acao, Estado, Perfil, Tipo
from vincula.national.sgop.services import conditions, deciding

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
ADM, OPE = Perfil.ADMINISTRADOR, Perfil.OPERADOR


@pytest.fixture(autouse=True)
def _country() -> None:
    world.country()


def ask(cpf: str, perfil: Perfil, cnes: str = CNES, tipo: Tipo = Tipo.ESTABELECIMENTO, **more: object) -> str:
    """The code of the refusal, "" where the request was taken."""
    outcome = services.request_access(cpf, cnes, tipo, perfil, cns=world.cns_of(cpf), **more)  # type: ignore[arg-type]
    return outcome.code if isinstance(outcome, Refused) else ""


def decide(by: str, pk: int, acao: Acao = Acao.APROVAR, *, support: bool = False) -> str:
    outcome = deciding.decide(by, pk, acao, "um motivo", support=support)
    return outcome.code if isinstance(outcome, Refused) else ""


@pytest.mark.requirement("R001", "R011", "R021", "R022", "R023", "R031")
def test_the_checks_come_in_their_order_and_only_the_first_is_told() -> None:
    from vincula.national.govbr.models import VinculoGovbr

    cpf = OPERATOR
    cns = world.cns_of(cpf)
    VinculoGovbr.objects.filter(cpf=cpf).delete()
    Termo.objects.filter(cpf=cpf).delete()
    world.grade(cpf, 10)

    def first(cnes: str, number: str) -> tuple[str, list[str]]:
        lines = conditions.look(cpf, cnes, ADM, number)
        (failed,) = [line for line in lines if line.refused]
        after = lines[lines.index(failed) + 1 :]
        assert all(line.looked is conditions.Looked.NOT_YET for line in after)
        return failed.check.value, [line.check.value for line in after]

    assert first("7999999", "")[0] == "CNES"
    assert first(CNES, "")[0] == "GOVBR"
    world.link(Pessoa.objects.get(cpf=cpf))
    assert first(CNES, "")[0] == "CNS"
    assert first(CNES, cns)[0] == "QUALIDADE"
    world.grade(cpf, 90)
    assert first(CNES, cns) == ("DIRETOR", ["TERMOS"])
    world.establishment(CNES, cpf)
    assert first(CNES, cns)[0] == "TERMOS"


@pytest.mark.parametrize(
    ("tipo", "subtipo", "motivo", "taken"),
    [(68, 5, "", True), (68, 3, "", False), (36, None, "", False), (68, 5, "01", False)],
)
@pytest.mark.requirement("R002", "R003", "R007", "R011")
def test_only_an_active_head_office_of_an_operadora_takes_requests(
    tipo: int, subtipo: int | None, motivo: str, taken: bool
) -> None:
    world.establishment(CNES, DIRECTOR, tipo=tipo, subtipo=subtipo, motivo=motivo)
    assert (ask(DIRECTOR, ADM) == "") is taken


@pytest.mark.requirement("R023", "R027")
def test_after_the_correction_in_the_base_the_same_request_succeeds() -> None:
    world.grade(DIRECTOR, 80)
    assert ask(DIRECTOR, ADM) == "SGOP_BAIXA_QUALIDADE"
    world.grade(DIRECTOR, 81)
    assert ask(DIRECTOR, ADM) == ""


@pytest.mark.requirement("R030", "R043")
def test_an_operator_is_refused_before_an_administrator_is_registered_and_held_before_he_is_authorised() -> (
    None
):
    assert ask(OPERATOR, OPE) == "SGOP_SEM_ADMINISTRADOR"
    world.ask(DIRECTOR, CNES, Tipo.PERFIL, ADM)
    assert ask(OPERATOR, OPE) == ""
    row = Solicitacao.objects.get(cpf=OPERATOR)
    assert row.estado == Estado.PENDENTE
    assert decide(DIRECTOR, row.pk) == "SGOP_SEM_COMPETENCIA"  # registered, not authorised


@pytest.mark.requirement("R040", "R041")
def test_who_is_responsible_elsewhere_is_refused_as_administrator_and_not_as_operator() -> None:
    world.administrator()
    world.establishment("7000033", DIRECTOR, tipo=36, subtipo=None)
    services.cancel(DIRECTOR, 0)
    assert ask(DIRECTOR, ADM, tipo=Tipo.PERFIL) == "SGOP_DIRETOR_DE_OUTRO"
    world.establishment("7000033", OPERATOR, tipo=36, subtipo=None)
    assert ask(OPERATOR, OPE) == ""


@pytest.mark.requirement("R037", "R038")
def test_the_administrator_is_authorised_by_support_after_a_ticket_and_never_by_himself() -> None:
    Pessoa.objects.filter(cpf=DIRECTOR).update(is_staff=True)
    pk = world.ask(DIRECTOR, CNES, Tipo.PERFIL, ADM)
    assert decide(STAFF, pk, support=True) == "SGOP_SEM_CHAMADO"
    world.ticket(DIRECTOR)
    assert decide(DIRECTOR, pk, support=True) == "SGOP_PROPRIO_PEDIDO"
    assert decide(OPERATOR, pk) == "SGOP_SEM_COMPETENCIA"
    assert world.state(pk) is Estado.PENDENTE
    assert decide(STAFF, pk, support=True) == ""
    assert world.state(pk) is Estado.APROVADO


@pytest.mark.requirement("R046", "R047")
def test_an_administrator_of_another_cnes_decides_nothing_here() -> None:
    world.administrator()
    world.administrator(OTHER_DIRECTOR, OTHER_CNES)
    pk = world.ask(OPERATOR, CNES, Tipo.PERFIL, OPE)
    assert decide(OTHER_DIRECTOR, pk) == decide(OTHER_DIRECTOR, 999_999) == "SGOP_SEM_COMPETENCIA"
    assert decide(STAFF, pk, support=True) == "SGOP_SEM_COMPETENCIA"
    assert decide(DIRECTOR, pk) == ""


@pytest.mark.requirement("R036")
def test_without_the_computer_the_registration_of_the_administrator_is_incomplete() -> None:
    world.ticket(OTHER_DIRECTOR)
    for tipo in (Tipo.ESTABELECIMENTO, Tipo.PERFIL):
        asked = world.ask(OTHER_DIRECTOR, OTHER_CNES, tipo, ADM)
        assert decide(STAFF, asked, support=True) == ""
    assert services.administered(OTHER_DIRECTOR) == frozenset(), "two of three"
    missing = services.state_of(OTHER_DIRECTOR, OTHER_CNES).missing
    assert missing is not None
    assert missing.code == "SGOP_FALTA_COMPUTADOR"
    made = world.administrator()
    assert services.administered(DIRECTOR) == {CNES}
    assert decide(STAFF, made[-1], Acao.REVOGAR, support=True) == ""
    assert services.administered(DIRECTOR) == frozenset()


@pytest.mark.requirement("R032", "R037")
def test_when_the_director_changes_the_former_is_revoked_and_what_he_approved_stays() -> None:
    made = world.administrator()
    approved = world.operator()
    world.person(SUCCESSOR)
    world.establishment(CNES, SUCCESSOR)
    waiting = Solicitacao.objects.create(
        tipo="PERFIL", cpf=STAFF, cnes=CNES, cns="", perfil="OPERADOR", estado="PENDENTE"
    )
    assert decide(DIRECTOR, waiting.pk) == "SGOP_SEM_COMPETENCIA"
    assert world.state(made[1]) is Estado.REVOGADO
    assert all(world.state(one) is Estado.APROVADO for one in approved.values())
    last = Historico.objects.filter(solicitacao=made[1]).last()
    assert last is not None
    assert (last.por, last.estado) == ("sistema", "REVOGADO")
    # the new one needs support again, and the former is not restored
    world.ticket(SUCCESSOR)
    new = world.ask(SUCCESSOR, CNES, Tipo.PERFIL, ADM)
    assert world.state(new) is Estado.PENDENTE
    assert decide(STAFF, made[1], Acao.RESTAURAR, support=True) == "SGOP_CONDICOES"


def test_the_job_takes_the_profile_from_former_directors_everywhere() -> None:
    made = world.administrator()
    assert services.recheck() == 0
    world.establishment(CNES, OTHER_DIRECTOR)
    assert services.recheck() == 1
    assert world.state(made[1]) is Estado.REVOGADO
    assert services.recheck() == 0


def test_an_establishment_that_is_gone_revokes_nobody() -> None:
    made = world.administrator()
    world.establishment(CNES, "", motivo="01")
    assert services.recheck() == 0
    assert world.state(made[1]) is Estado.APROVADO
    assert services.administered(DIRECTOR) == frozenset()


def test_a_second_open_request_of_a_kind_is_refused_and_after_cancelling_it_is_taken() -> None:
    assert ask(DIRECTOR, ADM) == ""
    assert ask(DIRECTOR, ADM) == "SGOP_JA_PEDIDO"
    assert ask(DIRECTOR, OPE, tipo=Tipo.PERFIL) == "SGOP_SEM_ADMINISTRADOR"
    row = Solicitacao.objects.get(cpf=DIRECTOR)
    assert isinstance(services.cancel(OPERATOR, row.pk), Refused)
    assert isinstance(services.cancel(DIRECTOR, row.pk), Accepted)
    assert isinstance(services.cancel(DIRECTOR, row.pk), Refused)
    assert ask(DIRECTOR, ADM) == ""


def test_requests_of_two_profiles_do_not_mix() -> None:
    world.administrator()
    assert ask(DIRECTOR, OPE, tipo=Tipo.PERFIL) == "SGOP_OUTRO_PERFIL"


def test_a_computer_of_somebody_else_is_not_asked_for() -> None:
    its = world.computer(OTHER_DIRECTOR)
    assert ask(DIRECTOR, ADM, tipo=Tipo.COMPUTADOR, computador=its.pk) == "SGOP_COMPUTADOR_AUSENTE"
    assert ask(DIRECTOR, ADM, tipo=Tipo.COMPUTADOR) == "SGOP_COMPUTADOR_AUSENTE"


@pytest.mark.requirement("R016")
def test_the_account_is_linked_to_the_cnes_while_all_three_hold() -> None:
    def links() -> list[tuple[str, str]]:
        found = MembroCnes.objects.filter(ate__isnull=True, pessoa__cpf=DIRECTOR)
        return list(found.values_list("cnes", "perfil"))

    made = world.administrator()
    assert links() == [(CNES, "ADMINISTRADOR")]
    operator = world.operator()
    held = MembroCnes.objects.filter(ate__isnull=True).values_list("pessoa__cpf", "cnes", "perfil")
    assert set(held) == {(DIRECTOR, CNES, "ADMINISTRADOR"), (OPERATOR, CNES, "OPERADOR")}, (
        "every professional"
    )
    decide(DIRECTOR, operator[Tipo.COMPUTADOR], Acao.REVOGAR)
    assert set(held.all()) == {(DIRECTOR, CNES, "ADMINISTRADOR")}
    decide(STAFF, made[0], Acao.REVOGAR, support=True)
    assert links() == []


def test_a_revoked_request_is_not_restored_over_a_new_one() -> None:
    world.administrator()
    made = world.operator()
    assert decide(DIRECTOR, made[Tipo.PERFIL], Acao.REVOGAR) == ""
    assert ask(OPERATOR, OPE, tipo=Tipo.PERFIL) == ""
    assert decide(DIRECTOR, made[Tipo.PERFIL], Acao.RESTAURAR) == "SGOP_JA_PEDIDO"
    assert world.state(made[Tipo.PERFIL]) is Estado.REVOGADO


def test_history_keeps_every_step_and_is_never_changed() -> None:
    pk = world.ask(DIRECTOR, CNES, Tipo.PERFIL, ADM)
    world.ticket(DIRECTOR)
    decide(STAFF, pk, support=True)
    steps = list(Historico.objects.filter(solicitacao=pk))
    assert [(one.estado, one.por) for one in steps] == [
        ("PENDENTE", f"cpf:{DIRECTOR}"),
        ("APROVADO", f"cpf:{STAFF}"),
    ]
    with pytest.raises(ValueError, match="never"):
        steps[0].save()
    with pytest.raises(ValueError, match="never"):
        steps[0].delete()
    told = [one.acao for one in about(f"cpf:{DIRECTOR}") if one.acao.startswith("sgop:pedido")]
    assert told == ["sgop:pedido:aprovado", "sgop:pedido:feito"]


@pytest.mark.requirement("R039")
def test_the_director_need_not_be_the_legal_representative_and_may_be() -> None:
    from vincula.common.accounts.services import join_operadora

    join_operadora(Pessoa.objects.get(cpf=OPERATOR), "301234")
    assert ask(DIRECTOR, ADM) == ""
    join_operadora(Pessoa.objects.get(cpf=OTHER_DIRECTOR), "301235")
    assert ask(OTHER_DIRECTOR, ADM, cnes=OTHER_CNES) == ""


@pytest.mark.django_db(databases=["default", "audit"], transaction=True)
def test_of_many_decisions_at_once_one_is_made() -> None:
    world.administrator()
    pk = world.ask(OPERATOR, CNES, Tipo.PERFIL, OPE)
    answers: list[str] = []
    at_once(
        [
            lambda acao=acao: answers.append(decide(DIRECTOR, pk, acao))
            for acao in (Acao.APROVAR, Acao.NEGAR) * 3
        ]
    )
    assert sorted(answers) == [""] + ["SGOP_JA_DECIDIDO"] * 5
    assert Historico.objects.filter(solicitacao=pk).count() == 2
