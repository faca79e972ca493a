"""HTTP as its own rules want it, whatever the service: one Host, and methods that are served."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest

from tests.interop.test_cadsus_service import AUDITORIA, CADSUS
from tests.interop.world import PDQ, World

pytestmark = pytest.mark.django_db
OURS = "localhost"


def _asked(world: World, path: str, version: str, *hosts: str) -> tuple[int, str]:
    """Status and whole answer of a GET with these Host headers, in a connection of its own."""
    place = urlsplit(world.api)
    lines = [f"GET {path} HTTP/{version}", *(f"Host: {host}" for host in hosts), "Connection: close", "", ""]
    with (
        socket.create_connection((place.hostname or "", place.port or 0), timeout=20) as raw,
        world.operadora.context().wrap_socket(raw, server_hostname=place.hostname) as line,
    ):
        line.sendall("\r\n".join(lines).encode("latin-1"))
        got = b""
        while part := line.recv(65_536):
            got += part
    return int(got.split()[1]), got.decode()


WSDL, METADATA = f"{PDQ}?wsdl", "/fhir/r4/metadata"
HOSTS = {
    "one that is ours": ("1.1", (OURS,), 200, ""),
    "none": ("1.1", (), 400, "HOST_AUSENTE"),
    "an empty one": ("1.1", ("",), 400, "HOST_AUSENTE"),
    "one that is no text": ("1.1", ("\xff",), 400, "HOST_AUSENTE"),
    "two": ("1.1", (OURS, "mau.example"), 400, "HOST_REPETIDO"),
    "the same twice": ("1.1", (OURS, OURS), 400, "HOST_REPETIDO"),
    "two in HTTP/1.0": ("1.0", (OURS, OURS), 400, "HOST_REPETIDO"),
    "none in HTTP/1.0": ("1.0", (), 200, ""),
    "another's": ("1.1", ("mau.example",), 421, "ENDERECO_ALHEIO"),
    "another's in HTTP/1.0": ("1.0", ("mau.example",), 421, "ENDERECO_ALHEIO"),
}


@pytest.mark.parametrize("path", [WSDL, METADATA])
@pytest.mark.parametrize("case", HOSTS)
def test_a_request_names_one_host(world: World, case: str, path: str) -> None:
    version, hosts, status, code = HOSTS[case]
    told, text = _asked(world, path, version, *hosts)
    assert told == status, text
    assert code in text


def test_an_address_sent_whole_goes_before_the_header(world: World) -> None:
    """RFC 9112, 3.2.2: our answers lead back to the name that was called."""
    told, text = _asked(world, f"https://127.0.0.1:9{WSDL}", "1.1", OURS)
    assert (told, f"https://127.0.0.1:9{PDQ}" in text) == (200, True)
    assert _asked(world, f"https://mau.example{WSDL}", "1.1", OURS)[0] == 421
    assert _asked(world, f"https://{OURS}{WSDL}", "1.1")[0] == 400


ADDRESSES = (
    PDQ, "/cadsus/v2/PDQSupplierJWTGovBR", "/cadsus/PDQSupplier",
    "/cadsus/v2/PIXManagerJWT", "/cadsus/v2/PIXManagerJWTGovBR", "/cadsus/PIXManager", CADSUS, AUDITORIA,
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_methods_of_a_405_are_those_that_are_served(world: World, address: str) -> None:
    ask = world.operadora.http.request
    refused = ask("PUT", f"{world.api}{address}")
    assert refused.status_code == 405
    allowed = set(refused.headers["allow"].split(", "))
    served = {
        method
        for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")
        if ask(method, f"{world.api}{address}?wsdl").status_code != 405
    }
    assert served == allowed == {"GET", "HEAD", "POST"}
