"""The certificate in a header: from the configured proxy alone, and never half."""

from __future__ import annotations

import hashlib
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import quote

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from vincula.common import proxies
from vincula.national.api.services.tokens import thumbprint
from vincula.national.api.wire import proxy
from vincula.sandbox.authority import at_folder, e_cnpj

NETWORKS = (ip_network("127.0.0.1"), ip_network("10.1.0.0/16"), ip_network("::1"))


@pytest.mark.parametrize(
    ("peer", "believed"),
    [
        ("127.0.0.1", True),
        ("127.0.0.1:51000", True),
        ("10.1.2.3:80", True),
        ("10.2.2.3", False),
        ("::1", True),
        ("[::1]:443", True),
        ("::ffff:127.0.0.1", True),
        ("::2", False),
        ("", False),
        ("unix:", False),
        ("localhost", False),
        ("127.0.0.1.evil", False),
    ],
)
def test_whose_header_is_believed(peer: str, believed: bool) -> None:
    assert proxies.is_proxy(peer, NETWORKS) is believed
    assert proxies.is_proxy(peer, ()) is False


def test_the_thumbprint_is_of_the_certificate_in_the_header(tmp_path: Path) -> None:
    issued = at_folder(tmp_path / "a").issue(e_cnpj("11222333000181", "X"))
    pem = issued.certificate.public_bytes(Encoding.PEM).decode()
    der = issued.certificate.public_bytes(Encoding.DER)
    assert proxy.thumbprint_of(quote(pem)) == thumbprint(hashlib.sha256(der).hexdigest())
    assert proxy.certificate_of(quote(pem)) == pem.encode()


@pytest.mark.parametrize("value", ["x", "-----BEGIN CERTIFICATE-----", "%2D" * 20_000, "é", "(null)"])
def test_a_header_that_cannot_be_read_is_no_missing_one(value: str) -> None:
    assert proxy.thumbprint_of(value) == "-"


def test_no_header_is_no_certificate() -> None:
    assert proxy.thumbprint_of("") == ""
    assert proxy.certificate_of("") == b""
