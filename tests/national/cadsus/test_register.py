"""Registering persons and issuing numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.national.cadsus.example import AUTHOR, a_cns, a_cpf, accepted, load, row, values
from vincula.common import config
from vincula.common.outcomes import Refused, RefusedError
from vincula.identifiers import cns
from vincula.national.cadsus import services
from vincula.national.cadsus.models import Cartao, Pessoa, Transacao
from vincula.national.cadsus.services import Fate, NewPerson

pytestmark = pytest.mark.django_db

# Everything filled that the base holds, so that the grade is above 80.
FULL = values(
    nome_pai="JOSE DE LOURDES TESTE", raca_cor="01", municipio_nascimento="3550308", email="A@B.BR", ddd="11",
    telefone="11900001111", cep="01001000", municipio="3550308", tipo_logradouro="081", logradouro="DA SE", numero="1",
    complemento="AP 2", bairro="SE", uf="SP",
)  # fmt: skip


@pytest.fixture
def small_range(monkeypatch: pytest.MonkeyPatch) -> None:
    """A range of 30 serials."""
    granted = replace(config.load(), cns_range=("709900000000000", "709900000000299"))
    monkeypatch.setattr(config, "load", lambda: granted)


@pytest.fixture
def no_range(monkeypatch: pytest.MonkeyPatch) -> None:
    granted = replace(config.load(), cns_range=None)
    monkeypatch.setattr(config, "load", lambda: granted)


def person(serial: int, **more: str) -> NewPerson:
    data = {
        "nome": f"ANA {chr(65 + serial % 26)} TESTE",
        "nome_mae": "RITA TESTE",
        "data_nascimento": "1980-01-01",
    }
    return NewPerson(cpf=a_cpf(serial), sexo="F", **{**data, **more})


def test_a_new_person_gets_a_valid_number_of_the_range_marked_as_simulated() -> None:
    registered = accepted(services.register(values(), AUTHOR, cpf=a_cpf(1)))
    assert registered.fate is Fate.NEW
    assert cns.is_valid(registered.cns)
    assert registered.cns[1:4] == "099"
    card = Cartao.objects.get(cns=registered.cns)
    assert (card.tipo, card.simulado, card.ordem) == ("D", True, 0)
    (change,) = Transacao.objects.filter(pessoa_id=registered.pessoa_id)
    assert (change.tipo, change.quem, change.cnes) == ("ADICIONADO", "teste", "7654321")


def test_the_number_begins_with_7_above_the_threshold_of_quality_else_with_8() -> None:
    full = accepted(services.register(FULL, AUTHOR, cpf=a_cpf(1)))
    poor = accepted(services.register(values("EVA TESTE"), AUTHOR, cpf=a_cpf(2)))
    assert (
        Pessoa.objects.get(pk=full.pessoa_id).qualidade
        > 80
        >= Pessoa.objects.get(pk=poor.pessoa_id).qualidade
    )
    assert (full.cns[0], poor.cns[0]) == ("7", "8")


def test_registering_again_finds_the_same_person_and_number() -> None:
    first = accepted(services.register(values(), AUTHOR, cpf=a_cpf(1)))
    again = accepted(services.register(values(), AUTHOR, cpf=a_cpf(1)))
    assert (again.pessoa_id, again.cns, again.fate) == (first.pessoa_id, first.cns, Fate.JOINED)


def test_somebody_elses_cpf_registers_another_person_with_a_number_of_his_own_and_a_dispute() -> None:
    first = accepted(services.register(values(), AUTHOR, cpf=a_cpf(1)))
    other = accepted(
        services.register(values("EVA TESTE", data_nascimento="2015-01-01"), AUTHOR, cpf=a_cpf(1))
    )
    assert other.disputed
    assert other.pessoa_id != first.pessoa_id
    assert other.cns not in {"", first.cns}


@pytest.mark.parametrize(
    ("data", "cpf", "code"),
    [
        (values(nome=" "), "", "NOME"),
        (values(data_nascimento="20/05/1990"), "", "NASCIMENTO"),
        (values(data_nascimento="2999-01-01"), "", "NASCIMENTO"),
        (values(), "12345678901", "CPF"),
    ],
)
def test_what_is_not_fit_is_refused_with_the_remedy(data: dict[str, str], cpf: str, code: str) -> None:
    outcome = services.register(data, AUTHOR, cpf=cpf)
    assert isinstance(outcome, Refused)
    assert outcome.code == code
    assert outcome.remedy
    assert not Pessoa.objects.exists()


def test_a_card_of_somebody_else_refuses_the_registration() -> None:
    first = accepted(services.register(values(), AUTHOR, cpf=a_cpf(1)))
    outcome = services.register(values("EVA TESTE"), AUTHOR, cpf=a_cpf(2), cards=(first.cns,))
    assert isinstance(outcome, Refused)
    assert outcome.code == "CNS_DE_OUTRO"
    assert accepted(services.find_by_cpf(a_cpf(2))) is None


@pytest.mark.usefixtures("no_range")
def test_without_a_range_a_person_is_registered_and_no_number_is_invented() -> None:
    assert not services.has_issuing_range()
    registered = accepted(services.register(values(), AUTHOR, cpf=a_cpf(1)))
    assert registered.cns == ""
    with pytest.raises(RefusedError) as raised:
        services.issue_cns_batch([person(2)], AUTHOR, "2025-05")
    assert raised.value.refused.code == "SEM_FAIXA"
    assert accepted(services.find_by_cpf(a_cpf(2))) is None


@pytest.mark.usefixtures("small_range")
def test_a_range_that_is_used_up_refuses_and_leaves_nothing_behind() -> None:
    with pytest.raises(RefusedError) as raised:
        services.issue_cns_batch([person(n) for n in range(1, 40)], AUTHOR, "2025-05")
    assert raised.value.refused.code == "FAIXA_ESGOTADA"
    assert not Pessoa.objects.exists()
    issued = services.issue_cns_batch([person(n) for n in range(1, 20)], AUTHOR, "2025-05")
    assert len({one.cns for one in issued}) == 19


def test_a_serial_that_came_in_by_a_load_is_passed_over(tmp_path: object, small_range: None) -> None:
    taken = [number for serial in range(12) if (number := cns.issue(f"80990000000{serial:03d}"))]
    for place, number in enumerate(taken):
        accepted(
            services.register(values(f"{chr(65 + place)}NA TESTE", nome_mae=""), AUTHOR, cards=(number,))
        )
    (issued,) = services.issue_cns_batch([person(1)], AUTHOR, "2025-05")
    assert int(issued.cns[1:14]) >= 990000000012


def test_a_batch_numbers_each_cpf_once_and_again_gives_the_same() -> None:
    people = [person(n) for n in (1, 2, 3, 2)]
    first = services.issue_cns_batch(people, AUTHOR, "2025-05")
    assert {one.cpf for one in first} == {a_cpf(1), a_cpf(2), a_cpf(3)}
    assert all(one.novo for one in first)
    again = services.issue_cns_batch(people, AUTHOR, "2025-06")
    assert {(one.cpf, one.cns) for one in again} == {(one.cpf, one.cns) for one in first}
    assert not any(one.novo for one in again)
    assert Transacao.objects.filter(quem="teste:2025-05").count() == 3


def test_a_person_of_the_base_without_number_gets_one(tmp_path: Path) -> None:
    load(tmp_path, [row(1, cns="")])
    (issued,) = services.issue_cns_batch(
        [person(1, nome=row(1)["nome"], data_nascimento="1980-01-01")], AUTHOR, "2025-05"
    )
    assert issued.cns
    assert not issued.novo
    assert accepted(services.find_by_cpf(a_cpf(1))).cns == (issued.cns,)


def test_a_cpf_that_is_disputed_or_of_somebody_who_does_not_agree_is_left_out(tmp_path: Path) -> None:
    load(
        tmp_path,
        [row(1), row(2, cpf=a_cpf(1), data_nascimento="2015-05-05"), row(3, data_nascimento="1931-01-01")],
    )
    asked = [person(1, nome=row(1)["nome"]), person(3), person(4)]
    assert [one.cpf for one in services.issue_cns_batch(asked, AUTHOR, "2025-05")] == [a_cpf(4)]
    assert Cartao.objects.filter(cns__in=[a_cns(1), a_cns(2), a_cns(3)]).count() == 3


@pytest.mark.parametrize(
    ("principal", "other", "chosen", "code"),
    [(1, 1, "", "MESMA_PESSOA"), (1, 99, "", "NAO_EXISTE"), (1, 2, a_cns(3), "CNS_ALHEIO")],
)
def test_a_unification_that_cannot_be_is_refused(
    tmp_path: Path, principal: int, other: int, chosen: str, code: str
) -> None:
    load(tmp_path, [row(1), row(2), row(3)])
    outcome = services.unite(principal, other, AUTHOR, cns_mestre=chosen)
    assert isinstance(outcome, Refused)
    assert outcome.code == code


def test_uniting_those_who_dispute_a_cpf_settles_it_and_undoing_opens_it_again(tmp_path: Path) -> None:
    load(tmp_path, [row(1), row(2, cpf=a_cpf(1), data_nascimento="2015-05-05")])
    accepted(services.unite(1, 2, AUTHOR, cns_mestre=a_cns(2)))
    found = accepted(services.find_by_cpf(a_cpf(1)))
    assert (found.pessoa_id, found.cns_mestre) == (1, a_cns(2))
    accepted(services.undo_unite(2, AUTHOR))
    assert isinstance(services.find_by_cpf(a_cpf(1)), Refused)


def test_an_edit_is_a_version_with_what_was_there_before() -> None:
    one = accepted(services.register(values(email="A@B.BR"), AUTHOR, cpf=a_cpf(1)))
    accepted(services.edit(one.pessoa_id, {"email": ""}, services.Author("outro")))
    change = Transacao.objects.get(tipo="ATUALIZADO")
    assert (change.quem, change.campos["email"]) == ("outro", ["A@B.BR", ""])
    outcome = services.edit(one.pessoa_id, {"cns": "1"}, AUTHOR)
    assert isinstance(outcome, Refused)
    assert outcome.code == "CAMPO"
