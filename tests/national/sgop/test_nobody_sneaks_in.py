"""No sequence of calls lets anybody into CadSUS Web without the right approvals.

The machine makes requests, decisions, cancellations and changes in the CNES at random, by people of every role, and keeps
a book of its own: who was allowed by whom, as the requirements say it. The gate must agree with the book.
"""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.national.sgop import world
from tests.national.sgop.world import CNES, DIRECTOR, OPERATOR, OTHER_CNES, OTHER_DIRECTOR, STAFF
from vincula.common.outcomes import Accepted
from vincula.national.sgop import services
from vincula.national.sgop.models import Computador, Historico, Solicitacao
from vincula.national.sgop.rules.words import Acao, Estado, Perfil, Tipo
from vincula.national.sgop.services import asking, deciding

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PEOPLE = (DIRECTOR, OPERATOR, OTHER_DIRECTOR, STAFF)
PLACES = (CNES, OTHER_CNES)
people, places = st.sampled_from(PEOPLE), st.sampled_from(PLACES)


entered: set[Perfil] = set()
"""With which profiles somebody got in during the run: a machine that lets nobody in would prove nothing."""


class Attempts(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        Historico.objects.all()._raw_delete("default")  # type: ignore[attr-defined]  # only tests may
        Solicitacao.objects.all().delete()
        self.director = {CNES: DIRECTOR, OTHER_CNES: OTHER_DIRECTOR}
        for cnes, cpf in self.director.items():
            world.establishment(cnes, cpf)
        self.quality = dict.fromkeys(PEOPLE, 90)
        for cpf in PEOPLE:
            world.grade(cpf, 90)
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
        world.establishment(cnes, cpf)

    @rule(cpf=people, good=st.booleans())
    def quality_changes(self, cpf: str, good: bool) -> None:
        self.quality[cpf] = 90 if good else 20
        world.grade(cpf, self.quality[cpf])

    @rule(cnes=places, cpf=people)
    def they_go_the_right_way(self, cnes: str, cpf: str) -> None:
        """The director and an operator, from the beginning: what must lead in, unless something stands in the way."""
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
                assert self.quality[cpf] > 80
                assert self.rightly(cpf, cnes, found.value.perfil)
                if found.value.perfil is Perfil.ADMINISTRADOR:
                    assert [one for one, who in self.director.items() if who == cpf] == [cnes]


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
