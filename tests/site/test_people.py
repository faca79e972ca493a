"""`vincula people`: accounts of an installation that is not the demonstration."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.stage import Ended, Stage, stage
from tests.site.terminal import refused
from vincula.sandbox.operadoras import cadop_csv

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("pessoas")]
VINCULA = Path(sys.executable).parent / "vincula"
ANA, RUI, PASSWORD = "529.982.247-25", "11144477735", "Senha@12"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """An installation with CADOP loaded and one account, ANA's, of operadora 999997."""
    with stage(tmp_path_factory.mktemp("pessoas")) as made:
        register = made.folder / "cadop.csv"
        register.write_bytes(cadop_csv())
        assert made.run("bases", "load", "cadop", str(register)).status == 0
        assert said(made, *add(ANA, "--operadora", "999997"), "--json").status == 0
        yield made


def add(cpf: str, *more: str, email: str = "ana@exemplo.com.br") -> tuple[str, ...]:
    return ("people", "add", cpf, "--name", "ANA EXEMPLO", "--email", email, "--password-stdin", *more)


def said(place: Stage, *argv: str, stdin: str = PASSWORD + "\n") -> Ended:
    """The command with something on its standard input."""
    return place.run(*argv, said=stdin)


def test_accounts_are_listed_with_the_cpf_masked(place: Stage) -> None:
    ended = place.run("people", "list", "--operadora", "999997", "--json")
    assert json.loads(ended.out) == [
        {
            "cpf": "***.982.247-**",
            "nome": "ANA EXEMPLO",
            "operadoras": ["999997"],
            "equipe": False,
            "ativa": True,
        }
    ]
    assert "52998224725" not in place.run("people", "list").out
    assert place.run("people", "list", "--operadora", "999903").out == "Nenhuma conta.\n"


def test_an_account_joins_leaves_and_becomes_staff(place: Stage) -> None:
    for _ in range(2):
        ended = place.run("people", "join", ANA, "999903", "--json")
        assert json.loads(ended.out)["operadoras"] == ["999903", "999997"]
    assert json.loads(place.run("people", "leave", ANA, "999903", "--json").out)["operadoras"] == ["999997"]
    refused(place.run("people", "leave", ANA, "999903"), "NAO_E_MEMBRO")
    assert json.loads(place.run("people", "staff", ANA, "--on", "--json").out)["equipe"]
    assert not json.loads(place.run("people", "staff", ANA, "--off", "--json").out)["equipe"]


def test_a_password_is_changed_and_a_weak_one_refused(place: Stage) -> None:
    assert said(place, "people", "password", ANA, "--password-stdin", stdin="Outra@34\n").status == 0
    refused(said(place, "people", "password", ANA, "--password-stdin", stdin="fraca\n"), "SENHA_FRACA")
    refused(said(place, "people", "password", ANA, "--password-stdin", stdin=""), "SENHA_FRACA")
    refused(said(place, "people", "password", ANA), "SENHA_AUSENTE")
    refused(said(place, "people", "password", RUI, "--password-stdin"), "CONTA_AUSENTE")


