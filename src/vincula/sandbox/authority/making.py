"""Certificates and CRLs out of keys: the cryptography of the test authority, without files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from vincula.national.icp.services import TEST_ROOT
from vincula.sandbox.authority.profiles import Profile

INTERMEDIATE = "AC INTERMEDIARIA DE TESTE - NAO E ICP-BRASIL"
ROOT_YEARS, INTERMEDIATE_YEARS = 20, 15
CLIENT_DAYS = 365
SERVER_DAYS = 397
"""Some clients refuse a server's certificate that is valid for longer."""
ROOT_CRL_DAYS, CLIENT_CRL_DAYS = 30, 7
_START = timedelta(minutes=5)  # clocks of a client and a server differ


@dataclass(frozen=True, slots=True)
class Signer:
    """An authority: its certificate and its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey


def new_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def make_root(now: datetime) -> Signer:
    key = new_key(3072)
    name = _authority_name(TEST_ROOT)
    builder = (
        _begun(name, name, key.public_key(), now - _START, now + timedelta(days=365 * ROOT_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
        .add_extension(_LOCAL_NAMES, critical=True)
    )
    return Signer(_authority(builder, key).sign(key, hashes.SHA256()), key)


def make_intermediate(root: Signer, now: datetime) -> Signer:
    key = new_key(3072)
    end = now + timedelta(days=365 * INTERMEDIATE_YEARS)
    builder = (
        _begun(root.certificate.subject, _authority_name(INTERMEDIATE), key.public_key(), now - _START, end)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_issued_by(root), critical=False)
    )
    return Signer(_authority(builder, key).sign(root.key, hashes.SHA256()), key)


def make_client(
    signer: Signer, profile: Profile, key: rsa.RSAPublicKey, start: datetime, end: datetime
) -> x509.Certificate:
    """A client's certificate; nothing that the profile says is checked here, bad ones are wanted, too."""
    builder = (
        _begun(signer.certificate.subject, profile.name, key, start, end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_issued_by(signer), critical=False)
        .add_extension(_usage(digital_signature=profile.digital_signature), critical=True)
    )
    if profile.other_names:
        builder = builder.add_extension(profile.alternative_names, critical=False)
    if profile.purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(profile.purposes), critical=False)
    if profile.policies:
        named = [x509.PolicyInformation(x509.ObjectIdentifier(oid), None) for oid in profile.policies]
        builder = builder.add_extension(x509.CertificatePolicies(named), critical=False)
    return builder.sign(signer.key, hashes.SHA256())


def make_server(signer: Signer, key: rsa.RSAPublicKey, now: datetime) -> x509.Certificate:
    """The certificate of this machine's listeners: localhost, 127.0.0.1, ::1."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    end = now + timedelta(days=SERVER_DAYS)
    return (
        _begun(signer.certificate.subject, name, key, now - _START, end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_issued_by(signer), critical=False)
        .add_extension(_usage(digital_signature=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.SubjectAlternativeName(
                [
                    x509.DNSName("localhost"),
                    x509.IPAddress(IPv4Address("127.0.0.1")),
                    x509.IPAddress(IPv6Address("::1")),
                ]
            ),
            critical=False,
        )
        .sign(signer.key, hashes.SHA256())
    )


def is_issued_by(certificate: x509.Certificate, signer: Signer) -> bool:
    try:
        certificate.verify_directly_issued_by(signer.certificate)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def make_crl(
    signer: Signer, revoked: dict[int, datetime], number: int, now: datetime, days: int
) -> x509.CertificateRevocationList:
    """The list of what this authority has revoked (serial → moment), to be renewed within `days`."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(signer.certificate.subject)
        .last_update(now - _START)
        .next_update(now + timedelta(days=days))
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(_issued_by(signer), critical=False)
    )
    for serial, moment in sorted(revoked.items()):
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(moment)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(signer.key, hashes.SHA256())


def _begun(
    issuer: x509.Name, subject: x509.Name, key: rsa.RSAPublicKey, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _authority(builder: x509.CertificateBuilder, key: rsa.RSAPrivateKey) -> x509.CertificateBuilder:
    return builder.add_extension(
        _usage(digital_signature=False, key_cert_sign=True, crl_sign=True), critical=True
    )


def _authority_name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "BR"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "TESTE - NAO E ICP-BRASIL"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _issued_by(signer: Signer) -> x509.AuthorityKeyIdentifier:
    identifier = signer.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)


def _usage(*, digital_signature: bool, key_cert_sign: bool = False, crl_sign: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=False,
        key_encipherment=not key_cert_sign,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )


# Who puts our root among those his browser trusts loses nothing: it vouches for names of this machine alone.
_LOCAL_NAMES = x509.NameConstraints(
    permitted_subtrees=[
        x509.DNSName("localhost"),
        x509.IPAddress(IPv4Network("127.0.0.0/8")),
        x509.IPAddress(IPv6Network("::1/128")),
    ],
    excluded_subtrees=None,
)
