"""Login, lock-out, the chooser and the guard of the operadoras' pages, against the real base."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from vincula.common.accounts import session
from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.services import create_person, entry_of, join_operadora, leave_operadora
from vincula.common.accounts.session import operadora_required, register_operadora_names
from vincula.common.audit.services import about
from vincula.common.outcomes import Accepted
from vincula.site import urls as real

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

MARIA, UNKNOWN, PASSWORD = "52998224725", "11144477735", "Senha@123"


@operadora_required
def mine(request: HttpRequest, registro: str) -> HttpResponse:
    return HttpResponse(registro)


urlpatterns = [*real.urlpatterns, path("minha/", mine)]
handler403 = real.handler403


@pytest.fixture
def maria() -> Pessoa:
    outcome = create_person(MARIA, "Maria da Silva", password=PASSWORD)
    assert isinstance(outcome, Accepted)
    return outcome.value


def enter(client: Client, cpf: str = MARIA, password: str = PASSWORD, **extra: str) -> Any:
    return client.post("/entrar/", {"cpf": cpf, "password": password, **extra})


@pytest.mark.parametrize("written", ["52998224725", "529.982.247-25", " 529 982 247 25 "])
@pytest.mark.requirement("R156")
def test_the_login_is_the_cpf_however_it_is_written(client: Client, maria: Pessoa, written: str) -> None:
    answer = enter(client, written)
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    entry = entry_of(client.get("/").wsgi_request)
    assert entry is not None
    assert entry.means == "senha"


def test_a_wrong_password_and_an_unknown_cpf_get_the_very_same_page(client: Client, maria: Pessoa) -> None:
    def page(cpf: str) -> str:
        text = enter(client, cpf, "outra").content.decode()
        token = text.split('csrfmiddlewaretoken" value="')[1].split('"')[0]
        return text.replace(token, "").replace(cpf, "")

    assert page(MARIA) == page(UNKNOWN)
    assert "CPF ou senha não conferem." in page(MARIA)


@pytest.mark.parametrize("cpf", ["", "123", "52998224724", "11111111111", "x" * 500])
def test_what_is_no_cpf_is_said_at_once(client: Client, cpf: str) -> None:
    answer = enter(client, cpf)
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.content.decode()
    assert AccessAttempt.objects.count() == 0


def test_an_account_that_was_ended_does_not_enter(client: Client, maria: Pessoa) -> None:
    Pessoa.objects.filter(pk=maria.pk).update(is_active=False)
    assert "não conferem" in enter(client).content.decode()


@pytest.mark.parametrize("cpf", [MARIA, UNKNOWN])
def test_five_failures_lock_that_person_at_that_address_and_nobody_else(
    client: Client, maria: Pessoa, cpf: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for _ in range(4):
        assert enter(client, cpf, "errada").status_code == 200
    locked = enter(client, cpf, "errada")
    assert locked.status_code == 429
    assert "bloqueado por 15 minutos" in locked.content.decode()
    assert enter(client, cpf, PASSWORD).status_code == 429
    assert enter(client, f"{cpf[:3]}.{cpf[3:6]}.{cpf[6:9]}-{cpf[9:]}", PASSWORD).status_code == 429
    other = UNKNOWN if cpf == MARIA else MARIA
    assert enter(client, other, PASSWORD).status_code != 429
    assert client.get("/entrar/").status_code == 200 or other == MARIA
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert enter(elsewhere, cpf, PASSWORD).status_code == (302 if cpf == MARIA else 200)
    assert cpf not in caplog.text
    assert "errada" not in caplog.text


def test_what_is_kept_of_an_attempt_holds_neither_cpf_nor_password(client: Client, maria: Pessoa) -> None:
    enter(client, MARIA, "errada")
    enter(client, "529.982.247-25", "errada")
    attempt = AccessAttempt.objects.get()
    kept = " ".join(str(getattr(attempt, field.name)) for field in AccessAttempt._meta.fields)
    assert attempt.failures_since_start == 2
    for secret in (MARIA, "529.982", "errada"):
        assert secret not in kept


def test_a_success_starts_the_count_anew(client: Client, maria: Pessoa) -> None:
    for _ in range(4):
        enter(client, password="errada")
    enter(client)
    assert AccessAttempt.objects.count() == 0


@pytest.mark.parametrize(
    ("target", "lands"),
    [
        ("/mapa/", "/mapa/"),
        ("https://exemplo.invalid/", "/"),
        ("//exemplo.invalid/", "/"),
        ("/\\exemplo.invalid/", "/"),
        ("javascript:alert(1)", "/"),
        ("mapa/", "/"),
        ("", "/"),
    ],
)
def test_after_login_only_a_page_of_this_site_opens(
    client: Client, maria: Pessoa, target: str, lands: str
) -> None:
    assert enter(client, next=target)["Location"] == lands


def test_logins_failures_choices_and_logouts_are_audited(client: Client, maria: Pessoa) -> None:
    for registro in ("123456", "654321"):
        join_operadora(maria, registro)
    enter(client, password="errada")
    enter(client)
    client.post("/operadora/", {"operadora": "654321"})
    client.post("/sair/")
    actions = [one.acao for one in about(f"cpf:{MARIA}") if one.acao.split(":")[1] in {"sessao", "operadora"}]
    assert sorted(actions) == [
        "contas:operadora:escolhida",
        "contas:sessao:aberta",
        "contas:sessao:encerrada",
        "contas:sessao:recusada",
    ]


def test_a_link_to_the_logout_does_not_log_out(client: Client, maria: Pessoa) -> None:
    enter(client)
    assert client.get("/sair/").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/sair/")
    assert "_auth_user_id" not in client.session


class TestOperadora:
    """Who may open an operadora's page, and for which operadora."""

    @pytest.fixture(autouse=True)
    def guarded_page(self, settings: Any) -> None:
        settings.ROOT_URLCONF = __name__

    def test_a_visitor_is_sent_to_the_login_and_back(self, client: Client) -> None:
        assert client.get("/minha/?p=2")["Location"] == "/entrar/?next=%2Fminha%2F%3Fp%3D2"

    @pytest.mark.parametrize(
        ("referer", "target"),
        [
            ("http://testserver/minha/?p=2", "?next=%2Fminha%2F%3Fp%3D2"),
            ("https://outro.example/minha/", ""),
            ("", ""),
        ],
    )
    def test_a_form_that_comes_after_the_session_is_told_so_and_goes_back_to_its_page(
        self, client: Client, referer: str, target: str
    ) -> None:
        answer = client.post("/minha/", headers={"referer": referer})
        assert answer["Location"] == f"/entrar/{target}"
        assert "A sua sessão tinha terminado" in client.get(answer["Location"]).content.decode()

    def test_a_person_of_none_is_refused(self, client: Client, maria: Pessoa) -> None:
        enter(client)
        assert "não está ligada a nenhuma operadora" in client.get("/").content.decode()
        assert client.get("/minha/").status_code == 403

    @pytest.mark.requirement("R160")
    def test_a_person_of_one_goes_straight_on(self, client: Client, maria: Pessoa) -> None:
        join_operadora(maria, "123456")
        assert enter(client)["Location"] == "/"
        assert client.get("/minha/").content == b"123456"

    @pytest.mark.requirement("R155", "R157")
    def test_a_person_of_several_chooses_first(self, client: Client, maria: Pessoa) -> None:
        join_operadora(maria, "123456")
        join_operadora(maria, "654321")
        assert enter(client, next="/minha/")["Location"] == "/operadora/?next=%2Fminha%2F"
        text = client.get("/operadora/").content.decode()
        assert "123456" in text
        assert "654321" in text
        assert client.get("/minha/").status_code == 302
        answer = client.post("/operadora/", {"operadora": "654321", "next": "/minha/"})
        assert answer["Location"] == "/minha/"
        assert client.get("/minha/").content == b"654321"

    @pytest.mark.parametrize("forged", ["999999", "", "123456' OR 1=1"])
    def test_an_operadora_of_others_cannot_be_chosen(
        self, client: Client, maria: Pessoa, forged: str
    ) -> None:
        join_operadora(maria, "123456")
        join_operadora(maria, "654321")
        enter(client)
        answer = client.post("/operadora/", {"operadora": forged})
        assert answer.status_code == 200
        assert "Selecione uma operadora da lista" in answer.content.decode()
        assert client.get("/minha/").status_code == 302

    def test_a_membership_that_ends_while_the_session_is_open_ends_there(
        self, client: Client, maria: Pessoa
    ) -> None:
        for registro in ("123456", "654321"):
            join_operadora(maria, registro)
        enter(client)
        client.post("/operadora/", {"operadora": "654321"})
        leave_operadora(maria, "654321")
        assert client.get("/minha/").content == b"123456"
        leave_operadora(maria, "123456")
        assert client.get("/minha/").status_code == 403

    def test_names_come_from_whoever_knows_them(
        self, client: Client, maria: Pessoa, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(session, "_names", session._names)
        join_operadora(maria, "123456")
        enter(client)
        assert "Registro ANS 123456" in client.get("/").content.decode()
        register_operadora_names(lambda registros: {"123456": "SAÚDE & VIDA"})
        assert "123456 – SAÚDE &amp; VIDA" in client.get("/").content.decode()


def test_the_session_can_be_prolonged_by_its_person_only(client: Client, maria: Pessoa) -> None:
    late = client.post("/sessao/renovar/", headers={"referer": "http://testserver/mapa/"})
    assert late["Location"] == "/entrar/?next=%2Fmapa%2F"
    enter(client)
    assert client.get("/sessao/renovar/").status_code == 405
    answer = client.post("/sessao/renovar/", headers={"accept": "application/json"})
    assert answer.json() == {"seconds": 8 * 3600}
