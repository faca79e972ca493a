"""Support's pages in a real browser: axe on every one, the phone, the keyboard, a ticket from its opening to its answer."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import enter
from tests.browser.looking import look_over
from tests.browser.support.conftest import Axe, SupportSite
from tests.national.support.web.stage import ANA, CARLA

# With the names of the numbers (`SupportSite.facts`).
EVERYBODY = (
    "/", "/atendimento/", "/atendimento/abrir/", "/atendimento/avisos/", "/atendimento/avisos/{notice}/", "/situacao/",
)  # fmt: skip
PERSON = ("/atendimento/chamados/", "/atendimento/chamados/{hers}/")
TEAM = (
    "/atendimento/fila/",
    "/atendimento/fila/{visitors}/",
    "/atendimento/avisos/",
    "/atendimento/avisos/novo/",
    "/atendimento/avisos/{draft}/",
    "/atendimento/avisos/{draft}/editar/",
    "/atendimento/avisos/{draft}/publicar/",
    "/situacao/",
    "/situacao/declarar/",
    "/situacao/{interruption}/previsao/",
    "/situacao/{interruption}/encerrar/",
    "/correio/",
    "/correio/fila/",
)


@pytest.mark.requirement("R057", "R065", "R066")
def test_what_everybody_sees_is_accessible_wide_and_on_a_phone(
    site: SupportSite, page: Page, axe: Axe
) -> None:
    for path in EVERYBODY:
        look_over(page, axe, path.format(**site.facts))
    expect(page.get_by_text("INTERROMPIDO").first).to_be_visible()
    page.goto("/atendimento/")
    page.get_by_text("Quem autoriza o administrador?").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("O suporte, depois de um chamado da própria pessoa")).to_be_visible()


def test_what_a_person_and_the_team_see_is_accessible_too(site: SupportSite, page: Page, axe: Axe) -> None:
    enter(page, ANA)
    page.wait_for_url("/")
    for path in (*PERSON, "/sib/"):
        look_over(page, axe, path.format(**site.facts))
    page.context.clear_cookies()
    enter(page, CARLA)
    page.wait_for_url("/")
    for path in TEAM:
        look_over(page, axe, path.format(**site.facts))


@pytest.mark.requirement("R056", "R059", "R060", "R061", "R062", "R063")
def test_a_ticket_from_its_opening_by_keyboard_to_the_mail_that_answers_it(
    site: SupportSite, page: Page, axe: Axe
) -> None:
    page.goto("/atendimento/")
    page.get_by_role("main").get_by_role("link", name="Quero abrir um chamado").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Abrir o chamado").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Área: Escolha a área.")
    axe(page)
    page.get_by_role("link", name="Área: Escolha a área.").press("Enter")
    page.keyboard.type("Suporte ao")
    page.keyboard.press("Tab")
    page.keyboard.type("A consulta não abre")
    page.keyboard.press("Tab")
    page.keyboard.type("Aparece uma página em branco.")
    page.keyboard.press("Tab")
    page.keyboard.type("visita@exemplo.com.br")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"Chamado [0-9]{16} aberto"))).to_be_visible()
    found = re.search(r"[0-9]{16}", page.locator("#avisos").inner_text())
    assert found is not None
    number = found[0]
    enter(page, CARLA)
    page.wait_for_url("/")
    page.goto(f"/atendimento/fila/{number}/")
    page.get_by_label("Área técnica").fill("Infraestrutura")
    page.get_by_role("button", name="Encaminhar").click()
    page.get_by_label("Resposta", exact=True).fill("O serviço já voltou.")
    page.get_by_role("button", name="Responder").click()
    expect(page.get_by_text("Resposta enviada por e-mail.")).to_be_visible()
    mail = page.get_by_role("link", name=f"[Ticket#{number}] Resposta")
    end = time.monotonic() + 20
    page.goto("/correio/")
    while not mail.count() and time.monotonic() < end:
        page.wait_for_timeout(300)
        page.reload()
    mail.click()
    letter = page.locator(".v-carta")
    for told in (
        "Infraestrutura",
        "O serviço já voltou.",
        "> Aparece uma página em branco.",
        "favor não respondê-lo",
    ):
        expect(letter).to_contain_text(told)
    expect(letter).to_contain_text("Disque ANS: 0800 701 9656")
    axe(page)


@pytest.mark.requirement("R064", "R065", "R068", "R069", "R070")
def test_the_team_publishes_a_notice_and_declares_a_degradation(site: SupportSite, page: Page) -> None:
    enter(page, CARLA)
    page.wait_for_url("/")
    page.goto("/atendimento/avisos/novo/")
    page.get_by_label("Título").fill("Manutenção do SGOP")
    page.get_by_label("Texto", exact=True).fill("No sábado, das 8h às 12h.")
    page.get_by_label("Links (opcional)").fill("Detalhes | https://www.exemplo.gov.br/sgop")
    page.get_by_role("button", name="Guardar rascunho").click()
    page.get_by_role("link", name="Publicar…").click()
    page.get_by_role("button", name="Publicar e enviar").click()
    expect(page.get_by_text("Aviso publicado.")).to_be_visible()
    page.goto("/situacao/declarar/")
    page.get_by_label("Serviço").select_option(label="SGOP")
    page.get_by_label("Rotinas instáveis (opcional)").fill("solicitação de acesso")
    page.get_by_label("Motivo").fill("Lentidão.")
    page.get_by_role("button", name="Declarar e publicar o aviso").click()
    expect(page.get_by_role("row", name="SGOP")).to_contain_text("INSTÁVEL")
    expect(page.get_by_role("row", name="SGOP")).to_contain_text("sem previsão de normalização")
    page.context.clear_cookies()
    page.goto("/atendimento/")
    expect(page.get_by_role("link", name="Manutenção do SGOP")).to_be_visible()
