"""The `vincula` command as whoever types it sees it: refusals, answers, what it makes."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.faults.stage import Stage
from tests.faults.story import MONTH, OPERADORA, Story
from tests.site.terminal import copy_of, refused

pytestmark = [pytest.mark.django_db]
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
    ("sib cnx 999903 2026-11 --out {sbx}/dentro", "SAIDA_SEM_ESCRITA"),
    ("sib cnx 999903 2026-11 --out " + "a" * 300, "SAIDA_SEM_ESCRITA"),
    ("sib lists 999903 2026-12 --out {out}", "COMPETENCIA_ABERTA"),
    ("sib lists 999903 2026-12 --out {out}/nova/lista.csv", "COMPETENCIA_ABERTA"),
    ("sib lists 999903 2026-11 --out {sbx}/dentro/lista.csv", "SAIDA_SEM_ESCRITA"),
    ("sib lists 999903 2026-11 --out /dev/full", "SAIDA_ESPECIAL"),
    ("sib submit {sbx} --competencia 2026-13", ""),
    ("sib submit {sbx} --competencia ", ""),
    ("sib calendar 2027-01 --first ", "PRAZO_INVALIDO"),
    ("sib submit {sbx} --competencia 2026-11 --out {folder}", "COMPETENCIA_ENCERRADA"),
    ("sib submit {empty} --competencia 2026-12 --out {folder}", "ARQUIVO_VAZIO"),
    ("sib submit {sbx} --out /dev/full", "SAIDA_SEM_ESCRITA"),
    ("sib submit {sbx} --out {sbx}/dentro", "SAIDA_SEM_ESCRITA"),
    ("bases load cadop {sbx}", ""),
    ("bases load cadsus {empty}", "ARQUIVO_VAZIO"),
    ("bases load cadsus /dev/null", "ARQUIVO_ESPECIAL"),
    ("bases load cadsus {pipe}", "ARQUIVO_ESPECIAL"),
    ("sib check {pipe}", "ARQUIVO_ESPECIAL"),
    ("sib check /dev/null", "ARQUIVO_ESPECIAL"),
    ("sib submit {pipe} --out {folder}", "ARQUIVO_ESPECIAL"),
    ("conformance --token-url http://a --pdq-url http://a --cert {pipe} --key {sbx}", "ARQUIVO_ESPECIAL"),
    (
        "conformance --token-url http://a --pdq-url http://a --cert {sbx} --key {sbx} --ca {pipe}",
        "ARQUIVO_ESPECIAL",
    ),
    ("bases load cadop {folder}/zip.csv", "FORMATO"),
    ("bases load municipios {folder}/zip.csv", "FORMATO"),
    ("bases load receita {folder}/zip.csv --refused {sbx}/dentro", "SAIDA_SEM_ESCRITA"),
    ("bases review --out {sbx}/dentro", "SAIDA_SEM_ESCRITA"),
    ("bases load cadsus {folder}/nul.csv", ""),
    ("bases load cadop {sbx} --refused /dev/full", "SAIDA_ESPECIAL"),
    ("serve --host nao.ha.example", "ENDERECO"),
    ("serve --host " + "a" * 70, "ENDERECO"),
    ("serve --host a\x1bb", "ENDERECO"),
    ("serve --host 192.0.2.1", "ENDERECO"),
]


def _filled(told: Story, typed: str, folder: Path) -> list[str]:
    (folder / "99990320261120090000.SBX").touch()
    os.mkfifo(folder / "cano")
    (folder / "zip.csv").write_bytes(b"PK\x03\x04" + bytes(60))
    (folder / "nul.csv").write_bytes(b"a,b\x00,c\n\x00\n")
    values = {
        "{sbx}": told.steps["primeiro"].argv[2],
        "{empty}": str(folder / "99990320261120090000.SBX"),
        "{pipe}": str(folder / "cano"),
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


def test_a_base_of_no_rows_is_called_empty(own: Stage, tmp_path: Path) -> None:
    path = tmp_path / "vazio.csv"
    path.write_text(
        "registro_id,cns,cns_outros,cpf,nome,nome_mae,sexo,data_nascimento,atualizado_em\n", "utf-8"
    )
    said = own.run("bases", "load", "cadsus", str(path))
    assert said.status == 0, said.err
    assert said.out.startswith("cadsus: 0 linhas lidas; ")
    assert "O arquivo está vazio: só traz os nomes das colunas" in said.out
    with path.open("a") as more:
        more.write("Z1,,,,ZULMIRA VAZIA,RITA,F,1980-01-01,2025-01-01\n")
    said = own.run("bases", "load", "cadsus", str(path))
    assert said.out.startswith("cadsus: 1 linha lida; 1 inserida, 0 atualizadas, 0 sem mudança, 0 recusadas.")
    assert "vazio" not in said.out


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


def test_what_is_made_is_its_owners_only_and_so_are_the_folders_that_were_missing(
    told: Story, own: Stage, tmp_path: Path
) -> None:
    sent = copy_of(told, tmp_path / "99990320261120090000.SBX")
    out = tmp_path / "nova"
    for typed, name in (
        (f"sib submit {sent} --competencia 2026-12 --out {out}/rpx/daqui", ""),
        (f"sib cnx {OPERADORA} {MONTH} --out", "cnx/daqui/a.CNX"),
        (f"sib lists {OPERADORA} {MONTH} --out", "lista/daqui/a.csv"),
        ("bases review --out", "fila/daqui/a.csv"),
        (f"bases load receita {told.files}/receita.csv --refused", "recusadas/daqui/a.csv"),
    ):
        ended = own.run(*typed.split(), *([str(out / name)] if name else []))
        assert "Recusado (SAIDA" not in ended.err
    made = [*out.rglob("*")]
    assert sorted(path.parent.relative_to(out).as_posix() for path in made if path.is_file()) == [
        f"{folder}/daqui" for folder in ("cnx", "fila", "lista", "recusadas", "rpx")
    ]
    for path in [*made, out, own.data, *own.data.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_list_is_refused_in_words_of_its_own(place: Stage, tmp_path: Path) -> None:
    out = str(tmp_path / "saida")
    listed = place.run("sib", "lists", OPERADORA, "2026-12", "--out", out)
    cnx = place.run("sib", "cnx", OPERADORA, "2026-12", "--out", out)
    assert "quem fica sem CNS, e quem o tem trocado, só se sabe na consolidação" in listed.err
    assert "CNX" not in listed.err
    assert "o CNX sai depois do encerramento e da consolidação" in cnx.err


def test_what_a_name_brings_along_does_not_steer_the_terminal(place: Stage) -> None:
    ended = place.run("cns", "check", "\x1b[31m7\u202e")
    assert (ended.status, "\x1b" in ended.out, "\u202e" in ended.out) == (1, False, False)
    assert json.loads(place.run("cns", "check", "\x1b", "--json").out)[0]["numero"] == "\x1b"
