"""From a professional without access to the gate of CadSUS Web, in real browsers; the eight combinations; axe, phone."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.looking import Axe, look_over
from tests.browser.sgop.conftest import Open, in_the_world
from tests.browser.site import Site
from tests.national.sgop.world import CNES, DIRECTOR, INSIDE, OPERATOR, STAFF, SUCCESSOR

PENDING, OF_SUPPORT = "/operador/aprovacoes/pendentes/", "/operador/administradores/"
MANAGED = ("/operador/aprovacoes/realizadas/", "/operador/gerir/acesso/", "/operador/gerir/maquinas/")
BY_THEIR_LINKS = ("/operador/gerir/operadores/{request}/", "/operador/pedidos/{request}/cancelar/")
OF_ONES_OWN = ("/operador/", "/cadastrar/", "/senha/recuperar/", "/senha/nova/", "/operador/termos/")
OF_THE_OPERATOR = (
    "/operador/",
    "/operador/nova/",
    "/operador/computador/",
    "/segcartao/",
    "/operador/termos/",
)


def cns(site: Site, cpf: str) -> str:
    return in_the_world(site, f"print(cns_of({cpf!r}))").strip()


def ask(page: Page, number: str, perfil: str) -> None:
    """The first two of the three requests."""
    page.goto("/operador/nova/")
    page.get_by_label("CNES da operadora").fill(CNES)
    page.get_by_label("O seu CNS").fill(number)
    page.get_by_role("radio", name=perfil).check()
    terms = page.get_by_label("Li e aceito os termos de uso")
    if terms.count():  # asked once
        terms.check()
    page.get_by_role("button", name="Pedir acesso").click()
    page.get_by_role("button", name="Solicitar perfil").click()
    expect(page.get_by_text("Pedido de perfil feito.")).to_be_visible()


def register_computer(page: Page, button: str) -> None:
    page.goto("/operador/computador/")
    page.get_by_label("Nome do computador").fill("Recepção, mesa 2")
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text("Computador cadastrado, e pedida a aprovação dele.")).to_be_visible()


def authenticator(page: Page, **changed: bool) -> CDPSession:
    """The platform authenticator of a computer, as Chromium simulates it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        **changed,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def approve_all(page: Page, address: str) -> None:
    page.goto(address)
    while (buttons := page.get_by_role("button", name="Aprovar o pedido")).count():
        buttons.first.click()
        expect(page.get_by_text("Pedido aprovado.")).to_be_visible()


def enter(page: Page) -> None:
    page.goto("/segcartao/")
    page.get_by_role("button", name="Entrar com este computador").click()


