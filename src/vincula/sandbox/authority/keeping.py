"""What the test authority keeps in files: pairs of key and certificate, and the book of what it revoked."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InternalError, InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from vincula.common.files import write_private
from vincula.common.outcomes import Refused, RefusedError
from vincula.sandbox.authority.making import Signer


@dataclass(slots=True)
class State:
    """What the authority remembers: the last CRL's number, and serial (hexadecimal) → moment of revocation."""

    number: int
    revoked: dict[str, str]

    @classmethod
    def read(cls, folder: Path) -> State:
        path = folder / "segredos" / "estado.json"
        if not path.exists():
            return cls(0, {})
        known = json.loads(path.read_bytes())
        return cls(int(known["numero"]), dict(known["revogados"]))

    def save(self, folder: Path) -> None:
        content = json.dumps({"numero": self.number, "revogados": self.revoked}, indent=1, sort_keys=True)
        write_private(folder / "segredos" / "estado.json", content.encode())


def kept(path: Path, make: Callable[[], Signer], serves: Callable[[Signer], bool]) -> Signer:
    """The pair of this file; another one where there is none, or where it no longer serves."""
    found = load(path)
    if found is None or not serves(found):
        found = make()
        write_private(path, pair(found))
    return found


def load(path: Path) -> Signer | None:
    if not path.exists():
        return None
    try:
        content = path.read_bytes()
        # Not whether its numbers are primes, which takes longer than all else a listener does before it listens, but
        # below whether it signs.
        key = serialization.load_pem_private_key(content, password=None, unsafe_skip_rsa_key_validation=True)
        certificate = x509.load_pem_x509_certificate(content)
    except ValueError:
        raise RefusedError(_damaged(path)) from None
    if not isinstance(key, rsa.RSAPrivateKey) or not _signs_for(key, certificate):
        raise RefusedError(_damaged(path))
    return Signer(certificate, key)


def _signs_for(key: rsa.RSAPrivateKey, certificate: x509.Certificate) -> bool:
    """Whether the certificate's public half confirms what this one signs."""
    public, asked = certificate.public_key(), b"vincula"
    if not isinstance(public, rsa.RSAPublicKey):
        return False
    try:
        public.verify(
            key.sign(asked, padding.PKCS1v15(), hashes.SHA256()), asked, padding.PKCS1v15(), hashes.SHA256()
        )
    except (InvalidSignature, InternalError, ValueError):
        return False
    return True


def _damaged(path: Path) -> Refused:
    return Refused(
        "AUTORIDADE_DANIFICADA",
        f"O arquivo {path} da autoridade de teste está vazio ou danificado.",
        f"Apague a pasta {path.parent.parent} e repita: outra autoridade é feita, e os certificados de teste que a"
        " antiga emitiu deixam de valer.",
    )


def pair(signer: Signer) -> bytes:
    return key_pem(signer.key) + certificates_pem(signer.certificate)


def key_pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def certificates_pem(*certificates: x509.Certificate) -> bytes:
    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in certificates)
