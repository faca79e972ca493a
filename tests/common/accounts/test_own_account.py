"""Self-registration, recovery and change of the password: one-time links, and nothing that tells who has an account."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from vincula.common.accounts import own
from vincula.common.accounts.models import Convite, Pessoa
from vincula.common.accounts.retention import purge_invitations
from vincula.common.accounts.services import create_person
from vincula.common.outcomes import Accepted

mail = pytest.importorskip("vincula.common.mail.models", reason="precisa de common/mail")
pytestmark = pytest.mark.django_db(databases=["default", "audit"])
MARIA, NEW, PASSWORD, OTHER = "52998224725", "11144477735", "Senha@123", "Outra@456"
SIGNUP = {"nome": "João Pereira Lima", "email": "joao@exemplo.com.br", "termos": "on"}


@pytest.fixture(autouse=True)
def maria(monkeypatch: pytest.MonkeyPatch) -> Pessoa:
    monkeypatch.setattr(own, "ANSWER_SECONDS", 0.0)
    made = create_person(MARIA, "Maria da Silva", email="maria@exemplo.com.br", password=PASSWORD)
    assert isinstance(made, Accepted)
    return made.value


def letters() -> list[Any]:
    return list(mail.Correio.objects.order_by("pk"))


def link() -> str:
    """The path of the link in the last mail."""
    found = re.search(r"http://testserver(/senha/convite/\S+)", letters()[-1].texto)
    assert found
    return found[1]


def choose(client: Client, path: str, password: str = OTHER) -> Any:
    client.get(path)
    return client.post("/senha/nova/", {"nova": password, "repetida": password})


def enters(cpf: str, password: str) -> bool:
    return bool(Client().post("/entrar/", {"cpf": cpf, "password": password}).status_code == 302)


def test_an_address_to_which_no_mail_goes_is_said_at_once(client: Client) -> None:
    answer = client.post("/cadastrar/", {"cpf": NEW, **SIGNUP, "email": "joao@órgão.br"})
    assert "sem acentos" in answer.content.decode()
    assert not letters()


@pytest.mark.requirement("R013", "R033", "R044")
def test_an_account_is_opened_by_its_person_with_the_link(client: Client) -> None:
    client.post("/cadastrar/", {"cpf": NEW, **SIGNUP})
    assert not Pessoa.objects.filter(cpf=NEW).exists(), "not before the link is followed"
    assert letters()[-1].para == "joao@exemplo.com.br"
    path = link()
    answer = client.get(path)
    assert answer["Location"] == "/senha/nova/", "what the link bears stays in no address"
    weak = client.post("/senha/nova/", {"nova": "fraca", "repetida": "fraca"})
    assert "A senha precisa de" in weak.content.decode()
    assert choose(client, path)["Location"] == "/entrar/"
    assert enters(NEW, OTHER)


@pytest.mark.requirement("R015")
def test_a_forgotten_password_is_recovered_with_the_link_once(client: Client) -> None:
    session = Client()
    session.post("/entrar/", {"cpf": MARIA, "password": PASSWORD})
    client.post("/senha/recuperar/", {"cpf": MARIA})
    path = link()
    assert MARIA not in path
    assert choose(client, path).status_code == 302
    assert enters(MARIA, OTHER)
    assert not enters(MARIA, PASSWORD)
    assert session.get("/senha/trocar/").status_code == 302, "the other sessions have ended"
    assert choose(client, path).status_code == 410
    assert choose(Client(), path, "Terceira@789").status_code == 410


def test_a_link_ends_and_an_invented_one_opens_nothing(client: Client) -> None:
    client.post("/senha/recuperar/", {"cpf": MARIA})
    path = link()
    Convite.objects.update(vale_ate=timezone.now() - timedelta(seconds=1))
    assert choose(client, path).status_code == 410
    assert choose(client, "/senha/convite/inventado/").status_code == 410
    assert purge_invitations(timezone.now()) == 1


@pytest.mark.parametrize(
    ("address", "known", "unknown"),
    [
        ("/senha/recuperar/", {"cpf": MARIA}, {"cpf": NEW}),
        ("/cadastrar/", {"cpf": MARIA, **SIGNUP}, {"cpf": NEW, **SIGNUP}),
        ("/cadastrar/", {"cpf": NEW, **SIGNUP, "email": "maria@exemplo.com.br"}, {"cpf": NEW, **SIGNUP}),
    ],
)
def test_nobody_learns_who_has_an_account(
    client: Client, address: str, known: dict[str, str], unknown: dict[str, str]
) -> None:
    def page(said: dict[str, str]) -> tuple[int, str]:
        answer = Client().post(address, said)
        return answer.status_code, re.sub(r'value="[^"]*"', "", answer.content.decode())

    assert page(known) == page(unknown)


def test_the_answer_takes_its_time_with_an_account_and_without(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own, "ANSWER_SECONDS", 0.3)
    for cpf in (MARIA, NEW):
        started = time.monotonic()
        client.post("/senha/recuperar/", {"cpf": cpf})
        assert 0.3 <= time.monotonic() - started < 1.5


def test_whoever_has_an_account_is_told_by_mail_and_loses_nothing(client: Client) -> None:
    client.post("/cadastrar/", {"cpf": MARIA, **SIGNUP})
    (letter,) = letters()
    assert letter.para == "maria@exemplo.com.br"
    assert "/senha/convite/" not in letter.texto
    assert enters(MARIA, PASSWORD)


def test_nobody_is_flooded(client: Client) -> None:
    for _ in range(10):
        assert client.post("/senha/recuperar/", {"cpf": MARIA}).status_code == 200
    assert len(letters()) == 3


def test_a_stranger_who_types_a_cpf_takes_nothing_from_its_owner(client: Client) -> None:
    client.post("/cadastrar/", {"cpf": NEW, **SIGNUP})
    first = link()
    client.post("/cadastrar/", {"cpf": NEW, **SIGNUP, "email": "outro@exemplo.com.br"})
    second = link()
    assert choose(Client(), second).status_code == 302
    assert choose(Client(), first, PASSWORD).status_code == 410
    assert enters(NEW, OTHER)


@pytest.mark.requirement("R015")
def test_the_password_is_changed_with_the_present_one(client: Client) -> None:
    client.post("/entrar/", {"cpf": MARIA, "password": PASSWORD})
    elsewhere = Client()
    elsewhere.post("/entrar/", {"cpf": MARIA, "password": PASSWORD})
    said = {"nova": OTHER, "repetida": OTHER}
    assert client.post("/senha/trocar/", {"atual": "Errada@1", **said}).status_code == 200
    assert enters(MARIA, PASSWORD)
    assert client.post("/senha/trocar/", {"atual": PASSWORD, **said}).status_code == 302
    assert enters(MARIA, OTHER)
    assert client.get("/senha/trocar/").status_code == 200, "this session goes on"
    assert elsewhere.get("/senha/trocar/").status_code == 302, "the others have ended"


def test_a_session_by_govbr_needs_no_present_password(client: Client, maria: Pessoa) -> None:
    client.force_login(maria, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["entrada"] = ["govbr", "prata"]
    session.save()
    assert client.post("/senha/trocar/", {"nova": OTHER, "repetida": OTHER}).status_code == 302
    assert enters(MARIA, OTHER)


def test_who_has_not_entered_changes_nothing(client: Client) -> None:
    assert client.post("/senha/trocar/", {"nova": OTHER, "repetida": OTHER})["Location"].startswith(
        "/entrar/"
    )
    assert enters(MARIA, PASSWORD)
