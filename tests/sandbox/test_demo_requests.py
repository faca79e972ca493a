"""The demo world's people of the access side: where each stands in SGOP, by the same rules as everybody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model

from tests.docs.pages import ROOT
from vincula.common.outcomes import Accepted, Refused
from vincula.national.cadsus import services as cadsus
from vincula.national.cnes import services as cnes
from vincula.national.sgop import services as sgop
from vincula.national.sgop.services import Acao, Estado, Perfil, Tipo
from vincula.national.support import services as support
from vincula.sandbox import professionals
from vincula.sandbox.demo import desk, establishments, examples, logins, plan, requests
from vincula.sandbox.demo.logins import CAETANO, HELENA, LUCIA, MATEUS, NAIR, OTAVIO, SEBASTIAO, Access
from vincula.sandbox.demo.story import _opened
from vincula.sandbox.establishments import ARAUCARIA, IPE

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"])
REPEATED = 2


@pytest.fixture
def people() -> Iterator[list[Access]]:
    """Of the demo world only what the access side needs: its people, their cards, the establishments."""
    marks = [plan.folder() / name for name in ("pedidos.pronto", "acessos.json")]
    marks += plan.folder().glob("exemplos*.pronto")
    for one in marks:
        one.unlink(missing_ok=True)
    examples.ensure()
    establishments.ensure()
    made = logins.create()
    desk.furnish(made)
    yield made
    for one in (*marks, *plan.folder().glob("exemplos*.pronto")):
        one.unlink(missing_ok=True)


def _states(cpf: str, at: str = ARAUCARIA) -> dict[str, str]:
    return {one.tipo.value: str(one.estado) for one in sgop.state_of(cpf, at).cards if one.estado}


def _all(state: str) -> dict[str, str]:
    return {tipo.value: state for tipo in Tipo}


def test_everybody_stands_where_his_line_says(people: list[Access]) -> None:
    for _ in range(REPEATED):
        requests.ensure(people)
        (plan.folder() / "pedidos.pronto").unlink()  # as where it was killed at the very end
    assert sgop.administered(HELENA) == {ARAUCARIA}
    assert sgop.state_of(HELENA, ARAUCARIA).enabled
    assert _states(OTAVIO, IPE) == _states(LUCIA) == _all("PENDENTE")
    assert _states(MATEUS) == {**_all("APROVADO"), "COMPUTADOR": "PENDENTE"}
    assert _states(NAIR) == {**_all("APROVADO"), "PERFIL": "REVOGADO"}
    assert sgop.gone_through(MATEUS, ARAUCARIA, Tipo.COMPUTADOR) == ["PENDENTE", "NEGADO", "PENDENTE"]
    waiting = support.open_ticket_about(OTAVIO, "sgop")
    answered = support.open_ticket_about(HELENA, "sgop")
    assert waiting is not None
    assert answered is not None
    assert (waiting.estado, answered.estado) == ("ABERTO", "RESPONDIDO")


def test_a_build_that_was_killed_amid_them_goes_on(people: list[Access]) -> None:
    for one in people:
        requests._register(one.cpf)
    requests._authorise(people[0])
    way = next(one for one in requests._OTHERS if one.cpf == MATEUS)
    requests._step(way, Tipo.ESTABELECIMENTO, Estado.PENDENTE)
    for state in requests._AGAIN[:2]:  # the computer that was denied; the next is not yet asked for
        requests._step(way, Tipo.COMPUTADOR, state)
    requests.ensure(people)
    assert _states(MATEUS) == {**_all("APROVADO"), "COMPUTADOR": "PENDENTE"}
    assert sgop.gone_through(MATEUS, ARAUCARIA, Tipo.COMPUTADOR) == list(requests._AGAIN)
    assert sgop.gone_through(HELENA, ARAUCARIA, Tipo.COMPUTADOR) == list(requests._GRANTED)
    assert len(support.tickets_of(HELENA)) == 1


def test_what_is_left_to_do_can_be_done(people: list[Access]) -> None:
    requests.ensure(people)
    for cpf, at, by in ((OTAVIO, IPE, CAETANO), (LUCIA, ARAUCARIA, HELENA)):
        for card in sgop.state_of(cpf, at).cards:
            assert card.id is not None
            done = sgop.decide(by, card.id, Acao.APROVAR, support=by == CAETANO)
            assert isinstance(done, Accepted), done
        assert sgop.state_of(cpf, at).enabled


def test_who_is_of_low_quality_is_refused_and_told_where_to_go(people: list[Access]) -> None:
    requests.ensure(people)
    found = cadsus.find_by_cpf(SEBASTIAO)
    assert isinstance(found, Accepted)
    assert found.value is not None
    number = found.value.cns_mestre
    refused = sgop.request_access(SEBASTIAO, ARAUCARIA, Tipo.PERFIL, Perfil.OPERADOR, cns=number)
    assert isinstance(refused, Refused)
    assert refused.code == "SGOP_BAIXA_QUALIDADE"
    against = sgop.overview(SEBASTIAO, ARAUCARIA).person_refused
    assert against is not None
    assert "unidade de saúde" in against.remedy


def test_what_people_do_with_their_requests_stays(people: list[Access]) -> None:
    requests.ensure(people)
    card = next(one for one in sgop.state_of(LUCIA, ARAUCARIA).cards if one.tipo is Tipo.PERFIL)
    assert card.id is not None
    assert isinstance(sgop.cancel(LUCIA, card.id), Accepted)
    requests.ensure(people)
    assert _states(LUCIA)["PERFIL"] == "CANCELADO"


def test_a_demo_of_an_older_release_whose_director_was_changed_is_left_as_it_is(people: list[Access]) -> None:
    """The director that the requests ask for is another by now: who starts the demo is told, and it opens."""
    cnes.change_director(ARAUCARIA, LUCIA, actor="teste")
    opened = _opened(plan.new(202611))
    assert isinstance(opened, Accepted)
    assert opened.value.lacking is not None
    assert opened.value.lacking.code == "SGOP_NAO_E_DIRETOR"
    assert opened.value.people == people
    assert not (plan.folder() / "pedidos.pronto").exists()
    assert _states(HELENA) == {}
    assert get_user_model().objects.filter(cpf=HELENA).exists()


def test_the_manual_tells_the_numbers_that_a_request_asks_for() -> None:
    told = (ROOT / "docs" / "manual" / "seis-passos.md").read_text(encoding="utf-8")
    named = (*professionals.GOOD[2:3], *professionals.GOOD[4:], professionals.POOR, professionals.UNFIT)
    assert ARAUCARIA in told
    for one in named:
        assert one.nome.split()[0].capitalize() in told
        assert one.cns in told
