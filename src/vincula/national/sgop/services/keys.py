"""Keys of computers without a platform authenticator: ECDSA P-256, made by the browser, which cannot export it.

What is signed names the purpose and the origin, so that a signature is good for nothing else. The server sees a public
key and cannot prove that the private one is bound to the machine: that is the browser's word (manual, sgop.md).
"""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key

from vincula.national.sgop.services.places import Place

_HALF = 32
_MAX_DER = 200


def message(purpose: str, place: Place, challenge: str) -> bytes:
    """What the browser signs; computador.js composes the same."""
    return f"vincula:computador:{purpose}:{place.origin}:{challenge}".encode()


def read(der: bytes) -> ec.EllipticCurvePublicKey | None:
    """A public key of P-256 in DER, None for anything else."""
    if len(der) > _MAX_DER:
        return None
    try:
        key = load_der_public_key(der)
    except Exception:  # a stranger's bytes in somebody else's parser
        return None
    return key if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1) else None


def signed(der: bytes, signature: bytes, text: bytes) -> bool:
    """Whether this is a signature (r and s, 32 bytes each) of the text by the key."""
    key = read(der)
    if key is None or len(signature) != 2 * _HALF:
        return False
    r, s = (int.from_bytes(part, "big") for part in (signature[:_HALF], signature[_HALF:]))
    try:
        key.verify(encode_dss_signature(r, s), text, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def name_of(der: bytes) -> str:
    """By which the server and the browser call the key: the SHA-256 of its public half."""
    return hashlib.sha256(der).hexdigest()
