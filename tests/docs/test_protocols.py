"""Every code that the services give a refusal stands in the pages for integrators, and no other."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, page, table_rows
from vincula.formats.pdq import MAX_BYTES
from vincula.national.api.services.continuing import KEPT_FOR
from vincula.national.api.services.demographics import LEAST
from vincula.national.api.services.tokens import TOKEN_LIFE
from vincula.national.api.wire.body import DROPPED, DROPPED_FOR
from vincula.national.api.wire.identity import TOKENS_A_MINUTE
from vincula.national.api.wire.patience import SECONDS

PROTOCOLS = ROOT / "docs" / "protocols"
NATIONAL = ROOT / "src" / "vincula" / "national"
# The page, the modules whose refusals it tells, and codes that are built there or come from elsewhere.
PAGES = {
    "README": (
        [
            "api/wire/soap_service", "api/wire/listener", "api/wire/body", "api/wire/engine", "api/wire/plain",
            "api/wire/patience", "api/wire/arrival", "api/wire/purpose",
        ],
        {"SERVICO_INTERROMPIDO", "AUDITORIA_INDISPONIVEL"},
    ),
    "pdq": (
        ["api/wire/pdq", "api/wire/doors", "api/services/finding", "api/services/demographics", "cadsus/services/searching"],
        {"CPF", "NIS", "IDENTIFICADOR_CORPORATIVO", "SEM_VINCULO"},
    ),
    "pix": (
        ["api/wire/pix", "cadsus/services/merging"],
        {"IDENTIFICADOR_LOCAL", "LOCAL_CONTRADIZ", "CPF_DE_OUTRO", "CNS_DE_OUTRO", "CNS_NAO_EMITIDO"},
    ),
    "cadsus-service": (
        ["api/wire/called", "api/wire/cadsus_writing"],
        {"SEM-RESULTADO", "LEGADO"},
    ),
}  # fmt: skip


def text_of(name: str) -> str:
    return (PROTOCOLS / f"{name}.md").read_text(encoding="utf-8")


def codes(path: Path) -> set[str]:
    """First arguments of Refused(…) that are written out."""
    found = set()
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match call:
            case ast.Call(func=ast.Name(id="Refused"), args=[ast.Constant(value=str(code)), *_]):
                found.add(code)
    return found


@pytest.mark.parametrize("name", PAGES)
def test_every_code_of_the_services_is_told_once(name: str) -> None:
    modules, more = PAGES[name]
    ours = more.union(*(codes(NATIONAL / f"{module}.py") for module in modules))
    told = [c for row in table_rows(text_of(name)) for c in re.findall(r"`VINC-([A-Z_-]+)`", row[0])]
    assert sorted(told) == sorted(ours)


def test_every_code_of_the_token_is_told_once() -> None:
    ours = codes(NATIONAL / "api/wire/identity.py") | codes(NATIONAL / "api/services/tokens.py")
    rows = [row for row in table_rows(text_of("token")) if len(row) == 4][1:]
    told = {code for row in rows for code in re.findall(r"`([A-Z_]+)`", row[2])}
    assert told == ours | {"SERVICO_INTERROMPIDO"}
    source = (NATIONAL / "api/wire/identity.py").read_text(encoding="utf-8")
    assert {row[1].strip("`") for row in rows} == set(re.findall(r'_error\(\s*"(\w+)"', source))


def test_the_numbers_are_those_of_the_code() -> None:
    assert TOKEN_LIFE.total_seconds() == 1800
    assert f"Até {TOKENS_A_MINUTE} tokens por minuto" in text_of("token")
    assert f"até {MAX_BYTES // 1024} KiB no PDQ, inteiro em {SECONDS:.0f} segundos;" in text_of("README")
    assert f"por {DROPPED_FOR:.0f} segundos e até {DROPPED // 1024**2} MiB" in text_of("README")
    assert KEPT_FOR.total_seconds() == 600
    assert "guardada por dez\nminutos" in text_of("pdq")
    operadora, integrador = (LEAST[kind] for kind in LEAST)
    assert f"abaixo de {operadora} (operadora) ou de {integrador} (integrador)" in text_of("pdq")


def test_the_commands_of_the_manual_are_named_as_they_are() -> None:
    named = set(re.findall(r"`(vincula [a-z]+ ?[a-z-]*)", text_of("README")))
    assert named
    assert all(f"### `{name.strip()}" in page("comandos") for name in named)
