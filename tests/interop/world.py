"""A whole installation with its identity and API listeners, and clients with certificates, over TLS on loopback."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.faults.stage import Stage, stage
from tests.interop import people
from vincula.sandbox.operadoras import cadop_csv

_RESTRICT = """
from vincula.national.cadsus import services as cadsus
from vincula.people.record import PersonRecord
author = cadsus.Author("teste", administrador=True)
for cpf, field in (("{vip}", "vip"), ("{protegida}", "protegida")):
    person = cadsus.find_by_cpf(cpf).value.pessoa_id
    done = cadsus.change_state(person, PersonRecord(**{{field: True}}), {{field}}, author)
    assert hasattr(done, "value"), done
"""
_UNITE = """
from vincula.national.cadsus import services as cadsus
first, second = (cadsus.find_by_cns(cns).pessoa_id for cns in ("{first}", "{second}"))
done = cadsus.unite(first, second, cadsus.Author("teste"))
assert hasattr(done, "value"), done
"""
OPERADORA, OTHER, THIRD = "999997", "999903", "000001"
PDQ = "/cadsus/v2/PDQSupplierJWT"


@dataclass
class Caller:
    """A client: its files, its credential, and an HTTP connection that presents the certificate."""

    world: World
    folder: Path
    credential: str
    _token: str = ""
    login: tuple[str, str] = ("", "")
    http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.http = httpx.Client(verify=self.context(), timeout=60)

    def context(self, *, certificate: bool = True) -> ssl.SSLContext:
        made = ssl.create_default_context(cafile=str(self.folder / "ca.pem"))
        if certificate:
            made.load_cert_chain(self.folder / "client.pem", self.folder / "client.key")
        return made

    def ask_token(self) -> httpx.Response:
        return self.http.get(f"{self.world.identity}/api/osb/token")

    @property
    def token(self) -> str:
        if not self._token:
            self._token = str(self.ask_token().json()["access_token"])
        return self._token

    def post(self, path: str, body: bytes | str, **headers: str) -> httpx.Response:
        """As a client of the current services does; a header given as "" is left out."""
        usual = {
            "authorization": f"jwt {self.token}",
            "content-type": "application/soap+xml; charset=utf-8",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        return self.http.post(
            f"{self.world.api}{path}", content=body, headers={k: v for k, v in usual.items() if v}
        )


class World:
    """`identity`, `api`: addresses. `operadora`, `integrador`: callers."""

    def __init__(self, made: Stage) -> None:
        self.stage = made
        ports = [_free_port() for _ in range(2)]
        self.identity, self.api = (f"https://localhost:{port}" for port in ports)
        self._ports = ports
        self.callers: list[Caller] = []
        self._load()
        self.operadora = self.caller(OPERADORA, "operadora")
        self.integrador = self.caller(OTHER, "integrador")
        self.start()

    def _load(self) -> None:
        for name, content in (("operadoras.csv", cadop_csv()), ("base.csv", people.as_csv())):
            (self.stage.out / name).write_bytes(content)
        self.run("bases", "load", "cadop", str(self.stage.out / "operadoras.csv"))
        self.run("bases", "load", "cadsus", str(self.stage.out / "base.csv"))
        self.do(_RESTRICT.format(vip=people.FAMOSA.cpf, protegida=people.PROTEGIDA.cpf))
        self.do(_UNITE.format(first=people.UNIDA[0].cns, second=people.UNIDA[1].cns))

    def run(self, *argv: str) -> str:
        ended = self.stage.run(*argv)
        assert ended.status == 0, ended.err + ended.out
        return ended.out

    def do(self, code: str) -> None:
        """Use cases that no command offers yet, in a process of the installation."""
        ended = self.stage.run("cns", "check", people.MARIA.cns, code=code)
        assert ended.status == 0, ended

    def caller(self, registro: str, kind: str) -> Caller:
        folder = self.stage.out / f"{kind}-{registro}"
        made = json.loads(
            self.run("sandbox", "credential", registro, "--kind", kind, "--out", str(folder), "--json")
        )
        self.callers.append(Caller(self, folder, made["credencial"]))
        self.callers[-1].login = made["usuario"], made["senha"]
        return self.callers[-1]

    def password(self, caller: Caller) -> tuple[str, str]:
        """User and password for the legacy addresses, given once to a caller."""
        if not caller.login[0]:
            user = f"usuario-{caller.credential}"
            made = json.loads(
                self.run("credential", "password", caller.credential, "--usuario", user, "--json")
            )
            caller.login = made["usuario"], made["senha"]
            time.sleep(2)  # listeners look again each second
        return caller.login

    def limited(self, registro: str, limit: int) -> Caller:
        """An operadora with so many requests a minute."""
        found = self.caller(registro, "operadora")
        self.run("credential", "revoke", found.credential, "--motivo", "outro limite")
        self.run("credential", "grant", "--kind", "operadora", "--registro", registro, "--limite", str(limit))
        return found

    def administrator(self, cpf: str, password: str, cnes: str) -> None:
        """An account with the profile ADMINISTRADOR of an establishment, which no command gives yet."""
        add = "people add --name ADMINISTRADORA --email adm@example.org --password-stdin".split()
        ended = self.stage.run(*add, cpf, said=f"{password}\n")
        assert ended.status == 0, ended.err
        joined = (
            "from vincula.site import ready; ready.prepare()\n"
            "from vincula.common.accounts import services\n"
            f"person = services.find_person({cpf!r}).value\n"
            f"services.join_cnes(person, {cnes!r}, 'ADMINISTRADOR')\n"
        )
        ended = self.stage.run("people", "list", code=joined)
        assert ended.status == 0, ended.err

    def unlimit(self, caller: Caller) -> None:
        """The credential asks as often as it likes, which no command gives to one that exists."""
        free = (
            "from vincula.site import ready; ready.prepare()\n"
            "from vincula.national.api.models import Credencial\n"
            "from vincula.national.api.services import version\n"
            f"Credencial.objects.filter(identificador={caller.credential!r}).update(limite=10_000_000)\n"
            "version.bump()\n"
        )
        ended = self.stage.run("credential", "list", code=free)
        assert ended.status == 0, ended.err
        time.sleep(2)

    def start(self) -> None:
        identity, api = map(str, self._ports)
        self.server = self.stage.command(
            "serve", "--only", "identity", "--only", "api", "--identity-port", identity, "--api-port", api
        )
        for port in self._ports:
            _until_somebody_listens(port)

    def stop(self) -> None:
        for caller in self.callers:
            caller.http.close()
        self.server.send_signal(signal.SIGINT)
        out, err = self.server.communicate(timeout=60)
        assert "Traceback" not in out + err, err

    def audit(self, where: str = "true") -> list[tuple[str, ...]]:
        """(actor, action, subject, purpose) of the audit, oldest first."""
        table = "auditoria.auditoria_registro" if self.stage.url else "auditoria_registro"
        return self.stage.query(
            f"SELECT ator, acao, assunto, finalidade FROM {table} WHERE {where} ORDER BY quando, seq",
            store="auditoria.sqlite3",
        )


@contextlib.contextmanager
def world(folder: Path) -> Iterator[World]:
    with stage(folder) as made:
        whole = World(made)
        try:
            yield whole
        finally:
            whole.stop()


def eventually(check: object, seconds: float = 10.0) -> None:
    """Wait until `check()` holds: what listeners see within seconds."""
    assert callable(check)
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, "it never held"
        time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until_somebody_listens(port: int) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
            return
        time.sleep(0.1)
    raise AssertionError("nobody answers")
