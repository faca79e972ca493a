"""The queue: in the caller's transaction, to a server of another make, tried again, given up, read in the sandbox."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.common.mail.server import Heard, listening
from tests.common.threads import at_once
from vincula.common import config, retention
from vincula.common.accounts.services import create_person, set_staff
from vincula.common.mail import delivery, mailbox, services
from vincula.common.mail.models import Correio, Estado
from vincula.common.mail.rules import LEASE, PAUSES, in_words, look_again
from vincula.common.outcomes import Accepted, Refused

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)
TO = "ana@exemplo.com.br"
CODE = "Seu código: 482913"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    """Mail goes to a server of this test's own."""
    with listening() as heard:
        url = f"smtp+claro://127.0.0.1:{heard.port}?de=nao-responda@exemplo.com.br"
        with settings(monkeypatch, VINCULA_SMTP_URL=url):
            yield heard


@contextmanager
def settings(monkeypatch: pytest.MonkeyPatch, **values: str) -> Iterator[None]:
    """The installation's environment, otherwise, while the block runs."""
    with monkeypatch.context() as changed:
        for name, value in values.items():
            changed.setenv(name, value)
        config.load.cache_clear()
        yield
    config.load.cache_clear()


def queued(text: str = "Olá, José.", **more: datetime) -> Correio:
    made = services.send(TO, "Assunto", text, **more)
    assert isinstance(made, Accepted)
    return Correio.objects.get(pk=made.value)


def row() -> Correio:
    return Correio.objects.get()


def test_a_mail_is_of_the_callers_transaction() -> None:
    with transaction.atomic():
        queued()
        transaction.set_rollback(True)
    assert not Correio.objects.exists()
    assert isinstance(services.send("a@b.com\nBcc: c@d.com", "x", "y"), Refused)
    assert not Correio.objects.exists()


def test_it_arrives_and_its_text_does_not_stay(server: Heard) -> None:
    queued(CODE)
    assert delivery.deliver_due() == 1
    ((to, message),) = server.mails
    assert to == TO
    assert "From: nao-responda@exemplo.com.br" in message
    assert row().estado == Estado.ENVIADO
    assert row().texto == ""
    assert delivery.deliver_due() == 0


def test_what_the_server_puts_off_is_tried_again_later_and_at_last_given_up(
    server: Heard, capsys: pytest.CaptureFixture[str]
) -> None:
    now = queued().proxima
    for tries, pause in enumerate(PAUSES, start=1):
        server.answers = ["451 ana@exemplo.com.br: depois"]
        assert delivery.deliver_due(now) == 1
        assert (row().estado, row().tentativas, row().proxima) == (Estado.A_ENVIAR, tries, now + pause)
        assert delivery.deliver_due(now + pause - timedelta(seconds=1)) == 0
        now += pause
    server.answers = ["451 ana@exemplo.com.br: depois"]
    delivery.deliver_due(now)
    assert (row().estado, row().motivo) == (Estado.FALHOU, "SMTP_451")
    said = "".join(capsys.readouterr())
    assert "mail.given_up" in said
    assert TO not in said + str(row().motivo)
    assert services.retry_failed(actor="teste") == 1
    assert delivery.deliver_due() == 1
    assert row().estado == Estado.ENVIADO


def test_an_address_that_does_not_exist_is_not_tried_again(server: Heard) -> None:
    queued()
    server.answers = ["550 não há"]
    delivery.deliver_due()
    assert (row().estado, row().tentativas, row().motivo) == (Estado.FALHOU, 1, "SMTP_550")


def test_a_code_whose_time_has_passed_is_not_sent_and_not_kept(server: Heard) -> None:
    until = datetime.now(UTC) + timedelta(minutes=10)
    queued(CODE, until=until)
    server.answers = ["451 depois"]
    delivery.deliver_due()
    assert row().texto == CODE
    assert delivery.deliver_due(until + timedelta(seconds=1)) == 1
    assert (row().estado, row().motivo, row().texto) == (Estado.FALHOU, "VENCIDO", "")
    assert services.retry_failed(actor="teste") == 0
    assert not server.mails


def test_a_server_that_is_away_only_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening() as heard:
        port = heard.port
    with settings(monkeypatch, VINCULA_SMTP_URL=f"smtp+claro://127.0.0.1:{port}?de=a@b.com"):
        queued()
        delivery.deliver_due()
        assert (row().estado, row().motivo) == (Estado.A_ENVIAR, "ConnectionRefusedError")


def test_a_password_that_is_no_text_only_delays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "senha").write_bytes(b"\xff\xfe")
    url = f"smtps://vincula@127.0.0.1:9?de=a@b.com&senha={tmp_path / 'senha'}"
    with settings(monkeypatch, VINCULA_SMTP_URL=url):
        queued()
        assert delivery.deliver_due() == 1
    assert (row().estado, row().motivo) == (Estado.A_ENVIAR, "SENHA_ILEGIVEL")


