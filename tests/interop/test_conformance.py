"""`vincula conformance` against our own services, and against ones that are wrong on purpose."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.interop import people as p
from tests.interop.world import PDQ, Caller, World
from vincula.sandbox.authority import at_folder
from vincula.site.conformance import answers
from vincula.site.conformance.calling import Heard

pytestmark = pytest.mark.django_db


def argv(caller: Caller, token_url: str, pdq_url: str, *more: str) -> list[str]:
    return [
        "conformance", "--token-url", token_url, "--pdq-url", pdq_url,
        "--cert", str(caller.folder / "client.pem"), "--key", str(caller.folder / "client.key"),
        "--ca", str(caller.folder / "ca.pem"), *more,
    ]  # fmt: skip


def addresses(world: World) -> tuple[str, str]:
    return f"{world.identity}/api/osb/token", f"{world.api}{PDQ}"


NUMBERS = {
    "a CPF": ("--cpf", p.MARIA.cpf),
    "a CNS": ("--cns", p.MARIA.cns),
    "a CPF with its mask": ("--cpf", "111.444.777-35"),
}


@pytest.mark.parametrize("who", ["operadora", "integrador"])
@pytest.mark.parametrize("kind", NUMBERS)
def test_our_own_services_pass_every_check(world: World, who: str, kind: str) -> None:
    told = json.loads(world.run(*argv(getattr(world, who), *addresses(world), *NUMBERS[kind], "--json")))
    assert told["conforme"] is True
    assert {one["resultado"] for one in told["conferencias"]} == {"passa"}
    assert len(told["conferencias"]) > 30


def test_for_nobody_what_concerns_a_person_is_skipped_and_says_so(world: World) -> None:
    out = world.run(*argv(world.operadora, *addresses(world), "--cpf", p.NOBODY_CPF))
    assert "FALHA" not in out
    assert "pulada" in out
    assert "diga outro com --cpf ou --cns" in out


class Wrong(BaseHTTPRequestHandler):
    """A service that gives a token for anybody, in seconds, and answers every question with AE and no namespace."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._tell(200, b'{"access_token": "abc.e30.def", "token_type": "jwt", "expires_in": 1800}')

    def do_POST(self) -> None:
        if length := self.headers.get("content-length"):
            self.rfile.read(int(length))
        self.close_connection = True
        self._tell(200, b"<a:Envelope xmlns:a='urn:x'><a:Body><AE/></a:Body></a:Envelope>")

    def _tell(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def wrong(world: World) -> Iterator[str]:
    certificate, key = at_folder(world.stage.data / "autoridade-de-teste").server()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Wrong)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_service_that_does_it_otherwise_is_told_where(world: World, wrong: str) -> None:
    ended = world.stage.run(
        *argv(world.operadora, f"{wrong}/token", f"{wrong}/pdq", "--cpf", p.MARIA.cpf, "--json")
    )
    assert ended.status == 1
    assert "Recusado (NAO_CONFORME)" in ended.err
    found = {one["nome"]: one for one in json.loads(ended.out)["conferencias"]}
    failed = {name for name, one in found.items() if one["resultado"] == "FALHA"}
    assert {
        "token: 200 com os quatro campos", "token: sem certificado é recusado", "PDQ: ?wsdl descreve o serviço",
        "PDQ: 200 com OK ou NF", "PDQ: a mensagem declara o seu xmlns, sem prefixos",
        "PDQ: devolve queryByParameter como veio", "recusa de negócio: 500 com MSFalha", "sem token: 401 com MSFalha",
    } <= failed  # fmt: skip
    assert "scope" in found["token: 200 com os quatro campos"]["motivo"]
    assert all(one["motivo"] for one in found.values() if one["resultado"] != "passa")


def test_where_nobody_listens_it_says_so_and_ends(world: World) -> None:
    nowhere = "https://localhost:1/api/osb/token"
    ended = world.stage.run(*argv(world.operadora, nowhere, nowhere))
    assert ended.status == 1
    assert "ConnectionRefusedError" in ended.out
    assert "passa" not in ended.out, "nobody was refused by nobody"
    assert "Traceback" not in ended.err


REFUSED = [
    (["--token-url", "localhost:8443"], "ENDERECO"),
    (["--pdq-url", "https://h/p?wsdl"], "ENDERECO"),
    (["--cpf", "11144477734"], "NUMERO"),
    (["--cpf", p.MARIA.cpf, "--cns", p.MARIA.cns], "NUMERO"),
    (["--pdq-url", "https://servicos.saude.gov.br/cadsus/v2/PDQSupplierJWT"], "SERVICO_OFICIAL"),
]


@pytest.mark.parametrize(("more", "code"), REFUSED)
def test_what_does_not_serve_is_refused_before_anything_is_sent(
    world: World, more: list[str], code: str
) -> None:
    ended = world.stage.run(*argv(world.operadora, *addresses(world), *more))
    assert (ended.status, ended.out) == (1, "")
    assert f"Recusado ({code})" in ended.err


def test_a_key_that_is_not_the_certificates_is_told(world: World, tmp_path: Path) -> None:
    other = world.integrador.folder / "client.key"
    ended = world.stage.run(*argv(world.operadora, *addresses(world), "--key", str(other)))
    assert ended.status == 1
    assert "Recusado (CERTIFICADO_DO_CLIENTE)" in ended.err


ANSWER = (
    '<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body><x xmlns="urn:hl7-org:v3"><patientPerson>'
    "{}</patientPerson></x></e:Body></e:Envelope>"
)
PERSONS = {
    "a short birth": ('<birthTime value="19850312"/>', "nascimento"),
    "the father first": (
        '<personalRelationship><code code="NPRN"/></personalRelationship>'
        '<personalRelationship><code code="PRN"/></personalRelationship>',
        "mãe",
    ),
    "a name without use": ("<name><given>X</given></name>", "nome civil"),
    "the provisional card first": (
        '<asOtherIDs classCode="ROL"><id root="2.16.840.1.113883.13.236" extension="1"/>'
        '<id root="2.16.840.1.113883.13.236.1" extension="P"/></asOtherIDs>',
        "CNS",
    ),
    "other roots": ('<asOtherIDs classCode="ROL"><id root="1"/><scopingOrganization/></asOtherIDs>', "scoping"),
    "names in two places": ('<name use="L"/><telecom use="PRN"/><name use="ASGN"/>', "elementos iguais"),
}  # fmt: skip


@pytest.mark.parametrize("label", PERSONS)
def test_every_rule_about_a_person_can_fail(label: str) -> None:
    content, rule = PERSONS[label]
    heard = Heard(200, {}, ANSWER.format(content).encode())
    (fault,) = [fault for name, fault in answers.of_somebody(heard) if name.startswith(rule)]
    assert fault
