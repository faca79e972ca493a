"""What a client certificate says, in the profiles of ICP-Brasil (access.md, 6.1 and 6.2). Pure.

Each function gives a good certificate; a test makes a bad one of it with `dataclasses.replace`.
"""

from __future__ import annotations

from dataclasses import dataclass

from asn1crypto import core
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from vincula.identifiers import cnpj as cnpj_numbers

AR_CNPJ = cnpj_numbers.complete("970000010001")
"""The CNPJ of the sandbox's Autoridade de Registro, which stands where no holder's may be looked for."""
A1, A3, SE_S, SE_H = (f"2.16.76.1.2.{arcs}" for arcs in ("1.999", "3.999", "201.999", "202.999"))
ENCODINGS = (core.UTF8String, core.PrintableString, core.OctetString)
"""The string types that authorities write otherNames in."""
StringType = type[core.UTF8String] | type[core.PrintableString] | type[core.OctetString]
_PERSON = "01011980" + "00000000000" + "0" * 11 + "0" * 15 + " " * 6


@dataclass(frozen=True, slots=True)
class Profile:
    """The contents of a certificate: subject from C to CN, otherNames (OID, text), policies and uses."""

    subject: tuple[tuple[x509.ObjectIdentifier, str], ...]
    other_names: tuple[tuple[str, str], ...]
    policies: tuple[str, ...]
    purposes: tuple[x509.ObjectIdentifier, ...] = (
        ExtendedKeyUsageOID.CLIENT_AUTH,
        ExtendedKeyUsageOID.EMAIL_PROTECTION,
    )
    digital_signature: bool = True
    encoding: StringType = core.UTF8String

    @property
    def name(self) -> x509.Name:
        return x509.Name([x509.NameAttribute(oid, text) for oid, text in self.subject])

    @property
    def alternative_names(self) -> x509.SubjectAlternativeName:
        return x509.SubjectAlternativeName(
            [x509.OtherName(x509.ObjectIdentifier(oid), self._coded(text)) for oid, text in self.other_names]
        )

    def _coded(self, text: str) -> bytes:
        value = text.encode("latin-1") if self.encoding is core.OctetString else text
        return bytes(self.encoding(value).dump())


def e_cnpj(cnpj: str, razao_social: str, *, policy: str = A1) -> Profile:
    """The old profile of a company: the CNPJ in otherName 2.16.76.1.3.3 and behind the name; the AR's in an OU."""
    return Profile(
        subject=(
            *_issuer_part(),
            (NameOID.ORGANIZATIONAL_UNIT_NAME, AR_CNPJ),
            (NameOID.ORGANIZATIONAL_UNIT_NAME, "Videoconferencia"),
            (NameOID.ORGANIZATIONAL_UNIT_NAME, "Certificado PJ A1"),
            (NameOID.COMMON_NAME, f"{_fitting(razao_social, len(cnpj) + 1)}:{cnpj}"),
        ),
        other_names=(
            ("2.16.76.1.3.4", _PERSON),
            ("2.16.76.1.3.2", "PESSOA RESPONSAVEL DE TESTE"),
            ("2.16.76.1.3.3", cnpj),
            ("2.16.76.1.3.7", "000000000000"),
        ),
        policies=(policy,),
    )


def selo_eletronico(cnpj: str, razao_social: str, *, policy: str = SE_S, prefix: str = "") -> Profile:
    """The new profile: the holder's CNPJ is the subject's serialNumber; 2.16.76.1.4.5.1 holds the AR's."""
    return Profile(
        subject=(
            *_issuer_part(),
            (NameOID.SERIAL_NUMBER, prefix + cnpj),
            (NameOID.COMMON_NAME, _fitting(razao_social, 0)),
        ),
        other_names=(("2.16.76.1.4.5.1", AR_CNPJ),),
        policies=(policy,),
    )


def e_cpf(cpf: str, nome: str) -> Profile:
    """A natural person's certificate, which represents no company."""
    return Profile(
        subject=(
            *_issuer_part(),
            (NameOID.ORGANIZATIONAL_UNIT_NAME, AR_CNPJ),
            (NameOID.ORGANIZATIONAL_UNIT_NAME, "Certificado PF A1"),
            (NameOID.COMMON_NAME, f"{_fitting(nome, len(cpf) + 1)}:{cpf}"),
        ),
        other_names=(
            ("2.16.76.1.3.1", f"01011980{cpf}" + _PERSON[19:]),
            ("2.16.76.1.3.5", "0" * 19 + " " * 22),
            ("2.16.76.1.3.6", "0" * 12),
        ),
        policies=(A1,),
    )


def _issuer_part() -> tuple[tuple[x509.ObjectIdentifier, str], ...]:
    """Where the real ones say ICP-Brasil, ours say that they are not."""
    return (
        (NameOID.COUNTRY_NAME, "BR"),
        (NameOID.ORGANIZATION_NAME, "TESTE - NAO E ICP-BRASIL"),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, "AC DE TESTE DO VINCULA"),
    )


def _fitting(name: str, taken: int) -> str:
    """A common name has 64 characters at most (RFC 5280), which the library counts as bytes."""
    return name.encode()[: 64 - taken].decode(errors="ignore").rstrip()
