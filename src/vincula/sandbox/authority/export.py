"""A client's certificate in the files that clients want."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12

from vincula.common.files import private_folder, write_private
from vincula.sandbox.authority.authority import Issued
from vincula.sandbox.authority.keeping import certificates_pem, key_pem

PFX_PASSWORD = "sandbox"  # noqa: S105 - printed in the manual: it protects nothing
_ROUNDS = 50_000


def export_client(issued: Issued, folder: Path) -> tuple[Path, ...]:
    """Write `client.pem` (certificate and intermediate), `client.key` (PKCS#8, not encrypted), `client.pfx` (AES-256,
    SHA-256; password `sandbox`) and `ca.pem` (root and intermediate). All are their owner's only; what was there is
    replaced.
    """
    private_folder(folder)
    contents = {
        "client.key": key_pem(issued.key),
        "client.pem": certificates_pem(issued.certificate, *issued.chain[:-1]),
        "client.pfx": _pfx(issued),
        "ca.pem": certificates_pem(*reversed(issued.chain)),
    }
    for name, content in contents.items():
        write_private(folder / name, content)
    return tuple(folder / name for name in contents)


def _pfx(issued: Issued) -> bytes:
    encryption = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(_ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(PFX_PASSWORD.encode())
    )
    return pkcs12.serialize_key_and_certificates(
        b"vincula", issued.key, issued.certificate, issued.chain, encryption
    )
