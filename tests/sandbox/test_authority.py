"""The test authority: made once, whoever asks first; what it issues works in real TLS; nothing of it is open to others."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
import textwrap
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from vincula.common import config
from vincula.common.outcomes import Accepted, RefusedError
from vincula.national.icp import services as icp
from vincula.national.icp.services.bundle import read_folder
from vincula.national.icp.services.path import chain_fault
from vincula.sandbox import authority as sandbox
from vincula.sandbox.authority import (
    Authority,
    Issued,
    at_folder,
    e_cnpj,
    making,
    selo_eletronico,
)
from vincula.sandbox.authority.keeping import key_pem

CNPJ, NAME = "11222333000181", "OPERADORA DE TESTE LTDA"
DAY = timedelta(days=1)


# -- made once, kept, closed to others -----------------------------------------------------------------------------


def test_it_says_that_it_is_not_icp_brasil(authority: Authority) -> None:
    for certificate in authority.chain:
        assert "DE TESTE - NAO E ICP-BRASIL" in certificate.subject.rfc4514_string()
    assert "AC RAIZ DE TESTE - NAO E ICP-BRASIL" in authority.root.certificate.subject.rfc4514_string()


def test_asked_again_it_is_the_same(authority: Authority) -> None:
    before = contents(authority.folder)
    assert at_folder(authority.folder).chain == authority.chain
    assert contents(authority.folder) == before


def test_keys_are_their_owners_only_and_not_in_what_is_published(
    authority: Authority, tmp_path: Path
) -> None:
    authority.server()
    for path in authority.folder.rglob("*"):
        assert not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO), path
    assert not any(b"PRIVATE" in path.read_bytes() for path in authority.trust.iterdir())


def test_processes_that_begin_at_once_agree(tmp_path: Path) -> None:
    code = """
        import sys
        from pathlib import Path
        from vincula.sandbox import authority
        made = authority.at_folder(Path(sys.argv[1]) / "ac")
        server, _ = made.server()
        issued = made.issue(authority.e_cnpj("11222333000181", "X"))
        made.revoke(issued.certificate)
        print(made.root.certificate.serial_number, made.intermediate.certificate.serial_number, hash(server.read_bytes()))
    """
    command = [sys.executable, "-c", textwrap.dedent(code), str(tmp_path)]
    environment = {
        "PYTHONPATH": ":".join(sys.path),
        "PYTHONHASHSEED": "0",
        "VINCULA_DATA": str(tmp_path / "dados"),
    }
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) for _ in range(4)
    ]
    answers = {process.communicate(timeout=120)[0] for process in running}
    assert [process.returncode for process in running] == [0] * 4
    assert len(answers) == 1
    assert len(list(crl(at_folder(tmp_path / "ac"), "intermediaria.crl"))) == 4, "no revocation was lost"


def test_killed_between_its_files_it_goes_on(tmp_path: Path) -> None:
    made = at_folder(tmp_path / "ac")
    (made.folder / "segredos" / "intermediaria.pem").unlink()
    shutil.rmtree(made.trust)
    again = at_folder(made.folder)
    assert again.root.certificate == made.root.certificate
    assert again.intermediate.certificate != made.intermediate.certificate
    assert_all_accept(again, again.issue(e_cnpj(CNPJ, NAME)))


def test_what_an_older_root_signed_is_made_anew(tmp_path: Path) -> None:
    made = at_folder(tmp_path / "ac")
    made.server()
    (made.folder / "segredos" / "raiz.pem").unlink()
    again = at_folder(made.folder)
    assert set(again.chain).isdisjoint(made.chain)
    server = x509.load_pem_x509_certificate(again.server()[0].read_bytes())
    server.verify_directly_issued_by(again.intermediate.certificate)
    assert_all_accept(again, again.issue(e_cnpj(CNPJ, NAME)))


def test_a_damaged_key_is_told(tmp_path: Path) -> None:
    made = at_folder(tmp_path / "ac")
    root, other = (made.folder / "segredos" / name for name in ("raiz.pem", "intermediaria.pem"))
    half = b"-----BEGIN CERTIFICATE-----"
    of_another = other.read_bytes().partition(half)[0] + half + root.read_bytes().partition(half)[2]
    for content in (b"nada", b"", root.read_bytes()[:900], of_another):
        root.write_bytes(content)
        with pytest.raises(RefusedError) as told:
            at_folder(made.folder)
        assert told.value.refused.code == "AUTORIDADE_DANIFICADA"


def test_there_is_none_outside_the_sandbox(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VINCULA_DATA", str(tmp_path))
    monkeypatch.setenv("VINCULA_PROFILE", "registry")
    config.load.cache_clear()
    try:
        with pytest.raises(RefusedError, match="SO_NO_SANDBOX"):
            sandbox.current()
        assert list(tmp_path.iterdir()) == []
    finally:
        monkeypatch.undo()
        config.load.cache_clear()


def test_the_sandbox_trusts_its_own_without_being_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VINCULA_DATA", str(tmp_path))
    monkeypatch.delenv("VINCULA_ICP_TRUST", raising=False)
    config.load.cache_clear()
    try:
        issued = sandbox.current().issue(selo_eletronico(CNPJ, NAME))
        outcome = icp.validate(issued.certificate.public_bytes(Encoding.DER))
        assert isinstance(outcome, Accepted)
        assert outcome.value.cnpj == CNPJ
    finally:
        monkeypatch.undo()
        config.load.cache_clear()


# -- the lists of revoked certificates -----------------------------------------------------------------------------


def test_a_revocation_is_out_at_once_and_revoking_twice_changes_nothing(tmp_path: Path) -> None:
    made = at_folder(tmp_path / "ac")
    taken, kept = (made.issue(e_cnpj(CNPJ, NAME)).certificate for _ in range(2))
    made.revoke(taken)
    made.revoke(taken)
    assert [one.serial_number for one in crl(made, "intermediaria.crl")] == [taken.serial_number]
    assert kept.serial_number not in {one.serial_number for one in crl(made, "intermediaria.crl")}


def test_somebody_elses_certificate_cannot_be_revoked(authority: Authority) -> None:
    own = authority.root.certificate
    other = x509.CertificateBuilder(
        issuer_name=x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "OUTRA")]),
        subject_name=own.subject,
        public_key=own.public_key(),
        serial_number=1,
        not_valid_before=own.not_valid_before_utc,
        not_valid_after=own.not_valid_after_utc,
    )
    with pytest.raises(ValueError, match="not issued"):
        authority.revoke(other.sign(authority.root.key, hashes.SHA256()))


def test_killed_between_book_and_list_the_revocation_comes_out(tmp_path: Path) -> None:
    made = at_folder(tmp_path / "ac")
    lists = {name: (made.trust / name).read_bytes() for name in ("raiz.crl", "intermediaria.crl")}
    taken = made.issue(e_cnpj(CNPJ, NAME)).certificate
    made.revoke(taken)
    for name, content in lists.items():
        (made.trust / name).write_bytes(content)
    assert made.refresh()
    assert not made.refresh()
    assert [one.serial_number for one in crl(made, "intermediaria.crl")] == [taken.serial_number]


def test_lists_are_renewed_at_half_their_time_and_their_numbers_grow(tmp_path: Path) -> None:
    made = at_folder(tmp_path / "ac")
    first = crl(made, "intermediaria.crl")
    assert first.next_update_utc is not None
    half = first.last_update_utc + (first.next_update_utc - first.last_update_utc) / 2
    assert not made.refresh(now=half - timedelta(seconds=1))
    assert made.refresh(now=half)
    second = crl(made, "intermediaria.crl")
    assert second.next_update_utc == half + 7 * DAY
    assert number(second) == number(first) + 1
    (made.trust / "raiz.crl").write_bytes(b"")
    assert made.refresh(now=half)
    assert number(crl(made, "raiz.crl")) == number(second) + 1


# -- the server's certificate --------------------------------------------------------------------------------------


def test_the_servers_certificate_is_kept_until_its_last_month(tmp_path: Path) -> None:
    made = at_folder(tmp_path / "ac")
    certificate, key = made.server()
    before = certificate.read_bytes(), key.read_bytes()
    assert made.server() == (certificate, key)
    assert (certificate.read_bytes(), key.read_bytes()) == before
    old = made.intermediate
    pair = made.folder / "segredos" / "servidor-par.pem"
    soon = making.make_server(old, old.key.public_key(), datetime.now(UTC) - 380 * DAY)
    pair.write_bytes(key_pem(old.key) + soon.public_bytes(Encoding.PEM))
    made.server()
    assert certificate.read_bytes() != before[0]


def test_while_the_worker_runs_the_lists_are_kept_current(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VINCULA_DATA", str(tmp_path))
    config.load.cache_clear()
    stop = threading.Event()
    keeping = threading.Thread(target=sandbox.keep_fresh, args=(stop, 0.02))
    try:
        keeping.start()
        stop.wait(0.1)
        assert not (tmp_path / config.TEST_AUTHORITY).exists(), "none is made for that"
        made = sandbox.current()
        path = made.trust / "intermediaria.crl"
        for spoilt in (b"", made.root.certificate.public_bytes(Encoding.PEM)):
            path.write_bytes(spoilt)
            end = time.monotonic() + 20
            while path.read_bytes() == spoilt and time.monotonic() < end:
                time.sleep(0.02)
            assert crl(made, "intermediaria.crl").issuer == made.intermediate.certificate.subject
    finally:
        stop.set()
        keeping.join(20)
        monkeypatch.undo()
        config.load.cache_clear()
    assert not keeping.is_alive()


# -- helpers -------------------------------------------------------------------------------------------------------


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def crl(made: Authority, name: str) -> x509.CertificateRevocationList:
    return x509.load_pem_x509_crl((made.trust / name).read_bytes())


def number(one: x509.CertificateRevocationList) -> int:
    return one.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number


def assert_all_accept(made: Authority, issued: Issued) -> None:
    """The trust folder that is published is enough to validate what is issued."""
    bundle = read_folder(made.trust, sandbox=True)
    assert chain_fault(issued.certificate.public_bytes(Encoding.DER), bundle, None) is None
