"""No sequence of calls lets anybody into CadSUS Web without the right approvals.

The machine makes requests, decisions, cancellations, changes in the CNES and interruptions at random, by people of every
role, and keeps a book of its own: who was allowed by whom, as the requirements say it. The gate must agree with the book;
the histories only grow, and tell the states.
"""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.national.sgop import world
from tests.national.sgop.world import CNES, DIRECTOR, OPERATOR, OTHER_CNES, OTHER_DIRECTOR, STAFF
from vincula.common.accounts.models import MembroCnes
from vincula.common.outcomes import Accepted
from vincula.national.sgop import services
from vincula.national.sgop.models import Computador, Historico, Solicitacao
from vincula.national.sgop.rules.moves import MOVES
from vincula.national.sgop.rules.words import OPEN, Acao, Estado, Perfil, Tipo
from vincula.national.sgop.services import asking, deciding
from vincula.national.support import services as support

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PEOPLE = (DIRECTOR, OPERATOR, OTHER_DIRECTOR, STAFF)
PLACES = (CNES, OTHER_CNES)
STEPS = {(before, after) for (_, before), after in MOVES.items()}
people, places = st.sampled_from(PEOPLE), st.sampled_from(PLACES)


entered: set[Perfil] = set()
"""With which profiles somebody got in during the run: a machine that lets nobody in would prove nothing."""


