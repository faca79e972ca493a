"""The bulk look-up over the wire: asked for, followed, killed and taken up again, fetched by who asked, cancelled."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.interop import people as p
from tests.interop.test_fhir import BASE, OTHER_BIRTH, OTHER_NAME, call, code
from tests.interop.world import Caller, World, eventually

pytestmark = pytest.mark.django_db
BULK = f"{BASE}/$consulta-em-lote"


@contextlib.contextmanager
def worker(world: World) -> Iterator[None]:
    """The process that answers, as `vincula serve` starts it."""
    process = world.stage.command("serve", "--only", "worker")
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert "Traceback" not in out + err, err


def ask(caller: Caller, lines: list[Any], **headers: str) -> httpx.Response:
    body = b"".join(one if isinstance(one, bytes) else json.dumps(one).encode() + b"\n" for one in lines)
    kind = {"content-type": "application/x-ndjson", **{k.replace("_", "-"): v for k, v in headers.items()}}
    return call(caller, "POST", BULK, content=body, headers=kind)


def place(answer: httpx.Response, world: World) -> str:
    assert answer.status_code == 202, answer.text
    return answer.headers["content-location"].removeprefix(world.api)


def finished(caller: Caller, where: str) -> httpx.Response:
    eventually(lambda: call(caller, "GET", where).status_code != 202, 30)
    return call(caller, "GET", where)


def answers(caller: Caller, where: str) -> list[dict[str, Any]]:
    manifest = finished(caller, where).json()
    fetched = call(caller, "GET", manifest["output"][0]["url"].removeprefix(caller.world.api))
    assert fetched.status_code == 200, fetched.text
    assert fetched.headers["content-type"].startswith("application/x-ndjson")
    return [json.loads(line) for line in fetched.text.splitlines()]


ASKED: list[tuple[Any, str, str | None]] = [
    ({"id": "a", "cpf": p.MARIA.cpf}, "ENCONTRADO", p.MARIA.cns),
    ({"cns": p.MARIA.outros[0]}, "ENCONTRADO", p.MARIA.cns),
    ({"cpf": p.MARIA.cpf, "nome": "maria exemplo da silva", "nascimento": "1985-03-12"}, "ENCONTRADO", p.MARIA.cns),
    ({"cpf": p.MARIA.cpf, "nome": p.MARIA.nome, "nascimento": OTHER_BIRTH}, "NAO_CONFERE", None),
    ({"cpf": p.MARIA.cpf, "nome": OTHER_NAME, "nascimento": p.MARIA.nascimento}, "NAO_CONFERE", None),
    ({"cpf": p.MARIA.cpf, "nome": OTHER_NAME, "nascimento": OTHER_BIRTH}, "NAO_ENCONTRADO", None),
    ({"cpf": p.NOBODY_CPF, "nome": OTHER_NAME, "nascimento": OTHER_BIRTH}, "NAO_ENCONTRADO", None),
    ({"cpf": p.NOBODY_CPF}, "NAO_ENCONTRADO", None),
    ({"cpf": p.DISPUTADA[0].cpf}, "NAO_ENCONTRADO", None),
    ({"cpf": p.MARIA.cpf, "cns": p.NAMESAKES[0].cns}, "NAO_ENCONTRADO", None),
    ({"nome": p.JOSE.nome, "nascimento": p.JOSE.nascimento}, "ENCONTRADO", p.JOSE.cns),
    ({"nome": OTHER_NAME, "nascimento": OTHER_BIRTH}, "NAO_ENCONTRADO", None),
    ({"cpf": "11144477736"}, "RECUSADO", None),
    (b"isto nao e json\n", "RECUSADO", None),
    (b'{"cns":"' + p.JOSE.cns.encode() + b'"}', "ENCONTRADO", p.JOSE.cns),
]  # fmt: skip


@pytest.mark.requirement("R074", "R090", "bulk")
def test_one_answer_for_each_line_in_their_order(world: World) -> None:
    with worker(world):
        where = place(ask(world.operadora, [line for line, _, _ in ASKED]), world)
        told = answers(world.operadora, where)
    assert [one["linha"] for one in told] == list(range(1, len(ASKED) + 1))
    assert [(one["resultado"], one["cns"]) for one in told] == [(how, cns) for _, how, cns in ASKED]
    assert told[0]["id"] == "a"
    assert all(one["motivo"] and one["proximo_passo"] for one in told if one["resultado"] != "ENCONTRADO")
    assert set(told[0]) <= {
        "linha",
        "id",
        "resultado",
        "cns",
        "motivo",
        "proximo_passo",
        "nome",
        "sexo",
        "nascimento",
    }
    # What differs is told only where the other of name and birth agrees; a number that exists and one that does
    # not have the same answer else.
    assert (told[5]["motivo"], told[5]["proximo_passo"]) == (told[6]["motivo"], told[6]["proximo_passo"])


@pytest.mark.requirement("R088", "audit of the bulk look-up")
def test_every_person_told_of_is_audited_before_the_answers_can_be_fetched(world: World) -> None:
    before = len(world.audit("acao = 'api:lote:consultada'"))
    differed = len(world.audit("acao = 'api:lote:sem-resultado'"))
    with worker(world):
        where = place(
            ask(world.operadora, [line for line, _, _ in ASKED], x_finalidade="CORRECAO_SIB"), world
        )
        finished(world.operadora, where)
    records = world.audit("acao = 'api:lote:consultada'")
    found = [cns for _, how, cns in ASKED if how == "ENCONTRADO"]
    assert len(records) == before + len(found)
    assert {one[3] for one in records[before:]} == {"CORRECAO_SIB"}
    assert f"cpf:{p.MARIA.cpf}" in {one[2] for one in records[before:]}
    differing = world.audit("acao = 'api:lote:sem-resultado'")[differed:]
    assert {one[2] for one in differing} == {f"cpf:{p.MARIA.cpf}"}, (
        "what NAO_CONFERE confirms is about somebody"
    )
    assert len(differing) == len([how for _, how, _ in ASKED if how == "NAO_CONFERE"])


def test_an_integrador_gets_what_is_held(world: World) -> None:
    with worker(world):
        where = place(ask(world.integrador, [{"cpf": p.MARIA.cpf}, {"cns": p.MARIA.cns}]), world)
        told = answers(world.integrador, where)
    assert [one["nome_mae"] for one in told] == [p.MARIA.mae] * 2
    assert told[0]["cpf"] == p.MARIA.cpf


def test_only_who_asked_may_see_it(world: World) -> None:
    where = place(ask(world.operadora, [{"cpf": p.MARIA.cpf}]), world)
    waiting = call(world.operadora, "GET", where)
    assert (waiting.status_code, waiting.headers["x-progress"]) == (202, "0 de 1 linhas")
    assert int(waiting.headers["retry-after"]) > 0
    early = call(world.operadora, "GET", f"{where}/saida")
    assert (early.status_code, code(early)) == (409, "LOTE_EM_ANDAMENTO")
    for method, path in (("GET", where), ("GET", f"{where}/saida"), ("DELETE", where)):
        other = call(world.integrador, method, path)
        assert (other.status_code, code(other)) == (404, "LOTE_DESCONHECIDO")
    assert call(world.operadora, "DELETE", where).status_code == 202


def test_what_is_cancelled_is_gone(world: World) -> None:
    folder = world.stage.data / "lotes"
    where = place(ask(world.operadora, [{"cpf": p.MARIA.cpf}] * 10), world)
    number = where.rpartition("/")[2]
    assert list(folder.glob(f"{number}*"))
    assert (folder.stat().st_mode & 0o777, next(folder.glob(f"{number}*")).stat().st_mode & 0o777) == (
        0o700,
        0o600,
    )
    assert call(world.operadora, "DELETE", where).status_code == 202
    assert not list(folder.glob(f"{number}*"))
    for method, path in (("GET", where), ("GET", f"{where}/saida"), ("DELETE", where)):
        assert call(world.operadora, method, path).status_code == 404
    with worker(world):
        time.sleep(2)
    assert not list(folder.glob(f"{number}*"))


REFUSED = {
    "nothing": ([], {}, 400, "LOTE_VAZIO"),
    "a purpose that was not granted": ([{"cpf": p.MARIA.cpf}], {"x_finalidade": "CADASTRO_SUS"}, 403, "FINALIDADE"),
    "no token": ([{"cpf": p.MARIA.cpf}], {"authorization": ""}, 401, "TOKEN"),
    "more lines than a day has requests": ([b"\n" * 9_000_000], {}, 413, "LINHAS_DEMAIS"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_taken_leaves_no_file(world: World, case: str) -> None:
    lines, headers, status, expected = REFUSED[case]
    folder = world.stage.data / "lotes"
    before = set(folder.glob("*")) if folder.exists() else set()
    answer = ask(world.operadora, lines, **headers)
    assert (answer.status_code, code(answer)) == (status, expected)
    assert ("retry-after" in answer.headers) is (status == 429)
    assert (set(folder.glob("*")) if folder.exists() else set()) == before


def test_too_large_a_file_is_refused(world: World) -> None:
    answer = call(world.operadora, "POST", BULK, content=b"\n" * (65 * 1024 * 1024))
    assert (answer.status_code, code(answer)) == (413, "CORPO_GRANDE")


def test_a_file_of_unknown_length_is_not_taken(world: World) -> None:
    """Where a chunked body was cut off, the server does not tell."""
    answer = call(world.operadora, "POST", BULK, content=iter([b"{}\n"]))
    assert (answer.status_code, code(answer)) == (411, "TAMANHO_AUSENTE")


@pytest.mark.requirement("R090", "bulk cut off")
def test_a_file_that_was_cut_off_is_not_taken_on(world: World) -> None:
    """Its sender goes away, or says that he is done, before all that he announced has come."""
    folder = world.stage.data / "lotes"
    before = set(folder.glob("*")) if folder.exists() else set()
    asked_before = len(world.audit("acao = 'api:lote:pedido'"))
    address = urlsplit(world.api)
    head = (
        f"POST {BULK} HTTP/1.1\r\nhost: {address.netloc}\r\nauthorization: Bearer {world.operadora.token}\r\n"
        "content-type: application/x-ndjson\r\ncontent-length: 100\r\n\r\n"
    )
    for how in (socket.SHUT_WR, socket.SHUT_RDWR):
        with (
            socket.create_connection((address.hostname or "", address.port or 443)) as plain,
            world.operadora.context().wrap_socket(plain, server_hostname=address.hostname) as line,
        ):
            line.sendall(head.encode() + b"{}\n")
            time.sleep(0.2)
            line.shutdown(how)
            time.sleep(0.3)
    assert (set(folder.glob("*")) if folder.exists() else set()) == before
    assert len(world.audit("acao = 'api:lote:pedido'")) == asked_before


def test_no_more_than_three_at_a_time(world: World) -> None:
    taken = [place(ask(world.operadora, [{"cpf": p.MARIA.cpf}]), world) for _ in range(3)]
    refused = ask(world.operadora, [{"cpf": p.MARIA.cpf}])
    assert (refused.status_code, code(refused)) == (429, "LOTES_DEMAIS")
    assert [call(world.operadora, "DELETE", where).status_code for where in taken] == [202] * 3


@pytest.mark.requirement("R090", "bulk after a kill")
def test_a_killed_worker_loses_and_repeats_no_line(world: World) -> None:
    """Killed in the middle; the next one goes on after the last batch that was audited."""
    many = [{"id": str(n), "cpf": p.CROWD[n % len(p.CROWD)].cpf} for n in range(60_000)]
    where = place(ask(world.operadora, many), world)
    process = world.stage.command("serve", "--only", "worker")
    eventually(lambda: call(world.operadora, "GET", where).headers.get("x-progress", "0 ")[:2] != "0 ", 60)
    import os

    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=30)
    with worker(world):
        eventually(lambda: call(world.operadora, "GET", where).status_code == 200, 90)
        told = answers(world.operadora, where)
    assert [one["linha"] for one in told] == list(range(1, len(many) + 1))
    assert all(
        (one["id"], one["cns"]) == (str(n), p.CROWD[n % len(p.CROWD)].cns) for n, one in enumerate(told)
    )
    assert len(world.audit("acao = 'api:lote:consultada'")) >= len(many)