def test_a_mail_of_which_no_message_can_be_made_stops_no_other(server: Heard) -> None:
    queued()
    Correio.objects.update(assunto="Assunto\nBcc: c@d.com", proxima=datetime.now(UTC) - timedelta(hours=1))
    good = queued()
    assert delivery.deliver_due() == 2
    assert Correio.objects.get(pk=good.pk).estado == Estado.ENVIADO
    assert Correio.objects.exclude(pk=good.pk).get().motivo == "MENSAGEM"


def test_nothing_ends_the_delivery_but_the_end_of_the_worker(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stop = threading.Event()

    def fails(_: threading.Event) -> bool:
        raise RuntimeError("de que ninguém suspeitava")

    monkeypatch.setattr(delivery, "_deliver_waiting", fails)
    monkeypatch.setattr(delivery, "look_again", lambda away: stop.set() if away > 2 else 0.0)
    delivery.keep_delivering(stop)
    assert "mail.queue_unreachable" in capsys.readouterr().out


def test_several_workers_send_each_mail_once(server: Heard) -> None:
    for _ in range(20):
        queued()
    at_once([delivery.deliver_due] * 4)
    assert len(server.mails) == 20
    assert set(Correio.objects.values_list("tentativas", flat=True)) == {1}


def test_what_a_killed_worker_had_taken_comes_back(server: Heard) -> None:
    one = queued()
    now = one.proxima
    assert delivery._take(one, now)  # and there it died
    assert delivery.deliver_due(now + LEASE - timedelta(seconds=1)) == 0
    assert delivery.deliver_due(now + LEASE) == 1
    assert len(server.mails) == 1


def test_a_code_goes_before_a_thousand_notices(server: Heard) -> None:
    services.send_many([f"m{n}@exemplo.com.br" for n in range(60)], "Aviso", "Texto")
    queued(CODE, until=datetime.now(UTC) + timedelta(minutes=10))
    delivery.deliver_due()
    assert server.mails[0][0] == TO
    assert len(server.mails) == delivery.TAKEN_AT_ONCE


def test_many_get_one_mail_each_and_nobody_sees_the_others(server: Heard) -> None:
    count = services.send_many(
        ["A@exemplo.com.br", "a@exemplo.com.br ", "b@exemplo.com.br", "não é"], "Aviso", "Texto"
    )
    assert count == 2
    delivery.deliver_due()
    assert sorted(to for to, _ in server.mails) == ["a@exemplo.com.br", "b@exemplo.com.br"]
    assert all(
        len(re.findall(r"@exemplo.com.br", message.partition("To:")[2].partition("\n")[0])) == 1
        for _, message in server.mails
    )


def test_outside_the_sandbox_without_a_server_mail_waits_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with settings(monkeypatch, VINCULA_PROFILE="registry"):
        queued()
        assert delivery.deliver_due() == 0
        found = services.status()
        assert (found.way, found.waiting, found.sent, found.failed) == ("", 1, 0, 0)


def test_in_the_sandbox_it_lands_in_files_that_the_team_reads_and_nobody_else() -> None:
    for file in mailbox.folder().iterdir():
        file.unlink()
    queued(f"{CODE} <script>alert(1)</script>")
    assert delivery.deliver_due() == 1
    (letter,) = mailbox.newest()
    assert (letter.to, letter.subject) == (TO, "Assunto")
    assert CODE in letter.text
    assert CODE not in repr(letter)
    assert (mailbox.folder() / letter.name).stat().st_mode & 0o077 == 0
    pages = ["/correio/", f"/correio/{letter.name}/"]
    assert all(Client().get(page)["Location"].startswith("/entrar/") for page in pages)
    person = create_person("52998224725", "ANA LIMA")
    assert isinstance(person, Accepted)
    ana = Client()
    ana.force_login(person.value, "django.contrib.auth.backends.ModelBackend")
    assert {ana.get(page).status_code for page in pages} == {403}
    set_staff(person.value, True, actor="teste")
    shown = [ana.get(page).content.decode() for page in pages]
    assert CODE in shown[1]
    assert "<script>alert" not in "".join(shown)
    for name in ("..%2fchave-secreta", "chave-secreta", "20260101T000000-1.eml"):
        assert ana.get(f"/correio/{name}/").status_code == 404


def test_outside_the_sandbox_there_is_no_such_page(monkeypatch: pytest.MonkeyPatch) -> None:
    with settings(monkeypatch, VINCULA_PROFILE="registry"):
        assert Client().get("/correio/").status_code == 404


def test_what_was_sent_goes_after_its_time(server: Heard) -> None:
    queued()
    delivery.deliver_due()
    for days, gone in ((29, 0), (31, 1)):
        done = {one.name: one.count for one in retention.purge(datetime.now(UTC) + timedelta(days=days))}
        assert done["correio.mensagens"] == gone


def test_a_batch_goes_over_one_connection_and_over_a_new_one_where_the_server_hangs_up(server: Heard) -> None:
    services.send_many([f"m{n:02d}@exemplo.com.br" for n in range(10)], "Aviso", "Texto")
    server.answers = ["250 sim", "550 não há"]  # an address refused spoils nothing for the others
    assert delivery.deliver_due() == 10
    assert (len(server.mails), server.connections) == (9, 1)
    server.hangs_up_after = 4
    services.send_many([f"n{n:02d}@exemplo.com.br" for n in range(10)], "Aviso", "Texto")
    delivery.deliver_due()
    waiting = Correio.objects.filter(estado=Estado.A_ENVIAR)
    assert server.connections > 2
    assert set(waiting.values_list("motivo", flat=True)) == {"SMTPServerDisconnected"}
    later = datetime.now(UTC) + timedelta(minutes=3)
    for _ in range(3):
        delivery.deliver_due(later)
        later += timedelta(minutes=20)
    assert not waiting.exists()
    assert len({to for to, _ in server.mails}) == 19


def test_a_slow_batch_ends_before_what_it_took_comes_back(
    server: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.send_many([f"m{n}@exemplo.com.br" for n in range(3)], "Aviso", "Texto")
    monkeypatch.setattr(delivery, "BATCH_SECONDS", -1)
    assert [delivery.deliver_due() for _ in range(4)] == [1, 1, 1, 0]
    assert len(server.mails) == 3


def test_while_the_server_is_away_one_mail_pays_and_it_is_asked_more_and_more_seldom(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with listening() as heard:
        port = heard.port
    with settings(monkeypatch, VINCULA_SMTP_URL=f"smtp+claro://127.0.0.1:{port}?de=a@b.com"):
        services.send_many([f"m{n}@exemplo.com.br" for n in range(5)], "Aviso", "Texto")
        assert delivery.deliver_due() == 1
        assert sorted(Correio.objects.values_list("tentativas", flat=True)) == [0, 0, 0, 0, 1]
    pauses = [look_again(away) for away in range(9)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (1.0, 60.0)


def test_what_could_not_be_delivered_is_shown_to_the_team_with_the_reason_and_to_nobody_else(
    server: Heard,
) -> None:
    queued("Texto <script>alert(1)</script>")
    services.send("bia@exemplo.com.br", "x", "y", parameters={"chamado": "2026112200000001", "area": "sgop"})
    server.answers = ["550 não há", "554 nunca"]
    delivery.deliver_due()
    person = create_person("52998224725", "ANA LIMA")
    assert isinstance(person, Accepted)
    ana = Client()
    ana.force_login(person.value, "django.contrib.auth.backends.ModelBackend")
    for path, method in (("/correio/fila/", "get"), ("/correio/fila/repetir/", "post")):
        assert getattr(Client(), method)(path)["Location"].startswith("/entrar/")
        assert getattr(ana, method)(path).status_code == 403
    set_staff(person.value, True, actor="teste")
    shown = ana.get("/correio/fila/").content.decode()
    assert "a…@exemplo.com.br" in shown
    assert "recusou de vez (550)" in shown
    assert "chamado 2026112200000001" in shown
    assert TO not in shown
    assert ana.get("/correio/fila/repetir/").status_code == 405
    said = ana.post("/correio/fila/repetir/", follow=True).content.decode()
    assert "De volta na fila: 2 mensagens." in said
    assert "Nenhuma mensagem deixou de ser entregue." in said
    assert delivery.deliver_due() == 2
    assert len(server.mails) == 2


def test_a_notice_to_all_operadoras_is_queued_in_few_statements_and_no_mail_goes_meanwhile(
    server: Heard,
) -> None:
    addresses = [f"operadora{n}@exemplo.com.br" for n in range(1_170)]
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        assert services.send_many(addresses, "Aviso", "Texto" * 500) == 1_170
    assert len(asked) < 20
    assert server.connections == 0


@pytest.mark.parametrize(
    ("kind", "part"),
    [("SMTP_550", "endereço"), ("SMTP_451", "adiou"), ("AUTENTICACAO", "senha"), ("VENCIDO", "venceu"),
     ("TimeoutError", "não respondeu")],
)  # fmt: skip
def test_each_kind_of_failure_has_words(kind: str, part: str) -> None:
    assert part in in_words(kind)
