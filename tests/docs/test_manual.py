"""What the code offers is in the manual, and what the manual promises is in the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import click
import pytest

from tests.docs.pages import ROOT, page, row_of, sections, table_rows, whole_manual
from vincula.common import config, retention
from vincula.formats.sib import HashDiagnosis
from vincula.formats.sib.rpx import REJECTION_NAMES
from vincula.national.cadsus import rows as cadsus
from vincula.national.receita import rules as receita
from vincula.national.sib.rules.catalog import Finding, rules
from vincula.national.sib.rules.fields import BY_COLUMN
from vincula.national.sib.rules.reasons import ACTION_TEXT, EXPLANATION, Action, Reason
from vincula.national.sib.services.lists import HEADER
from vincula.national.support.services import Servico
from vincula.site.cli.bases import BASES
from vincula.site.cli.main import cli
from vincula.site.cli.subjects import KINDS

ACTION = re.compile(r"[a-z][a-z0-9_-]*(:[a-z0-9_{}-]+){2}")


# -- configuration -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("variable", config.VARIABLES)
def test_every_variable_is_in_the_table_of_the_configuration(variable: str) -> None:
    assert len(row_of(page("instalacao"), f"`{variable}`")) == 3


def test_the_manual_names_no_variable_that_does_not_exist() -> None:
    named = set(re.findall(r"\bVINCULA_[A-Z_]+[A-Z]\b|\bDATABASE_URL\b", whole_manual()))
    assert named == set(config.VARIABLES)


def test_the_default_range_of_the_sandbox_is_told() -> None:
    assert "-".join(config.SANDBOX_CNS_RANGE) in row_of(page("instalacao"), "`VINCULA_CNS_RANGE`")[1]


# -- commands ------------------------------------------------------------------------------------------------------


def _commands(group: click.Group, path: str = "vincula") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


COMMANDS = dict(_commands(cli))


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_has_its_section_with_all_its_options(path: str) -> None:
    text = sections(page("comandos"), "###")[f"`{path}`"]
    told = {cell for row in table_rows(text) for cell in re.findall(r"`(--[a-z-]+)`", row[0])}
    options = {p.opts[0] for p in COMMANDS[path].params if isinstance(p, click.Option)}
    assert told == options


def test_the_manual_has_no_section_for_a_command_that_does_not_exist() -> None:
    assert {f"`{path}`" for path in COMMANDS} == set(sections(page("comandos"), "###"))


def test_every_base_that_can_be_loaded_is_described() -> None:
    assert all(f"vincula bases load {base}" in page("bases-nacionais") for base in BASES)


def test_every_service_that_can_be_interrupted_is_told() -> None:
    table = table_rows(sections(page("interrupcoes"), "##")["Serviços"])[1:]
    assert [row[0].strip("`") for row in table] == [one.value for one in Servico]


# -- audit and retention -------------------------------------------------------------------------------------------


def _texts(node: ast.AST) -> Iterator[str]:
    """The string constants of a module, those of an f-string with {} for what is filled in."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.JoinedStr):
            yield "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in child.values)
        elif isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value
        else:
            yield from _texts(child)


def test_the_kinds_of_what_the_audit_is_about() -> None:
    told = re.search(r"Tipos de assunto: (.*?);", page("auditoria"))
    assert told is not None
    assert tuple(re.findall(r"`(\w+)`", told[1])) == KINDS


def _audit_actions() -> set[str]:
    """Every "source:subject:action" in the sources; what ends in something filled in is a lock, not an action."""
    found = set()
    for path in (ROOT / "src").rglob("*.py"):
        for text in _texts(ast.parse(path.read_text(encoding="utf-8"))):
            if text.startswith("urn:"):  # the name of an XML vocabulary
                continue
            if ACTION.fullmatch(text) and text != "source:subject:action" and not text.endswith("}"):
                found |= {text.replace("{}", base) for base in BASES} if "{}" in text else {text}
    return found


