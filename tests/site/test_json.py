"""`--json`: one JSON document on standard output, whatever the command and whatever is wrong, in the manual's words."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from tests.docs.pages import page, sections, table_rows
from tests.faults.stage import Ended, Stage
from tests.faults.story import MONTH, OPERADORA, Story
from tests.site.test_environment import outside, run
from tests.site.test_people import add, said
from vincula.site.cli.main import cli

pytestmark = [pytest.mark.django_db]
CPF = "529.982.247-25"
# Every command that takes --json, as it may be typed in the installation of `told`.
TYPED = [
    "sib check {sbx}",
    "sib submit {sbx} --competencia 2026-12 --out {folder}",
    f"sib close {MONTH}",
    f"sib cnx {OPERADORA} {MONTH} --out {{folder}}/conferencia.CNX",
    f"sib status {OPERADORA} {MONTH}",
    f"sib lists {OPERADORA} {MONTH} --out {{folder}}/lista.csv",
    f"sib calendar {MONTH}",
    "bases load receita {bases}/receita.csv",
    "bases review --out {folder}/fila.csv",
    " ".join(add(CPF)).replace("ANA EXEMPLO", "ANA_EXEMPLO"),
    f"people password {CPF} --password-stdin",
    f"people join {CPF} {OPERADORA}",
    f"people leave {CPF} {OPERADORA}",
    f"people staff {CPF} --on",
    "people list",
    "cns check 700000000000005 1",
    "audit verify",
    f"audit about operadora:{OPERADORA}",
    "audit export --format csv --out {folder}/auditoria.csv",
    "purge",
    "interruption declare sgop --texto Parado",
    "interruption list",
    "interruption forecast {interruption} --sem-previsao",
    "interruption end {interruption}",
    "cnes show 8999015",
    "cnes director 8999015 52998224725",
    "support list",
    "support show {ticket}",
    "support answer {ticket} --texto Feito",
    "mail status",
    "mail retry",
    "credential grant --kind integrador --cnpj 11222333000181 --nome SISTEMAS",
    "credential list",
    "credential password {credential} --usuario sistema",
    "credential suspend {credential} --motivo teste",
    "credential resume {credential}",
    "credential alerts",
    "credential rotate-key",
    "credential revoke {credential} --motivo teste",
    f"sandbox credential {OPERADORA} --kind operadora --out {{folder}}/certificado",
    "sandbox govbr",
]
# What must have happened before a command has something to tell.
BEFORE = {
    "cnes show": "from vincula.sandbox.demo import establishments\nestablishments.ensure()",
    "support list": (
        "from vincula.national.support.services import open_ticket\n"
        "open_ticket('sgop', 'Assunto', 'Texto', contato='ana@exemplo.com.br', cpf='52998224725')"
    ),
    "credential alerts": (
        "from vincula.national.api.models import Credencial\n"
        "from vincula.national.api.services.alerts import raise_alert\n"
        "raise_alert(Credencial.objects.latest('id').identificador, 'LIMITE', {})"
    ),
}
REFUSAL = ["recusado", "mensagem", "remedio", "detalhes"]


def _with_json(group: click.Group, path: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _with_json(command, f"{path}{name} ")
        elif any("--json" in param.opts for param in command.params):
            yield path + name


def name_of(typed: str) -> str:
    return " ".join(typed.split()[: 1 if typed == "purge" else 2])


def argv_of(told: Story, typed: str, folder: Path) -> list[str]:
    sbx = told.steps["segundo"].argv[2]
    latest = {
        name: _latest(told.stage, column, table) if f"{{{name}}}" in typed else ""
        for name, column, table in (
            ("credential", "identificador", "api_credencial"),
            ("interruption", "id", "support_interrupcao"),
            ("ticket", "numero", "support_chamado"),
        )
    }
    return [one.format(sbx=sbx, folder=folder, bases=told.files, **latest) for one in typed.split()]


def _latest(place: Stage, column: str, table: str) -> str:
    """What the command before has made; something that does not exist where there is none."""
    found = place.query(f"SELECT {column} FROM {table} ORDER BY id DESC LIMIT 1")
    return str(found[0][0]) if found else "1"


def test_every_command_with_json_is_tried_here() -> None:
    assert sorted([*map(name_of, TYPED), *ELSEWHERE]) == sorted(_with_json(cli))


# -- answers -------------------------------------------------------------------------------------------------------


def keys_of(answer: Any) -> list[str]:
    """The keys of an answer, of all its items where it is a list."""
    items = answer if isinstance(answer, list) else [answer]
    assert items
    return sorted({key for item in items for key in item})


def keys_told(name: str) -> list[str]:
    """Those that the command's section of the manual names in the row of --json."""
    rows = table_rows(sections(page("comandos"), "###")[f"`vincula {name}`"])
    (row,) = (row for row in rows if row[0] == "`--json`")
    if other := re.search(r"as chaves de `([a-z]+)`", row[1]):
        return keys_told(f"{name.split()[0]} {other[1]}")
    return sorted(re.findall(r"`([a-z0-9_.]+)`", re.sub(r"\([^)]*\)", "", row[1])))