@pytest.mark.parametrize(
    ("argv", "stdin", "code"),
    [
        (add(ANA), PASSWORD, "CPF_REPETIDO"),
        (add("52998224724"), PASSWORD, "CPF_INVALIDO"),
        (add(RUI), PASSWORD, "EMAIL_REPETIDO"),
        (add(RUI, email="rui"), PASSWORD, "EMAIL_INVALIDO"),
        (add(RUI, email="rui@exemplo.com.br"), "fraca", "SENHA_FRACA"),
        (add(RUI, "--operadora", "123456", email="rui@x.br"), PASSWORD, "OPERADORA_DESCONHECIDA"),
        (("people", "join", ANA, "123456"), "", "OPERADORA_DESCONHECIDA"),
        (("people", "join", RUI, "999997"), "", "CONTA_AUSENTE"),
        (("people", "staff", "1", "--on"), "", "CPF_INVALIDO"),
        (("people", "list", "--operadora", "abc"), "", "REGISTRO_ANS_INVALIDO"),
        (("people", "list", "--operadora", "99990"), "", "REGISTRO_ANS_INVALIDO"),
        (("people", "list", "--operadora", ""), "", "REGISTRO_ANS_INVALIDO"),
        (("people", "leave", ANA, "abc"), "", "NAO_E_MEMBRO"),
        (add(RUI, "--name", "RUI\nEXEMPLO", email="rui@exemplo.com.br"), PASSWORD, "NOME_INVALIDO"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(
    place: Stage, argv: tuple[str, ...], stdin: str, code: str
) -> None:
    before = place.run("people", "list").out
    refused(said(place, *argv, stdin=stdin), code)
    assert place.run("people", "list").out == before


def test_a_password_in_another_encoding_or_from_a_closed_input_is_refused(place: Stage) -> None:
    for stdin, close, code in ((b"Senh\xe3@12\n", False, "SENHA_ILEGIVEL"), (None, True, "SENHA_FRACA")):
        ended = subprocess.run(
            [VINCULA, "people", "password", ANA, "--password-stdin"], env=place.env, input=stdin,
            capture_output=True, timeout=120, check=False, preexec_fn=(lambda: os.close(0)) if close else None,
        )  # fmt: skip
        refused(Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode()), code)


def test_everything_is_in_the_audit_which_tells_who_asked_about_whom(place: Stage) -> None:
    ended = place.run("audit", "about", f"cpf:{ANA}", "--json")
    told = json.loads(ended.out)
    actions = [one["acao"] for one in told["registros"]]
    assert actions[0] == "auditoria:assunto:consultado", "the report itself"
    assert {"contas:pessoa:criada", "contas:membro:incluido"} <= set(actions)
    assert "52998224725" not in ended.out + ended.err
    assert all(one["quando"] and one["quem"].startswith("cli:") for one in told["registros"])
    again = place.run("audit", "about", "cpf:52998224725")
    assert f"{len(actions) + 1} registros sobre cpf:***.982.247-**" in again.out
    assert "relatório ao titular dos dados" in again.out
    assert place.run("audit", "verify").status == 0


@pytest.mark.parametrize("subject", ["52998224725", "cpf:", ":1", "cpf:1"])
def test_a_subject_that_is_none_is_refused(place: Stage, subject: str) -> None:
    refused(place.run("audit", "about", subject))


def test_the_review_queue_is_written_without_names_or_cpf(place: Stage) -> None:
    header = "registro_id,cns,cns_outros,cpf,nome,nome_mae,sexo,data_nascimento,atualizado_em"
    rows = [
        "A1,,,52998224725,ANA LIMA,RITA,F,1980-01-01,2025-01-01",
        "A2,,,52998224725,EVA MELO,INES,F,2015-05-05,2025-01-01",
        "B1,,,,JOSE REIS,,M,1970-01-01,2025-01-01",
        "B2,,,,JOSE REIS,,M,1970-01-01,2025-01-01",
    ]
    base, out = place.folder / "cns.csv", place.out / "fila.csv"
    base.write_text("\n".join([header, *rows]) + "\n")
    loaded = place.run("bases", "load", "cadsus", str(base))
    assert "vincula bases review" in loaded.out, loaded
    ended = place.run("bases", "review", "--out", str(out), "--json")
    assert json.loads(ended.out)["pares"] == 2
    text = out.read_text(encoding="utf-8-sig")
    assert [line.split(";")[0] for line in text.splitlines()[1:]] == ["CPF_DISPUTADO", "NOME_E_NASCIMENTO"]
    assert all(registro in text for registro in ("A1", "A2", "B1", "B2"))
    assert not any(secret in text for secret in ("52998224725", "ANA", "JOSE"))
    about = place.run("audit", "about", "base:cadsus")
    assert "cadsus:revisao:entregue" in about.out
