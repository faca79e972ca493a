"""The command among odd file names, closed streams, full disks and Ctrl-C."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.faults.stage import Stage
from tests.faults.story import MONTH, OPERADORA, Story
from tests.site.terminal import copy_of, wrongly_used

pytestmark = [pytest.mark.django_db]


@pytest.mark.parametrize(
    "name",
    [
        "um nome com espaços.SBX",
        "🙂.SBX",
        "a\nb.SBX",
        b"\xff\xfe.SBX".decode(errors="surrogateescape"),
        "-x.SBX",
    ],
)
def test_any_file_name_is_refused_in_words(told: Story, own: Stage, tmp_path: Path, name: str) -> None:
    path = copy_of(told, tmp_path / name)
    for command in ("check", "submit"):
        extra = ["--competencia", "2026-12", "--out", str(tmp_path)] if command == "submit" else []
        ended = own.run("sib", command, str(path), *extra)
        assert ended.status == 1, ended
        assert "ERRO_NOME_ARQUIVO_INVALIDO" in ended.err
        as_json = own.run("sib", command, str(path), *extra, "--json")
        assert json.loads(as_json.out)["rejeicao"]["codigo"] == 26


def test_an_answer_lost_is_given_again(told: Story, own: Stage, tmp_path: Path) -> None:
    """Sending again what was processed is a duplicate; its first RPX comes back with the second."""
    sent = (
        "sib",
        "submit",
        told.steps["primeiro"].argv[2],
        "--competencia",
        "2026-12",
        "--out",
        str(tmp_path),
    )
    ended = own.run(*sent)
    assert ended.status == 1
    assert "ERRO_NOME_ARQUIVO_INVALIDO" in ended.err
    assert "O resultado do primeiro envio deste arquivo está no seu RPX" in ended.err
    assert len(list(tmp_path.glob("*.RPX"))) == 2


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("import os; os.close(1)", 0),
        ("import os, sys; sys.stdout = None", 0),
        ("import os; os.dup2(os.open('/dev/full', os.O_WRONLY), 1)", 1),
        ("import os; r, w = os.pipe(); os.close(r); os.dup2(w, 1)", 1),
        ("import os; os.dup2(os.open('/dev/full', os.O_WRONLY), 2)", 0),
        ("import os; os.close(2)", 0),
    ],
)
def test_nowhere_to_write_is_no_traceback(place: Stage, code: str, status: int) -> None:
    ended = place.run("sib", "status", OPERADORA, MONTH, code=code)
    assert "Traceback" not in ended.err
    assert "Exception ignored" not in ended.err
    assert ended.status in ({status} if "close(1)" not in code else {0, 1})


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_is_told(place: Stage) -> None:
    ended = place.run("sib", "cnx", OPERADORA, MONTH, "--out", "/dev/full")
    assert ended.status == 1
    assert "espaço em disco" in ended.err
    assert "Traceback" not in ended.err
    assert not Path("/dev/full").is_file()


def test_an_unreadable_file_is_told(told: Story, place: Stage, tmp_path: Path) -> None:
    path = copy_of(told, tmp_path / "99990320261120090000.SBX")
    path.chmod(0)
    try:
        path.read_bytes()
        pytest.skip("this user can read everything")
    except PermissionError:
        wrongly_used(place.run("sib", "submit", str(path)), "sem permissão de leitura")


def test_an_interruption_is_told_and_taken_up_again(told: Story, tmp_path: Path) -> None:
    step = told.set_before("segundo")
    stop = (
        "import os, signal\nfrom vincula.national.sib.services import intake\n"
        "intake.publish = lambda *_: os.kill(os.getpid(), signal.SIGINT)"
    )
    interrupted = told.stage.run(*step.argv, code=stop)
    assert (interrupted.status, interrupted.out) == (130, "")
    assert interrupted.err.strip() == (
        "Interrompido. O que estava feito está guardado; o que ficou pela metade é retomado na próxima vez."
    )
    again = told.again(step)
    assert "tinha sido interrompido e foi retomado" in again.err
    told.stage.back_to("fim")
