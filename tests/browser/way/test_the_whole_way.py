"""From an operadora without CNES to an operator at the gate of CadSUS Web, everything through pages; and what the page
of the six steps says to each person on the way."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PASSWORD, enter
from tests.browser.looking import Axe, look_over
from tests.browser.sgop.test_to_the_gate import authenticator, register_computer
from tests.browser.site import ROOT, Site
from tests.browser.way.conftest import Come
from tests.browser.way_world import ANTONIA, BENTO, CAETANO, CLARA, RITA, corrected
from tests.national.sgop.world import INSIDE
from vincula.sandbox.examples import Person

DONE, WAITS, MISSING, LOCKED = "Feito", "Em análise", "Por fazer", "Espera pelos anteriores"
MAIL = "clara@exemplo.invalid"


def by_govbr(page: Page, person: Person) -> None:
    page.goto("/entrar/")
    page.get_by_role("link", name="Entrar com GOV.BR").click()
    page.get_by_role("button", name=person.nome).click()
    expect(page.locator(".v-conta-nome")).to_have_text(person.nome)


def steps(page: Page, *wanted: str, missing: str = "", who: str = "") -> Locator:
    """The page of the six steps says of them `wanted`, the rest is locked; of the first that is not done, what is
    missing and who must act. That step."""
    if "/passos/" not in page.url:
        page.goto("/passos/")
    else:
        page.reload()
    items = page.locator(".v-passo")
    expect(items).to_have_count(6)
    told = [*wanted, *[LOCKED] * (6 - len(wanted))]
    for place, standing in enumerate(told):
        expect(items.nth(place).locator(".v-etiqueta")).to_have_text(re.compile(standing))
    here = items.nth(len(wanted) - 1)
    expect(here).to_have_attribute("aria-current", "step")
    if missing:
        expect(here).to_contain_text(f"O que falta: {missing}")
        expect(here).to_contain_text(f"Quem age: {who}.")
    return here


def ask(page: Page, cnes: str, person: Person, perfil: str) -> None:
    """The first of the three requests, as far as it goes."""
    page.goto("/operador/nova/")
    page.get_by_label("CNES da operadora").fill(cnes)
    page.get_by_label("O seu CNS").fill(person.cns)
    page.get_by_role("radio", name=perfil).check()
    terms = page.get_by_label("Li e aceito os termos de uso")
    if terms.count():  # asked once
        terms.check()
    page.get_by_role("button", name="Pedir acesso").click()


def approve(page: Page, count: int) -> None:
    buttons = page.get_by_role("button", name="Aprovar o pedido")
    for left in range(count, 0, -1):
        expect(buttons).to_have_count(left)
        buttons.first.click()
        expect(page.get_by_text("Pedido aprovado.")).to_be_visible()
    expect(buttons).to_have_count(0)


def at_the_gate(page: Page) -> Locator:
    page.goto("/segcartao/")
    return page.get_by_role("button", name="Entrar com este computador")


@pytest.mark.requirement(
    "R001", "R007", "R010", "R011", "R012", "R014", "R016", "R017", "R018", "R021", "R023", "R024", "R025", "R026",
    "R027", "R030", "R031", "R032", "R033", "R034", "R035", "R036", "R037", "R038", "R042", "R043", "R044", "R045", "R046", "R048", "R049",
    "R050", "R051", "R052", "R053", "R054", "R056",
)  # fmt: skip
def test_from_an_operadora_without_cnes_to_an_operator_at_the_gate(
    site: Site, comes: Come, axe: Axe, tmp_path: Path
) -> None:
    director, team = comes(), comes()
    cnes = _the_head_office_is_registered(comes(), axe)
    _too_early(comes(), cnes)
    _the_director_asks(director, cnes)
    enter(team, CAETANO.cpf)
    _support_authorises(team, director)

    operator = comes()
    _an_account_by_mail(operator, team, axe)
    _low_quality_is_refused_until_the_base_is_corrected(operator, cnes, site, axe, tmp_path)
    _the_operator_asks(operator)
    _the_administrator_decides(director, operator)
    _at_the_gate(operator, cnes)


def _the_head_office_is_registered(rita: Page, axe: Axe) -> str:
    """By the operadora's person; before, nothing else is open. The number."""
    enter(rita, RITA.cpf)
    rita.wait_for_url("**/")
    here = steps(rita, MISSING, missing="A operadora não tem registro no Cadastro", who="a operadora")
    axe(rita)
    expect(rita.get_by_text("https://cadastro.saude.gov.br/operador/")).to_be_visible()
    ask(rita, "8999999", RITA, "ADMINISTRADOR")
    expect(rita.get_by_role("alert").get_by_text("O CNES 8999999 não existe na base")).to_be_visible()
    rita.goto("/passos/")
    here.get_by_role("link", name="Registrar a sede").click()
    rita.get_by_role("main").get_by_role("link", name="Registrar a sede", exact=True).click()
    for label, value in {
        "Logradouro": "RUA DA AMOSTRA",
        "Número": "100",
        "Bairro": "BOA VISTA",
        "CEP": "50010000",
        "Município": "261160",
        "Telefone": "81 3333 0000",
        "E-mail": "sede@exemplo.invalid",
        "CPF do diretor clínico, gerente ou administrador": ANTONIA.cpf,
    }.items():
        rita.get_by_label(label, exact=True).fill(value)
    for button, situation in (
        ("Fazer o pré-cadastro", "Pré-cadastro"),
        ("Entregar as fichas ao gestor", "Em consistência"),
        ("Simular o gestor", "Enviado ao Ministério da Saúde"),
        ("Simular o Ministério", "Ativo"),
    ):
        rita.get_by_role("button", name=button).click()
        expect(rita.get_by_text(f"Situação: {situation}")).to_be_visible()
        if situation == "Em consistência":
            here = steps(rita, WAITS, missing="A operadora não tem registro no Cadastro", who="a operadora")
            here.get_by_role("link", name="Seguir o registro da sede").click()
    cnes = rita.get_by_role("main").get_by_role("link", name=re.compile("^[0-9]{7}$")).inner_text()
    steps(rita, DONE, MISSING, missing="O seu cadastro não está ligado a uma conta gov.br.", who="você")
    return cnes


