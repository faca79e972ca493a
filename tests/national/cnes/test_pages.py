"""The pages of CNES: what everybody reads, what only who has entered sees, and the registration of a head office."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.national.cnes.archives import DIRECTOR, OTHER, establishment, load, number
from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.services import create_person, join_operadora
from vincula.common.audit import services as audit
from vincula.common.outcomes import Accepted
from vincula.identifiers import cnpj
from vincula.identifiers import cpf as cpf_rules
from vincula.national.cadop import services as cadop
from vincula.national.cnes import models, services
from vincula.national.cnes.services import Situacao
from vincula.sandbox.operadoras import BY_REGISTRO, cadop_csv

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
ONE, TWO, THREE = map(number, range(1, 4))
MINE, OTHERS = "000001", "999997"
WIKI = "https://wiki.saude.gov.br/cnes/index.php/Categoria:Como_obter_um_n%C3%BAmero_de_CNES"
FORM = {
    "logradouro": "RUA DA AMOSTRA", "numero": "100", "bairro": "BOA VISTA", "cep": "50010-000", "municipio": "261160",
    "telefone": "(81) 3333-0000", "email": "a@exemplo.invalid", "diretor_cpf": DIRECTOR,
}  # fmt: skip


def client_of(cpf: str, *operadoras: str) -> Client:
    made = create_person(cpf, "PESSOA DE TESTE")
    assert isinstance(made, Accepted)
    for registro in operadoras:
        join_operadora(made.value, registro)
    client = Client()
    client.force_login(made.value, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    return html.unescape(answer.content.decode())


@pytest.fixture
def base(tmp_path: Path) -> None:
    load(tmp_path, [
        establishment(ONE, NO_FANTASIA="SAÚDE IPÊ", NU_CNPJ="99999997000100"),
        establishment(TWO, SUBTIPO="003", NO_FANTASIA="SECRETARIA 1234", CO_CPFDIRETORCLN=""),
        establishment(
            THREE, CO_MOTIVO_DESAB="05", NO_FANTASIA="SEDE ANTIGA", CO_UNIDADE=f"310620{THREE}", CO_ESTADO_GESTOR="31",
            CO_MUNICIPIO_GESTOR="310620",
        ),
    ])  # fmt: skip


@pytest.fixture
def member(tmp_path: Path) -> Client:
    (tmp_path / "cadop.csv").write_bytes(cadop_csv())
    assert isinstance(cadop.load_csv(tmp_path / "cadop.csv"), Accepted)
    return client_of(cpf_rules.complete("990200110"), MINE)


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("texto=" + ONE, [ONE]),
        ("texto=99.999.997%2F0001-00", [ONE]),
        ("texto=saude+ipe", [ONE]),
        ("texto=secretaria+1234", [TWO]),  # as long as a CNPJ, and none
        ("texto=ipe+nenhum", []),
        ("uf=MG", [THREE]),
        ("sedes=on", [ONE, THREE]),
        ("sedes=on&uf=PE", [ONE]),
        ("texto=operadora+exemplo", [ONE, TWO, THREE]),
        ("texto=" + "1" * 14, []),
        ("texto=%25%25%25", []),
        ("texto=%00abc", []),
        ("", []),
        ("pagina=99&uf=MG", [THREE]),
        ("texto=ab", []),
        ("texto=" + "x" * 300, []),
        ("uf=XX", []),
    ],
)
def test_the_query_finds_by_number_name_state_and_kind(asked: str, found: list[str]) -> None:
    shown = text_of(Client(), f"{reverse('cnes-consulta')}?{asked}")
    assert sorted(re.findall(r'href="/cnes/([0-9]{7})/"', shown)) == sorted(found)


@pytest.mark.usefixtures("base")
def test_nobody_is_looked_for_by_cpf() -> None:
    shown = text_of(Client(), f"{reverse('cnes-consulta')}?texto={DIRECTOR}")
    assert "Por CPF não se consulta. Use" in shown
    assert "/cnes/8" not in shown


@pytest.mark.usefixtures("base")
@pytest.mark.requirement("R002", "R003", "R007")
def test_an_establishment_says_whether_it_counts() -> None:
    assert "Vale como sede de operadora" in text_of(Client(), f"/cnes/{ONE}/")
    assert "o subtipo é 003, e não 005" in text_of(Client(), f"/cnes/{TWO}/")
    assert "está desativado" in text_of(Client(), f"/cnes/{THREE}/")
    text_of(Client(), "/cnes/9999999/", 404)


@pytest.mark.usefixtures("base")
def test_the_director_is_shown_masked_to_who_entered_and_to_nobody_else() -> None:
    public = text_of(Client(), f"/cnes/{ONE}/")
    masked = cpf_rules.mask(DIRECTOR)
    assert masked not in public
    assert "diretor" not in public.lower().replace("diretor clínico, gerente", "")
    assert DIRECTOR not in public
    somebody = client_of(OTHER)
    shown = text_of(somebody, f"/cnes/{ONE}/")
    assert masked in shown
    assert DIRECTOR not in shown
    assert [one.acao for one in audit.about(f"cpf:{DIRECTOR}")] == ["cnes:diretor:consultado"]


@pytest.mark.requirement("R004", "R005")
def test_the_table_of_types_tells_what_68_005_is() -> None:
    shown = text_of(Client(), reverse("cnes-tipos"))
    assert "68/005" in shown
    assert (
        "Estabelecimento de cunho administrativo onde é sediada operadora de plano de assistência à saúde, "
        "nos termos da Lei nº 9.656, de 03 de junho de 1998"
    ) in shown
    assert "Portaria n° 186/SAS/MS, de 02 de março de 2016" in shown


@pytest.mark.requirement("R008", "R009")
def test_obter_cnes_stands_in_the_menu_under_acesso_rapido_and_links_the_wiki() -> None:
    home = text_of(Client(), "/")
    quick = home.index("Acesso Rápido")
    assert home.index(f'href="{reverse("cnes-obter")}"') > quick
    assert "Obter CNES" in home[quick:]
    assert WIKI in text_of(Client(), reverse("cnes-obter"))


# -- the registration ------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R001", "R007")
def test_a_head_office_is_registered_on_the_pages_step_by_step(member: Client) -> None:
    assert "A operadora não tem estabelecimento na base" in text_of(member, "/cnes/sede/")
    sent = member.post("/cnes/sede/novo/", FORM)
    one = services.registrations_of(MINE)[0]
    assert (sent.status_code, sent["Location"]) == (302, f"/cnes/sede/{one.id}/")
    for _ in range(3):
        shown = text_of(member, f"/cnes/sede/{one.id}/")
        situation = re.search(r'name="situacao" value="(\w+)"', shown)
        assert situation
        member.post(f"/cnes/sede/{one.id}/avancar/", {"situacao": situation[1]})
    one = services.registrations_of(MINE)[0]
    assert one.cnes
    assert "Vale como sede de operadora" in text_of(member, f"/cnes/{one.cnes}/")
    assert "Registrar a sede</a>" not in text_of(member, "/cnes/sede/")
    assert member.post(f"/cnes/sede/{one.id}/desativar/", {"motivo": ""}).status_code == 200
    member.post(f"/cnes/sede/{one.id}/desativar/", {"motivo": "<b>fim</b>"})
    assert services.registrations_of(MINE)[0].situacao is Situacao.DESATIVADO
    assert "<b>fim" not in member.get(f"/cnes/sede/{one.id}/").content.decode()


def test_faults_are_tied_to_their_fields(member: Client) -> None:
    shown = html.unescape(member.post("/cnes/sede/novo/", FORM | {"cep": "1", "email": "x"}).content.decode())
    assert 'href="#id_cep"' in shown
    assert 'href="#id_email"' in shown
    assert not models.Cadastro.objects.exists()


def test_a_replayed_form_changes_nothing_twice(member: Client) -> None:
    member.post("/cnes/sede/novo/", FORM)
    member.post("/cnes/sede/novo/", FORM)
    (one,) = services.registrations_of(MINE)
    for _ in range(2):
        member.post(f"/cnes/sede/{one.id}/avancar/", {"situacao": "PRE_CADASTRO"})
    assert services.registrations_of(MINE)[0].situacao is Situacao.EM_CONSISTENCIA


def test_of_another_operadora_nothing_is_found(member: Client) -> None:
    member.post("/cnes/sede/novo/", FORM)
    (one,) = services.registrations_of(MINE)
    stranger = client_of(OTHER, OTHERS)
    assert stranger.get(f"/cnes/sede/{one.id}/").status_code == 404
    assert stranger.post(f"/cnes/sede/{one.id}/avancar/", {"situacao": "PRE_CADASTRO"}).status_code == 404
    assert stranger.post(f"/cnes/sede/{one.id}/desativar/", {"motivo": "meu"}).status_code == 404
    assert stranger.post(f"/cnes/sede/{one.id}/desativar/", {"motivo": ""}).status_code == 404
    assert services.registrations_of(MINE)[0].situacao is Situacao.PRE_CADASTRO


def test_a_step_from_a_state_that_is_none_is_not_found(member: Client) -> None:
    member.post("/cnes/sede/novo/", FORM)
    (one,) = services.registrations_of(MINE)
    assert member.post(f"/cnes/sede/{one.id}/avancar/", {"situacao": "OUTRA"}).status_code == 404


def test_who_loses_the_operadora_loses_the_page_at_once(member: Client) -> None:
    from vincula.common.accounts.services import leave_operadora

    assert member.get("/cnes/sede/").status_code == 200
    leave_operadora(Pessoa.objects.get(cpf=cpf_rules.complete("990200110")), MINE)
    assert member.get("/cnes/sede/").status_code == 403


def test_the_form_says_whose_head_office_it_is(member: Client) -> None:
    assert cnpj.format(BY_REGISTRO[MINE].cnpj) in text_of(member, "/cnes/sede/novo/")
