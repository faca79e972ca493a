"""A head office registered in the sandbox, from the pré-cadastro to the number and to its end."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from tests.national.cnes.archives import DIRECTOR, OTHER, establishment, load
from vincula.common import config
from vincula.common.audit import services as audit
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.identifiers import cnes as cnes_rules
from vincula.national.cadop import services as cadop
from vincula.national.cnes import models, services
from vincula.national.cnes.services import HeadOffice, Registration, Situacao
from vincula.sandbox.operadoras import BY_REGISTRO, cadop_csv

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

REGISTRO, CNPJ = "000001", BY_REGISTRO["000001"].cnpj
OFFICE = HeadOffice(
    "RUA DA AMOSTRA",
    "100",
    "BOA VISTA",
    "50010000",
    "261160",
    "(81) 3333-0000",
    "a@exemplo.invalid",
    DIRECTOR,
)
ACTOR = "cpf:52998224725"


@pytest.fixture(autouse=True)
def _register(tmp_path: Path) -> None:
    for inactive in (True, False):
        (tmp_path / "cadop.csv").write_bytes(cadop_csv(with_inactive=inactive))
        assert isinstance(cadop.load_csv(tmp_path / "cadop.csv"), Accepted)


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The profile of an installation that is no sandbox."""
    changed = replace(config.load(), profile="registry")
    monkeypatch.setattr(config, "load", lambda: changed)


def begun(office: HeadOffice = OFFICE) -> Registration:
    made = services.register(REGISTRO, office, actor=ACTOR)
    assert isinstance(made, Accepted), made
    return made.value


def taken(one: Registration, *, steps: int = 3) -> Registration:
    for _ in range(steps):
        done = services.advance(one.id, REGISTRO, one.situacao, actor=ACTOR)
        assert isinstance(done, Accepted), done
        one = done.value
    return one


def code_of(outcome: Outcome[Registration]) -> str:
    assert isinstance(outcome, Refused), outcome
    assert outcome.remedy
    return outcome.code


@pytest.mark.requirement("R001", "R007")
def test_the_operadora_gets_a_number_that_counts_only_at_the_last_step() -> None:
    refused = services.headquarters_of(CNPJ)
    assert isinstance(refused, Refused)
    assert refused.code == "OPERADORA_SEM_CNES"
    one = begun()
    for situacao in (Situacao.EM_CONSISTENCIA, Situacao.ENVIADO_AO_MS):
        one = taken(one, steps=1)
        assert (one.situacao, one.cnes) == (situacao, "")
        assert isinstance(services.headquarters_of(CNPJ), Refused)
    one = taken(one, steps=1)
    assert one.situacao is Situacao.ATIVO
    assert cnes_rules.is_valid(one.cnes)
    assert one.cnes.startswith("89")
    found = services.headquarters_of(CNPJ)
    assert isinstance(found, Accepted)
    assert (found.value.cnes, found.value.simulated, found.value.uf) == (one.cnes, True, "PE")
    assert [step.situacao for step in one.history] == list(Situacao)[:4]
    assert [each.cnes for each in services.directed_by(DIRECTOR)] == [one.cnes]


@pytest.mark.requirement("R007")
def test_a_deactivated_one_counts_no_more_and_another_may_begin() -> None:
    one = taken(begun())
    assert code_of(services.deactivate(one.id, REGISTRO, " ", actor=ACTOR)) == "MOTIVO_INVALIDO"
    ended = services.deactivate(one.id, REGISTRO, "Mudou de sede", actor=ACTOR)
    assert isinstance(ended, Accepted)
    assert (ended.value.motivo, ended.value.history[-1].motivo) == ("Mudou de sede", "Mudou de sede")
    refused = services.headquarters(one.cnes)
    assert isinstance(refused, Refused)
    assert refused.code == "CNES_DESATIVADO"
    assert services.directed_by(DIRECTOR) == []
    assert code_of(services.deactivate(one.id, REGISTRO, "De novo", actor=ACTOR)) == "CADASTRO_ENCERRADO"
    assert (
        code_of(services.advance(one.id, REGISTRO, Situacao.DESATIVADO, actor=ACTOR)) == "CADASTRO_ENCERRADO"
    )
    second = taken(begun())
    assert second.cnes not in ("", one.cnes)