def _too_early(bento: Page, cnes: str) -> None:
    """Who wants to be OPERADOR where nobody administers yet is sent to wait."""
    by_govbr(bento, BENTO)
    ask(bento, cnes, BENTO, "OPERADOR")
    expect(bento.get_by_text("Ainda não há ADMINISTRADOR cadastrado para este CNES.")).to_be_visible()
    ask(bento, cnes, BENTO, "ADMINISTRADOR")
    expect(bento.get_by_text("deste estabelecimento não é você")).to_be_visible()
    bento.goto("/passos/")
    bento.get_by_label("CNES da operadora").fill(cnes)
    bento.get_by_role("button", name="Ver os passos neste CNES").click()
    steps(bento, DONE, DONE, DONE, MISSING, missing="O estabelecimento ainda não tem", who="quem dirige o estabelecimento")  # fmt: skip


def _the_director_asks(director: Page, cnes: str) -> None:
    """By autocadastro: gov.br, terms, the three requests, and a ticket."""
    by_govbr(director, ANTONIA)
    here = steps(director, DONE, MISSING, missing="Você ainda não está cadastrado no SGOP.", who="você")
    here.get_by_role("link", name="Ler e aceitar os termos").click()
    director.get_by_role("button", name="Li e aceito").click()
    expect(director.get_by_text("Termos de uso aceitos.")).to_be_visible()
    you = "você, que o CNES indica como diretor, gerente ou administrador"
    steps(director, DONE, DONE, DONE, MISSING, missing="O estabelecimento ainda não tem", who=you)
    ask(director, cnes, ANTONIA, "ADMINISTRADOR")
    director.get_by_role("button", name="Solicitar perfil").click()
    expect(director.get_by_text("Pedido de perfil feito.")).to_be_visible()
    here = steps(director, DONE, DONE, DONE, MISSING, missing="Falta pedir o computador.", who="você")
    authenticator(director)
    register_computer(director, "Cadastrar este computador")
    here = steps(
        director,
        DONE,
        DONE,
        DONE,
        WAITS,
        missing="O pedido de quem vai administrar",
        who="a equipe de suporte",
    )
    expect(at_the_gate(director)).to_have_count(0)
    answer = director.goto("/operador/aprovacoes/pendentes/")
    assert answer is not None
    assert answer.status == 403, "nobody decides his own request"
    director.goto("/passos/")


def _support_authorises(team: Page, director: Page) -> None:
    """After a ticket, and not before."""
    team.wait_for_url("**/")
    team.goto("/operador/administradores/")
    team.get_by_role("button", name="Aprovar o pedido").first.click()
    expect(team.get_by_text("A pessoa não tem chamado aberto sobre o acesso.")).to_be_visible()
    director.locator(".v-passo").nth(3).get_by_role("link", name="Quero abrir um chamado").click()
    expect(director.get_by_label("Área")).to_have_value("cadsus-web")
    director.get_by_label("Assunto").fill("Autorização do administrador")
    director.get_by_label("O que aconteceu").fill("Dirijo a sede no CNES e fiz o autocadastro.")
    director.get_by_role("button", name="Abrir o chamado").click()
    expect(director.get_by_text(re.compile(r"Chamado [0-9]{16} aberto"))).to_be_visible()
    team.goto("/operador/administradores/")
    approve(team, 3)
    here = steps(director, *[DONE] * 6)
    here.get_by_role("link", name="Ir ao CadSUS Web").click()
    director.get_by_role("button", name="Entrar com este computador").click()
    expect(director.get_by_text(INSIDE)).to_be_visible()


