"""What is one operadora's is told to it alone (R098, R101). Every address with every role: tests/site."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from tests.national.sib import world
from tests.national.sib.web.stage import CLOSED, MEMBER, Web
from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.services import join_operadora, leave_operadora
from vincula.common.audit.models import Registro
from vincula.national.sib import urls
from vincula.national.sib.models import Arquivo, PedidoCnx
from vincula.national.sib.rules.reasons import Reason

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)

PATTERNS: list[URLPattern] = [one for one in urls.urlpatterns if isinstance(one, URLPattern)]
NAMES = [str(one.name) for one in PATTERNS]
OPERADORA_NAMES = [n for n in NAMES if not n.startswith("sib-gestao")]
STAFF_NAMES = [n for n in NAMES if n.startswith("sib-gestao")]
POSTS = {"sib-arquivo-repetir"}
PERSONAL = ("ANA LIMA", "BIA PRADO", "CIDA LIMA", "PESSOA ALHEIA")


def address(name: str, web: Web, registro: str = world.OPERADORA) -> str:
    """The address `name`, of something that belongs to this operadora."""
    arguments: dict[str, Any] = {
        "arquivo_id": Arquivo.objects.filter(registro_ans=registro).values_list("pk", flat=True).first(),
        "mes": CLOSED,
        "motivo": Reason.NOME_DIFERE,
        "cco": web.cco("ANA" if registro == world.OPERADORA else "ALHEIA", registro),
    }
    pattern = next(one for one in PATTERNS if one.name == name)
    wanted = set(pattern.pattern.converters)
    return reverse(name, kwargs={key: value for key, value in arguments.items() if key in wanted})


def ask(client: Client, name: str, url: str) -> Any:
    """The answer, read to its end."""
    answer: Any = client.post(url) if name in POSTS else client.get(url)
    answer.said = body(answer)
    return answer


def body(answer: Any) -> str:
    """What the answer carries; a download is read and closed."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    return content.decode("iso-8859-1" if answer.streaming else "utf-8")


@pytest.mark.requirement("R101")
def test_what_is_another_operadoras_is_not_found_and_never_revealed(consolidated: Web) -> None:
    """The stranger asks for the member's things: not found where they have a number, his own where they have none."""
    for name in OPERADORA_NAMES:
        url = address(name, consolidated)
        answer = ask(consolidated.stranger, name, url)
        numbered = "arquivo_id" in _arguments(name) or "cco" in _arguments(name)
        assert answer.status_code == (404 if numbered else answer.status_code), name
        for word in ("ANA LIMA", "BIA PRADO", "CIDA LIMA", world.OPERADORA):
            assert word not in answer.said, name
        if numbered:  # exactly as for what never was
            never = "9" * max(9, len(_number(url)))  # a short one may be a file of his own
            missing = url.replace(_number(url), never)
            assert _text(ask(consolidated.stranger, name, missing)) == _text(answer), name


def _arguments(name: str) -> set[str]:
    return set(next(one for one in PATTERNS if one.name == name).pattern.converters)


def _number(url: str) -> str:
    return url.split("/")[3]


def _text(answer: Any) -> str:
    text: str = answer.said
    start = text.split('csrfmiddlewaretoken" value="')
    return "".join([start[0], *(part.split('"', 1)[1] for part in start[1:])])


def test_a_member_opens_every_page_of_his_operadora(consolidated: Web) -> None:
    for name in OPERADORA_NAMES:
        answer = ask(consolidated.member, name, address(name, consolidated))
        expected = {"sib-sem-cns": 302, "sib-arquivo-repetir": 302, "sib-cnx-arquivo": 409}.get(name, 200)
        assert answer.status_code == expected, (name, answer.status_code)
        assert answer["Cache-Control"] == "private, no-store", name
        assert answer["X-Content-Type-Options"] == "nosniff", name
        assert "unsafe" not in answer["Content-Security-Policy"]


def test_the_staff_opens_every_national_page(consolidated: Web) -> None:
    for name in STAFF_NAMES:
        assert consolidated.staff.get(address(name, consolidated)).status_code == 200, name


@pytest.mark.requirement("R101")
def test_a_membership_that_ends_ends_at_the_next_request(consolidated: Web) -> None:
    url = address("sib-vinculo", consolidated)
    assert consolidated.member.get(url).status_code == 200
    leave_operadora(Pessoa.objects.get(cpf=MEMBER), world.OPERADORA)
    assert consolidated.member.get(url).status_code == 403


def test_who_works_for_both_sees_only_the_one_that_is_chosen(consolidated: Web) -> None:
    join_operadora(Pessoa.objects.get(cpf=MEMBER), world.OTHER)
    client = consolidated.member
    mine, others = (address("sib-vinculo", consolidated, r) for r in (world.OPERADORA, world.OTHER))
    client.post(reverse("operadora-escolher"), {"operadora": world.OTHER})
    assert client.get(mine).status_code == 404
    assert client.get(others).status_code == 200
    client.post(reverse("operadora-escolher"), {"operadora": world.OPERADORA})
    assert client.get(mine).status_code == 200
    assert client.get(others).status_code == 404


def test_every_change_asks_for_the_token_of_its_form(consolidated: Web) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = consolidated.member.cookies
    for name in ("sib-enviar", "sib-arquivo-repetir", "sib-cnx-competencia"):
        answer = client.post(address(name, consolidated))
        assert answer.status_code == 403, name
        assert "O formulário venceu" in answer.content.decode()
    assert not PedidoCnx.objects.exists()
    client.cookies = consolidated.staff.cookies
    for name in ("sib-gestao-encerrar", "sib-gestao-consolidar"):
        assert client.post(address(name, consolidated)).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "arquivos/99999999999999999999999999/",
        "arquivos/-1/",
        "competencias/2026-13/",
        "competencias/0000-00/",
        "competencias/1999-01/",
        "competencias/2026-10/sem-cns/validado/",
        "competencias/2026-10/sem-cns/nada/",
        "vinculos/000000000000/",
        "vinculos/999999999999/",
        "vinculos/1/",
        "gestao/2050-01/",
    ],
)
def test_an_address_that_leads_nowhere_is_not_found(web: Web, path: str) -> None:
    for client in (web.member, web.staff):
        assert client.get(f"/sib/{path}").status_code in {403, 404}
    assert (web.staff if path.startswith("gestao") else web.member).get(f"/sib/{path}").status_code == 404


LOOKS = {
    "sib-vinculo": "sib:vinculo:consultado",
    "sib-sem-cns-motivo": "sib:lista:consultada",
    "sib-substituidos": "sib:lista:consultada",
    "sib-sem-cns-lista": "sib:lista:entregue",
    "sib-arquivo-rpx": "sib:rpx:entregue",
}


@pytest.mark.parametrize("name", LOOKS)
def test_who_looks_at_people_is_on_record_before_the_answer(consolidated: Web, name: str) -> None:
    mine = Registro.objects.filter(acao=LOOKS[name], ator=f"cpf:{MEMBER}")
    before = mine.count()
    ask(consolidated.member, name, address(name, consolidated))
    assert mine.count() == before + 1
    ask(consolidated.stranger, name, address(name, consolidated))
    assert mine.count() == before + 1, "a stranger's look is his own, if he sees anything at all"


def test_the_header_names_the_operadora_as_the_register_does(web: Web) -> None:
    page = web.member.get("/").content.decode()
    assert f"{world.OPERADORA} – OPERADORA DE TESTE {world.OPERADORA}" in page
