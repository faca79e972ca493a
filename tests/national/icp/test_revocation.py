"""The lists of revoked certificates: without a current and sound one of each authority, nothing is accepted."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import crl as asn1_crl
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding

from tests.national.icp.world import DAY, NOW, World, code, write, write_crls
from vincula.sandbox.authority import making
from vincula.sandbox.authority.making import Signer


def test_a_revoked_certificate_is_refused_and_its_neighbour_is_not(world: World, folder: Path) -> None:
    taken, kept = world.issue(), world.issue()
    crl = making.make_crl(world.ours.intermediate, {taken.serial_number: NOW - DAY}, 9, NOW, 7)
    write(folder / "intermediaria.crl", crl.public_bytes(Encoding.DER))
    assert (code(taken), code(kept)) == ("CERTIFICADO_REVOGADO", "")


def test_an_older_list_beside_the_new_one_forgives_nothing(world: World, folder: Path) -> None:
    taken = world.issue()
    for name, revoked in (("a.crl", {}), ("m.crl", {taken.serial_number: NOW - DAY}), ("z.crl", {})):
        crl = making.make_crl(world.ours.intermediate, revoked, 9, NOW, 7)
        write(folder / name, crl.public_bytes(Encoding.DER))
    assert code(taken) == "CERTIFICADO_REVOGADO"


@pytest.mark.parametrize("name", ["raiz.crl", "intermediaria.crl"])
def test_without_a_list_nothing_is_accepted(folder: Path, world: World, name: str) -> None:
    (folder / name).unlink()
    assert code(world.issue()) == "LCR_AUSENTE"


@pytest.mark.parametrize("name", ["raiz.crl", "intermediaria.crl"])
def test_a_damaged_list_is_as_good_as_none(folder: Path, world: World, name: str) -> None:
    write(folder / name, (folder / name).read_bytes()[:300])
    assert code(world.issue()) == "LCR_AUSENTE"


def test_a_list_is_stale_from_the_second_after_its_next_update(folder: Path, world: World) -> None:
    end = x509.load_pem_x509_crl((folder / "intermediaria.crl").read_bytes()).next_update_utc
    assert end is not None
    certificate = world.issue()
    assert [code(certificate, at) for at in (end, end + timedelta(seconds=1))] == ["", "LCR_VENCIDA"]


def test_a_list_of_the_future_does_not_serve(folder: Path, world: World) -> None:
    (folder / "intermediaria.crl").unlink()
    write_crls(folder, world.ours.intermediate, at=NOW + 5 * DAY)
    assert code(world.issue()) == "LCR_INVALIDA"


def test_a_list_that_another_key_signed_does_not_serve(folder: Path, world: World) -> None:
    write_crls(folder, Signer(world.ours.intermediate.certificate, world.key))
    (folder / "intermediaria.crl").unlink()
    assert code(world.issue()) == "LCR_INVALIDA"


def test_a_strangers_list_under_the_same_name_does_not_serve(folder: Path, world: World) -> None:
    (folder / "intermediaria.crl").unlink()
    write_crls(folder, world.foreign.intermediate)
    assert code(world.issue()) == "LCR_INVALIDA"


def test_a_list_with_a_weak_signature_is_as_good_as_none(folder: Path, world: World) -> None:
    weak = asn1_crl.CertificateList.load(
        making.make_crl(world.ours.intermediate, {}, 9, NOW, 7).public_bytes(Encoding.DER)
    )
    weak["signature_algorithm"] = weak["tbs_cert_list"]["signature"] = {"algorithm": "sha1_rsa"}
    weak["signature"] = world.ours.intermediate.key.sign(
        weak["tbs_cert_list"].dump(), padding.PKCS1v15(), hashes.SHA1()
    )
    write(folder / "intermediaria.crl", weak.dump(force=True))
    assert x509.load_der_x509_crl((folder / "intermediaria.crl").read_bytes()).signature_hash_algorithm
    assert code(world.issue()) == "LCR_AUSENTE"
