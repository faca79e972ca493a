"""The folder of what is trusted, as it is found; and what the refusals say."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from tests.docs.pages import page, row_of
from tests.national.icp.world import DAY, NOW, OLD, World, code, der, write
from vincula.common.outcomes import Accepted, Refused
from vincula.national.icp import services as icp
from vincula.national.icp.refusals import TEXTS, Code
from vincula.sandbox.authority import making


def test_without_a_folder_nothing_is_accepted(
    world: World, configured: Callable[..., None], tmp_path: Path
) -> None:
    certificate = world.issue()
    (tmp_path / "vazia").mkdir()
    (tmp_path / "arquivo").write_bytes(der(world.ours.root.certificate))
    for folder in (None, tmp_path / "falta", tmp_path / "vazia", tmp_path / "arquivo"):
        configured(folder)
        assert code(certificate) == "CONFIANCA_AUSENTE", folder


def test_outside_the_sandbox_a_test_authority_is_never_trusted(
    world: World, configured: Callable[..., None]
) -> None:
    certificate = world.issue()
    configured(world.ours.trust, "registry")
    assert code(certificate) == "CONFIANCA_AUSENTE"
    configured(None, "registry")
    assert code(certificate) == "CONFIANCA_AUSENTE"
    configured(world.ours.trust, "sandbox")
    assert code(certificate) == ""


def test_a_change_of_the_folder_is_seen_at_once(folder: Path, world: World) -> None:
    certificate = world.issue()
    assert code(certificate) == ""
    crl = making.make_crl(world.ours.intermediate, {certificate.serial_number: NOW - DAY}, 9, NOW, 7)
    write(folder / "mais.crl", crl.public_bytes(Encoding.PEM))
    assert code(certificate) == "CERTIFICADO_REVOGADO"
    (folder / "mais.crl").unlink()
    assert code(certificate) == ""


def test_a_new_file_of_the_same_size_and_time_is_seen(folder: Path, world: World) -> None:
    certificate = world.issue()
    assert code(certificate) == ""
    path = folder / "intermediaria.crl"
    status = path.stat()
    copy = folder / ".nova"
    copy.write_bytes(b"x" * status.st_size)
    os.utime(copy, ns=(status.st_atime_ns, status.st_mtime_ns))
    copy.replace(path)
    assert code(certificate) == "LCR_AUSENTE"


def test_everything_may_lie_in_one_file_beside_things_of_other_kinds(
    world: World, configured: Callable[..., None], tmp_path: Path
) -> None:
    parts = [path.read_bytes() for path in sorted(world.ours.trust.iterdir())]
    (tmp_path / "tudo.pem").write_bytes(b"# ICP de teste\n" + b"\n".join(parts))
    (tmp_path / "leia-me.txt").write_bytes(b"nada")
    (tmp_path / ".oculto.pem").write_bytes(der(world.foreign.root.certificate))
    (tmp_path / "pasta").mkdir()
    configured(tmp_path)
    assert code(world.issue()) == ""
    assert code(world.foreign.issue(OLD, key=world.key).certificate) == "CADEIA_DESCONHECIDA"


def test_threads_that_ask_at_once_get_each_their_own_answer(folder: Path, world: World) -> None:
    good, ended = world.issue(), world.issue(end=NOW - timedelta(hours=1))
    foreign = world.foreign.issue(OLD, key=world.key).certificate
    asked = [good, ended, foreign] * 12
    (folder / "leia-me.txt").write_bytes(b"nova leitura")
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(code, asked)) == ["", "CERTIFICADO_VENCIDO", "CADEIA_DESCONHECIDA"] * 12


# -- the words -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", Code)
def test_every_code_says_why_and_what_to_do_and_is_in_the_manual(one: Code) -> None:
    message, remedy = TEXTS[one]
    assert message.endswith(".")
    assert remedy.endswith(".")
    assert len(row_of(page("certificados"), f"`{one}`")) == 3


def test_no_two_codes_say_the_same() -> None:
    assert len({message for message, _ in TEXTS.values()}) == len(Code)


def test_a_refusal_tells_nothing_of_the_certificate(trusting: World) -> None:
    outcome = icp.validate(der(trusting.foreign.issue(OLD, key=trusting.key).certificate))
    assert isinstance(outcome, Refused)
    assert "11222333" not in outcome.as_text()
    assert not isinstance(outcome, Accepted)
