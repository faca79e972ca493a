"""Use case of this room: who stands behind a client certificate (issue 3; reference access.md, section 6).

The same function serves TLS (gunicorn hands the DER over) and the header of a proxy (PEM), and believes neither:
everything is validated here again. That a CNPJ is registered in CADOP is asked by who grants the credential.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from vincula.common.log import get_logger
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.icp.refusals import Code, refuse
from vincula.national.icp.rules import TEST_ROOT, Leaf, holder
from vincula.national.icp.services import bundle
from vincula.national.icp.services.path import chain_fault
from vincula.national.icp.services.reading import der, leaf_of, read_certificate

__all__ = ["TEST_ROOT", "Code", "Identity", "authorities", "validate"]

log = get_logger(__name__)
_UNREADABLE = (ValueError, x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType)


@dataclass(frozen=True, slots=True)
class Identity:
    """A company, by a certificate that holds.

    `kind`: "PJ" or "SE"; `policy`: A1 … A4, SE-S, SE-H. `subject` and `issuer` as RFC 4514 writes them, `serial` in
    upper case hexadecimal, `sha256` of the DER in lower case hexadecimal; dates are in UTC.
    """

    cnpj: str
    kind: str
    policy: str
    subject: str
    issuer: str
    serial: str
    sha256: str
    not_before: datetime
    not_after: datetime


def validate(certificate: bytes, at: datetime | None = None) -> Outcome[Identity]:
    """The company behind a certificate (PEM or DER), or the refusal with its code (refusals.Code).

    `at`: the moment asked about, with a time zone; None is now. Raises ValueError for one without, RefusedError where
    the configuration does not serve, and nothing whatever the certificate is. Not for callers in an event loop.
    """
    if at is not None and at.utcoffset() is None:
        raise ValueError("at: a moment needs its time zone")
    trusted = bundle.current()
    if not trusted.roots:
        return refuse(Code.CONFIANCA_AUSENTE)
    try:
        presented = read_certificate(certificate)
        return _judge(presented, leaf_of(presented), trusted, at)
    except _UNREADABLE:
        return refuse(Code.CERTIFICADO_ILEGIVEL)
    except Exception as error:
        # The bytes are a stranger's and three parsers look at them: whatever one of them stumbles over refuses.
        log.warning("icp.certificate_unreadable", error=type(error).__name__)
        return refuse(Code.CERTIFICADO_ILEGIVEL)


def authorities() -> bytes:
    """The DER of every authority that is trusted now, one after the other: what a TLS listener tells its clients that
    it takes. It decides nothing: `validate` does. Empty where nobody is trusted."""
    trusted = bundle.current()
    roots = [anchor.certificate for anchor in trusted.roots]
    return b"".join(one.dump() for one in (*roots, *trusted.intermediates))


def _judge(
    presented: x509.Certificate, leaf: Leaf, trusted: bundle.Bundle, at: datetime | None
) -> Outcome[Identity]:
    if leaf.is_ca:
        return refuse(Code.CERTIFICADO_DE_AC)
    fault = chain_fault(der(presented), trusted, at)
    if fault:
        return fault
    found = holder(leaf)
    if isinstance(found, Refused):
        return found
    return Accepted(
        Identity(
            cnpj=found.value.cnpj,
            kind=found.value.kind,
            policy=found.value.policy,
            subject=presented.subject.rfc4514_string(),
            issuer=presented.issuer.rfc4514_string(),
            serial=f"{presented.serial_number:X}",
            sha256=hashlib.sha256(der(presented)).hexdigest(),
            not_before=presented.not_valid_before_utc,
            not_after=presented.not_valid_after_utc,
        )
    )
