"""Hostile text in every field of every address, as everybody; and hostile text that stands in the base, on every page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.national.sgop import world
from tests.national.sgop.world import CNES, DIRECTOR, OPERATOR, STAFF
from tests.site.every_address import addresses
from tests.site.test_every_address import MEMBER, PERSON, arguments, url  # noqa: F401 - a fixture
from vincula.common.accounts import guards, own
from vincula.common.accounts.models import Pessoa
from vincula.common.mail.models import Correio
from vincula.common.outcomes import Accepted
from vincula.national.cnes.models import Estabelecimento
from vincula.national.sgop.models import Computador
from vincula.national.sgop.rules.words import Acao, Tipo
from vincula.national.sgop.services import deciding
from vincula.national.support import services

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"])
EVERY = sorted(addresses(), key=lambda one: one.name)
# Who opens the pages of which marks: each page once, by somebody who may.
ROLES = {
    "": {guards.ANYBODY},
    PERSON: {guards.PERSON},
    MEMBER: {guards.OPERADORA},
    DIRECTOR: {guards.MANAGER},
    STAFF: {guards.STAFF, guards.SANDBOX_STAFF},
}
SCRIPT = "<script>alert(9)</script>"
BREAKS_OUT = "\"><img src=x onerror=alert(9)>'"
HOSTILE = (SCRIPT + BREAKS_OUT, "x\0\r\nBcc: outro@exemplo.com.br", "9" * 40)
# Every name of a field that some form or page has; those of `LEADING` say where to go on to.
LEADING = ("next", "volta")
FIELDS = (
    "acao", "area", "area_tecnica", "assunto", "atual", "cnes", "cns", "code", "contato", "cpf", "dia", "email", "error",
    "inicio", "link", "links", "motivo", "nivel", "nome", "nova", "operadora", "pagina", "password", "perfil",
    "previsao", "q", "repetida", "resposta", "rotinas", "rotulo", "sedes", "servico", "situacao", "state", "termos",
    "texto", "titulo", "uf", "estado", "situacoes", "cadastro", "logradouro", "municipio", "telefone", "razao_social",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "ANSWER_SECONDS", 0.0)


def harmless(answer: Any, at: object) -> None:
    """No fault, nothing that runs, nowhere else to go, no header of the visitor's making."""
    assert answer.status_code < 500, at
    assert not answer.headers.get("Bcc"), at
    if answer.status_code == 302:
        leads = urlsplit(answer["Location"])
        assert (leads.scheme, leads.netloc) == ("", ""), at
        assert answer["Location"].startswith("/"), at
    if answer.headers.get("Content-Type", "").startswith(
        "text/csv"
    ):  # handed over, never shown: markup is text there
        assert answer["Content-Disposition"].startswith("attachment"), at
        assert answer["X-Content-Type-Options"] == "nosniff", at
        return
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    for bad in (
        b"<script>alert(9)",
        b"<img src=x onerror",
        b'href="javascript:',
        b'href="https://mau.exemplo',
    ):
        assert bad not in text, (at, bad)
    assert "unsafe" not in answer.headers.get("Content-Security-Policy", ""), at


def test_hostile_text_in_every_field_is_refused_or_shown_as_text(arguments: dict[str, Any]) -> None:  # noqa: F811
    for cpf, marks in ROLES.items():
        client = world.entered(cpf) if cpf else Client()
        for text in HOSTILE:
            given = dict.fromkeys(FIELDS, text) | dict.fromkeys(LEADING, "//mau.exemplo/")
            for one in EVERY:
                if one.name == "sair" or one.mark not in marks:
                    continue
                for method in sorted(set(one.methods) - {"HEAD"}):
                    answer = getattr(client, method.lower())(url(one, arguments), given)
                    harmless(answer, (cpf, one.name, method, text))
    for letter in Correio.objects.all():
        assert "\n" not in letter.assunto + letter.para


def test_a_number_that_no_base_holds_is_not_found(arguments: dict[str, Any]) -> None:  # noqa: F811
    forged = {
        name: 10**30 if isinstance(value, int) and name != "mes" else value
        for name, value in arguments.items()
    }
    for cpf, marks in ROLES.items():
        client = world.entered(cpf) if cpf else Client()
        for one in [
            one
            for one in EVERY
            if one.mark in marks and {"pedido", "number", "cadastro", "arquivo_id"} & one.arguments
        ]:
            for method in sorted(set(one.methods) - {"HEAD"}):
                answer = getattr(client, method.lower())(
                    url(one, forged), {"acao": "aprovar", "situacao": "PRE_CADASTRO"}
                )
                assert answer.status_code in {302, 403, 404}, (one.name, method)


def test_hostile_text_that_stands_in_the_base_runs_on_no_page(arguments: dict[str, Any]) -> None:  # noqa: F811
    text = SCRIPT + BREAKS_OUT
    Pessoa.objects.update(nome=text)
    Estabelecimento.objects.update(razao_social=text, nome_fantasia=text, logradouro=text, email=text)
    Computador.objects.update(rotulo=text[:60])
    for number, one in enumerate(world.operator(PERSON).values()):
        if number:
            deciding.decide(DIRECTOR, one, Acao.REVOGAR, text)
    waiting = world.ask(MEMBER, CNES, Tipo.ESTABELECIMENTO, world.Perfil.OPERADOR)
    deciding.decide(DIRECTOR, waiting, Acao.NEGAR, text)
    assert isinstance(
        services.open_ticket("sgop", text, text, contato="x@exemplo.com.br", cpf=PERSON), Accepted
    )
    assert isinstance(
        services.declare("cadsus-web", text, titulo=text, rotinas=text, actor="teste"), Accepted
    )
    made = services.write_notice(text, text, f"{text} | https://exemplo.gov.br/", actor="teste")
    assert isinstance(made, Accepted)
    assert isinstance(services.publish(made.value.id, actor="teste"), Accepted)
    seen = 0
    for cpf, marks in {**ROLES, OPERATOR: {guards.PERSON}}.items():
        client = world.entered(cpf) if cpf else Client()
        for one in EVERY:
            if "GET" not in one.methods or one.mark not in marks:
                continue
            answer = client.get(url(one, {**arguments, "number": made.value.id}))
            harmless(answer, (cpf, one.name))
            seen += 0 if answer.streaming else b"&lt;script&gt;alert(9)" in answer.content
    assert seen > 20, "and it stood on them"
