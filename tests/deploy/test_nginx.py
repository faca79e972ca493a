"""The nginx template, run: what a stranger says about himself in a header does not reach the listeners behind it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.deploy.test_examples import DEPLOY, TEMPLATE
from tests.faults.stage import stage
from tests.interop import messages as m
from tests.interop import people as p
from tests.interop.test_pdq import found_cns
from tests.interop.test_token import claims_of
from tests.interop.world import PDQ, Caller, World, _until_somebody_listens
from tests.site.test_serve import _ports

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not NGINX, reason="NOT PROVEN HERE: there is no nginx to run the template with"),
]
SITE, IDENTITY, API = "site.example.org", "identidade.example.org", "api.example.org"
TOKEN = "/api/osb/token"


class Behind(World):
    """Identity and API without TLS, behind the proxies of VINCULA_PROXY."""

    def start(self) -> None:
        self.stage.env["VINCULA_PROXY"] = "127.0.0.1"
        self.stage.env["VINCULA_HOSTS"] = f"127.0.0.1,{SITE},{IDENTITY},{API}"
        self.identity, self.api = (f"http://127.0.0.1:{port}" for port in self._ports)
        self.server = self._serve(*self._ports)

    def _serve(self, identity: int, api: int) -> subprocess.Popen[str]:
        server = self.stage.command(
            "serve", "--only", "identity", "--only", "api", "--plain",
            "--identity-port", str(identity), "--api-port", str(api),
        )  # fmt: skip
        for port in (identity, api):
            try:
                _until_somebody_listens(port)
            except AssertionError:
                server.kill()
                raise AssertionError(server.communicate()) from None
        return server


@dataclass
class Front:
    """nginx before `behind`. `tls`, `http`: its ports; `logs`: what it wrote."""

    behind: Behind
    folder: Path
    tls: int
    http: int

    def client(self, caller: Caller | None = None) -> httpx.Client:
        import ssl

        context = ssl.create_default_context(cafile=str(self.folder / "servidor.pem"))
        if caller is not None:
            context.load_cert_chain(caller.folder / "client.pem", caller.folder / "client.key")
        return httpx.Client(verify=context, timeout=30)

    def send(
        self, name: str, path: str, *, method: str = "GET", caller: Caller | None = None,
        body: str = "", **headers: str,
    ) -> httpx.Response:  # fmt: skip
        """To the server of this name, by TLS; with the caller's certificate where there is one."""
        with self.client(caller) as client:
            return client.request(
                method, f"https://127.0.0.1:{self.tls}{path}", content=body or None,
                headers={"host": name, **headers}, extensions={"sni_hostname": name},
            )  # fmt: skip

    @property
    def logs(self) -> str:
        return "".join(path.read_text() for path in self.folder.glob("*.log"))


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    with stage(tmp_path_factory.mktemp("atras")) as made:
        whole = Behind(made)
        try:
            yield whole
        finally:
            whole.stop()


@pytest.fixture(scope="module")
def front(behind: Behind, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    assert NGINX
    folder = tmp_path_factory.mktemp("nginx")
    ports = _ports()
    made = Front(behind, folder, ports["web"], ports["api"])
    server_certificate(folder)
    (folder / "vincula.conf").write_text(rendered(made))
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/inicio.log;\n"
        + ("user root;\n" if os.geteuid() == 0 else "")
        + "events {}\nhttp {\n"
        + "".join(f"{name}_temp_path {folder}/{name};\n" for name in TEMPORARY)
        + f"include {folder}/vincula.conf;\n}}\n"
    )
    running = subprocess.Popen(
        [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "inicio.log")]
    )
    try:
        _until_somebody_listens(made.tls)
        yield made
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(30)


TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def rendered(front: Front) -> str:
    """The template with values of ours in the places of the example's; ports that need no root."""
    ports = [address.rpartition(":")[2] for address in (front.behind.identity, front.behind.api)]
    values = {
        "NOME_SITE": SITE, "NOME_IDENTIDADE": IDENTITY, "NOME_API": API,
        "ESCUTA_SITE": "127.0.0.1:9", "ESCUTA_IDENTIDADE": f"127.0.0.1:{ports[0]}", "ESCUTA_API": f"127.0.0.1:{ports[1]}",
        "CERTIFICADO": str(front.folder / "servidor.pem"), "CHAVE": str(front.folder / "servidor.key"),
        "AUTORIDADES": str(front.behind.operadora.folder / "ca.pem"),
    }  # fmt: skip
    asked = re.findall(r"(?m)^s\|@([A-Z_]+)@\|", (DEPLOY / "nginx" / "valores.sed").read_text("utf-8"))
    assert set(asked) == set(values)
    text = TEMPLATE
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    text = re.sub(r"(?m)^\s*listen \[::\].*$", "", text)
    text = text.replace("listen 443", f"listen 127.0.0.1:{front.tls}")
    text = text.replace("listen 80", f"listen 127.0.0.1:{front.http}")
    return text.replace("/var/log/nginx", str(front.folder))


def server_certificate(folder: Path) -> None:
    """Of the three names, signed by itself: clients here trust it alone."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "nginx de teste")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(one) for one in (SITE, IDENTITY, API)]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    (folder / "servidor.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "servidor.key").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )


def certificate(caller: Caller) -> str:
    """As nginx writes it in its header."""
    pem = (caller.folder / "client.pem").read_text()
    end = "-----END CERTIFICATE-----\n"
    return quote(pem[: pem.index(end) + len(end)])


def forged(caller: Caller) -> dict[str, str]:
    """As nginx would write them, and a little more."""
    value = certificate(caller)
    return {
        "X-Vincula-Certificado": value, "X_Vincula_Certificado": value,
        "X-Vincula-Certificado-Verificado": "SUCCESS", "X-Forwarded-For": "127.0.0.1",
    }  # fmt: skip


def written(caller: Caller) -> dict[str, str]:
    """As nginx does write it."""
    return {"X-Vincula-Certificado": certificate(caller)}


def test_a_certificate_shown_to_nginx_gets_its_own_token_and_looks_up(front: Front) -> None:
    caller = front.behind.operadora
    answer = front.send(IDENTITY, TOKEN, caller=caller)
    assert answer.status_code == 200, answer.text
    token = answer.json()["access_token"]
    assert claims_of(token)["sub"] == caller.credential
    found = front.send(
        API, PDQ, method="POST", body=m.by_cpf(p.MARIA.cpf), authorization=f"jwt {token}",
        **{"content-type": "application/soap+xml"},
    )  # fmt: skip
    assert found_cns(found)[0] == p.MARIA.cns


def test_a_forged_header_gets_the_token_of_the_certificate_that_was_shown(front: Front) -> None:
    shown, named = front.behind.operadora, front.behind.integrador
    answer = front.send(IDENTITY, TOKEN, caller=shown, **forged(named))
    assert claims_of(answer.json()["access_token"])["sub"] == shown.credential


def test_a_forged_header_without_a_certificate_gets_nothing(front: Front) -> None:
    answer = front.send(IDENTITY, TOKEN, **forged(front.behind.integrador))
    assert answer.status_code == 403
    assert "Falta um certificado" in answer.text
    for path in (
        "/api/osb/token/",
        "//api/osb/token",
        "/api/osb/./token",
        "/api/osb/token%20",
        TOKEN + "?x=1",
    ):
        answer = front.send(IDENTITY, path, **forged(front.behind.integrador))
        assert answer.status_code in (401, 403, 404), path
        assert "access_token" not in answer.text


def test_a_forged_header_does_not_reach_the_api(front: Front) -> None:
    """It would make the API compare it with the token's thumbprint; the second question shows that it does."""
    token = front.send(IDENTITY, TOKEN, caller=front.behind.operadora).json()["access_token"]
    headers = {"authorization": f"jwt {token}", **forged(front.behind.integrador)}
    asked = m.by_cpf(p.MARIA.cpf)
    assert front.send(API, PDQ, method="POST", body=asked, **headers).status_code == 200
    for caller, status in ((front.behind.integrador, 401), (front.behind.operadora, 200)):
        direct = {"authorization": f"jwt {token}", **written(caller)}
        assert httpx.post(f"{front.behind.api}{PDQ}", content=asked, headers=direct).status_code == status


