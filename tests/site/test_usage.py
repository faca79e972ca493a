"""How the command is to be typed: its help, wrong usage, and whatever else somebody types; never a traceback."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faults.stage import Stage
from tests.faults.story import Story
from tests.site.terminal import ALL, ENGLISH, wrongly_used

pytestmark = [pytest.mark.django_db]


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
    ("sib lists 999903 2026-11 --out nova/", "“nova/” não serve para --out: é uma pasta"),
    ("bases load xyz {sbx}", "“xyz” não serve para BASE"),
    ("bases load xyz {sbx}", "que se podem usar: cadop, receita, cadsus, municipios, cnes."),
    ("bases load a'b {sbx}", "“a'b” não serve para BASE"),
    ("people staff 52998224725", "Falta a opção --on ou --off."),
    ("bases load cadop", "Falta o argumento ARQUIVO."),
    ("bases load cadop /", "é uma pasta, e não um arquivo"),
    ("cns check", "Falta o argumento NUMERO"),
    ("serve --web-port 0", "está fora dos limites"),
    ("serve --web-port 70000", "está fora dos limites"),
    ("serve --web-port oito", "não é um número inteiro"),
]


@pytest.mark.parametrize(("typed", "told_so"), WRONG, ids=[f"{typed}: {words}" for typed, words in WRONG])
def test_wrong_usage_is_told_in_portuguese_with_status_2(told: Story, typed: str, told_so: str) -> None:
    argv = typed.replace("{sbx}", told.steps["primeiro"].argv[2]).split()
    wrongly_used(told.stage.run(*argv), told_so)


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
