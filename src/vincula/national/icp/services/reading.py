"""Certificates and CRLs out of the bytes they come in, PEM or DER."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeVar

from asn1crypto import core
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from vincula.national.icp.rules import Leaf

CERTIFICATE_LIMIT = 64 << 10
"""Bytes that a client may present; certificates of ICP-Brasil have 2 or 3 KiB."""
T = TypeVar("T", bound=x509.ExtensionType)
_PEM = re.compile(rb"-----BEGIN (CERTIFICATE|X509 CRL)-----[^-]*-----END \1-----")
_TEXTS = (
    core.OctetString,
    core.PrintableString,
    core.UTF8String,
    core.IA5String,
    core.TeletexString,
    core.BMPString,
)


def read_certificate(content: bytes) -> x509.Certificate:
    """The one certificate in PEM or DER. Raises ValueError for anything else, and for several."""
    if len(content) > CERTIFICATE_LIMIT:
        raise ValueError("too long for a certificate")
    if b"-----BEGIN" not in content:
        return x509.load_der_x509_certificate(content)
    blocks = list(_PEM.finditer(content))
    if len(blocks) != 1 or content.count(b"-----BEGIN") != 1:
        raise ValueError("not exactly one certificate")
    return x509.load_pem_x509_certificate(blocks[0][0])


def read_any(content: bytes) -> Iterator[x509.Certificate | x509.CertificateRevocationList]:
    """All certificates and CRLs of a file of the trust folder; blocks of other kinds are passed over.

    Raises ValueError where something that should be one of them is not.
    """
    if b"-----BEGIN" in content:
        for block in _PEM.finditer(content):
            is_crl = block[1] == b"X509 CRL"
            yield x509.load_pem_x509_crl(block[0]) if is_crl else x509.load_pem_x509_certificate(block[0])
        return
    try:
        yield x509.load_der_x509_certificate(content)
    except ValueError:
        yield x509.load_der_x509_crl(content)


def der(item: x509.Certificate | x509.CertificateRevocationList) -> bytes:
    return item.public_bytes(Encoding.DER)


def is_authority(certificate: x509.Certificate) -> bool:
    """Whether it says that it may issue others. Raises ValueError where its extensions cannot be read."""
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def leaf_of(certificate: x509.Certificate) -> Leaf:
    """What the rules want to know. Raises ValueError where the extensions cannot be read."""
    extensions = certificate.extensions
    usage = _value(extensions, x509.KeyUsage)
    purposes = _value(extensions, x509.ExtendedKeyUsage)
    policies = _value(extensions, x509.CertificatePolicies)
    names = _value(extensions, x509.SubjectAlternativeName)
    return Leaf(
        is_ca=is_authority(certificate),
        digital_signature=usage is not None and usage.digital_signature,
        purposes=frozenset(oid.dotted_string for oid in purposes or ()),
        policies=tuple(policy.policy_identifier.dotted_string for policy in policies or ()),
        other_names=tuple(
            (name.type_id.dotted_string, text_of(name.value))
            for name in names or ()
            if isinstance(name, x509.OtherName)
        ),
        serial_numbers=subject_texts(certificate, x509.NameOID.SERIAL_NUMBER),
        common_names=subject_texts(certificate, x509.NameOID.COMMON_NAME),
    )


def _value(extensions: x509.Extensions, kind: type[T]) -> T | None:
    try:
        return extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def subject_texts(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> tuple[str, ...]:
    values = (attribute.value for attribute in certificate.subject.get_attributes_for_oid(oid))
    return tuple(value if isinstance(value, str) else value.decode("latin-1") for value in values)


def text_of(value: bytes) -> str | None:
    """The text of an otherName: OCTET STRING (as latin-1), PrintableString or UTF8String in DER; None where it is none.

    Authorities write any of the three (6.1), some the other string types.
    """
    try:
        item = core.load(value, strict=True)
        native = item.native
    except (ValueError, TypeError):
        return None
    if not isinstance(item, _TEXTS):
        return None
    return native.decode("latin-1") if isinstance(native, bytes) else str(native)
