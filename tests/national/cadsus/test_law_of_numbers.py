"""The law of numbers, walked at random: register, unite, undo, edit in any order (design, section 3).

An issued CNS always resolves; unification redirects; undoing gives every number back to its registration,
also after later edits; no number is ever reused. The model beside the base keeps only which registration
each number came with and who was united into whom.
"""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.national.cadsus.example import AUTHOR, a_cns, a_cpf, accepted, values
from vincula.common.outcomes import Accepted, Refused
from vincula.national.cadsus import services
from vincula.national.cadsus.models import Cartao, Pessoa, Transacao
from vincula.national.cadsus.services import Fate, locals
from vincula.people.record import LocalId

CPFS = ["", a_cpf(1), a_cpf(2)]
NAMES = ["ANA SILVA", "ANA LIMA", "EVA SILVA"]
BIRTHS = ["1980-01-01", "1990-01-01"]
MOTHERS = ["", "RITA SILVA"]


class LawOfNumbers(RuleBasedStateMachine):
    persons = Bundle("persons")
    unions = Bundle("unions")

    def __init__(self) -> None:
        super().__init__()
        self._around = transaction.atomic()
        self._around.__enter__()
        self.home: dict[str, int] = {}  # number → the registration it came with
        self.into: dict[int, int] = {}  # registration → the one it was united into
        self.borne: dict[int, str] = {}  # registration → the CPF it bears
        self.local: dict[int, int] = {}  # what a system calls him → the registration it came with
        self.serial = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._around.__exit__(None, None, None)

    def root(self, one: int) -> int:
        while one in self.into:
            one = self.into[one]
        return one

    def held(self, root: int) -> set[str]:
        return {cns for cns, home in self.home.items() if self.root(home) == root}

    @rule(
        target=persons,
        cpf=st.sampled_from(CPFS),
        nome=st.sampled_from(NAMES),
        birth=st.sampled_from(BIRTHS),
        mother=st.sampled_from(MOTHERS),
        own_card=st.booleans(),
    )
    def register(self, cpf: str, nome: str, birth: str, mother: str, own_card: bool) -> int:
        self.serial += 1
        cards = (a_cns(5_000 + self.serial, "8"),) if own_card else ()
        data = values(nome, data_nascimento=birth, nome_mae=mother)
        registered = accepted(services.register(data, AUTHOR, cpf=cpf, cards=cards))
        one = registered.pessoa_id
        if registered.fate is Fate.NEW:
            assert registered.cns, "a new person has a number"
            assert registered.cns not in self.home, "no number is issued twice"
            self.borne[one] = cpf
            self.home[registered.cns] = one
        elif not self.borne[one] and cpf not in {self.borne[m] for m in self.borne if self.root(m) == one}:
            self.borne[one] = cpf
        self.home.update(dict.fromkeys(cards, one))
        locals.bind(LocalId("1.2.3", str(self.serial)), self.root(one), one)
        self.local[self.serial] = one
        return one

    @rule(target=unions, principal=persons, other=persons, choose=st.integers(0, 3))
    def unite(self, principal: int, other: int, choose: int) -> int:
        cards = sorted(self.held(self.root(principal)) | self.held(self.root(other)))
        chosen = cards[choose % len(cards)] if choose and cards else ""
        outcome = services.unite(principal, other, AUTHOR, cns_mestre=chosen)
        if principal == other or principal in self.into or other in self.into:
            assert isinstance(outcome, Refused)
            return other
        assert isinstance(outcome, Accepted)
        self.into[other] = principal
        if chosen:
            assert outcome.value == chosen, "the number chosen at unification is the master"
        return other

    @rule(other=consumes(unions))
    def undo(self, other: int) -> None:
        outcome = services.undo_unite(other, AUTHOR)
        assert isinstance(outcome, Accepted) == (other in self.into)
        self.into.pop(other, None)

    @rule(person=persons, cpf=st.sampled_from(CPFS), nome=st.sampled_from(NAMES))
    def edit(self, person: int, cpf: str, nome: str) -> None:
        root = accepted(services.edit(person, {"cpf": cpf, "nome": nome}, AUTHOR))
        assert root == self.root(person)
        self.borne[root] = cpf

    @rule(person=persons, active=st.booleans())
    def set_active(self, person: int, active: bool) -> None:
        accepted(services.set_active(person, active, AUTHOR))

    @invariant()
    def every_number_ever_given_resolves_to_its_person(self) -> None:
        assert dict(Cartao.objects.values_list("cns", "pessoa_id")) == {
            cns: self.root(home) for cns, home in self.home.items()
        }
        for cns, home in self.home.items():
            found = services.find_by_cns(cns)
            assert found is not None
            assert found.pessoa_id == self.root(home)
            assert set(found.cns) == self.held(self.root(home))
            assert found.cns_mestre in found.cns

    @invariant()
    def what_a_system_calls_a_person_leads_to_who_he_is_now(self) -> None:
        for serial, home in self.local.items():
            assert locals.holder(LocalId("1.2.3", str(serial))) == self.root(home)

    @invariant()
    def a_cpf_leads_to_the_one_person_who_bears_it_or_to_nobody(self) -> None:
        for cpf in CPFS[1:]:
            bearers = {self.root(one) for one, borne in self.borne.items() if borne == cpf}
            outcome = services.find_by_cpf(cpf)
            if len(bearers) > 1:
                assert isinstance(outcome, Refused)
            else:
                found = accepted(outcome)
                assert ({found.pessoa_id} if found else set()) == bearers

    @invariant()
    def who_bears_no_cpf_is_listed_so(self) -> None:
        bare = {one for one in self.borne if one not in self.into}
        bare -= {self.root(one) for one, borne in self.borne.items() if borne}
        with connection.cursor() as cursor:
            cursor.execute("SELECT s.pessoa_id FROM cadsus_sem_cpf s")
            listed = {line[0] for line in cursor.fetchall()}
        assert listed == bare & set(Pessoa.objects.filter(ativa=True).values_list("pk", flat=True))

    @invariant()
    def each_registration_and_each_change_is_in_the_history(self) -> None:
        logged = set(Transacao.objects.values_list("pessoa_id", flat=True))
        assert logged == set(Pessoa.objects.values_list("pk", flat=True))


