"""Pages that ask for a level of the gov.br account; and who may open gov.br's own pages."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tests.national.govbr.test_entry import PASSWORD, account, enter
from tests.national.govbr.world import BRONZE, GOLD, SILVER, Visitor, World, local
from vincula.national.govbr import urls
from vincula.national.govbr.access import level_required
from vincula.sandbox.govbr.people import Person
from vincula.site import urls as real

pytestmark = [pytest.mark.django_db(databases=["default", "audit"]), pytest.mark.urls(__name__)]


@level_required("prata")
def guarded(request: HttpRequest) -> HttpResponse:
    return HttpResponse("aberta")


urlpatterns = [*real.urlpatterns, path("guardada/", guarded)]
handler403 = real.handler403


def test_a_level_that_govbr_does_not_have() -> None:
    with pytest.raises(ValueError):
        level_required("diamante")


def test_without_a_session_one_comes_to_the_login_first(govbr: World, client: Client) -> None:
    assert client.get("/guardada/")["Location"] == "/entrar/?next=%2Fguardada%2F"


@pytest.mark.parametrize(("person", "opens"), [(GOLD, True), (SILVER, True), (BRONZE, False)])
def test_the_level_of_the_session_opens_or_does_not(
    govbr: World, client: Client, visitor: Visitor, person: Person, opens: bool
) -> None:
    answer = enter(client, visitor, person, "/guardada/")
    assert answer["Location"] == "/guardada/"
    opened = client.get("/guardada/")
    assert (opened.status_code == 200) is opens
    if not opens:
        page = client.get(opened["Location"])
        assert page.status_code == 403
        assert "exige conta gov.br de nível prata" in page.content.decode()
        assert "Aumentar o nível no gov.br" in page.content.decode()


def test_a_session_by_password_is_asked_to_come_by_govbr(govbr: World, client: Client) -> None:
    account(GOLD)
    client.post("/entrar/", {"cpf": GOLD.cpf, "password": PASSWORD})
    page = client.get("/guardada/", follow=True).content.decode()
    assert "Você não entrou com gov.br" in page
    assert 'href="/govbr/entrar/?next=%2Fguardada%2F"' in page


def test_the_level_is_raised_at_govbr_and_the_page_wanted_opens(
    govbr: World, client: Client, visitor: Visitor
) -> None:
    enter(client, visitor, BRONZE)
    client.get("/guardada/", follow=True)
    url = client.get("/govbr/nivel/aumentar/?nivel=prata")["Location"]
    assert url.startswith(
        f"{govbr.provider.step_up}?client_id=vincula-sandbox&niveis=%282%2F3%29&redirect_uri="
    )
    back = visitor.http.post(url, data={"nivel": "silver"}).headers["Location"]
    away = client.get(local(back))["Location"]
    assert client.get(local(visitor.chooses(away, BRONZE)))["Location"] == "/guardada/"
    assert client.get("/guardada/").content == b"aberta"


def test_coming_back_from_there_proves_nothing_by_itself(
    govbr: World, client: Client, visitor: Visitor
) -> None:
    enter(client, visitor, BRONZE)
    assert client.get("/govbr/nivel/retorno/")["Location"].startswith(f"{govbr.provider.issuer}/authorize?")
    assert client.get("/guardada/").status_code == 302


def test_without_govbr_the_page_says_that_it_cannot_be_opened_here(client: Client) -> None:
    account(GOLD)
    client.post("/entrar/", {"cpf": GOLD.cpf, "password": PASSWORD})
    page = client.get("/guardada/", follow=True).content.decode()
    assert "esta instalação não está ligada ao gov.br" in page
    told = client.get("/govbr/nivel/aumentar/", follow=True).content.decode()
    assert "GOVBR_AUSENTE" in told


@pytest.mark.parametrize("wanted", ["https://mau.exemplo/", "//mau.exemplo"])
def test_the_page_of_the_level_leads_nowhere_else(
    govbr: World, client: Client, visitor: Visitor, wanted: str
) -> None:
    enter(client, visitor, GOLD)
    assert client.get("/govbr/nivel/", {"nivel": "prata", "next": wanted})["Location"] == "/"


@pytest.mark.parametrize("name", [pattern.pattern for pattern in urls.urlpatterns], ids=str)
def test_what_is_opened_out_of_order_never_breaks(govbr: World, client: Client, name: object) -> None:
    answer = client.get(f"/govbr/{name}")
    assert answer.status_code in (200, 302, 403)
    assert "no-store" in answer["Cache-Control"]
