"""Whether a certificate's chain holds at a moment: signatures, dates, constraints and, for each of its links, a CRL."""

from __future__ import annotations

import asyncio
import threading
from datetime import datetime, timedelta

from asn1crypto import x509 as asn1_x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
    PathValidationError,
    RevokedError,
    StaleRevinfoError,
    ValidationError,
)
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

from vincula.common.outcomes import Refused
from vincula.national.icp.refusals import Code, refuse
from vincula.national.icp.services.bundle import Bundle

_CRL_HARD_FAIL = CertRevTrustPolicy(
    RevocationCheckingPolicy(RevocationCheckingRule.CRL_REQUIRED, RevocationCheckingRule.CRL_REQUIRED)
)
# asn1crypto parses lazily: what two threads read at once of the shared bundle would be written twice.
_one_at_a_time = threading.Lock()


def chain_fault(certificate: bytes, bundle: Bundle, at: datetime | None) -> Refused | None:
    """None where the chain of this certificate (DER) holds at `at`, else why not.

    `at` None is now, for which any revocation counts; at another moment only one before it does. Not to be
    called where an event loop runs. Nothing is fetched: only the bundle's CRLs count. Raises ValueError for what is no
    certificate in DER, also for a second encoding of a good one, which would give it another fingerprint.
    """
    with _one_at_a_time:
        context = ValidationContext(
            trust_roots=bundle.roots,
            other_certs=bundle.intermediates,
            crls=bundle.crls,
            moment=at,
            revinfo_policy=_CRL_HARD_FAIL,
            time_tolerance=timedelta(0),
            allow_fetching=False,
        )
        leaf = asn1_x509.Certificate.load(certificate)
        if leaf["signature_value"].contents[:1] != b"\0":
            raise ValueError("a signature of whole octets, declared not to be")
        try:
            asyncio.run(CertificateValidator(leaf, validation_context=context).async_validate_path())
        except (ValidationError, PathBuildingError) as error:
            return _refusal(error, bundle)
    return None


def _refusal(error: Exception, bundle: Bundle) -> Refused:
    if isinstance(error, RevokedError):
        code = Code.CERTIFICADO_REVOGADO if error.is_ee_cert else Code.AC_REVOGADA
        return refuse(code, since=error.revocation_dt)
    if isinstance(error, ExpiredError):
        code = Code.CERTIFICADO_VENCIDO if error.is_ee_cert else Code.AC_FORA_DA_VALIDADE
        return refuse(code, since=error.expired_dt)
    if isinstance(error, NotYetValidError):
        code = Code.CERTIFICADO_AINDA_NAO_VALE if error.is_ee_cert else Code.AC_FORA_DA_VALIDADE
        return refuse(code, since=error.valid_from)
    if isinstance(error, StaleRevinfoError):
        return refuse(Code.LCR_VENCIDA, since=error.time_cutoff)
    if isinstance(error, InsufficientRevinfoError):
        return refuse(Code.LCR_INVALIDA if _has_crls(error, bundle) else Code.LCR_AUSENTE)
    if isinstance(error, PathBuildingError | InvalidCertificateError):
        return refuse(Code.CADEIA_DESCONHECIDA)
    return refuse(Code.CADEIA_INVALIDA)


def _has_crls(error: PathValidationError, bundle: Bundle) -> bool:
    """Whether a CRL of each authority asked is there, so that it is the CRL that does not serve."""
    path = [item for item in error.original_path if isinstance(item, asn1_x509.Certificate)]
    links = path[-1:] if error.is_ee_cert else path[:-1]
    return all(link.issuer.dump() in bundle.crl_issuers for link in links)
