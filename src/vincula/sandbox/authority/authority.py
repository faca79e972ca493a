"""The test authority in its folder: made on first use, used by any number of processes at once.

Below the folder: `segredos/` (keys and their certificates, what was revoked; the owner's only) and `publico/`, a trust
folder with the two authorities and their CRLs. Each file is written whole; a key and its certificate are one file, so
that a kill leaves both or neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from vincula.common import config
from vincula.common.files import private_folder, write_private
from vincula.common.locks import exclusive
from vincula.common.outcomes import Refused, RefusedError
from vincula.sandbox.authority import making
from vincula.sandbox.authority.keeping import State, certificates_pem, kept, key_pem
from vincula.sandbox.authority.making import Signer
from vincula.sandbox.authority.profiles import Profile

RENEW_SERVER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate, its key, and the authorities above it, the nearest first."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey
    chain: tuple[x509.Certificate, ...]


@dataclass(frozen=True, slots=True)
class Authority:
    """The authority of a folder. Whatever changes the folder is done under a lock of it."""

    folder: Path
    root: Signer
    intermediate: Signer

    @property
    def trust(self) -> Path:
        """The trust folder: what an installation that believes this authority points VINCULA_ICP_TRUST at."""
        return self.folder / config.TEST_TRUST

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        return self.intermediate.certificate, self.root.certificate

    def issue(
        self,
        profile: Profile,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        key: rsa.RSAPrivateKey | None = None,
    ) -> Issued:
        """A client certificate; valid for a year from five minutes ago unless told otherwise."""
        now = _now()
        own = key or making.new_key()
        certificate = making.make_client(
            self.intermediate,
            profile,
            own.public_key(),
            start or now - timedelta(minutes=5),
            end or now + timedelta(days=making.CLIENT_DAYS),
        )
        return Issued(certificate, own, self.chain)

    def revoke(self, certificate: x509.Certificate) -> None:
        """Take a certificate of ours back; the new CRL is out when this returns. Raises ValueError for another's."""
        by_root = certificate.issuer == self.root.certificate.subject
        if not by_root and certificate.issuer != self.intermediate.certificate.subject:
            raise ValueError("not issued by this authority")
        with _locked(self.folder):
            state = State.read(self.folder)
            state.revoked.setdefault(f"{certificate.serial_number:X}", _now().isoformat(timespec="seconds"))
            self._write_crls(state, _now())

    def refresh(self, *, now: datetime | None = None) -> bool:
        """Renew the CRLs once half their time is over, or where one is missing or behind. Whether that was needed.

        Cheap when it is not: meant to be called at every start and once in a while.
        """
        now = now or _now()
        if not self._crls_due(now):
            return False
        with _locked(self.folder):
            if self._crls_due(now):
                self._write_crls(State.read(self.folder), now)
        return True

    def server(self) -> tuple[Path, Path]:
        """Certificate with chain, and key, of this machine's listeners; renewed in its last 30 days."""
        secrets = self.folder / "segredos"
        certificate, key = secrets / "servidor.pem", secrets / "servidor.key"
        with _locked(self.folder):
            own = kept(secrets / "servidor-par.pem", self._new_server, self._serves)
            write_private(key, key_pem(own.key))
            write_private(certificate, certificates_pem(own.certificate, *self.chain[:1]))
        return certificate, key

    def _new_server(self) -> Signer:
        own = making.new_key()
        return Signer(making.make_server(self.intermediate, own.public_key(), _now()), own)

    def _serves(self, own: Signer) -> bool:
        lasting = own.certificate.not_valid_after_utc >= _now() + RENEW_SERVER
        return lasting and making.is_issued_by(own.certificate, self.intermediate)

    def _publish(self) -> None:
        """Put the two authorities and current CRLs into the trust folder, where they are missing."""
        private_folder(self.trust)
        for name, signer in (("raiz.pem", self.root), ("intermediaria.pem", self.intermediate)):
            content = certificates_pem(signer.certificate)
            path = self.trust / name
            if not path.is_file() or path.read_bytes() != content:
                write_private(path, content)
        if self._crls_due(_now()):
            self._write_crls(State.read(self.folder), _now())

    def _crls_due(self, now: datetime) -> bool:
        number = State.read(self.folder).number
        return _is_due(self.trust / "raiz.crl", self.root, number, now) or _is_due(
            self.trust / "intermediaria.crl", self.intermediate, number, now
        )

    def _write_crls(self, state: State, now: datetime) -> None:
        """Both lists, after the book: a kill in between leaves lists behind it, which `refresh` finds.

        A serial is ours alone, so that one book of serials serves the two.
        """
        revoked = {int(serial, 16): datetime.fromisoformat(when) for serial, when in state.revoked.items()}
        state.number += 1
        state.save(self.folder)
        for name, signer, days in (
            ("raiz.crl", self.root, making.ROOT_CRL_DAYS),
            ("intermediaria.crl", self.intermediate, making.CLIENT_CRL_DAYS),
        ):
            crl = making.make_crl(signer, revoked, state.number, now, days)
            write_private(self.trust / name, crl.public_bytes(Encoding.PEM))


def current() -> Authority:
    """The authority of this installation. Raises RefusedError where the installation is no sandbox."""
    settings = config.load()
    if not settings.sandbox:
        raise RefusedError(
            Refused(
                "SO_NO_SANDBOX",
                "A autoridade certificadora de teste só existe no perfil sandbox.",
                "Use certificados ICP-Brasil nesta instalação, ou repita numa com VINCULA_PROFILE=sandbox.",
            )
        )
    return at_folder(settings.folder(config.TEST_AUTHORITY))


def at_folder(folder: Path) -> Authority:
    """The authority of this folder, made where there is none yet; its public part is there when this returns."""
    private_folder(folder)
    with _locked(folder):
        private_folder(folder / "segredos")
        root = kept(
            folder / "segredos" / "raiz.pem",
            lambda: making.make_root(_now()),
            lambda own: making.is_issued_by(own.certificate, own),
        )
        intermediate = kept(
            folder / "segredos" / "intermediaria.pem",
            lambda: making.make_intermediate(root, _now()),
            lambda own: making.is_issued_by(own.certificate, root),
        )
        authority = Authority(folder, root, intermediate)
        authority._publish()
    return authority


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with exclusive(f"autoridade:{folder.resolve()}"):
        yield


def _is_due(path: Path, signer: Signer, number: int, now: datetime) -> bool:
    """Missing, unreadable, another authority's, behind the book, or past half its time."""
    try:
        crl = x509.load_pem_x509_crl(path.read_bytes())
        told = crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
    except (OSError, ValueError, x509.ExtensionNotFound):
        return True
    end = crl.next_update_utc
    if end is None or told != number or not crl.is_signature_valid(signer.key.public_key()):
        return True
    return now >= crl.last_update_utc + (end - crl.last_update_utc) / 2


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