@pytest.mark.requirement(
    "R012", "R014", "R030", "R033", "R035", "R036", "R037", "R045", "R048", "R049", "R050"
)
def test_the_whole_way_of_an_administrator_and_of_an_operator(country: Site, opened: Open, axe: Axe) -> None:
    director, support = opened(DIRECTOR), opened(STAFF)
    authenticator(director)
    ask(director, cns(country, DIRECTOR), "ADMINISTRADOR")
    register_computer(director, "Cadastrar este computador")
    director.goto("/operador/")
    axe(director)
    expect(director.get_by_text("PENDENTE", exact=True).first).to_be_visible()
    director.goto("/segcartao/")
    axe(director)
    expect(director.get_by_role("button", name="Entrar com este computador")).to_have_count(0)

    in_the_world(country, f"ticket({DIRECTOR!r})")
    look_over(support, axe, OF_SUPPORT)
    approve_all(support, OF_SUPPORT)
    enter(director)
    expect(director.get_by_text(INSIDE)).to_be_visible()
    axe(director)

    operator = opened(OPERATOR)
    ask(operator, cns(country, OPERATOR), "OPERADOR")
    register_computer(operator, "Usar a chave do navegador")
    look_over(director, axe, PENDING)
    approve_all(director, PENDING)
    enter(operator)
    expect(operator.get_by_text(INSIDE)).to_be_visible()

    operator.goto("/operador/")
    operator.get_by_role("link", name="Desistir deste acesso").first.click()
    expect(operator.get_by_role("heading", name="Desistir deste acesso?")).to_be_visible()
    axe(operator)
    operator.get_by_role("link", name="Voltar sem desistir").click()
    operator.goto("/segcartao/")
    expect(operator.get_by_text(INSIDE)).to_be_visible()

    for address in MANAGED:
        look_over(director, axe, address)
    director.goto("/operador/gerir/maquinas/")
    director.get_by_role("rowheader").get_by_role("link").first.click()
    expect(director.get_by_role("heading", name="Encerrar o acesso")).to_be_visible()
    expect(director.get_by_text("Última entrada no CadSUS Web: nenhuma")).to_have_count(0)
    axe(director)
    director.set_viewport_size({"width": 360, "height": 740})
    assert director.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    director.set_viewport_size({"width": 1280, "height": 900})
    director.goto("/operador/gerir/maquinas/?estado=APROVADO")
    director.get_by_label("Motivo").first.fill("computador devolvido")
    director.get_by_role("button", name="Revogar o pedido").first.click()
    expect(director.get_by_text("Acesso revogado.")).to_be_visible()
    operator.reload()
    expect(operator.get_by_text(INSIDE)).to_have_count(0)
    expect(operator.get_by_text("computador devolvido")).to_be_visible()

    _combinations(country, operator)
    for address in OF_THE_OPERATOR:
        look_over(operator, axe, address)


def _combinations(site: Site, operator: Page) -> None:
    """All eight, with the browser's own key, which stays the same."""
    with site.console("from tests.national.sgop.world import *") as do:
        for approved in itertools.product((True, False), repeat=3):
            states = {
                kind: "APROVADO" if yes else "REVOGADO"
                for kind, yes in zip(("ESTABELECIMENTO", "PERFIL", "COMPUTADOR"), approved, strict=True)
            }
            do(
                f"for kind, state in {states!r}.items():\n"
                f"    Solicitacao.objects.filter(cpf={OPERATOR!r}, tipo=kind).update(estado=state)\n"
            )
            operator.goto("/segcartao/")
            button = operator.get_by_role("button", name="Entrar com este computador")
            if all(approved):
                button.click()
                expect(operator.get_by_text(INSIDE)).to_be_visible()
            else:
                expect(operator.get_by_text(INSIDE)).to_have_count(0)
                expect(button).to_have_count(0)


@pytest.mark.requirement("R015")
def test_the_pages_of_ones_own_account_are_accessible(page: Page, axe: Axe) -> None:
    for address in OF_ONES_OWN:
        page.goto(address)
        axe(page)
    page.goto("/cadastrar/")
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_text("Informe o CPF.").first).to_be_visible()
    axe(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("CPF")).to_be_focused()


def test_a_key_that_can_be_copied_to_other_devices_is_not_taken(country: Site, opened: Open) -> None:
    in_the_world(
        country,
        f"""
        person({SUCCESSOR!r})
        if not Solicitacao.objects.filter(perfil="ADMINISTRADOR", tipo="PERFIL", estado="APROVADO").exists():
            ask({DIRECTOR!r}, CNES, Tipo.PERFIL, Perfil.ADMINISTRADOR)
        ask({SUCCESSOR!r}, CNES, Tipo.ESTABELECIMENTO, Perfil.OPERADOR)
        """,
    )
    person = opened(SUCCESSOR)
    authenticator(person, defaultBackupEligibility=True, defaultBackupState=True)
    person.goto("/operador/computador/")
    person.get_by_label("Nome do computador").fill("Copiável")
    person.get_by_role("button", name="Cadastrar este computador").click()
    expect(person.get_by_text("pode ser copiada para outros aparelhos")).to_be_visible()
