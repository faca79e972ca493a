"""The page of the CNS services says what the code does: kinds, purposes, fields, states, alerts, refusals."""

from __future__ import annotations

import ast
import re

import pytest

from tests.docs.pages import ROOT, page, row_of, sections, table_rows
from vincula.formats.pdq import FIELDS
from vincula.national.api.rules import (
    DEFAULT_LIMIT,
    PURPOSES,
    SIGNING_LIFE,
    TOKEN_LIFE,
    Kind,
    State,
    purposes_of,
)
from vincula.national.api.services import credentials, limits, view, watch
from vincula.national.api.services.alerts import KINDS
from vincula.national.api.wire.identity import TOKENS_A_MINUTE
from vincula.site.cli.main import cli

PAGE = page("servicos-do-cns")
SECTIONS = sections(PAGE, "##")
API = ROOT / "src" / "vincula" / "national" / "api"


def codes(*names: str) -> set[str]:
    """Every code that these modules of the API give a refusal."""
    found = set()
    for name in names:
        for call in ast.walk(ast.parse((API / f"{name}.py").read_text(encoding="utf-8"))):
            match call:
                case ast.Call(func=ast.Name(id="Refused"), args=[ast.Constant(value=str(code)), *_]):
                    found.add(code)
    return found


def first_cells(title: str) -> list[str]:
    return [row[0].strip("`") for row in table_rows(SECTIONS[title])]


@pytest.mark.parametrize("kind", Kind)
def test_what_each_kind_may_and_gets(kind: Kind) -> None:
    fields = sections(PAGE, "###")["O que sai em cada resposta"].split("\n## ")[0]
    assert set(re.findall(r"`(\w+)`", row_of(fields, f"`{kind.value}`")[1])) == set(kind.release)
    purposes = sections(PAGE, "###")["Finalidades"]
    for name, words in PURPOSES.items():
        row = row_of(purposes, f"`{name}`")
        assert row[1] == words
        assert (kind.value in row[2]) == (name in purposes_of(kind))


def test_every_field_can_be_named() -> None:
    assert set(re.findall(r"`([a-z_]+)`", sections(PAGE, "###")["O que sai em cada resposta"])) >= FIELDS


def test_the_states_are_all_told() -> None:
    assert {f"`{one}`" for one in State} <= {row[0] for row in table_rows(SECTIONS["Credenciais"])}


def test_the_numbers_are_those_of_the_code() -> None:
    text = SECTIONS["Limites e alertas"]
    assert f"padrão {DEFAULT_LIMIT:,}".replace(",", ".") in text
    assert limits.BURST_SECONDS == 10
    assert watch.WINDOW == 600
    assert f"{TOKENS_A_MINUTE} por minuto para cada certificado" in text
    told = {row[0].strip("`"): row[1] for row in table_rows(text)[1:]}
    assert set(told) == set(KINDS)
    assert f"{watch.RUN} números" in told["NUMEROS_SEGUIDOS"]
    assert f"{watch.MISSES} consultas" in told["MUITOS_ERROS"]
    assert f"{watch.REFUSALS} consultas" in told["LIMITE"]
    assert f"{view.STALE:.0f} segundos" in SECTIONS["Credenciais"]
    keys = SECTIONS["Tokens e chaves"]
    assert TOKEN_LIFE.total_seconds() == 30 * 60
    assert "vale 30 minutos" in keys
    assert SIGNING_LIFE.days == 7
    assert "a cada sete dias" in keys


def test_every_refusal_of_the_commands_is_told() -> None:
    ours = codes("rules", "services/credentials") | {"ALERTA_DESCONHECIDO"}
    ours -= {"IDENTIFICADOR_CORPORATIVO"}  # what a service answers, not a command
    assert codes("services/alerts") == {"ALERTA_DESCONHECIDO"}
    assert set(first_cells("Recusas dos comandos")[1:]) == ours
    assert f"{credentials.MAX_LIMIT:,}".replace(",", ".") in SECTIONS["Recusas dos comandos"]


def test_the_ports_are_those_of_the_command() -> None:
    defaults = {p.opts[0]: p.default for p in cli.commands["serve"].params}
    rows = table_rows(SECTIONS["TLS e portas"])[1:]
    assert [row[0] for row in rows] == [f"{defaults[o]} (`{o}`)" for o in ("--identity-port", "--api-port")]
