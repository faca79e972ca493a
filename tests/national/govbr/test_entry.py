"""Entering by gov.br: away, back, who is known then, and out again."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.national.govbr.world import (
    BRONZE,
    GOLD,
    NO_LEVEL,
    SILVER,
    SOCIAL,
    UNVERIFIED,
    Visitor,
    World,
    local,
    said,
)
from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.services import create_person, entry_of
from vincula.common.audit.services import about
from vincula.common.outcomes import Accepted
from vincula.national.govbr import services
from vincula.sandbox.govbr.people import Person

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PASSWORD = "Senha@123"


def enter(client: Client, visitor: Visitor, person: Person | None, target: str = "") -> Any:
    """The whole way; the answer of the site to the return."""
    away = client.get("/govbr/entrar/", {"next": target} if target else {})
    return client.get(local(visitor.chooses(away["Location"], person)))


def account(person: Person, **more: Any) -> Pessoa:
    made = create_person(person.cpf, person.name, password=PASSWORD, **more)
    assert isinstance(made, Accepted)
    return made.value


@pytest.mark.requirement("R021")
@pytest.mark.parametrize(
    ("person", "level"),
    [(GOLD, "ouro"), (SILVER, "prata"), (BRONZE, "bronze"), (NO_LEVEL, "bronze")],
    ids=["ouro", "prata com CPF pontuado", "bronze", "sem nível conta como bronze"],
)
def test_whoever_comes_by_govbr_is_known_by_his_cpf_with_the_level_and_linked(
    govbr: World, client: Client, visitor: Visitor, person: Person, level: str
) -> None:
    assert services.link_of(person.cpf) is None
    answer = enter(client, visitor, person)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    request = client.get("/").wsgi_request
    assert request.user.cpf == person.cpf
    assert services.entry_level(request) == level
    link = services.link_of(person.cpf)
    assert link is not None
    assert (link.cpf, link.level, link.since) == (person.cpf, level, link.last)


def test_the_way_there_has_all_that_the_guide_asks_for(govbr: World, client: Client) -> None:
    url = client.get("/govbr/entrar/")["Location"]
    asked = said(url)
    assert url.startswith(f"{govbr.provider.issuer}/authorize?")
    assert asked["response_type"] == "code"
    assert asked["client_id"] == "vincula-sandbox"
    assert asked["scope"] == "openid email profile govbr_confiabilidades govbr_confiabilidades_idtoken"
    assert asked["redirect_uri"] == "http://testserver/govbr/retorno/"
    assert asked["code_challenge_method"] == "S256"
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 43
    again = said(client.get("/govbr/entrar/")["Location"])
    assert all(asked[name] != again[name] for name in ("state", "nonce", "code_challenge"))


def test_an_account_is_opened_without_password_with_the_confirmed_email_and_the_social_name(
    govbr: World, client: Client, visitor: Visitor
) -> None:
    enter(client, visitor, SOCIAL)
    opened = Pessoa.objects.get(cpf=SOCIAL.cpf)
    assert (opened.nome, opened.nome_social, opened.email) == (SOCIAL.name, SOCIAL.social_name, SOCIAL.email)
    assert not opened.has_usable_password()


def test_an_unconfirmed_email_is_not_taken(govbr: World, client: Client, visitor: Visitor) -> None:
    enter(client, visitor, UNVERIFIED)
    assert Pessoa.objects.get(cpf=UNVERIFIED.cpf).email is None


def test_an_email_that_somebody_else_has_is_left_to_him(
    govbr: World, client: Client, visitor: Visitor
) -> None:
    account(BRONZE, email=GOLD.email.upper())
    enter(client, visitor, GOLD)
    assert Pessoa.objects.get(cpf=GOLD.cpf).email is None


def test_an_account_that_is_there_stays_as_it_is_and_is_linked(
    govbr: World, client: Client, visitor: Visitor
) -> None:
    mine = account(GOLD, email="outra@exemplo.invalid")
    enter(client, visitor, GOLD)
    after = Pessoa.objects.get(cpf=GOLD.cpf)
    assert (after.pk, after.email, after.check_password(PASSWORD)) == (mine.pk, "outra@exemplo.invalid", True)
    assert services.link_of(GOLD.cpf) is not None


def test_the_password_session_of_the_same_person_becomes_a_govbr_session(
    govbr: World, client: Client, visitor: Visitor
) -> None:
    account(GOLD)
    client.post("/entrar/", {"cpf": GOLD.cpf, "password": PASSWORD})
    assert services.entry_level(client.get("/").wsgi_request) == ""
    enter(client, visitor, GOLD)
    assert services.entry_level(client.get("/").wsgi_request) == "ouro"


def test_a_person_of_another_cpf_is_not_linked_to_the_session_that_is_open(
    govbr: World, client: Client, visitor: Visitor
) -> None:
    account(BRONZE)
    client.post("/entrar/", {"cpf": BRONZE.cpf, "password": PASSWORD})
    page = client.get(enter(client, visitor, GOLD)["Location"])
    assert page.status_code == 409
    text = page.content.decode()
    assert "é de outra pessoa" in text
    assert (text.count('href="/govbr/sair/"'), "/govbr/entrar/" in text) == (1, False), (
        "it would be refused again"
    )
    client.get("/govbr/sair/")
    back = client.get("/govbr/saida/")
    assert back["Location"] == "/govbr/recusado/"
    text = client.get(back["Location"]).content.decode()
    assert "Você saiu da conta gov.br" in text
    assert "/govbr/entrar/" in text
    assert client.get("/").wsgi_request.user.cpf == BRONZE.cpf
    assert services.link_of(GOLD.cpf) is None
    assert not Pessoa.objects.filter(cpf=GOLD.cpf).exists()
    assert [event.acao for event in about(f"cpf:{BRONZE.cpf}")].count("govbr:vinculo:recusado") == 1


def test_a_deactivated_account_does_not_open(govbr: World, client: Client, visitor: Visitor) -> None:
    Pessoa.objects.filter(pk=account(GOLD).pk).update(is_active=False)
    page = client.get(enter(client, visitor, GOLD)["Location"])
    assert "está desativada" in page.content.decode()
    assert not client.get("/").wsgi_request.user.is_authenticated
    assert services.link_of(GOLD.cpf) is None


def test_who_gives_up_at_govbr_is_told_what_to_do(govbr: World, client: Client, visitor: Visitor) -> None:
    page = client.get(enter(client, visitor, None)["Location"])
    assert "não foi concluída no gov.br" in page.content.decode()
    assert "GOVBR_CANCELADO" in page.content.decode()


def test_the_page_wanted_is_reached(govbr: World, client: Client, visitor: Visitor) -> None:
    assert enter(client, visitor, GOLD, "/mapa/?a=1")["Location"] == "/mapa/?a=1"


def test_no_token_and_no_code_is_kept_anywhere(govbr: World, client: Client, visitor: Visitor) -> None:
    away = client.get("/govbr/entrar/")["Location"]
    back = visitor.chooses(away, GOLD)
    answer = client.get(local(back))
    kept = str(dict(client.session)) + str(answer.headers)
    assert said(back)["code"] not in kept
    assert "eyJ" not in kept
    assert said(away)["nonce"] not in kept


def test_a_second_entry_renews_the_link_and_a_new_level_is_audited(
    govbr: World, client: Client, visitor: Visitor
) -> None:
    enter(client, visitor, SILVER)
    first = services.link_of(SILVER.cpf)
    url = client.get("/govbr/nivel/aumentar/?nivel=ouro")["Location"]
    back = visitor.http.post(url, data={"nivel": "gold"}).headers["Location"]
    assert back == "http://testserver/govbr/nivel/retorno/"
    client.get(local(visitor.chooses(client.get(local(back))["Location"], SILVER)))
    second = services.link_of(SILVER.cpf)
    assert first is not None
    assert second is not None
    assert (second.since, second.level) == (first.since, "ouro")
    assert second.last > first.last
    actions = [event.acao for event in about(f"cpf:{SILVER.cpf}")]
    assert actions.count("govbr:vinculo:criado") == 1
    assert actions.count("govbr:nivel:mudado") == 1


def test_leaving_here_is_leaving_govbr_too(govbr: World, client: Client, visitor: Visitor) -> None:
    enter(client, visitor, GOLD)
    assert (
        visitor.http.get(client.get("/govbr/entrar/")["Location"]).status_code == 302
    )  # still logged in there
    gone = client.post("/sair/")
    assert gone["Location"] == "/govbr/sair/"
    page = client.get("/govbr/sair/")
    url = (
        f"{govbr.provider.issuer}/logout?post_logout_redirect_uri=http%3A%2F%2Ftestserver%2Fgovbr%2Fsaida%2F"
    )
    assert f'<meta http-equiv="refresh" content="0; url={url}">' in page.content.decode()
    back = visitor.http.get(url)
    assert back.headers["Location"] == "http://testserver/govbr/saida/"
    shown = client.get("/govbr/saida/", follow=True)
    assert "Você saiu do gov.br" in shown.content.decode()
    assert (
        visitor.http.get(client.get("/govbr/entrar/")["Location"]).status_code == 200
    )  # asked who he is again


def test_who_came_by_password_does_not_leave_govbr(govbr: World, client: Client) -> None:
    account(GOLD)
    client.post("/entrar/", {"cpf": GOLD.cpf, "password": PASSWORD})
    assert client.post("/sair/")["Location"] == "/entrar/"


def test_the_button_is_on_the_login_page_and_keeps_the_page_wanted(govbr: World, client: Client) -> None:
    page = client.get("/entrar/?next=/mapa/").content.decode()
    assert 'href="/govbr/entrar/?next=%2Fmapa%2F"' in page


def test_without_govbr_there_is_no_button_and_the_address_says_why(client: Client) -> None:
    assert not services.is_configured()
    assert "GOV.BR" not in client.get("/entrar/").content.decode()
    page = client.get("/govbr/entrar/").content.decode()
    assert "não está ligada ao gov.br" in page
    assert "órgãos públicos" in page
    assert client.get("/govbr/retorno/?code=x&state=y")["Location"] == "/govbr/entrar/"


def test_entry_of_govbr_has_its_means(govbr: World, client: Client, visitor: Visitor) -> None:
    enter(client, visitor, GOLD)
    entry = entry_of(client.get("/").wsgi_request)
    assert entry is not None
    assert (entry.means, entry.level) == ("govbr", "ouro")
