"""The client certificate as a proxy hands it over, believed from the configured proxies alone (VINCULA_PROXY).

nginx verifies nothing that we do not verify again: what it brings is the certificate, URL-encoded PEM
(`$ssl_client_escaped_cert`), in a header that it sets itself on every request. From any other peer the header is as if
it were not there.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from vincula.national.api.services.tokens import thumbprint

HEADER = "x-vincula-certificado"
MAX_LENGTH = 32 * 1024


def certificate_of(value: str) -> bytes:
    """The PEM in the header's value; b"" for none or for what cannot be one."""
    if not value or len(value) > MAX_LENGTH:
        return b""
    pem = unquote_to_bytes(value)
    return pem if pem.startswith(b"-----BEGIN CERTIFICATE-----") else b""


@lru_cache(maxsize=1_000)
def thumbprint_of(value: str) -> str:
    """The thumbprint of the certificate in the header's value. `-` (which no token has) for what cannot be read: a
    proxy that says that there is a certificate must not be taken for one that says nothing."""
    if not value:
        return ""
    try:
        certificate = x509.load_pem_x509_certificate(certificate_of(value))
    except ValueError:
        return "-"
    der = certificate.public_bytes(Encoding.DER)
    return thumbprint(hashlib.sha256(der).hexdigest())
