"""The demo world is built through the real services, once, whatever happens on the way."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Iterator
from dataclasses import asdict

import pytest
from django.contrib.auth import get_user_model

from vincula.common import config
from vincula.common.accounts import services as accounts
from vincula.common.outcomes import Accepted, Refused
from vincula.national.cadop import services as cadop
from vincula.national.cadsus.models import Pessoa
from vincula.national.cadsus.services import hot
from vincula.national.sib import services as sib
from vincula.sandbox import demo, examples
from vincula.sandbox.demo import logins, plan
from vincula.sandbox.demo.logins import path as access_file
from vincula.sandbox.demo.story import Demo
from vincula.sandbox.operadoras import OPERADORAS
from vincula.sandbox.people import people

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"])


class KilledError(Exception):
    """Stands for the process that ends."""


def _quiet(done: int, total: int, what: str) -> None:
    assert 0 <= done < total
    assert what


def _build() -> Demo:
    built = demo.build(_quiet)
    assert isinstance(built, Accepted), built
    return built.value


@pytest.fixture(autouse=True)
def nothing_planned() -> Iterator[None]:
    shutil.rmtree(plan.folder(), ignore_errors=True)
    yield
    shutil.rmtree(plan.folder(), ignore_errors=True)


def _files() -> list[tuple[str, str, str]]:
    return [
        (one.name, one.state, sib.as_text(one.month))
        for registro in plan.SHARES
        for one in sib.results_of(registro)
    ]


def _with_cns(month: int) -> float:
    found = [sib.status(registro, month) for registro in plan.SHARES]
    all_of_them = [one.value for one in found if isinstance(one, Accepted)]
    return sum(one.with_cns for one in all_of_them) / sum(one.total for one in all_of_them)


def test_the_demo_has_two_closed_competencias_a_third_open_and_a_rejected_file() -> None:
    made = _build()
    states = {month.month: month.state for month in sib.overview("999997")}
    assert [states[month] for month in made.months] == ["CONSOLIDADA", "CONSOLIDADA", "ABERTA"]
    files = _files()
    assert len(files) == 8
    rejected = [one for r in plan.SHARES for one in sib.results_of(r) if one.rejection]
    assert [one.rejection.code for one in rejected if one.rejection] == [20]
    assert _with_cns(made.months[1]) > _with_cns(made.months[0]) + 0.05
    active = {o.registro_ans for o in OPERADORAS if o.ativa}
    assert {o.registro_ans for o in cadop.listing(ativa=True).items} == active


def test_a_second_build_changes_nothing() -> None:
    first = _build()
    files = _files()
    second = _build()
    assert (first.built, second.built) == (True, False)
    assert (first.months, first.people) == (second.months, second.people)
    assert _files() == files


@pytest.mark.parametrize("step", [1, 4, 9, 14])
def test_a_build_cut_short_goes_on_and_comes_to_the_same(step: int) -> None:
    def cut(done: int, total: int, what: str) -> None:
        if done == step:
            raise KilledError

    with pytest.raises(KilledError):
        demo.build(cut)
    made = _build()
    assert made.built
    files = _files()
    assert len(files) == len(set(files)) == 8
    assert {state for _, state, _ in files} == {"PROCESSADO", "REJEITADO"}


def test_whoever_may_log_in_stands_in_a_file_of_the_owner_only() -> None:
    made = _build()
    assert stat.S_IMODE(access_file().stat().st_mode) == 0o600
    assert demo.accesses() == made.people
    for one in made.people:
        person = get_user_model().objects.get(cpf=one.cpf)
        assert person.check_password(one.senha)
        assert accounts.operadoras_of(person) == sorted(one.operadoras)
    assert len({one.senha for one in made.people}) == len(made.people)
    assert any(len(one.operadoras) > 1 for one in made.people)
    assert [one.cpf for one in made.people if one.equipe] == [logins.CAETANO]
    assert get_user_model().objects.filter(is_staff=True).count() == 1
    assert len({one.purpose for one in made.people} - {""}) == len(made.people)


def test_the_demo_of_an_older_release_opens_and_gets_whom_it_lacks() -> None:
    made = _build()
    old = [
        {key: value for key, value in asdict(one).items() if key != "equipe"}
        for one in made.people
        if not one.equipe
    ]
    access_file().write_text(json.dumps(old))
    get_user_model().objects.filter(is_staff=True).update(is_staff=False, cpf="00000000191", nome="OUTRA")
    again = _build()
    assert not again.built
    assert [one.cpf for one in again.people] == [one.cpf for one in made.people]
    assert [one for one in again.people if not one.equipe] == [one for one in made.people if not one.equipe]
    assert get_user_model().objects.get(cpf=logins.CAETANO).is_staff
    assert demo.accesses() == again.people


def test_the_persons_of_the_pages_are_in_it_and_two_of_them_are_hidden() -> None:
    _build()
    for one in examples.EVERYBODY:
        held = hot.by_cns(one.cns, full=False)
        assert held is not None
        assert (held.nome, held.data_nascimento, held.cpf) == (one.nome, one.nascimento, one.cpf)
        assert (held.vip, held.protegida) == (one is examples.FAMOSA, one is examples.PROTEGIDA)


def test_the_examples_have_nobody_elses_numbers() -> None:
    ours = {number for one in examples.EVERYBODY for number in (one.cpf, one.cns, *one.outros) if number}
    theirs = {number for one in people(plan.SEED, plan.POPULATION) for number in (one.cpf, *one.cns)}
    assert not ours & theirs


def test_a_demo_of_an_older_release_gets_the_examples_and_what_people_change_stays() -> None:
    _build()
    marker = plan.folder() / "exemplos.pronto"
    famous = hot.by_cpf(examples.FAMOSA.cpf, full=False)
    assert famous is not None
    Pessoa.objects.filter(pk=famous.id).update(vip=False)
    assert not _build().built
    held = hot.by_cpf(examples.FAMOSA.cpf, full=False)
    assert held is not None
    assert not held.vip, "somebody has changed that"
    marker.unlink()
    assert not _build().built
    held = hot.by_cpf(examples.FAMOSA.cpf, full=False)
    assert held is not None
    assert held.vip, "a build that was killed before its end is repeated"


def test_a_base_with_somebody_elses_operadoras_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from vincula.sandbox.demo import story

    _build()
    shutil.rmtree(plan.folder())
    refused = demo.build(_quiet)
    assert isinstance(refused, Refused)
    assert refused.code == "BASE_EM_USO"
    monkeypatch.setattr(story, "BY_REGISTRO", {})
    assert isinstance(demo.build(_quiet), Refused)


def test_there_is_no_demo_outside_the_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VINCULA_PROFILE", "registry")
    config.load.cache_clear()
    try:
        refused = demo.build(_quiet)
    finally:
        monkeypatch.undo()
        config.load.cache_clear()
    assert isinstance(refused, Refused)
    assert refused.code == "SO_NO_SANDBOX"
