"""What `vincula credential` and `vincula sandbox credential` say to people and to programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from cryptography import x509

from tests.faults.stage import Stage, stage
from vincula.sandbox.operadoras import cadop_csv

pytestmark = [pytest.mark.django_db]
REGISTRO = "999997"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage(tmp_path_factory.mktemp("credenciais")) as made:
        (made.out / "operadoras.csv").write_bytes(cadop_csv())
        ended = made.run("bases", "load", "cadop", str(made.out / "operadoras.csv"))
        assert ended.status == 0, ended.err
        yield made


def test_a_credential_from_its_grant_to_its_suspension(place: Stage, tmp_path: Path) -> None:
    give = ["sandbox", "credential", REGISTRO, "--kind", "operadora", "--out", str(tmp_path)]
    given = place.run(*give, "--identity-port", "9443")
    assert "https://localhost:9443/api/osb/token" in given.out, given.err
    assert "https://localhost:8443/api/osb/token" in place.run(*give).out
    (place.data / "portas.json").write_text('{"identity": 19443}')  # as vincula serve leaves it
    assert "https://localhost:19443/api/osb/token" in place.run(*give).out
    (place.data / "portas.json").write_text("[")
    assert "https://localhost:8443/api/osb/token" in place.run(*give).out
    shown = json.loads(place.run("credential", "list", "--json").out)[0]
    assert "T" in shown["criada_em"]
    assert datetime.fromisoformat(shown["criada_em"]).tzinfo
    assert f"raiz {shown['raiz']}" in place.run("credential", "list").out, (
        "a refusal of PIX sends people here"
    )
    name = shown["identificador"]
    assert name in place.run("credential", "suspend", name, "--motivo", "teste").out
    again = place.run(*give)
    assert (again.status, "CREDENCIAL_SUSPENSA" in again.err) == (1, True)
    assert "SUSPENSA" in place.run("credential", "list").out
    assert name in place.run("credential", "resume", name).out
    assert name in place.run("credential", "revoke", name, "--motivo", "teste").out


def test_a_folder_that_cannot_be_written_is_refused_before_anything_is_granted(
    place: Stage, tmp_path: Path
) -> None:
    (tmp_path / "arquivo").write_text("")
    out = tmp_path / "arquivo" / "pasta"
    ended = place.run("sandbox", "credential", "999903", "--kind", "operadora", "--out", str(out))
    assert (ended.status, "SAIDA_SEM_ESCRITA" in ended.err) == (1, True), ended.err
    assert "999903" not in place.run("credential", "list").out


@pytest.mark.parametrize("number", ["11.222.333/0001-81", "12.ABC.345/01DE-35"])
def test_who_is_no_operadora_gets_one_by_cnpj(place: Stage, tmp_path: Path, number: str) -> None:
    """A municipality or a software house; CNPJs have had letters since 2026."""
    give = [
        "sandbox",
        "credential",
        "--cnpj",
        number,
        "--nome",
        "MUNICIPIO DE EXEMPLO",
        "--kind",
        "integrador",
    ]
    given = json.loads(place.run(*give, "--out", str(tmp_path), "--json").out)
    bare = "".join(filter(str.isalnum, number))
    assert given["usuario"] == f"sandbox-{bare}"
    assert given["senha"]
    (shown,) = (
        one
        for one in json.loads(place.run("credential", "list", "--json").out)
        if one["identificador"] == given["credencial"]
    )
    assert (shown["cnpj"], shown["nome"], shown["registro_ans"]) == (bare, "MUNICIPIO DE EXEMPLO", "")
    assert shown["raiz"].rpartition(".")[2].isdigit()
    certificate = x509.load_pem_x509_certificate((tmp_path / "client.pem").read_bytes())
    assert bare in certificate.subject.rfc4514_string()
    again = json.loads(place.run(*give, "--out", str(tmp_path), "--json").out)
    assert (again["credencial"], again["senha"]) == (given["credencial"], "")
    other = place.run(*(word.replace("DE EXEMPLO", "DE OUTRO") for word in give), "--out", str(tmp_path))
    assert (other.status, "Recusado (NOME)" in other.err, "MUNICIPIO DE EXEMPLO" in other.err) == (
        1,
        True,
        True,
    )


REFUSED = [
    (["--cnpj", "11222333000181", "--kind", "operadora"], "OPERADORA_DESCONHECIDA"),
    (["--cnpj", "11222333000182", "--nome", "X", "--kind", "integrador"], "CNPJ"),
    (["--cnpj", "11444777000161", "--kind", "integrador"], "NOME"),
    (["--kind", "integrador"], "CNPJ"),
    ([REGISTRO, "--cnpj", "11222333000181", "--kind", "integrador"], "CNPJ"),
    ([REGISTRO, "--nome", "OUTRA", "--kind", "operadora"], "NOME"),
    (["--cnpj", "11444777000161", "--nome", "UM\nDOIS", "--kind", "integrador"], "NOME"),
]


@pytest.mark.parametrize(("given", "code"), REFUSED)
def test_who_gets_none(place: Stage, tmp_path: Path, given: list[str], code: str) -> None:
    ended = place.run("sandbox", "credential", *given, "--out", str(tmp_path / "saida"))
    assert (ended.status, f"Recusado ({code})" in ended.err) == (1, True), ended.err
    assert not (tmp_path / "saida" / "client.pem").exists()
