"""The `vincula` command as whoever types it sees it: help, wrong usage, refusals, JSON; never a traceback."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faults.stage import Ended, Stage
from tests.faults.story import MONTH, OPERADORA, Story
from vincula.site.cli.main import cli

pytestmark = [pytest.mark.django_db]


def _commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = [path]
    for name, command in group.commands.items():
        found += _commands(command, (*path, name)) if isinstance(command, click.Group) else [(*path, name)]
    return found


ALL = _commands(cli)
ENGLISH = re.compile(
    r"\b(Usage|Options|Commands|Arguments|Show this|default|required|Error|Missing|Invalid|the|and|file|does not)\b"
)


def refused(ended: Ended, code: str = "") -> None:
    """Status 1, the reason and what to do on standard error, nothing on standard output."""
    assert ended.status == 1, ended
    assert ended.out == ""
    assert f"Recusado ({code}" in ended.err
    assert "O que fazer: " in ended.err
    assert "Traceback" not in ended.err


def wrongly_used(ended: Ended, *words: str) -> None:
    assert ended.status == 2, ended
    assert ended.out == ""
    assert "Uso: " in ended.err or "Veja vincula --help." in ended.err
    for word in words:
        assert word in ended.err
    assert not ENGLISH.search(ended.err), ended.err


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_has_its_help_in_portuguese(place: Stage, path: tuple[str, ...]) -> None:
    ended = place.run(*path, "--help")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("Uso: vincula")
    assert "Mostra esta ajuda." in ended.out
    assert not ENGLISH.search(ended.out), ended.out
    assert "..." not in ended.out.replace("]...", "").replace("NUMERO...", ""), "a text is cut"
    if path:
        assert place.run(*path, "-h").out == ended.out


def test_the_version_is_told(place: Stage) -> None:
    assert re.fullmatch(r"vincula \d+\.\d+\.\d+\n", place.run("--version").out)


WRONG: list[tuple[str, str]] = [
    ("", "Falta o comando."),
    ("sib", "Falta o comando."),
    ("nada", "Não existe o comando nada."),
    ("sib nada", "Não existe o comando nada."),
    ("a'b", "Não existe o comando a'b."),
    ("sib check", "Falta o argumento ARQUIVO."),
    ("sib check /nao/ha.SBX", "não existe esse arquivo ou pasta"),
    ("sib check /tmp", "é uma pasta, e não um arquivo"),
    ("sib submit /tmp", "é uma pasta, e não um arquivo"),
    ("sib submit {sbx} --out {sbx}", "é um arquivo, e não uma pasta"),
    ("sib submit {sbx} --nada", "Não existe a opção --nada."),
    ("sib submit {sbx} --competencia", "--competencia"),
    ("sib cnx 999903 2026-11", "Falta a opção --out."),
    ("sib cnx 999903 2026-11 --out /tmp", "é uma pasta, e não um arquivo"),
    ("sib status 999903", "Falta o argumento COMPETENCIA."),
    ("sib status 999903 2026-11 mais", "Há argumentos a mais."),
    ("sib lists 999903 2026-11", "Falta a opção --out."),
    ("bases load nada {sbx}", "não é um dos nomes que se podem usar"),
    ("bases load cadop", "Falta o argumento ARQUIVO."),
    ("bases load cadop /", "é uma pasta, e não um arquivo"),
    ("cns check", "Falta o argumento NUMERO"),
    ("serve --web-port 0", "está fora dos limites"),
    ("serve --web-port 70000", "está fora dos limites"),
    ("serve --web-port oito", "não é um número inteiro"),
]


@pytest.mark.parametrize(("typed", "told_so"), WRONG, ids=[typed or "nothing" for typed, _ in WRONG])
def test_wrong_usage_is_told_in_portuguese_with_status_2(told: Story, typed: str, told_so: str) -> None:
    argv = typed.replace("{sbx}", told.steps["primeiro"].argv[2]).split()
    wrongly_used(told.stage.run(*argv), told_so)


REFUSALS: list[tuple[str, str]] = [
    ("sib status 123456 2026-11", "OPERADORA_DESCONHECIDA"),
    ("sib status abc 2026-11", "OPERADORA_DESCONHECIDA"),
    ("sib status 999903 2020-01", "COMPETENCIA_SEM_ARQUIVOS"),
    ("sib status 999903 2026-13", ""),
    ("sib status 999903 202611", ""),
    ("sib status 999903 ２０２６-11", ""),
    ("sib status 999903 2026-11\n", ""),
    ("sib close 2026-13", ""),
    ("sib close novembro", ""),
    ("sib close 2020-01", "COMPETENCIA_PASSADA"),
    ("sib calendar 0000-00", ""),
    ("sib calendar 2027-01 --first 2027-01-40", "PRAZO_INVALIDO"),
    ("sib calendar 2027-01 --first 2027-02-10 --last 2027-02-01", "PRAZO_INVALIDO"),
    ("sib calendar 2026-11 --first 2026-11-01 --last 2026-11-30", "COMPETENCIA_ENCERRADA"),
    ("sib cnx abcdef 2026-11 --out {out}", "OPERADORA_DESCONHECIDA"),
    ("sib cnx 999903 2026-12 --out {out}", "CNX_COMPETENCIA_ABERTA"),
    ("sib lists 999903 2026-12 --out {out}", "COMPETENCIA_ABERTA"),
    ("sib lists 999903 2026-11 --out /dev/full", "SAIDA_ESPECIAL"),
    ("sib submit {sbx} --competencia 2026-13", ""),
    ("sib submit {sbx} --competencia 2026-11 --out {folder}", "COMPETENCIA_ENCERRADA"),
    ("sib submit {empty} --competencia 2026-12 --out {folder}", "ARQUIVO_VAZIO"),
    ("sib submit {sbx} --out /dev/full", "PASTA_SEM_ESCRITA"),
    ("sib submit {sbx} --out {sbx}/dentro", "PASTA_SEM_ESCRITA"),
    ("bases load cadop {sbx}", ""),
    ("bases load cadsus {empty}", ""),
    ("bases load cadsus {folder}/nul.csv", ""),
    ("bases load cadop {sbx} --refused /dev/full", "SAIDA_ESPECIAL"),
    ("serve --host nao.ha.example", "PORTA_OCUPADA"),
    ("serve --host " + "a" * 70, "PORTA_OCUPADA"),
]


def _filled(told: Story, typed: str, folder: Path) -> list[str]:
    (folder / "99990320261120090000.SBX").touch()
    (folder / "nul.csv").write_bytes(b"a,b\x00,c\n\x00\n")
    values = {
        "{sbx}": told.steps["primeiro"].argv[2],
        "{empty}": str(folder / "99990320261120090000.SBX"),
        "{folder}": str(folder),
        "{out}": str(folder / "saida"),
    }
    for name, value in values.items():
        typed = typed.replace(name, value)
    return typed.split(" ")


@pytest.mark.parametrize(("typed", "code"), REFUSALS, ids=[typed[:60] for typed, _ in REFUSALS])
def test_a_refusal_has_status_1_and_its_reason_on_standard_error(
    told: Story, tmp_path: Path, typed: str, code: str
) -> None:
    argv = _filled(told, typed, tmp_path)
    refused(told.stage.run(*argv), code)
    if argv[0] == "serve":
        return
    as_json = told.stage.run(*argv, "--json")
    assert as_json.status == 1
    answer = json.loads(as_json.out)
    assert answer["recusado"].startswith(code)
    assert answer["mensagem"]
    assert answer["remedio"]
    assert f"Recusado ({answer['recusado']})" in as_json.err
    assert not (tmp_path / "saida").exists()


ANSWERS = [
    "sib check {sbx}",
    "sib status 999903 2026-11",
    "sib calendar 2026-11",
    "sib close 2026-11",
    "sib cnx 999903 2026-11 --out {out}",
    "sib lists 999903 2026-11 --out {out}",
    "audit verify",
    "cns check 700000000000005",
    "purge",
]


@pytest.mark.parametrize("typed", ANSWERS)
def test_json_is_all_that_stands_on_standard_output(told: Story, tmp_path: Path, typed: str) -> None:
    argv = _filled(told, typed, tmp_path)
    for_people, for_programs = told.stage.run(*argv), told.stage.run(*argv, "--json")
    assert (for_people.status, for_programs.status) == (0, 0), for_people
    assert json.loads(for_programs.out)
    assert for_people.out
    assert for_people.err == for_programs.err == ""


def test_what_is_made_is_its_owners_only(told: Story, own: Stage, tmp_path: Path) -> None:
    sent = _copy(told, tmp_path / "99990320261120090000.SBX")
    out = tmp_path / "nova" / "pasta"
    own.run("sib", "submit", str(sent), "--competencia", "2026-12", "--out", str(out))
    own.run("sib", "cnx", OPERADORA, MONTH, "--out", str(out / "a.CNX"))
    own.run("sib", "lists", OPERADORA, MONTH, "--out", str(out / "a.csv"))
    made = [*out.iterdir()]
    assert sorted(path.suffix for path in made) == [".CNX", ".RPX", ".csv"]
    for path in [*made, out, out.parent, own.data, *own.data.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path


def _copy(told: Story, target: Path) -> Path:
    target.write_bytes(Path(told.steps["primeiro"].argv[2]).read_bytes() + b"\n")
    return target


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
    path = _copy(told, tmp_path / name)
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
    path = _copy(told, tmp_path / "99990320261120090000.SBX")
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


WORDS = st.one_of(
    st.sampled_from(
        [word for path in ALL for word in path if word != "serve"]
        + [
            "--json",
            "--help",
            "--out",
            "--only",
            "--competencia",
            "--first",
            "--last",
            "--refused",
            "--",
            "-",
            "-x",
        ]
        + [
            "2026-11",
            "2026-13",
            "999903",
            "cadop",
            "receita",
            "/",
            "/dev/null",
            "700000000000005",
            "",
            "--version",
        ]
    ),
    st.text(st.characters(exclude_characters="\0"), max_size=12).filter(lambda word: word != "serve"),
)


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(argv=st.lists(WORDS, max_size=6))
def test_whatever_is_typed_there_is_never_a_traceback(own: Stage, argv: list[str]) -> None:
    # Words become folders and files where options say so: in a folder of the test's own.
    ended = own.run(*argv, code=f"import os; os.chdir({str(own.out)!r})")
    assert ended.status in (0, 1, 2), ended
    assert "Traceback" not in ended.out + ended.err
    assert "Erro inesperado" not in ended.err, ended
    if ended.status:
        assert ended.err
