"""The trust bundle: roots, intermediate authorities and CRLs of the configured folder, read again when it changes.

Whatever cannot be read is left out, which can only make less be accepted, and is named in the log.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from pyhanko_certvalidator.authority import CertTrustAnchor, TrustQualifiers

from vincula.common import config
from vincula.common.log import get_logger
from vincula.national.icp.rules import TEST_ROOT
from vincula.national.icp.services.reading import der, is_authority, read_any, subject_texts

log = get_logger(__name__)
FILE_LIMIT = 64 << 20
"""Bytes of one file; the largest CRLs have a few MiB."""
_WEAK = {"md5", "sha1"}
_Stamp = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is trusted. `crl_issuers`: the subjects (DER) of whom a CRL is there."""

    roots: tuple[CertTrustAnchor, ...] = ()
    intermediates: tuple[asn1_x509.Certificate, ...] = ()
    crls: tuple[asn1_crl.CertificateList, ...] = ()
    crl_issuers: frozenset[bytes] = frozenset()


_lock = threading.Lock()
_last: tuple[Path, bool, _Stamp, Bundle] | None = None


def current() -> Bundle:
    """The bundle of the configured folder as it stands now; empty where there is none."""
    settings = config.load()
    return read_folder(settings.icp_trust, sandbox=settings.sandbox) if settings.icp_trust else Bundle()


def read_folder(folder: Path, *, sandbox: bool) -> Bundle:
    """The bundle of a folder, from memory unless a file in it has changed. Test roots count in a sandbox only."""
    global _last
    with _lock:
        stamp = _stamp(folder)
        if _last is None or _last[:3] != (folder, sandbox, stamp):
            _last = (folder, sandbox, stamp, _read(folder, [name for name, *_ in stamp], sandbox))
        return _last[3]


def _stamp(folder: Path) -> _Stamp:
    """Name, time, size and inode of each file: another one under the same name is seen, too."""
    found = []
    try:
        for path in folder.iterdir():
            if not path.name.startswith(".") and path.is_file():
                status = path.stat()
                found.append((path.name, status.st_mtime_ns, status.st_size, status.st_ino))
    except OSError:
        return ()
    return tuple(sorted(found))


def _read(folder: Path, names: list[str], sandbox: bool) -> Bundle:
    certificates: dict[bytes, x509.Certificate] = {}
    crls: dict[bytes, x509.CertificateRevocationList] = {}
    if not names:
        log.warning("icp.folder_empty_or_unreadable", folder=str(folder))
    for name in names:
        try:
            for item in _items(folder / name):
                if isinstance(item, x509.Certificate):
                    certificates[der(item)] = item
                else:
                    crls[der(item)] = item
        except (OSError, ValueError) as error:
            log.warning("icp.file_left_out", file=name, error=type(error).__name__)
    authorities = [one for one in certificates.values() if _issues(one)]
    usable = [one for one in crls.values() if _is_usable(one)]
    return Bundle(
        roots=tuple(_root(one) for one in authorities if _is_root(one) and (sandbox or not _is_test(one))),
        intermediates=tuple(asn1_x509.Certificate.load(der(one)) for one in authorities if not _is_root(one)),
        crls=tuple(asn1_crl.CertificateList.load(der(one)) for one in usable),
        crl_issuers=frozenset(one.issuer.public_bytes() for one in usable),
    )


def _items(path: Path) -> list[x509.Certificate | x509.CertificateRevocationList]:
    if path.stat().st_size > FILE_LIMIT:
        raise ValueError("too long")
    return list(read_any(path.read_bytes()))


def _issues(certificate: x509.Certificate) -> bool:
    try:
        return is_authority(certificate)
    except ValueError:
        return False


def _is_root(certificate: x509.Certificate) -> bool:
    """Self-signed, and the signature is its own."""
    try:
        certificate.verify_directly_issued_by(certificate)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _is_test(certificate: x509.Certificate) -> bool:
    return TEST_ROOT in subject_texts(certificate, x509.NameOID.COMMON_NAME)


def _root(certificate: x509.Certificate) -> CertTrustAnchor:
    """An anchor held to the dates and the path length of its own certificate; RFC 5280 takes its name and key alone."""
    plain = asn1_x509.Certificate.load(der(certificate))
    limits = TrustQualifiers(
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        max_path_length=plain.max_path_length,
        # The library counts attribute authorities as soon as there is a path length: both limits, or neither.
        max_aa_path_length=plain.max_path_length,
    )
    return CertTrustAnchor(plain, limits)


def _is_usable(crl: x509.CertificateRevocationList) -> bool:
    """One that never ends could never be stale; one with a weak signature proves nothing."""
    algorithm = crl.signature_hash_algorithm
    return crl.next_update_utc is not None and (algorithm is None or algorithm.name not in _WEAK)
