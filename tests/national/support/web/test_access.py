"""Who may open what: every address of the app, asked by everybody."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from tests.national.support.web.stage import ANA, CARLA, Web
from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.services import set_staff
from vincula.common.audit.models import Registro
from vincula.national.support import models, services, urls

pytestmark = pytest.mark.django_db(databases=["default", "audit"], transaction=True)

PATTERNS: list[URLPattern] = [one for one in urls.urlpatterns if isinstance(one, URLPattern)]
PUBLIC_NAMES = {
    "support-inicio", "support-abrir", "support-avisos", "support-avisos-feed", "support-aviso", "support-situacao",
    "support-situacao-feed",
}  # fmt: skip
OWN_NAMES = {"support-chamados", "support-chamado", "support-chamado-mensagem", "support-chamado-encerrar"}
NAMES = [str(one.name) for one in PATTERNS]
STAFF_NAMES = [name for name in NAMES if name not in PUBLIC_NAMES | OWN_NAMES]
SECRET = (
    "Segredo de Ana",
    "Assunto secreto",
    "Pergunta de visita",
    "ana@exemplo.com.br",
    "Rascunho por publicar",
)


def address(name: str, web: Web) -> str:
    pattern = next(one for one in PATTERNS if one.name == name)
    number = web.interruption if "situacao" in name else web.draft
    arguments: dict[str, Any] = {"numero": web.hers, "number": number}
    wanted = set(pattern.pattern.converters)
    return reverse(name, kwargs={key: value for key, value in arguments.items() if key in wanted})


def both(client: Client, url: str) -> list[Any]:
    return [client.get(url), client.post(url, {"texto": "Olá"})]


def test_a_visitor_opens_what_is_public_and_is_led_to_the_login_from_the_rest(web: Web) -> None:
    for name in NAMES:
        for answer in both(web.visitor, address(name, web)):
            if name not in PUBLIC_NAMES:
                assert answer.status_code in {302, 405}, name
                assert answer.status_code == 405 or answer["Location"].startswith("/entrar/"), name
            assert not any(word in answer.content.decode() for word in SECRET), name


def test_a_person_with_an_account_gets_nothing_of_the_team_and_nothing_of_another(web: Web) -> None:
    for name in STAFF_NAMES:
        assert {answer.status_code for answer in both(web.bia, address(name, web))} <= {403, 405}, name
    for name in OWN_NAMES - {"support-chamados"}:
        assert {answer.status_code for answer in both(web.bia, address(name, web))} <= {404, 405}, name
    for name in NAMES:
        for answer in both(web.bia, address(name, web)):
            assert not any(word in answer.content.decode() for word in SECRET), name
    assert models.Mensagem.objects.count() == 2, "nobody has written into another's ticket"
    assert models.Chamado.objects.filter(estado="ABERTO").count() == 2


def test_the_number_of_a_visitors_ticket_opens_nothing_not_even_to_the_team_where_people_see_their_own(
    web: Web,
) -> None:
    for client in (web.ana, web.bia, web.carla):
        assert client.get(f"/atendimento/chamados/{web.visitors}/").status_code == 404


@pytest.mark.parametrize("number", ["0", "9" * 16, "x", "%00", "2026112200000000", "a'--"])
def test_a_number_that_nobody_has_is_not_found(web: Web, number: str) -> None:
    assert web.ana.get(f"/atendimento/chamados/{number}/").status_code == 404
    assert web.carla.get(f"/atendimento/fila/{number}/").status_code == 404
    assert web.carla.post(f"/atendimento/fila/{number}/responder/", {"texto": "Olá"}).status_code == 404


def test_who_leaves_the_team_in_the_middle_of_a_session_reads_and_answers_nothing_more(web: Web) -> None:
    assert web.carla.get(f"/atendimento/fila/{web.hers}/").status_code == 200
    set_staff(Pessoa.objects.get(cpf=CARLA), False, actor="teste")
    assert web.carla.get(f"/atendimento/fila/{web.hers}/").status_code == 403
    assert web.carla.post(f"/atendimento/fila/{web.hers}/responder/", {"texto": "Olá"}).status_code == 403
    assert models.Chamado.objects.get(numero=web.hers).estado == "ABERTO"


def test_what_the_team_reads_of_a_person_is_audited_under_that_person(web: Web) -> None:
    web.carla.get(f"/atendimento/fila/{web.hers}/")
    found = Registro.objects.filter(acao="support:chamado:consultado", detalhes__contains=web.hers)
    assert [(one.ator, one.assunto) for one in found] == [(f"cpf:{CARLA}", f"cpf:{ANA}")]


def test_a_ticket_is_told_to_its_person_and_in_no_address_stands_who(web: Web) -> None:
    page = web.ana.get(f"/atendimento/chamados/{web.hers}/").content.decode()
    assert "Segredo de Ana" in page
    assert services.own_ticket(ANA, web.hers) is not None
    assert ANA not in page
    queue = web.carla.get("/atendimento/fila/").content.decode()
    assert ANA not in queue
    assert web.hers in queue
