"""What accounts withstand: planted sessions, links that are led elsewhere, and what would lock others out."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client

from tests.common.threads import at_once
from vincula.common.accounts import establishments, invitations, own
from vincula.common.accounts.claiming import claim
from vincula.common.accounts.lockout import counted_place
from vincula.common.accounts.models import Convite, Pessoa
from vincula.common.accounts.services import create_person, join_cnes, set_password
from vincula.common.mail.models import Correio
from vincula.common.outcomes import Accepted

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
MARIA, NEW, PASSWORD, OTHER = "52998224725", "11144477735", "Senha@123", "Outra@456"
EMAIL, THIEF = "maria@exemplo.com.br", "ladrao@exemplo.com.br"


@pytest.fixture(autouse=True)
def maria(monkeypatch: pytest.MonkeyPatch) -> Pessoa:
    monkeypatch.setattr(own, "ANSWER_SECONDS", 0.0)
    made = create_person(MARIA, "Maria da Silva", email=EMAIL, password=PASSWORD)
    assert isinstance(made, Accepted)
    return made.value


def enter(client: Client, cpf: str = MARIA, password: str = PASSWORD) -> Any:
    return client.post("/entrar/", {"cpf": cpf, "password": password})


def inside(key: str) -> bool:
    """Whether whoever has this key of a session is somebody."""
    thief = Client()
    thief.cookies["sessionid"] = key
    return thief.get("/senha/trocar/").status_code == 200


def key_of(client: Client) -> str:
    return str(client.cookies["sessionid"].value)


def last_link() -> str:
    found = re.search(r"https?://\S+/senha/convite/\S+", Correio.objects.order_by("-pk")[0].texto)
    assert found
    return found[0]


def register(client: Client, cpf: str, email: str) -> None:
    client.post("/cadastrar/", {"cpf": cpf, "nome": "Nome Qualquer", "email": email, "termos": "on"})


def letters_to(address: str) -> int:
    return Correio.objects.filter(para=address).count()


def test_the_key_of_the_session_changes_at_each_entry_and_at_the_change_of_the_password() -> None:
    client = Client()
    client.get("/senha/convite/plantado/")
    keys = [key_of(client)]
    for _ in range(2):  # the second time he is in already
        enter(client)
        keys.append(key_of(client))
    client.post("/senha/trocar/", {"atual": PASSWORD, "nova": OTHER, "repetida": OTHER})
    keys.append(key_of(client))
    assert len(set(keys)) == len(keys)
    assert [inside(key) for key in keys] == [False, False, False, True]


def test_whoever_planted_a_session_learns_nothing_of_the_link_that_is_followed_in_it() -> None:
    client = Client()
    client.get("/senha/convite/x/")
    planted = key_of(client)
    client.post("/senha/recuperar/", {"cpf": MARIA})
    client.get(last_link())
    assert client.get("/senha/nova/").status_code == 200
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.post("/senha/nova/", {"nova": OTHER, "repetida": OTHER}).status_code == 410
    assert Pessoa.objects.get(cpf=MARIA).check_password(PASSWORD)


def test_a_password_given_by_whoever_runs_the_installation_ends_the_sessions(maria: Pessoa) -> None:
    client = Client()
    enter(client)
    set_password(maria, OTHER)
    assert not inside(key_of(client))


@pytest.mark.parametrize(
    ("names", "host", "leads"),
    [
        (["site.exemplo"], "site.exemplo", "http://site.exemplo/"),
        (["site.exemplo"], "site.exemplo:8000", "http://site.exemplo:8000/"),
        (["site.exemplo", "*"], "mau.exemplo", "http://site.exemplo/"),
        ([".exemplo", "site.exemplo"], "mau.exemplo", "http://site.exemplo/"),
        (["site.exemplo", "outro.exemplo"], "outro.exemplo", "http://outro.exemplo/"),
    ],
)
def test_a_link_leads_to_a_name_of_the_installation_whatever_the_visitor_says(
    settings: Any, names: list[str], host: str, leads: str
) -> None:
    settings.ALLOWED_HOSTS = names
    Client().post("/senha/recuperar/", {"cpf": MARIA}, headers={"host": host})
    assert last_link().startswith(leads + "senha/convite/")


def test_a_name_that_the_installation_does_not_have_sends_no_mail(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["site.exemplo"]
    for host in ("mau.exemplo", "site.exemplo@mau.exemplo", "site.exemplo\r\nX: y", "site.exemplo:80/x"):
        assert Client().post("/senha/recuperar/", {"cpf": MARIA}, headers={"host": host}).status_code == 400
    assert not Correio.objects.exists()


def test_nobody_uses_up_the_links_of_another() -> None:
    for _ in range(10):  # from elsewhere, with the CPF of hers and an address of his
        register(Client(REMOTE_ADDR="192.0.2.7"), MARIA, THIEF)
        register(Client(REMOTE_ADDR="192.0.2.7"), NEW, THIEF)
    before = letters_to(EMAIL)
    Client().post("/senha/recuperar/", {"cpf": MARIA})
    assert letters_to(EMAIL) == before + 1
    register(Client(), NEW, "joao@exemplo.com.br")
    assert letters_to("joao@exemplo.com.br") == 1


def test_who_is_sent_no_further_link_has_good_ones_already() -> None:
    for _ in range(10):
        Client(REMOTE_ADDR="192.0.2.7").post("/senha/recuperar/", {"cpf": MARIA})
    assert letters_to(EMAIL) == 3
    assert Client().get(last_link(), follow=True).status_code == 200
    register(Client(), MARIA, EMAIL)
    assert letters_to(EMAIL) == 4, "who tries to register him is another matter"


def test_no_mailbox_is_filled_by_many_addresses() -> None:
    for number in range(30):
        register(Client(REMOTE_ADDR=f"192.0.2.{number}"), NEW if number % 2 else MARIA, THIEF)
        register(Client(REMOTE_ADDR=f"192.0.2.{number}"), "39053344705", THIEF)
    assert letters_to(THIEF) <= invitations.PER_MAILBOX


def test_a_system_that_calls_with_wrong_passwords_shuts_nobody_out_elsewhere(maria: Pessoa) -> None:
    join_cnes(maria, "7000011", "ADMINISTRADOR")

    def tried(password: str, caller: str) -> bool:
        return establishments.administers("7000011", MARIA, password, caller=caller)

    assert [tried("errada", "credencial:1") for _ in range(6)] == [False] * 6
    assert not tried(PASSWORD, "credencial:1"), "that one is shut out"
    assert tried(PASSWORD, "credencial:2")
    assert enter(Client()).status_code == 302


@pytest.mark.parametrize(
    ("given", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unix", "unix"),
    ],
)
def test_an_attempt_is_counted_at_the_network_that_one_visitor_has(given: str, counted: str) -> None:
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = given
    assert counted_place(request) == counted


def self_registered(email: str = THIEF) -> Pessoa:
    register(Client(), NEW, email)
    client = Client()
    client.get(last_link())
    client.post("/senha/nova/", {"nova": PASSWORD, "repetida": PASSWORD})
    return Pessoa.objects.get(cpf=NEW)


def test_an_account_opened_with_an_email_alone_goes_to_the_first_who_proves_the_cpf() -> None:
    mine = self_registered()
    thief = Client()
    assert enter(thief, NEW).status_code == 302
    Client().post("/senha/recuperar/", {"cpf": NEW})
    kept = last_link()
    assert claim(mine, "JOÃO PEREIRA LIMA", "joao@exemplo.com.br", same=False)
    after = Pessoa.objects.get(cpf=NEW)
    assert (after.nome, after.email, after.has_usable_password()) == (
        "JOÃO PEREIRA LIMA",
        "joao@exemplo.com.br",
        False,
    )
    assert not inside(key_of(thief))
    assert enter(Client(), NEW).status_code == 200
    assert Client().get(kept, follow=True).status_code == 410
    Client().post("/senha/recuperar/", {"cpf": NEW})
    assert Correio.objects.order_by("-pk")[0].para == "joao@exemplo.com.br"
    assert not claim(after, "OUTRO", "outro@exemplo.com.br", same=False), "once"


@pytest.mark.parametrize(
    ("email", "same", "keeps"),
    [("joao@exemplo.com.br", False, True), ("outro@exemplo.com.br", True, True), ("", False, False), (EMAIL, False, False)],
)  # fmt: skip
def test_who_registered_himself_keeps_his_password(email: str, same: bool, keeps: bool) -> None:
    mine = self_registered("joao@exemplo.com.br")
    assert claim(mine, "JOÃO", email, same=same) is not keeps
    after = Pessoa.objects.get(cpf=NEW)
    assert after.has_usable_password() is keeps
    assert after.email == ("joao@exemplo.com.br" if keeps else None), (
        "of an address of another's he does without"
    )


def test_what_the_installation_has_opened_is_nobodys_to_take(maria: Pessoa) -> None:
    assert not claim(maria, "OUTRA", "", same=False)
    assert Pessoa.objects.get(cpf=MARIA).check_password(PASSWORD)


@pytest.mark.django_db(databases=["default", "audit"], transaction=True)
def test_of_many_who_use_a_link_at_once_one_does() -> None:
    token: list[str] = []
    invitations.ask_recovery(MARIA, "192.0.2.7", lambda made: token.append(made) or made)  # type: ignore[func-returns-value]
    seen: list[bool] = []
    passwords = [f"Senha@{number}{number}{number}" for number in range(5)]
    at_once(
        [
            lambda one=one: seen.append(isinstance(invitations.redeem(token[0], one), Accepted))
            for one in passwords
        ]
    )  # type: ignore[misc]
    assert sorted(seen) == [False] * 4 + [True]
    assert not Convite.objects.exists()
