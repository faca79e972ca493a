"""The pages of the steps: open to everybody, and what they say of a person is said to him alone."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from vincula.common.accounts.services import create_person, join_operadora
from vincula.common.outcomes import Accepted
from vincula.national.onboarding import urls
from vincula.national.support.banner import _PAGES

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
ARGUMENTS = {"manual": ["sgop"], "manual-pdf": ["cadsus-web"]}


@pytest.mark.requirement("R018", "R020", "R028")
def test_everybody_reads_every_page_and_nobody_sends_anything() -> None:
    for one in urls.urlpatterns:
        address = reverse(str(one.name), args=ARGUMENTS.get(str(one.name), []))
        assert Client().get(address).status_code == 200, one.name
        assert Client().post(address).status_code == 405, one.name


@pytest.mark.requirement("R018", "R019", "R020", "R028")
def test_the_pages_tell_the_addresses_explain_quality_and_lead_to_the_manuals() -> None:
    def shown(path: str) -> str:
        return Client().get(path).content.decode()

    steps, more, sgop = shown("/passos/"), shown("/saiba-mais/"), shown("/operador/")
    assert "https://cadastro.saude.gov.br/operador/" in steps
    assert "https://cadastro.saude.gov.br/segcartao/" in steps
    assert 'href="/saiba-mais/"' in steps
    manual, pdf = reverse("manual", args=["sgop"]), reverse("manual-pdf", args=["sgop"])
    for page in (steps, more, sgop):
        assert f'href="{manual}"' in page
        assert f'href="{pdf}"' in page
    for part in (
        "grau de qualidade",
        "alta qualidade cadastral",
        "unidade de saúde",
        "Vale para todos os profissionais",
    ):
        assert part in more
    for name in ("manual-pdf", "infografico-pdf"):
        answer = Client().get(reverse(name, args=["cadsus-web"] if name == "manual-pdf" else []))
        assert answer["Content-Type"] == "application/pdf"
    assert reverse("manual-pdf", args=["cadsus-web"]) in more
    assert reverse("infografico-pdf") in more


def test_a_manual_that_is_none_is_not_found() -> None:
    assert Client().get("/saiba-mais/manual/nada/").status_code == 404


@pytest.mark.requirement("R010", "R051")
def test_where_one_stands_is_told_to_who_has_come_in() -> None:
    made = create_person("52998224725", "ANA EXEMPLO")
    assert isinstance(made, Accepted)
    person = Client()
    person.force_login(made.value, backend="django.contrib.auth.backends.ModelBackend")
    told = person.get("/passos/").content.decode()
    assert told.count("Espera pelos anteriores") == 5
    assert "O que falta:" in told
    assert "O que falta:" not in Client().get("/passos/").content.decode()


def test_who_is_of_no_operadora_names_the_cnes_and_who_is_of_several_chooses_one() -> None:
    made = create_person("52998224725", "ANA EXEMPLO")
    assert isinstance(made, Accepted)
    person = Client()
    person.force_login(made.value, backend="django.contrib.auth.backends.ModelBackend")
    assert "Informe abaixo o CNES" in person.get("/passos/").content.decode()
    for given, told in (
        ("7000011", "O CNES 7000011 não existe na base"),
        ("123", "O que falta:"),
        ('"><script>alert(1)</script>', "O que falta:"),
        ("\0" * 3, "O que falta:"),
    ):
        page = person.get("/passos/", {"cnes": given}).content.decode()
        assert told in page, given
        assert "<script>alert" not in page
    for registro in ("123456", "654321"):
        join_operadora(made.value, registro)
    page = person.get("/passos/").content.decode()
    assert "Escolher a operadora" in page
    assert 'name="cnes"' not in page


@pytest.mark.requirement("R069")
def test_an_interruption_is_told_where_the_service_is() -> None:
    """Each of the addresses on which it is shown is one that there is."""
    for path in _PAGES:
        assert Client().get(path).status_code != 404, path