def test_a_stranger_to_every_name_is_not_answered(front: Front) -> None:
    with pytest.raises(httpx.TransportError):
        front.send("outro.example.org", "/")
    answer = httpx.get(f"http://127.0.0.1:{front.http}/sib/?cpf=11144477735", headers={"host": SITE})
    assert (answer.status_code, answer.headers["location"]) == (301, f"https://{SITE}/")


def test_vincula_tells_why_a_message_is_too_large(front: Front) -> None:
    token = front.send(IDENTITY, TOKEN, caller=front.behind.operadora).json()["access_token"]
    answer = front.send(API, PDQ, method="POST", body="x" * 200_000, authorization=f"jwt {token}")
    assert answer.status_code == 413
    assert "VINC-CORPO_GRANDE" in answer.text


def test_addresses_lead_back_through_nginx_and_a_bulk_look_up_passes_it(front: Front) -> None:
    described = front.send(API, f"{PDQ}?wsdl")
    assert f"https://{API}{PDQ}" in described.text
    assert "http://127" not in described.text
    token = front.send(IDENTITY, TOKEN, caller=front.behind.operadora).json()["access_token"]
    answer = front.send(
        API, "/fhir/r4/$consulta-em-lote", method="POST", body="x" * (6 * 1024 * 1024), authorization=f"jwt {token}",
        prefer="respond-async", **{"content-type": "application/fhir+ndjson"},
    )  # fmt: skip
    assert "resourceType" in answer.json(), "it is Vincula that judges it, not nginx"


def test_no_log_holds_what_was_asked(front: Front) -> None:
    front.send(API, f"{PDQ}?wsdl&cpf=11144477735")
    front.send(IDENTITY, f"{TOKEN}?cpf=11144477735")
    end = time.monotonic() + 5
    while PDQ not in front.logs and time.monotonic() < end:
        time.sleep(0.1)
    assert PDQ in front.logs
    assert "11144477735" not in front.logs
    assert "BEGIN" not in front.logs


# -- without nginx -------------------------------------------------------------------------------------------------


def test_the_header_of_a_peer_that_is_no_proxy_is_as_if_it_were_not_there(behind: Behind) -> None:
    free = _ports()
    ports = [free["identity"], free["api"]]
    with other_proxy(behind):
        server = behind._serve(*ports)
    try:
        answer = httpx.get(f"http://127.0.0.1:{ports[0]}{TOKEN}", headers=written(behind.operadora))
        assert (answer.status_code, answer.json()["codigo"]) == (401, "SEM_CERTIFICADO")
        believed = httpx.get(f"{behind.identity}{TOKEN}", headers=written(behind.operadora)).json()
        token = believed["access_token"]
        headers = {"authorization": f"jwt {token}", **written(behind.integrador)}
        asked = m.by_cpf(p.MARIA.cpf)
        answer = httpx.post(f"http://127.0.0.1:{ports[1]}{PDQ}", content=asked, headers=headers)
        assert answer.status_code == 200, "it is not compared with the token's either"
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=60)


@contextlib.contextmanager
def other_proxy(behind: Behind) -> Iterator[None]:
    """Listeners that start now believe somebody else."""
    behind.stage.env["VINCULA_PROXY"] = "192.0.2.1"
    try:
        yield
    finally:
        behind.stage.env["VINCULA_PROXY"] = "127.0.0.1"
