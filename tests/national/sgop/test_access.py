"""SGOP with every role: who decides and sees what; forged ids, replayed forms. (Every address: tests/site.)"""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from tests.national.sgop import world
from tests.national.sgop.world import CNES, DIRECTOR, OPERATOR, OTHER_CNES, OTHER_DIRECTOR, STAFF
from vincula.national.sgop import urls
from vincula.national.sgop.models import Historico, Solicitacao
from vincula.national.sgop.rules.words import Acao, Estado, Perfil, Tipo
from vincula.national.sgop.services import deciding

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
ROLES = ("nobody", "logged_in", "operator", "administrator", "administrator_elsewhere", "support", "revoked")
NEWCOMER, REVOKED = world.a_cpf(21), world.a_cpf(22)
CPFS = {
    "logged_in": NEWCOMER,
    "operator": OPERATOR,
    "administrator": DIRECTOR,
    "administrator_elsewhere": OTHER_DIRECTOR,
    "support": STAFF,
    "revoked": REVOKED,
}


@pytest.fixture
def pending() -> int:
    """Both operadoras with their people; one request of an OPERADOR waits at the first. Its number."""
    world.country()
    world.administrator()
    world.administrator(OTHER_DIRECTOR, OTHER_CNES)
    world.operator()
    world.person(NEWCOMER, name="NOVATA")
    world.person(REVOKED, name="EX-OPERADORA")
    for one in world.operator(REVOKED).values():
        deciding.decide(DIRECTOR, one, Acao.REVOGAR, "saiu")
    return world.ask(NEWCOMER, CNES, Tipo.PERFIL, Perfil.OPERADOR)


def browser(role: str) -> Client:
    return world.entered(CPFS[role]) if role in CPFS else Client()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.requirement("R034", "R046", "R047")
def test_only_the_administrator_of_that_very_cnes_decides(pending: int, role: str) -> None:
    client = browser(role)
    for acao in Acao:
        with transaction.atomic():
            answer = client.post(reverse("sgop-decidir", args=[pending]), {"acao": acao.value, "motivo": "x"})
            moved = world.state(pending) is not Estado.PENDENTE
            transaction.set_rollback(True)  # each finds it waiting
        assert moved is (role == "administrator" and acao.value in {"aprovar", "negar"}), acao
        if role != "administrator":
            assert answer.status_code == (302 if role == "nobody" else 403), acao


@pytest.mark.requirement("R047")
def test_a_foreign_request_and_one_that_does_not_exist_look_the_same(pending: int) -> None:
    client = world.entered(OTHER_DIRECTOR)

    def tried(pk: int) -> tuple[int, str]:
        answer = client.post(reverse("sgop-decidir", args=[pk]), {"acao": "aprovar"})
        return answer.status_code, answer.content.decode().replace(str(pk), "")

    assert tried(pending)[0] == tried(99_999_999)[0] == 403
    assert len(tried(pending)[1]) == len(tried(99_999_999)[1])


@pytest.mark.requirement("R047")
def test_what_an_administrator_sees_is_of_his_cnes_alone(pending: int) -> None:
    pages = ("sgop-pendentes", "sgop-realizadas", "sgop-acesso", "sgop-maquinas")
    for name in pages:
        foreign = world.entered(OTHER_DIRECTOR).get(reverse(name)).content.decode()
        for text in ("NOVATA", "EX-OPERADORA", "OPERADOR</th>", CNES):
            assert text not in foreign, (name, text)
    own = world.entered(DIRECTOR)
    assert "NOVATA" in own.get(reverse("sgop-pendentes")).content.decode()
    assert "EX-OPERADORA" in own.get(reverse("sgop-realizadas")).content.decode()
    assert "saiu" in own.get(reverse("sgop-realizadas")).content.decode()
    for name in pages:
        assert NEWCOMER not in own.get(reverse(name)).content.decode(), "CPFs are masked"


