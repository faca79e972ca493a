"""The pages of the layout without a browser: headers, banners, errors."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from vincula.common.outcomes import Refused, RefusedError
from vincula.common.page import context, errors
from vincula.site import urls as real

PUBLIC = ["/", "/entrar/", "/mapa/", "/busca/", "/acessibilidade/", "/sair/"]


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("CPF 529.982.247-25")


def too_deep(request: HttpRequest) -> HttpResponse:
    raise RefusedError(Refused("X", "A base está ocupada.", "Espere um minuto e repita."))


urlpatterns = [*real.urlpatterns, path("quebra/", broken), path("recusa/", too_deep)]
handler400, handler403, handler404, handler500 = (
    real.handler400,
    real.handler403,
    real.handler404,
    real.handler500,
)


class Attributes(HTMLParser):
    """Collects what a strict Content-Security-Policy forbids."""

    def __init__(self) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.hosts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given) or "style" in given:
            self.inline.append(tag)
        self.inline += [name for name in given if name.startswith("on")]
        self.hosts += [v for n, v in given.items() if n in {"src", "href", "action"} and v and "//" in v]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC)
def test_every_page_is_self_contained_and_says_what_it_is(client: Client, path: str) -> None:
    answer = client.get(path)
    text = answer.content.decode()
    found = Attributes()
    found.feed(text)
    assert answer.status_code == 200
    assert found.inline == []
    assert found.hosts == []
    assert '<html lang="pt-BR">' in text
    assert "Este não é um site oficial do governo." in text
    assert "Ambiente de homologação: dados sintéticos, números SIMULADOS." in text
    assert len(re.findall("<h1>", text)) == 1
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.requirement("R089")
@pytest.mark.parametrize("path", PUBLIC)
def test_every_page_says_who_has_the_custody_of_the_data(client: Client, path: str) -> None:
    assert "custodiados pelo Ministério da Saúde" in client.get(path).content.decode()


@pytest.mark.django_db
def test_the_banner_of_the_sandbox_is_shown_in_the_sandbox_only(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    import dataclasses

    from vincula.common import config

    registry = dataclasses.replace(config.load(), profile="registry")
    monkeypatch.setattr(context.config, "load", lambda: registry)
    text = client.get("/").content.decode()
    assert "SIMULADOS" not in text
    assert "Este não é um site oficial do governo." in text


@pytest.mark.django_db
@pytest.mark.requirement("R161")
def test_the_shortcuts_have_the_wording_and_the_order_of_the_seed(client: Client) -> None:
    text = re.sub(r"<[^>]+>|\s+", " ", client.get("/").content.decode())
    wording = (
        "Ir para o Conteúdo 1 Ir para a Página Inicial 2 Ir para o menu de Navegação 3 Ir para a Busca 4 "
        "Ir para o Mapa do site 5"
    )
    assert wording in re.sub(" +", " ", text)


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/nao-existe/", 404, "Página não encontrada"),
        ("/quebra/", 500, "Algo falhou do nosso lado"),
        ("/recusa/", 409, "Espere um minuto e repita."),
    ],
)
def test_an_error_says_what_to_do_and_never_what_was_inside(path: str, status: int, says: str) -> None:
    answer = Client(raise_request_exception=False).get(path)
    text = answer.content.decode()
    assert answer.status_code == status
    assert says in text
    assert "O que fazer:" in text
    assert "529.982" not in text
    assert "Traceback" not in text


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_with_a_remedy() -> None:
    answer = Client(enforce_csrf_checks=True).post("/entrar/", {"cpf": "1", "password": "2"})
    assert answer.status_code == 403
    assert "O formulário venceu" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "allow"), [("/sessao/renovar/", "POST"), ("/sib/arquivos/1/repetir/", "POST")]
)
def test_an_address_of_a_form_opened_by_hand_is_a_page_with_a_remedy(
    client: Client, path: str, allow: str
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Allow"]) == (405, allow)
    assert "Este endereço não se abre assim" in answer.content.decode()
    assert "O que fazer:" in answer.content.decode()


@pytest.mark.django_db
def test_what_is_looked_for_cannot_turn_the_text_around_it(client: Client) -> None:
    assert "“<bdi>\u202eabc&lt;b&gt;</bdi>”" in client.get("/busca/", {"q": "\u202eabc<b>"}).content.decode()


def test_the_page_of_a_fault_needs_neither_base_nor_session() -> None:
    answer = errors.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Algo falhou do nosso lado" in answer.content.decode()
