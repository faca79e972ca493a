"""The authorities and certificates of these tests: the sandbox's own, and what a test breaks in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from asn1crypto import core
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from vincula.common.outcomes import Refused
from vincula.national.icp import services as icp
from vincula.sandbox.authority import Authority, Profile, at_folder, e_cnpj, e_cpf, making, selo_eletronico
from vincula.sandbox.authority.making import Signer, new_key
from vincula.sandbox.authority.profiles import A3, AR_CNPJ, SE_H

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)
CNPJ, OTHER, LETTERS = "11222333000181", "03589068000146", "12ABC34501DE35"
CPF = "52998224725"
NAME = "OPERADORA DE TESTE LTDA"
OLD = e_cnpj(CNPJ, NAME)
SEAL = selo_eletronico(CNPJ, NAME)


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def subject(profile: Profile, oid: x509.ObjectIdentifier, text: str) -> Profile:
    """The profile with this attribute of the subject instead of the one it has ("": without it)."""
    others = tuple(pair for pair in profile.subject if pair[0] != oid)
    return replace(profile, subject=(*others, (oid, text)) if text else others)


def other_name(profile: Profile, oid: str, *texts: str) -> Profile:
    """The profile with these texts under one otherName (none: without it)."""
    others = tuple(pair for pair in profile.other_names if pair[0] != oid)
    return replace(profile, other_names=others + tuple((oid, text) for text in texts))


SERIAL, COMMON = NameOID.SERIAL_NUMBER, NameOID.COMMON_NAME
TITULAR, AR = "2.16.76.1.3.3", "2.16.76.1.4.5.1"
NAMELESS = subject(other_name(OLD, TITULAR), COMMON, NAME)  # a company's, without any CNPJ of the holder

# What is presented → the CNPJ, kind and policy accepted, or the code of the refusal (access.md, 6.1 to 6.4).
PROFILES: dict[str, tuple[Profile, tuple[str, str, str] | str]] = {
    "e-CNPJ, texts in UTF8String": (OLD, (CNPJ, "PJ", "A1")),
    "e-CNPJ, texts in PrintableString": (replace(OLD, encoding=core.PrintableString), (CNPJ, "PJ", "A1")),
    "e-CNPJ, texts in OCTET STRING": (replace(OLD, encoding=core.OctetString), (CNPJ, "PJ", "A1")),
    "e-CNPJ of type A3": (e_cnpj(CNPJ, NAME, policy=A3), (CNPJ, "PJ", "A3")),
    "e-CNPJ with an accented name": (e_cnpj(CNPJ, "SAÚDE E AÇÃO LTDA"), (CNPJ, "PJ", "A1")),
    "Selo Eletrônico SE-S": (SEAL, (CNPJ, "SE", "SE-S")),
    "Selo Eletrônico SE-H": (selo_eletronico(CNPJ, NAME, policy=SE_H), (CNPJ, "SE", "SE-H")),
    "Selo Eletrônico with the prefix CNPJ:": (selo_eletronico(CNPJ, NAME, prefix="CNPJ:"), (CNPJ, "SE", "SE-S")),
    "alphanumeric CNPJ, old profile": (e_cnpj(LETTERS, NAME), (LETTERS, "PJ", "A1")),
    "alphanumeric CNPJ, new profile": (selo_eletronico(LETTERS, NAME), (LETTERS, "SE", "SE-S")),
    "both profiles at once, in agreement": (subject(OLD, SERIAL, CNPJ), (CNPJ, "PJ", "A1")),
    "the CNPJ behind the name only": (other_name(OLD, TITULAR), (CNPJ, "PJ", "A1")),
    "the otherName unknown (zeros), the name's counts": (other_name(OLD, TITULAR, "0" * 14), (CNPJ, "PJ", "A1")),
    "a serialNumber that is no CNPJ beside the otherName": (subject(OLD, SERIAL, "1234"), (CNPJ, "PJ", "A1")),
    "a wrong serialNumber beside the otherName": (subject(OLD, SERIAL, "11222333000182"), "CNPJ_DIVERGENTE"),
    "a policy of somebody else's beside": (replace(OLD, policies=(*OLD.policies, "2.23.140.1.2.2")), (CNPJ, "PJ", "A1")),
    # The CNPJ: not there, wrong, or two of them.
    "the AR's CNPJ only, in OU and 2.16.76.1.4.5.1": (other_name(NAMELESS, AR, AR_CNPJ), "CNPJ_AUSENTE"),
    "a seal without serialNumber: the AR's does not count": (subject(SEAL, SERIAL, ""), "CNPJ_AUSENTE"),
    "no SAN, no CNPJ": (replace(NAMELESS, other_names=()), "CNPJ_AUSENTE"),
    "14 digits in the name, not behind a colon": (subject(NAMELESS, COMMON, f"{NAME} {CNPJ}"), "CNPJ_AUSENTE"),
    "an otherName with wrong check digits": (other_name(OLD, TITULAR, "11222333000182"), "CNPJ_INVALIDO"),
    "an otherName too short": (other_name(OLD, TITULAR, CNPJ[:13]), "CNPJ_INVALIDO"),
    "an otherName in lower case": (other_name(OLD, TITULAR, LETTERS.lower()), "CNPJ_INVALIDO"),
    "an otherName with punctuation": (other_name(OLD, TITULAR, "11.222.333/0001-81"), "CNPJ_INVALIDO"),
    "a seal with wrong check digits": (selo_eletronico("11222333000182", NAME), "CNPJ_INVALIDO"),
    "otherName and serialNumber differ": (subject(OLD, SERIAL, OTHER), "CNPJ_DIVERGENTE"),
    "otherName and name differ": (subject(OLD, COMMON, f"{NAME}:{OTHER}"), "CNPJ_DIVERGENTE"),
    "two otherNames differ": (other_name(OLD, TITULAR, CNPJ, OTHER), "CNPJ_DIVERGENTE"),
    "two serialNumbers differ": (replace(SEAL, subject=(*SEAL.subject, (SERIAL, OTHER))), "CNPJ_DIVERGENTE"),
    # Who, and for what, it was issued.
    "e-CPF": (e_cpf(CPF, "PESSOA DE TESTE"), "CERTIFICADO_DE_PESSOA"),
    "e-CPF that names a company, too": (other_name(e_cpf(CPF, NAME), TITULAR, CNPJ), "CERTIFICADO_DE_PESSOA"),
    "e-CPF of the new profile": (selo_eletronico(CPF, "PESSOA", policy=A3, prefix="CPF:"), "CERTIFICADO_DE_PESSOA"),
    "the person's CPF behind the name only": (subject(NAMELESS, COMMON, f"PESSOA:{CPF}"), "CERTIFICADO_DE_PESSOA"),
    "equipment": (other_name(OLD, "2.16.76.1.3.8", NAME), "CERTIFICADO_DE_EQUIPAMENTO"),
    "policy S1 (secrecy)": (replace(OLD, policies=("2.16.76.1.2.101.5",)), "POLITICA_NAO_ACEITA"),
    "policy AE-S (application)": (replace(SEAL, policies=("2.16.76.1.2.203.1",)), "POLITICA_NAO_ACEITA"),
    "policy of the root": (replace(OLD, policies=("2.16.76.1.1.0",)), "POLITICA_NAO_ACEITA"),
    "an arc that begins like an accepted one": (replace(OLD, policies=("2.16.76.1.2.11.1",)), "POLITICA_NAO_ACEITA"),
    "an accepted policy and another": (replace(OLD, policies=(*OLD.policies, "2.16.76.1.2.101.5")), "POLITICA_NAO_ACEITA"),
    "no policy": (replace(OLD, policies=()), "POLITICA_NAO_ACEITA"),
    "no clientAuth": (replace(OLD, purposes=(ExtendedKeyUsageOID.EMAIL_PROTECTION,)), "SEM_AUTENTICACAO_DE_CLIENTE"),
    "no extended key usage at all": (replace(OLD, purposes=()), "SEM_AUTENTICACAO_DE_CLIENTE"),
    "any purpose": (replace(OLD, purposes=(ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,)), "SEM_AUTENTICACAO_DE_CLIENTE"),
    "no digitalSignature": (replace(OLD, digital_signature=False), "SEM_ASSINATURA_DIGITAL"),
}  # fmt: skip


@dataclass(frozen=True)
class World:
    """Two authorities of the same names: ours, and a stranger's."""

    folder: Path

    @cached_property
    def ours(self) -> Authority:
        return at_folder(self.folder / "nossa")

    @cached_property
    def foreign(self) -> Authority:
        return at_folder(self.folder / "estranha")

    @cached_property
    def key(self) -> rsa.RSAPrivateKey:
        return new_key()

    @cached_property
    def good(self) -> x509.Certificate:
        """One of which nothing is wrong, the same for the whole run."""
        return self.issue()

    def issue(
        self, profile: Profile = OLD, *, start: datetime = NOW - DAY, end: datetime = NOW + 300 * DAY
    ) -> x509.Certificate:
        return self.ours.issue(profile, start=start, end=end, key=self.key).certificate


def code(certificate: x509.Certificate | bytes, at: datetime | None = None) -> str:
    """The refusal's code, "" where it is accepted."""
    content = certificate if isinstance(certificate, bytes) else der(certificate)
    outcome = icp.validate(content, at)
    return outcome.code if isinstance(outcome, Refused) else ""


def authority(above: Signer, name: str, *, path_length: int | None) -> Signer:
    """One more authority, with a name of its own."""
    key = making.new_key()
    usage = above.certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    certificate = (
        x509.CertificateBuilder()
        .issuer_name(above.certificate.subject)
        .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW + 300 * DAY)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
        .add_extension(usage, critical=True)
        .sign(above.key, hashes.SHA256())
    )
    return Signer(certificate, key)


def write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def write_crls(folder: Path, *signers: Signer, at: datetime = NOW) -> None:
    """An empty list, current at `at`, of each of these authorities."""
    for index, signer in enumerate(signers):
        crl = making.make_crl(signer, {}, 10 + index, at, 7)
        write(folder / f"z{index}.crl", crl.public_bytes(Encoding.PEM))