def test_a_form_sent_twice_goes_on_once() -> None:
    one = begun()
    assert code_of(services.register(REGISTRO, OFFICE, actor=ACTOR)) == "CADASTRO_ABERTO"
    taken(one, steps=1)
    assert code_of(services.advance(one.id, REGISTRO, one.situacao, actor=ACTOR)) == "CADASTRO_MUDOU"
    assert services.registrations_of(REGISTRO)[0].situacao is Situacao.EM_CONSISTENCIA


def test_nobody_touches_the_registration_of_another_operadora() -> None:
    one = begun()
    for outcome in (
        services.advance(one.id, "999997", one.situacao, actor=ACTOR),
        services.deactivate(one.id, "999997", "motivo", actor=ACTOR),
    ):
        assert code_of(outcome) == "CADASTRO_DESCONHECIDO"
    assert services.registrations_of("999997") == []


def test_who_may_register() -> None:
    assert code_of(services.register("123456", OFFICE, actor=ACTOR)) == "OPERADORA_DESCONHECIDA"
    assert code_of(services.register("999873", OFFICE, actor=ACTOR)) == "OPERADORA_INATIVA"


def test_who_has_a_head_office_does_not_register_another(tmp_path: Path) -> None:
    one = begun()
    load(tmp_path, [establishment("8900010", NU_CNPJ=CNPJ)])
    assert code_of(services.advance(one.id, REGISTRO, one.situacao, actor=ACTOR)) == "OPERADORA_COM_CNES"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("logradouro", " "), ("logradouro", "R" * 121), ("numero", ""), ("bairro", "a\tb"), ("cep", "5001000"),
        ("municipio", "999999"), ("municipio", ""), ("municipio", "2611606"), ("telefone", "sem"), ("email", "a@b"),
        ("diretor_cpf", "52998224724"), ("diretor_cpf", ""), ("logradouro", "."), ("logradouro", "RUA 😀"),
        ("bairro", "BOA\u200bVISTA"), ("email", "a😀@b.c"), ("telefone", "1"), ("telefone", "3333-0000"),
        ("telefone", "(81) 3333-0000 x"), ("telefone", "(81) 3333-00000-0"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_field(field: str, value: str) -> None:
    refused = services.register(REGISTRO, replace(OFFICE, **{field: value}), actor=ACTOR)
    assert isinstance(refused, Refused)
    assert refused.code == "CADASTRO_INCONSISTENTE"
    assert list(refused.details["campos"]) == [field]
    assert not models.Cadastro.objects.exists()


def test_a_number_that_stands_in_the_base_is_passed_over(tmp_path: Path) -> None:
    taken_already = cnes_rules.complete("890000")
    load(tmp_path, [establishment(taken_already)])
    one = taken(begun())
    assert one.cnes == cnes_rules.complete("890001")


def test_the_archive_is_worth_more_than_what_was_simulated(tmp_path: Path) -> None:
    one = taken(begun())
    report = load(tmp_path, [establishment(one.cnes, NO_RAZAO_SOCIAL="OUTRA DE EXEMPLO")])
    assert any("SIMULADO" in note and one.cnes in note for note in report.notes)
    found = services.get(one.cnes)
    assert found is not None
    assert (found.razao_social, found.simulated) == ("OUTRA DE EXEMPLO", False)


@pytest.mark.usefixtures("_register")
def test_a_simulated_one_is_left_alone_by_an_archive_without_it(tmp_path: Path) -> None:
    one = taken(begun())
    load(tmp_path, [establishment("8999990")])
    assert isinstance(services.headquarters(one.cnes), Accepted)


def test_when_the_range_is_used_up_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vincula.national.cnes.rules.registering.LAST", 889_999)
    one = taken(begun(), steps=2)
    assert code_of(services.advance(one.id, REGISTRO, one.situacao, actor=ACTOR)) == "FAIXA_ESGOTADA"
    assert services.registrations_of(REGISTRO)[0].situacao is Situacao.ENVIADO_AO_MS


@pytest.mark.requirement("R007")
def test_outside_the_sandbox_nothing_is_simulated_and_nothing_simulated_counts(
    registry: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for outcome in (
        services.register(REGISTRO, OFFICE, actor=ACTOR),
        services.advance(1, REGISTRO, Situacao.PRE_CADASTRO, actor=ACTOR),
        services.deactivate(1, REGISTRO, "motivo", actor=ACTOR),
        services.change_director("8900010", OTHER, actor=ACTOR),
        services.link_professional("8900010", OTHER, "ANA", actor=ACTOR),
        services.unlink_professional("8900010", 1, actor=ACTOR),
    ):
        assert isinstance(outcome, Refused)
        assert outcome.code == "SO_NO_SANDBOX"
        assert "gestor municipal ou estadual" in outcome.remedy
    models.Estabelecimento.objects.create(
        cnes="8900010", tipo=68, subtipo=5, origem="SANDBOX", diretor_cpf=OTHER
    )
    assert services.get("8900010") is None
    assert services.directed_by(OTHER) == []
    assert services.listing(headquarters_only=True).total == 0


def test_every_step_is_audited() -> None:
    one = taken(begun())
    services.deactivate(one.id, REGISTRO, "fim", actor=ACTOR)
    # Other tests of the run may have left records about the same operadora.
    told = [record.acao for record in audit.about(f"operadora:{REGISTRO}", limit=5)]
    assert told[::-1] == [
        "cnes:cadastro:iniciado", "cnes:cadastro:entregue", "cnes:cadastro:enviado", "cnes:cadastro:ativado",
        "cnes:cadastro:desativado",
    ]  # fmt: skip


# -- director and professionals ------------------------------------------------------------------------------------


def test_another_director_is_there_at_once_and_both_are_in_the_audit() -> None:
    one = taken(begun())
    assert isinstance(services.change_director(one.cnes, OTHER, actor=ACTOR), Accepted)
    assert services.directed_by(DIRECTOR) == []
    assert [each.cnes for each in services.directed_by(OTHER)] == [one.cnes]
    assert [each.acao for each in audit.about(f"cpf:{DIRECTOR}")] == ["cnes:diretor:retirado"]
    assert [each.acao for each in audit.about(f"cpf:{OTHER}")] == ["cnes:diretor:posto"]
    assert isinstance(services.change_director(one.cnes, "", actor=ACTOR), Accepted)
    assert services.directed_by(OTHER) == []
    for cnes, cpf, code in (
        (one.cnes, "11111111111", "CPF_INVALIDO"),
        ("9999999", OTHER, "CNES_INEXISTENTE"),
        ("1", OTHER, "CNES_FORMA"),
    ):
        refused = services.change_director(cnes, cpf, actor=ACTOR)
        assert isinstance(refused, Refused)
        assert refused.code == code


def test_a_professional_is_linked_and_the_end_of_the_link_excludes_nobody() -> None:
    cnes = taken(begun()).cnes
    day = dt.date(2026, 1, 10)
    made = services.link_professional(cnes, OTHER, "ANA DE EXEMPLO", cbo="131210", desde=day, actor=ACTOR)
    assert isinstance(made, Accepted)
    again = services.link_professional(cnes, OTHER, "ANA DE EXEMPLO", cbo="131210", actor=ACTOR)
    assert isinstance(again, Refused)
    assert again.code == "PROFISSIONAL_VINCULADO"
    link = made.value.id
    early = services.unlink_professional(cnes, link, ate=dt.date(2026, 1, 9), actor=ACTOR)
    assert isinstance(early, Refused)
    assert early.code == "DATA_ANTERIOR"
    assert isinstance(
        services.unlink_professional(cnes, link, ate=dt.date(2026, 2, 1), actor=ACTOR), Accepted
    )
    assert services.professionals_of(cnes) == []
    kept = services.professionals_of(cnes, ended=True)
    assert [(one.desde, one.ate) for one in kept] == [(day, dt.date(2026, 2, 1))]
    twice = services.unlink_professional(cnes, link, actor=ACTOR)
    assert isinstance(twice, Refused)
    assert twice.code == "VINCULO_ENCERRADO"
    assert isinstance(
        services.link_professional(cnes, OTHER, "ANA DE EXEMPLO", cbo="131210", actor=ACTOR), Accepted
    )
    assert "ANA" not in repr(kept)
    assert OTHER not in repr(kept)


def test_the_reason_is_the_one_that_holds_and_what_is_right_stands() -> None:
    wrong = replace(OFFICE, logradouro="RUA\u200bA", bairro="B" * 121, telefone="1", numero="1 ☎")
    refused = services.inconsistent(wrong)
    assert refused
    told = refused.details["campos"]
    assert "não se vê" in told["logradouro"]
    assert told["bairro"].startswith("São 121 caracteres")
    assert "DDD" in told["telefone"]
    assert "emoji" in told["numero"]
    for fine in ({"logradouro": "R. D’ÁGUA – Nº 3, 2° (fundos)"}, {"telefone": "+55 81 93333-0000"},
                 {"telefone": "081 3333.0000"}, {"numero": "S/N"}):  # fmt: skip
        assert services.inconsistent(replace(OFFICE, **fine)) is None, fine
