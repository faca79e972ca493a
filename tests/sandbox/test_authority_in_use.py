"""What the test authority issues, as clients and servers use it: files, openssl, and real TLS on loopback."""

from __future__ import annotations

import shutil
import socket
import ssl
import stat
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID

from vincula.sandbox import authority as sandbox
from vincula.sandbox.authority import (
    Authority,
    Issued,
    at_folder,
    e_cnpj,
    export_client,
    making,
)
from vincula.sandbox.authority.keeping import key_pem

CNPJ, NAME = "11222333000181", "OPERADORA DE TESTE LTDA"
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return at_folder(tmp_path_factory.mktemp("autoridade") / "estranha")


@pytest.fixture(scope="module")
def client(authority: Authority) -> Issued:
    return authority.issue(e_cnpj(CNPJ, NAME))


# -- the files for the client --------------------------------------------------------------------------------------


def test_the_clients_files_hold_the_same_key_and_certificate(client: Issued, tmp_path: Path) -> None:
    files = export_client(client, tmp_path / "saida")
    assert [path.name for path in files] == ["client.key", "client.pem", "client.pfx", "ca.pem"]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files)
    chain = x509.load_pem_x509_certificates(files[1].read_bytes())
    pfx = pkcs12.load_pkcs12(files[2].read_bytes(), sandbox.PFX_PASSWORD.encode())
    assert pfx.cert is not None
    assert chain[0] == pfx.cert.certificate == client.certificate
    for key in (pfx.key, load_pem_private_key(files[0].read_bytes(), None)):
        assert isinstance(key, rsa.RSAPrivateKey)
        assert key.private_numbers() == client.key.private_numbers()
    assert chain[1:] == [client.chain[0]]
    assert {one.certificate for one in pfx.additional_certs} == set(client.chain)
    assert x509.load_pem_x509_certificates(files[3].read_bytes()) == list(reversed(client.chain))
    assert export_client(client, tmp_path / "saida") == files


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_openssl_accepts_what_is_issued(authority: Authority, client: Issued, tmp_path: Path) -> None:
    export_client(client, tmp_path)
    server, _ = authority.server()
    crls = b"".join((authority.trust / name).read_bytes() for name in ("raiz.crl", "intermediaria.crl"))
    (tmp_path / "crls.pem").write_bytes(crls)
    trusted = ["-CAfile", str(tmp_path / "ca.pem"), "-CRLfile", str(tmp_path / "crls.pem"), "-crl_check_all"]
    for purpose, path in (("sslclient", tmp_path / "client.pem"), ("sslserver", server)):
        openssl("verify", *trusted, "-x509_strict", "-purpose", purpose, str(path))
    told = openssl(
        "pkcs12", "-in", str(tmp_path / "client.pfx"), "-passin", "pass:sandbox", "-info", "-noout"
    )
    assert "AES-256-CBC" in told
    assert "sha256" in told


# -- real TLS ------------------------------------------------------------------------------------------------------


class Listener:
    """A TLS server on loopback that demands a client certificate and says what it got, as the identity listener will."""

    def __init__(self, authority: Authority, *, address: str = "127.0.0.1") -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*authority.server())
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(authority.trust / "raiz.pem")
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self._socket = context.wrap_socket(
            socket.create_server((address, 0), family=family), server_side=True
        )
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except ssl.SSLError:
                continue
            except OSError:
                return
            with connection:
                connection.sendall(connection.getpeercert(binary_form=True) or b"")

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(10)


@pytest.fixture
def listener(authority: Authority) -> Iterator[Listener]:
    listening = Listener(authority)
    yield listening
    listening.close()


def ask(port: int, folder: Path, ca: Path, host: str = "localhost", address: str = "127.0.0.1") -> bytes:
    """What the server says to a client with these files; ssl.SSLError or a reset where it does not let it in."""
    context = ssl.create_default_context(cafile=str(ca))
    context.load_cert_chain(folder / "client.pem", folder / "client.key")
    with (
        socket.create_connection((address, port), timeout=10) as plain,
        context.wrap_socket(plain, server_hostname=host) as connection,
    ):
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_over_tls_the_server_gets_the_certificate_it_can_validate(
    authority: Authority, client: Issued, listener: Listener, tmp_path: Path
) -> None:
    export_client(client, tmp_path)
    for host in ("localhost", "127.0.0.1"):
        told = ask(listener.port, tmp_path, tmp_path / "ca.pem", host)
        assert told == client.certificate.public_bytes(Encoding.DER)