def test_the_manual_names_every_audit_action_and_no_other() -> None:
    ours = _audit_actions()
    assert {"sib:arquivo:recebido", "bases:cadop:carregada", "contas:sessao:aberta"} <= ours
    assert [action for action in sorted(ours) if f"`{action}`" not in page("auditoria")] == []
    assert set(re.findall(r"`([a-z]+:[a-z]+:[a-z]+)`", page("auditoria"))) <= ours


def _of_the_services() -> set[str]:
    """What `Question.event` is asked for: those actions bear the name of the service, which the code fills in."""
    found = set()
    for path in (ROOT / "src" / "vincula" / "national").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match call:
                case ast.Call(func=ast.Attribute(attr="event"), args=[ast.Constant(value=str(done)), *_]):
                    found.add(f"api:SERVIÇO:{done}")
    return found


def test_every_audit_action_of_the_services_is_in_the_manual() -> None:
    assert _of_the_services() >= {"api:SERVIÇO:consultada", "api:SERVIÇO:sem-resultado"}
    assert set(re.findall(r"`(api:SERVIÇO:[a-z-]+)`", page("auditoria"))) == _of_the_services()


def test_what_a_purge_removes_is_in_the_manual() -> None:
    ours = {name for name in retention.registered() if not name.startswith("teste")}
    told = {row[0].strip("`") for row in table_rows(sections(page("auditoria"), "##")["Guarda e remoção"])}
    assert told - {""} == ours


# -- the results of a file -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", REJECTION_NAMES)
def test_every_rejection_code_is_told_with_its_official_name(code: int) -> None:
    assert row_of(page("rpx-e-criticas"), str(code))[1] == REJECTION_NAMES[code]


@pytest.mark.parametrize("rule", rules())
def test_every_critica_is_told_as_the_system_tells_it(rule: str) -> None:
    one = rules()[rule]
    fields = "; ".join(f"{BY_COLUMN[c].label} ({Finding(rule, c).error_code})" for c in one.columns)
    effect = "recusa" if one.refuses else "aviso"
    assert row_of(page("rpx-e-criticas"), rule)[1:] == (effect, fields, one.message, one.remedy)


def test_the_table_of_criticas_has_no_other_rule() -> None:
    table = table_rows(sections(page("rpx-e-criticas"), "##")["As críticas"])[1:]
    assert [row[0] for row in table] == list(rules())


@pytest.mark.parametrize("diagnosis", HashDiagnosis)
def test_every_diagnosis_of_the_hash_is_among_the_questions(diagnosis: HashDiagnosis) -> None:
    told = row_of(page("perguntas-frequentes"), diagnosis.message)
    assert told[1:] == ("aceito" if diagnosis.accepted else "rejeitado (20)", diagnosis.remedy)


# -- why not -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_told_with_its_next_step(reason: Reason) -> None:
    told = row_of(page("sem-cns"), reason.name)
    assert told[1:] == (EXPLANATION[reason].sentence, EXPLANATION[reason].next_step)


@pytest.mark.parametrize("action", Action)
def test_every_way_to_a_cns_is_told(action: Action) -> None:
    assert row_of(page("sem-cns"), action.name)[1:] == (ACTION_TEXT[action],)


def test_the_columns_of_the_list_are_told() -> None:
    assert all(f"`{column}`" in page("cnx") for column in HEADER)


# -- the files of the bases ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "columns"),
    [("Receita: CPF", receita.COLUMNS), ("CNS: pessoas e cartões", cadsus.COLUMNS)],
)
def test_every_column_of_a_base_is_told(base: str, columns: tuple[str, ...]) -> None:
    text = sections(page("bases-nacionais"), "##")[base]
    assert [column for column in columns if f"`{column}`" not in text] == []


def test_required_columns_are_told_apart_from_optional_ones() -> None:
    text = sections(page("bases-nacionais"), "##")["CNS: pessoas e cartões"]
    required = text.split("Colunas obrigatórias:")[1].split("Opcionais:")[0]
    assert set(re.findall(r"`([a-z_]+)`", required)) == set(cadsus.REQUIRED)