def test_the_keys_of_every_answer_are_those_of_the_manual(told: Story, own: Stage, tmp_path: Path) -> None:
    """All in one installation, in order: the account is opened, changed, listed."""
    for typed in TYPED:
        argv = [*argv_of(told, typed, tmp_path), "--json"]
        code = BEFORE.get(name_of(typed), "")
        ended = said(own, *argv) if "people" in argv else own.run(*argv, code=code)
        answer = json.loads(ended.out)
        assert keys_of(answer) == keys_told(name_of(typed)), typed
        for key in keys_of(answer):
            assert re.fullmatch(r"[a-z0-9_.]+", key), f"{typed}: {key}"


def test_a_rejection_and_its_faults_have_the_keys_of_the_manual(
    told: Story, own: Stage, tmp_path: Path
) -> None:
    wrong = tmp_path / f"{OPERADORA}20261113090000.SBX"
    wrong.write_bytes(Path(told.steps["primeiro"].argv[2]).read_bytes().replace(b"<sexo>", b"<sexo>9", 3))
    (forms,) = (
        text for heading, text in sections(page("comandos"), "##").items() if heading.startswith("Respostas")
    )
    told_keys = {row[0]: re.findall(r"`([a-z_]+)`", row[1]) for row in table_rows(forms)}
    for argv in (
        ("sib", "check", str(wrong)),
        ("sib", "submit", str(wrong), "--competencia", "2026-12", "--out", str(tmp_path)),
    ):
        ended = own.run(*argv, "--json")
        assert ended.status == 1
        rejection = json.loads(ended.out)["rejeicao"]
        assert list(rejection) == told_keys["rejeição"]
        assert list(rejection["falhas"][0]) == told_keys["falha"]
        assert f"Recusado ({rejection['nome']})" in ended.err
    assert told_keys["recusa"] == REFUSAL


# -- refusals ------------------------------------------------------------------------------------------------------


def is_a_refusal(ended: Ended, code: str) -> None:
    assert ended.status == 1, ended
    answer = json.loads(ended.out)
    assert list(answer) == REFUSAL
    assert answer["recusado"] == code
    assert answer["mensagem"]
    assert answer["remedio"]
    assert f"Recusado ({code}): {answer['mensagem']}" in ended.err
    assert f"O que fazer: {answer['remedio']}" in ended.err


WITHOUT_BASE = ["cns check"]
ELSEWHERE = ["conformance"]  # needs listeners: tests/interop/test_conformance.py


