"""What the pages do: opening, answering, notices, interruptions; and what is written in them by strangers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.national.support.web.stage import SCRIPT, Web
from vincula.common.mail.models import Correio
from vincula.national.support import models, services
from vincula.national.support.rules.interruption import Servico

pytestmark = pytest.mark.django_db(databases=["default", "audit"], transaction=True)
ATOM = "{http://www.w3.org/2005/Atom}"
TICKET = {
    "area": "cadsus-web",
    "assunto": "Não abre",
    "texto": "A página não abre.",
    "contato": "eu@exemplo.com.br",
}


def said(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


@pytest.mark.requirement("R055", "R056", "R058")
def test_whoever_wants_to_open_a_ticket_can_with_an_account_or_without(web: Web) -> None:
    page = said(web.visitor, "/atendimento/")
    assert "Quero abrir um chamado" in page
    form = said(web.visitor, "/atendimento/abrir/")
    assert "Suporte ao Usuário – CadSUS Web" in form
    assert "Suporte Técnico do CadSUS: API do CNS" in form
    assert web.visitor.post("/atendimento/abrir/", TICKET)["Location"] == "/atendimento/"
    answer = web.bia.post("/atendimento/abrir/", TICKET, follow=True)
    number = models.Chamado.objects.latest("pk").numero
    assert answer.redirect_chain == [(f"/atendimento/chamados/{number}/", 302)]
    assert f"Chamado {number} aberto" in answer.content.decode()


def test_the_form_names_what_is_wrong_beside_the_field_and_keeps_the_rest(web: Web) -> None:
    page = web.visitor.post(
        "/atendimento/abrir/", {**TICKET, "contato": "x@y.com\nBcc: z@w.com", "area": "nada"}
    )
    text = page.content.decode()
    assert page.status_code == 200
    assert "Escolha uma das áreas da lista." in text
    assert "A página não abre." in text
    page = web.visitor.post("/atendimento/abrir/", {**TICKET, "contato": "um, dois"})
    assert "E-mail para a resposta: O e-mail para a resposta não confere." in page.content.decode()


@pytest.mark.requirement("R057", "R063")
def test_the_central_has_questions_on_cadsus_the_channels_and_the_search_finds_them(web: Web) -> None:
    page = said(web.visitor, "/atendimento/")
    assert "O que é preciso para usar o CadSUS Web?" in page
    assert "0800 701 9656" in page
    assert "Fale Conosco" in page
    assert "/atendimento/#faq-acesso" in said(web.visitor, "/busca/?q=autoriza+administrador")


@pytest.mark.requirement("R060", "R061")
def test_the_team_routes_answers_and_closes_and_the_person_reads_it(web: Web) -> None:
    here = f"/atendimento/fila/{web.hers}/"
    assert "ANA LIMA, CPF" in said(web.carla, here)
    web.carla.post(f"{here}encaminhar/", {"area_tecnica": "Coordenação do CNES", "area": "cnes"})
    answer = web.carla.post(f"{here}responder/", {"texto": "Corrija o CNPJ."}, follow=True)
    assert "Resposta enviada por e-mail." in answer.content.decode()
    page = said(web.ana, f"/atendimento/chamados/{web.hers}/")
    assert "Corrija o CNPJ." in page
    assert "Coordenação do CNES" in page
    assert "que se manifestou como segue" in Correio.objects.latest("pk").texto
    web.ana.post(f"/atendimento/chamados/{web.hers}/mensagem/", {"texto": "Corrigi."})
    assert "Corrigi." in said(web.carla, here)
    web.carla.post(f"{here}encerrar/", {"texto": ""})
    late = web.carla.post(f"{here}responder/", {"texto": "Tarde."})
    assert "O chamado está encerrado." in late.content.decode()
    assert "ENCERRADO" in said(web.ana, "/atendimento/chamados/")


def test_an_empty_answer_is_refused_beside_its_field(web: Web) -> None:
    page = web.carla.post(f"/atendimento/fila/{web.hers}/responder/", {"texto": ""}).content.decode()
    assert "Resposta: Escreva o texto." in page
    assert 'href="#responder_texto"' in page


def test_the_interruption_on_top_of_a_page_is_told_as_any_alert(web: Web) -> None:
    page = said(web.visitor, "/")
    banner = page[page.index("v-aviso") : page.index("Situação dos serviços</a>")]
    assert 'class="icon"' in banner
    assert "</strong></p>" in banner, "a name, then a sentence: no capital after a colon"


@pytest.mark.requirement("R064", "R065")
def test_a_notice_is_listed_with_title_text_and_links_and_goes_to_each_address_alone(web: Web) -> None:
    listing = said(web.visitor, "/atendimento/avisos/")
    assert "Aviso para Operadoras" in listing
    assert "Novo prazo" in listing
    assert "Ainda não" not in listing
    page = said(web.visitor, f"/atendimento/avisos/{web.notice}/")
    assert 'href="https://www.exemplo.gov.br/a?b=1&amp;c=2"' in page
    mails = Correio.objects.filter(parametros__aviso=web.notice)
    assert [mail.para for mail in mails] == ["ana@exemplo.com.br"], "who acts for an operadora"
    assert "Página: https://www.exemplo.gov.br/a?b=1&c=2" in mails[0].texto
    assert "favor não respondê-lo" in mails[0].texto


@pytest.mark.requirement("R064")
def test_publishing_twice_sends_once(web: Web) -> None:
    here = f"/atendimento/avisos/{web.draft}/"
    assert "1 mensagem" in said(web.carla, f"{here}publicar/")
    assert web.carla.post(f"{here}publicar/").status_code == 302
    assert web.carla.post(f"{here}publicar/").status_code == 409
    assert web.carla.post(f"{here}editar/", {"titulo": "Outro", "texto": "Outro"}).status_code == 409
    assert Correio.objects.filter(parametros__aviso=web.draft).count() == 1
    assert "Ainda não" in said(web.visitor, "/atendimento/avisos/")


def test_a_draft_is_written_and_changed(web: Web) -> None:
    form = {"titulo": "Um", "texto": "Dois", "links": "javascript:alert(1)", "dia": ""}
    page = web.carla.post("/atendimento/avisos/novo/", form).content.decode()
    assert "Links: O link da linha 1 não é um endereço da web." in page
    web.carla.post("/atendimento/avisos/novo/", {**form, "links": "https://www.exemplo.gov.br/"})
    made = services.drafts()[0]
    assert made.links == (("https://www.exemplo.gov.br/", "https://www.exemplo.gov.br/"),)
    web.carla.post(
        f"/atendimento/avisos/{made.id}/editar/", {**form, "titulo": "Três", "links": "", "dia": "2026-11-01"}
    )
    assert "Três" in said(web.carla, f"/atendimento/avisos/{made.id}/")
    assert web.visitor.get(f"/atendimento/avisos/{made.id}/").status_code == 404


@pytest.mark.requirement("R066", "R067", "R068", "R071", "R072")
def test_the_status_page_shows_the_interruption_its_dated_notice_no_forecast_and_what_goes_on(
    web: Web,
) -> None:
    web.carla.post(f"/situacao/{web.interruption}/encerrar/")
    form = {
        "servico": "cadsus-web",
        "texto": "Consultas suspensas.",
        "link": "https://www.exemplo.gov.br/n",
        "dia": "2022-01-06",
    }
    assert web.carla.post("/situacao/declarar/", {**form, "previsao": ""}).status_code == 302
    page = said(web.visitor, "/situacao/")
    assert "INTERROMPIDO" in page
    assert "sem previsão de retorno" in page
    assert "Aviso de 06/01/2022" in page
    assert 'href="https://www.exemplo.gov.br/n"' in page
    assert "A atribuição automática do CNS pelo SIB, o CNX e a API do CNS." in page
    assert "nenhum número é inventado" in page
    assert "CadSUS Web, consultas individuais" in said(web.visitor, "/"), "the home page tells it too"


@pytest.mark.requirement("R069", "R070")
def test_some_routines_of_sgop_are_told_as_unstable_and_nobody_is_refused(web: Web) -> None:
    form = {"servico": "sgop", "rotinas": "solicitação de acesso", "texto": "Lentidão.", "previsao": ""}
    web.carla.post("/situacao/declarar/", form)
    page = said(web.visitor, "/situacao/")
    assert "INSTÁVEL" in page
    assert "sem previsão de normalização" in page
    assert services.refusal_of("sgop") is None


def test_the_page_of_the_services_asks_the_base_no_more_for_more_of_them(web: Web) -> None:
    with CaptureQueriesContext(connection) as without:
        web.visitor.get("/situacao/")
    for service in ("sgop", "fhir", "sib", "token", "pdq"):
        web.carla.post("/situacao/declarar/", {"servico": service, "texto": "Parado.", "previsao": ""})
    with CaptureQueriesContext(connection) as with_five:
        page = said(web.visitor, "/situacao/")
    assert page.count("INTERROMPIDO") >= 5
    assert len(with_five) == len(without) <= 6


def test_a_start_on_the_last_day_there_is_is_refused_as_any_that_is_far_off(web: Web) -> None:
    form = {"servico": "sgop", "texto": "Parado.", "inicio": "9999-12-31T23:59", "previsao": "30d"}
    answer = web.carla.post("/situacao/declarar/", form)
    assert "fica a mais de um ano" in answer.content.decode()


@pytest.mark.requirement("R067")
@pytest.mark.parametrize(("span", "length"), [("30min", timedelta(minutes=30)), ("30d", timedelta(days=30))])
def test_a_forecast_from_half_an_hour_to_a_month_or_none(web: Web, span: str, length: timedelta) -> None:
    before = datetime.now(UTC)
    web.carla.post("/situacao/declarar/", {"servico": "fhir", "texto": "Troca de disco.", "previsao": span})
    found = services.interruption_of("fhir")
    assert found is not None
    assert found.previsao is not None
    assert timedelta() <= found.previsao - before - length < timedelta(minutes=1)
    web.carla.post(f"/situacao/{found.id}/previsao/", {"previsao": ""})
    assert services.interruption_of("fhir").previsao is None  # type: ignore[union-attr]
    web.carla.post(f"/situacao/{found.id}/encerrar/")
    assert services.interruption_of("fhir") is None
    assert web.carla.post(f"/situacao/{found.id}/encerrar/").status_code == 409
    assert "ENCERRADA" in said(web.visitor, "/situacao/")


def test_an_interruption_stands_on_the_pages_that_it_concerns_and_on_no_other(web: Web) -> None:
    web.carla.post("/situacao/declarar/", {"servico": "sib", "texto": "Fila parada.", "previsao": ""})
    assert "Fila parada." in said(web.ana, "/sib/")
    assert "Manutenção" not in said(web.ana, "/sib/"), "that of CadSUS Web"
    assert "Fila parada." not in said(web.ana, "/mapa/")
    assert {service.value for service in Servico} >= {"sib", "sgop", "cadsus-web"}


def test_script_that_a_stranger_wrote_is_shown_as_text_on_every_page(web: Web) -> None:
    shown = [
        said(web.ana, f"/atendimento/chamados/{web.hers}/"),
        said(web.ana, "/atendimento/chamados/"),
        said(web.carla, f"/atendimento/fila/{web.hers}/"),
        said(web.carla, "/atendimento/fila/"),
        said(web.visitor, "/atendimento/"),
        said(web.visitor, "/atendimento/avisos/"),
        said(web.visitor, f"/atendimento/avisos/{web.notice}/"),
        said(web.visitor, "/situacao/"),
        said(web.visitor, "/"),
    ]
    for page in shown:
        assert SCRIPT not in page
        assert "&lt;script&gt;" in page
    reflected = web.visitor.get("/atendimento/abrir/", {"area": f'"{SCRIPT}'}).content.decode()
    assert SCRIPT not in reflected
    assert (
        SCRIPT not in web.carla.get("/atendimento/fila/", {"area": SCRIPT, "estado": SCRIPT}).content.decode()
    )


@pytest.mark.requirement("R064", "R068")
def test_the_feeds_are_atom_and_what_is_written_breaks_out_of_none(web: Web) -> None:
    for url, title in (("/atendimento/avisos/feed/", f"Novo prazo {SCRIPT}"), ("/situacao/feed/", None)):
        answer = web.visitor.get(url)
        assert answer["Content-Type"].startswith("application/atom+xml")
        root = ElementTree.fromstring(answer.content)
        (entry,) = root.findall(f"{ATOM}entry")
        assert title is None or entry.findtext(f"{ATOM}title") == title
        assert not list(root.iter("script"))
        assert SCRIPT in (entry.findtext(f"{ATOM}summary") or "")
    assert "Rascunho por publicar" not in web.visitor.get("/atendimento/avisos/feed/").content.decode()
