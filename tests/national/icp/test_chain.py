"""The chain, the dates and the lists of revoked certificates: nothing fails open."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from tests.national.icp.world import DAY, NOW, OLD, World, authority, code, der, write, write_crls
from vincula.common.outcomes import Refused
from vincula.national.icp import services as icp
from vincula.sandbox.authority import making
from vincula.sandbox.authority.making import Signer

# -- the dates -------------------------------------------------------------------------------------------------------


def test_a_certificate_holds_from_its_first_second_to_its_last(trusting: World) -> None:
    start, end = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
    certificate = trusting.issue(start=start, end=end)
    second = timedelta(seconds=1)
    assert [code(certificate, at) for at in (start - second, start, end, end + second)] == [
        "CERTIFICADO_AINDA_NAO_VALE",
        "",
        "",
        "CERTIFICADO_VENCIDO",
    ]


def test_without_a_moment_the_present_is_meant(trusting: World) -> None:
    assert code(trusting.issue(start=NOW - 2 * DAY, end=NOW - DAY)) == "CERTIFICADO_VENCIDO"
    assert code(trusting.issue(start=NOW + DAY, end=NOW + 2 * DAY)) == "CERTIFICADO_AINDA_NAO_VALE"


def test_when_it_ended_is_in_the_details(trusting: World) -> None:
    outcome = icp.validate(der(trusting.issue(start=NOW - 2 * DAY, end=NOW - DAY)))
    assert isinstance(outcome, Refused)
    assert outcome.details == {"momento": (NOW - DAY).isoformat()}


def test_a_moment_without_time_zone_is_the_callers_mistake(trusting: World) -> None:
    with pytest.raises(ValueError, match="time zone"):
        icp.validate(der(trusting.issue()), datetime(2026, 11, 22))


def test_nothing_is_accepted_once_the_root_has_ended(folder: Path, world: World) -> None:
    root_end = world.ours.root.certificate.not_valid_after_utc
    certificate = world.issue(end=root_end + 400 * DAY)
    assert code(certificate, root_end + DAY) == "AC_FORA_DA_VALIDADE"


def test_nothing_is_accepted_once_the_intermediate_has_ended(folder: Path, world: World) -> None:
    end = world.ours.intermediate.certificate.not_valid_after_utc
    write_crls(folder, world.ours.root, world.ours.intermediate, at=end)
    certificate = world.issue(end=end + 400 * DAY)
    assert code(certificate, end) == ""
    assert code(certificate, end + timedelta(seconds=1)) == "AC_FORA_DA_VALIDADE"


# -- the chain -------------------------------------------------------------------------------------------------------


def test_a_certificate_of_another_authority_of_the_same_name_is_refused(trusting: World) -> None:
    assert code(trusting.foreign.issue(OLD, key=trusting.key).certificate) == "CADEIA_DESCONHECIDA"


def test_a_certificate_that_names_our_key_but_was_signed_with_another_is_refused(trusting: World) -> None:
    impostor = Signer(trusting.ours.intermediate.certificate, trusting.key)
    forged = making.make_client(impostor, OLD, trusting.key.public_key(), NOW - DAY, NOW + DAY)
    assert code(forged) == "CADEIA_INVALIDA"


def test_a_certificate_that_signed_itself_is_refused(trusting: World) -> None:
    own = making.make_client(trusting.ours.root, OLD, trusting.key.public_key(), NOW - DAY, NOW + DAY)
    itself = making.make_client(
        Signer(own, trusting.key), OLD, trusting.key.public_key(), NOW - DAY, NOW + DAY
    )
    assert code(itself) == "CADEIA_DESCONHECIDA"


def test_an_altered_certificate_is_refused(trusting: World) -> None:
    content = der(trusting.issue())
    assert code(content.replace(b"11222333000181", b"03589068000146")) == "CADEIA_INVALIDA"


def test_authorities_identify_nobody(trusting: World) -> None:
    for one in (trusting.ours.root, trusting.ours.intermediate, trusting.foreign.root):
        assert code(one.certificate) == "CERTIFICADO_DE_AC"


def test_an_authority_below_the_permitted_depth_issues_in_vain(folder: Path, world: World) -> None:
    below = authority(world.ours.intermediate, "AC ABAIXO", path_length=None)
    write(folder / "abaixo.pem", below.certificate.public_bytes(Encoding.PEM))
    write_crls(folder, world.ours.root, world.ours.intermediate, below)
    leaf = making.make_client(below, OLD, world.key.public_key(), NOW - DAY, NOW + DAY)
    assert code(leaf) == "CADEIA_INVALIDA"


def test_the_roots_own_limit_of_depth_holds(folder: Path, world: World) -> None:
    """The intermediate may have authorities below it, the root says that it may not."""
    middle = authority(world.ours.root, "AC DO MEIO", path_length=5)
    below = authority(middle, "AC ABAIXO", path_length=None)
    for index, one in enumerate((middle, below)):
        write(folder / f"ac{index}.pem", one.certificate.public_bytes(Encoding.PEM))
    write_crls(folder, world.ours.root, middle, below)
    codes = [
        code(making.make_client(one, OLD, world.key.public_key(), NOW - DAY, NOW + DAY))
        for one in (middle, below)
    ]
    assert codes == ["", "CADEIA_INVALIDA"]


def test_a_company_cannot_issue_to_others(folder: Path, world: World) -> None:
    company = Signer(world.issue(), world.key)
    write(folder / "empresa.pem", company.certificate.public_bytes(Encoding.PEM))
    leaf = making.make_client(company, OLD, world.key.public_key(), NOW - DAY, NOW + DAY)
    assert code(leaf) == "CADEIA_DESCONHECIDA"


def test_without_the_intermediate_the_chain_is_unknown(folder: Path, world: World) -> None:
    (folder / "intermediaria.pem").unlink()
    assert code(world.issue()) == "CADEIA_DESCONHECIDA"


def test_an_intermediate_alone_is_no_root(folder: Path, world: World) -> None:
    (folder / "raiz.pem").unlink()
    assert code(world.issue()) == "CONFIANCA_AUSENTE"


def test_a_revoked_authority_takes_what_it_issued_with_it(folder: Path, world: World) -> None:
    serial = world.ours.intermediate.certificate.serial_number
    crl = making.make_crl(world.ours.root, {serial: NOW - DAY}, 9, NOW, 7)
    write(folder / "raiz.crl", crl.public_bytes(Encoding.PEM))
    assert code(world.issue()) == "AC_REVOGADA"