def test_over_tls_a_stranger_is_refused(
    foreign: Authority, authority: Authority, client: Issued, listener: Listener, tmp_path: Path
) -> None:
    export_client(client, tmp_path / "nosso")
    export_client(foreign.issue(e_cnpj(CNPJ, NAME)), tmp_path / "estranho")
    with pytest.raises((ssl.SSLError, ConnectionError)):
        ask(listener.port, tmp_path / "estranho", tmp_path / "nosso" / "ca.pem")
    assert ask(listener.port, tmp_path / "nosso", tmp_path / "nosso" / "ca.pem"), "the server goes on"


def test_over_tls_expired_and_serving_certificates_are_refused(
    authority: Authority, client: Issued, listener: Listener, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    serving = replace(e_cnpj(CNPJ, NAME), purposes=(ExtendedKeyUsageOID.SERVER_AUTH,))
    bad = {
        "expired": authority.issue(e_cnpj(CNPJ, NAME), start=now - 2 * DAY, end=now - DAY),
        "a server's": authority.issue(serving),
    }
    for name, issued in bad.items():
        export_client(issued, tmp_path / name)
        with pytest.raises((ssl.SSLError, ConnectionError)):
            ask(listener.port, tmp_path / name, tmp_path / name / "ca.pem")


def test_over_tls_the_client_knows_the_server(
    foreign: Authority, client: Issued, listener: Listener, tmp_path: Path
) -> None:
    export_client(client, tmp_path)
    with pytest.raises(ssl.SSLCertVerificationError):
        ask(listener.port, tmp_path, tmp_path / "ca.pem", host="outro.exemplo")
    with pytest.raises(ssl.SSLCertVerificationError):
        ask(listener.port, tmp_path, foreign.trust / "raiz.pem")


def test_over_tls_by_the_address_of_version_6(authority: Authority, client: Issued, tmp_path: Path) -> None:
    try:
        listening = Listener(authority, address="::1")
    except OSError:
        pytest.skip("this machine has no ::1")
    export_client(client, tmp_path)
    try:
        assert ask(listening.port, tmp_path, tmp_path / "ca.pem", host="::1", address="::1")
    finally:
        listening.close()


def test_the_root_vouches_for_names_of_this_machine_alone(authority: Authority, tmp_path: Path) -> None:
    """Who puts it among what his browser trusts is not exposed by keys that lie in a sandbox."""
    key = making.new_key()
    elsewhere = (
        x509.CertificateBuilder()
        .issuer_name(authority.intermediate.certificate.subject)
        .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "banco.exemplo")]))
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(datetime.now(UTC) - DAY)
        .not_valid_after(datetime.now(UTC) + DAY)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("banco.exemplo")]), critical=False)
    )
    server = elsewhere.sign(authority.intermediate.key, hashes.SHA256())
    (tmp_path / "server.pem").write_bytes(
        server.public_bytes(Encoding.PEM) + authority.intermediate.certificate.public_bytes(Encoding.PEM)
    )
    (tmp_path / "server.key").write_bytes(key_pem(key))
    mine, theirs = socket.socketpair()
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(tmp_path / "server.pem", tmp_path / "server.key")
    asking = ssl.create_default_context(cafile=str(authority.trust / "raiz.pem"))

    def answer() -> None:
        try:
            serving.wrap_socket(theirs, server_side=True).close()
        except OSError:
            theirs.close()

    thread = threading.Thread(target=answer)
    thread.start()
    with mine, pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        asking.wrap_socket(mine, server_hostname="banco.exemplo")
    thread.join(10)
    theirs.close()


def openssl(*arguments: str) -> str:
    ended = subprocess.run(["openssl", *arguments], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended
    return ended.stdout + ended.stderr