def _an_account_by_mail(operator: Page, team: Page, axe: Axe) -> None:
    """Self-registration; the link comes by mail, which in the sandbox the team reads."""
    operator.goto("/operador/")
    operator.get_by_role("main").get_by_role("link", name="Cadastrar-se").click()
    operator.get_by_label("CPF").fill(CLARA.cpf)
    operator.get_by_label("Nome civil completo").fill(CLARA.nome)
    operator.get_by_label("E-mail").fill(MAIL)
    operator.get_by_label("Li o aviso abaixo e aceito").check()
    operator.get_by_role("button", name="Enviar").click()
    expect(operator.get_by_role("heading", level=1)).to_have_text("Confira o seu e-mail")
    axe(operator)
    letter = team.get_by_role("link", name="termine o seu cadastro")
    team.goto("/correio/")
    for _ in range(60):  # until the worker has delivered it
        if letter.count():
            break
        team.wait_for_timeout(250)
        team.reload()
    letter.first.click()
    link = re.search(r"http://\S+/senha/convite/\S+", team.locator(".v-carta").inner_text())
    assert link is not None
    operator.goto(link[0])
    axe(operator)
    operator.get_by_label("Senha nova", exact=True).fill(PASSWORD)
    operator.get_by_label("Repita a senha nova").fill(PASSWORD)
    operator.get_by_role("button", name="Registrar a senha").click()
    enter(operator, CLARA.cpf)
    operator.wait_for_url("**/")


def _low_quality_is_refused_until_the_base_is_corrected(
    operator: Page, cnes: str, site: Site, axe: Axe, folder: Path
) -> None:
    look_over(operator, axe, "/passos/")
    steps(operator, MISSING, missing="A sua conta não está ligada a nenhuma operadora", who="você")
    ask(operator, cnes, CLARA, "OPERADOR")
    expect(operator.get_by_text("A sua conta não está vinculada a uma conta gov.br.")).to_be_visible()
    operator.goto(f"/passos/?cnes={cnes}")
    here = steps(operator, DONE, MISSING, missing="O seu cadastro não está ligado a uma conta gov.br.", who="você")  # fmt: skip
    here.get_by_role("link", name="Entrar com GOV.BR").click()
    operator.get_by_role("button", name=CLARA.nome).click()
    operator.goto(f"/passos/?cnes={cnes}")
    low = "A qualidade cadastral do número do CNS empregado é baixa."
    here = steps(operator, DONE, DONE, MISSING, missing=low, who="você")
    expect(here).to_contain_text("O titular do dado deve procurar uma unidade de saúde")
    ask(operator, cnes, CLARA, "OPERADOR")
    expect(operator.get_by_text(low)).to_be_visible()
    expect(operator.get_by_role("row", name="Qualidade do cadastro do CNS")).to_contain_text("Não confere")
    axe(operator)
    corrected(folder / "correcao.csv", CLARA)
    _vincula(site, "bases", "load", "cadsus", str(folder / "correcao.csv"))
    operator.get_by_role("button", name="Pedir acesso").click()
    expect(operator.get_by_text("Pedido de acesso ao estabelecimento feito.")).to_be_visible()


def _vincula(site: Site, *arguments: str) -> None:
    environment = {**os.environ, **site.environment, "DJANGO_SETTINGS_MODULE": "vincula.site.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "vincula.site.cli", *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _the_operator_asks(operator: Page) -> None:
    steps(
        operator, DONE, DONE, DONE, DONE, MISSING, missing="Falta pedir o perfil e o computador.", who="você"
    )
    operator.get_by_role("link", name="Ir ao SGOP").click()
    operator.get_by_role("button", name="Solicitar perfil").click()
    register_computer(operator, "Usar a chave do navegador")
    waiting = "Por decidir: o acesso ao estabelecimento, o perfil e o computador."
    steps(operator, *[DONE] * 4, WAITS, missing=waiting, who="o ADMINISTRADOR do estabelecimento")
    expect(at_the_gate(operator)).to_have_count(0)


def _the_administrator_decides(director: Page, operator: Page) -> None:
    """One by one; with two of the three the gate is still shut."""
    director.goto("/operador/")
    director.get_by_role("link", name="Aprovações pendentes").click()
    for left in (2, 1, 0):
        director.get_by_role("button", name="Aprovar o pedido").first.click()
        expect(director.get_by_text("Pedido aprovado.")).to_be_visible()
        expect(at_the_gate(operator)).to_have_count(0 if left else 1)


def _at_the_gate(operator: Page, cnes: str) -> None:
    here = steps(operator, *[DONE] * 6)
    here.get_by_role("link", name="Ir ao CadSUS Web").click()
    operator.get_by_role("button", name="Entrar com este computador").click()
    expect(operator.get_by_text(INSIDE)).to_be_visible()
    expect(operator.get_by_role("main")).to_contain_text(f"CNES {cnes}")
    expect(operator.get_by_role("main")).to_contain_text("Perfil: OPERADOR")
    answer = operator.goto("/operador/aprovacoes/pendentes/")
    assert answer is not None
    assert answer.status == 403, "an OPERADOR manages nobody"