def walk(examples: int, steps: int) -> None:
    checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    phases = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
    run_state_machine_as_test(
        LawOfNumbers,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=phases,
            suppress_health_check=checks,
        ),
    )


@pytest.mark.django_db
def test_the_law_of_numbers_holds_whatever_happens() -> None:
    walk(examples=20, steps=15)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.django_db
def test_the_law_of_numbers_holds_on_long_walks() -> None:
    walk(examples=300, steps=40)


@pytest.mark.django_db
def test_undoing_gives_every_number_back_also_after_an_edit_and_a_further_unification() -> None:
    ana, eva, lia = (
        accepted(services.register(values(f"{name} TESTE", nome_mae=""), AUTHOR))
        for name in ("ANA", "EVA", "LIA")
    )
    accepted(services.unite(ana.pessoa_id, eva.pessoa_id, AUTHOR, cns_mestre=eva.cns))
    accepted(services.unite(lia.pessoa_id, ana.pessoa_id, AUTHOR))
    accepted(services.edit(eva.pessoa_id, {"nome": "LIA TESTE LIMA", "cpf": a_cpf(5)}, AUTHOR))
    assert {p.pessoa_id for p in map(services.find_by_cns, (ana.cns, eva.cns, lia.cns)) if p} == {
        lia.pessoa_id
    }
    accepted(services.undo_unite(ana.pessoa_id, AUTHOR))
    together = services.find_by_cns(eva.cns)
    assert together is not None
    assert (together.pessoa_id, together.cns_mestre) == (ana.pessoa_id, eva.cns)
    accepted(services.undo_unite(eva.pessoa_id, AUTHOR))
    for one in (ana, eva, lia):
        found = services.find_by_cns(one.cns)
        assert found is not None
        assert (found.pessoa_id, found.cns) == (one.pessoa_id, (one.cns,))
    assert accepted(services.find_by_cpf(a_cpf(5))).pessoa_id == lia.pessoa_id
