"""The simulated gov.br of an installation: its secrets are its own, and whoever is in the demo has an account there."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from vincula.common import config, provider
from vincula.identifiers import cpf as cpf_rules
from vincula.sandbox.govbr import keeping
from vincula.sandbox.govbr.application import registered_for
from vincula.sandbox.govbr.listening import simulation
from vincula.sandbox.govbr.people import CASES, everybody


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    real = config.load()
    monkeypatch.setattr(config, "load", lambda: replace(real, data=tmp_path))
    return tmp_path


def test_the_secret_and_the_key_are_made_once_and_are_their_owners(data: Path) -> None:
    secret, key = keeping.secret_file(), keeping.signing_key()
    assert secret.stat().st_mode & 0o077 == 0
    assert (data / "govbr-simulado" / "chave.pem").stat().st_mode & 0o077 == 0
    assert len(secret.read_text()) >= 32
    assert keeping.secret_file().read_text() == secret.read_text()
    assert keeping.signing_key().as_dict(private=False) == key.as_dict(private=False)
    assert simulation("http://127.0.0.1:8445")


def test_what_the_site_is_told_is_a_configuration_that_serves(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in keeping.environment(8445).items():
        monkeypatch.setenv(name, value)
    found = provider.load(sandbox=True)
    assert found is not None
    assert (found.issuer, found.step_up) == ("http://127.0.0.1:8445", "http://127.0.0.1:8445/confiabilidades")
    assert found.secret == keeping.secret_file().read_text()


def test_the_people_of_the_demo_come_first_and_nobody_twice(data: Path) -> None:
    assert everybody() == list(CASES)
    (data / "demonstracao").mkdir()
    made = {
        "nome": "HELENA EXEMPLO ARAUCÁRIA",
        "cpf": cpf_rules.complete("990100101"),
        "senha": "x",
        "operadoras": [],
    }
    again = {"nome": CASES[1].name, "cpf": CASES[1].cpf, "senha": "x", "operadoras": []}
    (data / "demonstracao" / "acessos.json").write_text(json.dumps([made, again]))
    people = everybody()
    assert [one.name for one in people[:2]] == [made["nome"], again["nome"]]
    assert people[0].level == "gold"
    assert len({one.cpf for one in people}) == len(people) == len(CASES) + 1


def test_every_case_is_of_a_number_that_exists() -> None:
    assert all(cpf_rules.is_valid(one.cpf) for one in CASES)
    assert {one.level for one in CASES} == {"gold", "silver", "bronze", ""}


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("http://127.0.0.1:8000/govbr/retorno/", True), ("https://sandbox.exemplo/govbr/saida/", True),
        ("http://localhost/govbr/nivel/retorno/", True), ("http://mau.exemplo/govbr/retorno/", False),
        ("http://127.0.0.1:8000/", False), ("http://a@127.0.0.1/govbr/retorno/", False),
        ("http://127.0.0.1/govbr/retorno/?a=1", False), ("javascript://127.0.0.1/govbr/retorno/", False),
        ("http://[/govbr/retorno/", False), ("", False),
    ],
)  # fmt: skip
def test_only_addresses_of_the_site_are_registered(address: str, known: bool) -> None:
    assert registered_for(["sandbox.exemplo"])(address) is known