WITH_BASE = [one for one in TYPED if name_of(one) not in WITHOUT_BASE]
# Each command in a process of its own, but the interpreter starts once: it forks where the entry point has been read.
EACH = """
import json, os, sys
from vincula.site.cli import main as read_now
import vincula.site.cli.main
for number, argv in enumerate(json.loads(sys.argv[1])):
    child = os.fork()
    if not child:
        for name, stream in (("out", 1), ("err", 2)):
            os.dup2(os.open(f"{number}.{name}", os.O_WRONLY | os.O_CREAT), stream)
        sys.argv = ["vincula", *argv]
        read_now()
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.fixture(scope="module")
def without_a_folder(told: Story, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ended]:
    """What came of each command where VINCULA_DATA names a file."""
    folder = tmp_path_factory.mktemp("sem-pasta")
    asked = [[*argv_of(told, typed, folder), "--json"] for typed in WITH_BASE]
    done = subprocess.run(
        [sys.executable, "-c", EACH, json.dumps(asked)],
        env={**outside(), "VINCULA_DATA": "/etc/passwd"},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return {
        typed: Ended(int(status), (folder / f"{n}.out").read_text(), (folder / f"{n}.err").read_text())
        for n, (typed, status) in enumerate(zip(WITH_BASE, done.stdout.split(), strict=True))
    }


@pytest.mark.parametrize("typed", WITH_BASE, ids=name_of)
def test_where_the_data_folder_is_none_every_command_refuses_in_json(
    without_a_folder: dict[str, Ended], typed: str
) -> None:
    is_a_refusal(without_a_folder[typed], "PASTA_DE_DADOS")


EARLY: list[tuple[str, dict[str, str], str]] = [
    ("a folder of others", {"VINCULA_DATA": "/"}, "PASTA_ABERTA"),
    ("an unknown profile", {"VINCULA_PROFILE": "teste"}, "CONFIGURACAO"),
    ("a range that is none", {"VINCULA_CNS_RANGE": "1-2"}, "CONFIGURACAO"),
    ("another engine", {"DATABASE_URL": "mysql://x/y?password=segredo"}, "CONFIGURACAO"),
    ("an address without a base", {"DATABASE_URL": "postgresql://u:segredo@h"}, "CONFIGURACAO"),
    ("an option that is none", {"DATABASE_URL": "postgresql://u:segredo@h/x?nada=1"}, "CONFIGURACAO"),
    ("a port that is none", {"DATABASE_URL": "postgresql://u:segredo@h:porta/x"}, "CONFIGURACAO"),
    ("nobody at home", {"DATABASE_URL": "postgresql://u:segredo@127.0.0.1:1/x"}, "BASE_OU_DISCO"),
    ("no such host", {"DATABASE_URL": "postgresql://u:segredo@nao.ha.invalid/x"}, "BASE_OU_DISCO"),
]


@pytest.mark.parametrize(("label", "variables", "code"), EARLY, ids=[label for label, *_ in EARLY])
def test_a_refusal_before_anything_is_done_is_json_too(
    tmp_path: Path, label: str, variables: dict[str, str], code: str
) -> None:
    ended = run(tmp_path, "audit", "verify", "--json", **variables)
    is_a_refusal(Ended(ended.returncode, ended.stdout, ended.stderr), code)
    assert "segredo" not in ended.stdout + ended.stderr


def test_an_error_of_ours_is_json_too(place: Stage) -> None:
    broken = "import vincula.common.audit.services as a\na.verify = lambda: 1 / 0"
    is_a_refusal(place.run("audit", "verify", "--json", code=broken), "ERRO_INESPERADO")
    for path in (place.data / "registros").iterdir():
        path.unlink()


def test_an_argument_called_json_is_no_option(place: Stage) -> None:
    assert place.run("audit", "about", "--", "--json").out == ""


def test_wrong_usage_leaves_standard_output_empty(place: Stage) -> None:
    ended = place.run("sib", "status", "--json")
    assert (ended.status, ended.out) == (2, "")


def test_json_can_be_read_whatever_the_terminals_encoding(told: Story, tmp_path: Path) -> None:
    ended = run(
        tmp_path, "cns", "check", "1", "--json",
        LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii",
    )  # fmt: skip
    assert ended.stdout.isascii()
    assert "à esquerda" in json.loads(ended.stdout)[0]["remedio"]