def test_a_request_of_another_is_not_cancelled(pending: int) -> None:
    for role in ROLES:
        if role != "logged_in":
            browser(role).post(reverse("sgop-cancelar", args=[pending]))
    assert world.state(pending) is Estado.PENDENTE
    browser("logged_in").post(reverse("sgop-cancelar", args=[pending]))
    assert world.state(pending) is Estado.CANCELADO


def test_a_form_sent_again_changes_nothing(pending: int) -> None:
    client = world.entered(DIRECTOR)
    for _ in range(3):
        client.post(reverse("sgop-decidir", args=[pending]), {"acao": "aprovar", "volta": "sgop-pendentes"})
    assert Historico.objects.filter(solicitacao=pending).count() == 2
    mine = world.entered(NEWCOMER)
    said = {"cnes": CNES, "cns": world.cns_of(NEWCOMER), "perfil": "OPERADOR", "termos": "on"}
    for _ in range(2):
        mine.post(reverse("sgop-nova"), said)
    assert Solicitacao.objects.filter(cpf=NEWCOMER, tipo="ESTABELECIMENTO").count() == 1


def test_the_way_back_leads_to_pages_of_the_app_alone(pending: int) -> None:
    client = world.entered(DIRECTOR)
    for target in ("https://outro.example/", "//outro.example", "sair", "x"):
        answer = client.post(reverse("sgop-decidir", args=[pending]), {"acao": "negar", "volta": target})
        assert answer["Location"] == "/operador/"


@pytest.mark.requirement("R006")
def test_no_address_grants_access_but_by_request_and_decision() -> None:
    names = {str(pattern.name) for pattern in urls.urlpatterns}
    assert names == {
        "sgop-inicio", "sgop-nova", "sgop-perfil", "sgop-termos", "sgop-cancelar", "sgop-decidir", "sgop-computador",
        "sgop-computador-desafio", "sgop-pendentes", "sgop-realizadas", "sgop-realizadas-csv", "sgop-acesso",
        "sgop-maquinas", "sgop-operador", "sgop-operador-encerrar", "sgop-administradores", "segcartao", "segcartao-desafio", "segcartao-entrar", "segcartao-sair",
    }  # fmt: skip
    assert get_resolver().reverse_dict


@pytest.mark.requirement("R013", "R014", "R035", "R044")
def test_the_pages_lead_from_the_request_to_the_decision_and_back(pending: int) -> None:
    mine, boss = world.entered(NEWCOMER), world.entered(DIRECTOR)
    said = {"cnes": CNES, "cns": world.cns_of(NEWCOMER), "perfil": "OPERADOR", "termos": "on"}
    assert mine.post(reverse("sgop-nova"), {**said, "perfil": ""}).status_code == 200, (
        "chosen by the person himself"
    )
    assert mine.post(reverse("sgop-nova"), said)["Location"] == "/operador/"
    page = boss.get(reverse("sgop-pendentes")).content.decode()
    assert page.count("NOVATA") == 2
    denied = boss.post(
        reverse("sgop-decidir", args=[pending]), {"acao": "negar", "volta": "sgop-pendentes"}, follow=True
    )
    assert "Falta o motivo" in denied.content.decode()
    boss.post(reverse("sgop-decidir", args=[pending]), {"acao": "negar", "motivo": "setor errado"})
    home = mine.get("/operador/").content.decode()
    assert "NEGADO" in home
    assert "setor errado" in home


@pytest.mark.requirement("R024", "R025")
def test_low_quality_is_told_on_the_page_with_its_remedy(pending: int) -> None:
    world.grade(NEWCOMER, 40)
    said = {"cnes": CNES, "cns": world.cns_of(NEWCOMER), "perfil": "OPERADOR", "termos": "on"}
    text = world.entered(NEWCOMER).post(reverse("sgop-nova"), said).content.decode()
    assert "A qualidade cadastral do número do CNS empregado é baixa." in text
    assert "procurar uma unidade de saúde" in text
    assert "Ainda não verificado" in text