class Attempts(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        Historico.objects.all()._raw_delete("default")  # type: ignore[attr-defined]  # only tests may
        Solicitacao.objects.all().delete()
        MembroCnes.objects.all().delete()
        self.director = {CNES: DIRECTOR, OTHER_CNES: OTHER_DIRECTOR}
        for cnes, cpf in self.director.items():
            world.establishment(cnes, cpf)
        self.quality = dict.fromkeys(PEOPLE, 90)
        for cpf in PEOPLE:
            world.grade(cpf, 90)
        self.active = dict.fromkeys(PLACES, True)
        self.told: dict[
            int, list[tuple[int, str, str, str]]
        ] = {}  # request → its history, as it was when last seen
        self.numbers: list[int] = []
        self.granted: dict[int, tuple[str, bool]] = {}  # request → (who said yes, as support)

    @rule(cpf=people, cnes=places, tipo=st.sampled_from(Tipo), perfil=st.sampled_from(Perfil))
    def ask(self, cpf: str, cnes: str, tipo: Tipo, perfil: Perfil) -> None:
        self.ask_for(cpf, cnes, tipo, perfil)

    def ask_for(self, cpf: str, cnes: str, tipo: Tipo, perfil: Perfil) -> None:
        its = Computador.objects.filter(cpf=cpf).first()
        made = asking.request_access(
            cpf, cnes, tipo, perfil, cns=world.cns_of(cpf), computador=its.pk if its else None
        )
        if isinstance(made, Accepted):
            self.numbers.append(made.value)

    @rule(data=st.data(), by=people, acao=st.sampled_from(Acao), support=st.booleans())
    def decide(self, data: st.DataObject, by: str, acao: Acao, support: bool) -> None:
        if not self.numbers:
            return
        pk = data.draw(st.sampled_from(self.numbers))
        # Only the page says who is support: nobody else may claim it.
        found = deciding.decide(by, pk, acao, "motivo", support=support and by == STAFF)
        if found == Accepted(Estado.APROVADO):
            self.granted[pk] = (by, support)
            row = Solicitacao.objects.get(pk=pk)
            assert by != row.cpf
            if row.perfil == Perfil.ADMINISTRADOR:
                assert by == STAFF
                assert support
                assert self.director[row.cnes] == row.cpf
            else:
                assert self.director[row.cnes] == by
                assert self.rightly(by, row.cnes, Perfil.ADMINISTRADOR)

    @rule(data=st.data(), by=people)
    def cancel(self, data: st.DataObject, by: str) -> None:
        if self.numbers:
            pk = data.draw(st.sampled_from(self.numbers))
            done = isinstance(services.cancel(by, pk), Accepted)
            assert not done or Solicitacao.objects.get(pk=pk).cpf == by

    @rule(cnes=places, cpf=people)
    def director_changes(self, cnes: str, cpf: str) -> None:
        self.director[cnes] = cpf
        self.establish(cnes, active=True)

    @rule(cnes=places)
    def the_establishment_is_deactivated(self, cnes: str) -> None:
        self.establish(cnes, active=False)

    def establish(self, cnes: str, *, active: bool) -> None:
        self.active[cnes] = active
        world.establishment(cnes, self.director[cnes], motivo="" if active else "01")

    @rule(
        service=st.sampled_from(("sgop", "cadsus-web")), cpf=people, cnes=places, acao=st.sampled_from(Acao)
    )
    def a_service_is_interrupted(self, service: str, cpf: str, cnes: str, acao: Acao) -> None:
        """For a while; what stood still has changed nothing, and with it the others."""
        made = support.declare(service, "Manutenção.", actor="teste")
        assert isinstance(made, Accepted)
        if service == "cadsus-web":
            for one in PEOPLE:
                its = Computador.objects.filter(cpf=one).first()
                assert not isinstance(services.gate(one, cnes, its.pk if its else None), Accepted)
        else:
            before = Historico.objects.exclude(por="sistema").count()
            for tipo in Tipo:
                self.ask_for(cpf, cnes, tipo, Perfil.OPERADOR)
            for pk in self.numbers:
                services.cancel(cpf, pk)
                deciding.decide(cpf, pk, acao, "motivo", support=cpf == STAFF)
            assert Historico.objects.exclude(por="sistema").count() == before
        assert isinstance(support.end(made.value.id, actor="teste"), Accepted)

    @rule(cpf=people, good=st.booleans())
    def quality_changes(self, cpf: str, good: bool) -> None:
        self.quality[cpf] = 90 if good else 20
        world.grade(cpf, self.quality[cpf])

    @rule(cnes=places, cpf=people)
    def they_go_the_right_way(self, cnes: str, cpf: str) -> None:
        """The director and an operator, from the beginning: what must lead in, unless something stands in the way."""
        self.establish(cnes, active=True)
        for one in (self.director[cnes], cpf):
            for pk in self.numbers:
                services.cancel(one, pk)
        self.three(self.director[cnes], cnes, Perfil.ADMINISTRADOR, STAFF)
        self.three(cpf, cnes, Perfil.OPERADOR, self.director[cnes])

    def three(self, cpf: str, cnes: str, perfil: Perfil, by: str) -> None:
        before = len(self.numbers)
        for tipo in Tipo:
            self.ask_for(cpf, cnes, tipo, perfil)
        for pk in self.numbers[before:]:
            if deciding.decide(by, pk, Acao.APROVAR, support=by == STAFF) == Accepted(Estado.APROVADO):
                self.granted[pk] = (by, by == STAFF)

    def rightly(self, cpf: str, cnes: str, perfil: Perfil) -> bool:
        """By the machine's own book: three requests of this profile, each approved by who may, and not taken back."""
        rows = Solicitacao.objects.filter(cpf=cpf, cnes=cnes, perfil=perfil, estado=Estado.APROVADO)
        return {row.tipo for row in rows if row.pk in self.granted} == {tipo.value for tipo in Tipo}

    @invariant()
    def the_gate_agrees_with_the_book(self) -> None:
        for cpf in PEOPLE:
            its = Computador.objects.filter(cpf=cpf).first()
            for cnes in PLACES:
                found = services.gate(cpf, cnes, its.pk if its else None)
                if not isinstance(found, Accepted):
                    continue
                entered.add(found.value.perfil)
                assert self.active[cnes]
                assert self.quality[cpf] > 80
                assert self.rightly(cpf, cnes, found.value.perfil)
                if found.value.perfil is Perfil.ADMINISTRADOR:
                    assert [one for one, who in self.director.items() if who == cpf] == [cnes]

    @invariant()
    def histories_only_grow_and_tell_the_states(self) -> None:
        for row in Solicitacao.objects.prefetch_related("historico"):
            now = [(one.pk, one.estado, one.por, one.motivo) for one in row.historico.all()]
            before = self.told.get(row.pk, [])
            assert now[: len(before)] == before
            self.told[row.pk] = now
            states = [Estado(one[1]) for one in now]
            assert (states[0], now[0][2], states[-1]) == (Estado.PENDENTE, f"cpf:{row.cpf}", row.estado)
            for was, (_, state, by, _) in zip(states, now[1:], strict=False):
                assert (was, Estado(state)) in STEPS
                assert (by == f"cpf:{row.cpf}") is (state == Estado.CANCELADO), "nobody decides his own"
                assert by != "sistema" or state == Estado.REVOGADO

    @invariant()
    def one_of_a_kind_is_open_and_the_account_is_linked_while_all_three_hold(self) -> None:
        open_ones = Counter(
            (row.tipo, row.cpf, row.cnes) for row in Solicitacao.objects.filter(estado__in=OPEN)
        )
        assert not open_ones or max(open_ones.values()) == 1
        approved = Solicitacao.objects.filter(estado=Estado.APROVADO).values_list("cpf", "cnes", "perfil")
        whole = {key for key, number in Counter(approved).items() if number == len(Tipo)}
        links = MembroCnes.objects.filter(ate__isnull=True).values_list("pessoa__cpf", "cnes", "perfil")
        assert set(links) == whole


def _run(examples: int, steps: int) -> None:
    world.country()
    for cpf in PEOPLE:
        world.computer(cpf)
        world.ticket(cpf)
    entered.clear()
    run_state_machine_as_test(
        Attempts,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=examples < 100,
        ),
    )
    assert entered == set(Perfil)


@pytest.mark.requirement("R017", "R034", "R037", "R038", "R046", "R047", "R049")
def test_no_sequence_of_calls_lets_anybody_in_without_the_right_approvals() -> None:
    _run(6, 10)


@pytest.mark.long
def test_no_sequence_of_calls_lets_anybody_in_at_length() -> None:
    _run(400, 60)
