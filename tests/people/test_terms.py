"""RN055: which texts hold an invalid term, and who is spared."""

from __future__ import annotations

import pytest

from vincula.people.name import NameField, check_name
from vincula.people.terms import Match, Terms, official, read_terms

NOME, MAE, PAI, SOCIAL = NameField.NOME, NameField.NOME_MAE, NameField.NOME_PAI, NameField.NOME_SOCIAL
LIST = read_terms(
    ["# versao: ensaio", "numero\ttermo", "1\tFULANO", "2\tNÃO CADASTRADO", "3\tNC", "4\tFULANO"]
)


@pytest.mark.parametrize(
    ("text", "words", "whole_field"),
    [
        ("FULANO LIMA", True, False),
        ("fulano", True, True),
        ("FULANOS LIMA", False, False),
        ("NAO CADASTRADO", True, True),
        ("JOSE NÃO CADASTRADO LIMA", True, False),
        ("JOSE NAO LIMA CADASTRADO", False, False),
        ("FRANCO LIMA", False, False),  # a term inside a word does not count
        ("", False, False),
    ],
)
def test_a_term_is_whole_words_or_the_whole_field(text: str, words: bool, whole_field: bool) -> None:
    assert bool(LIST.find(text, Match.WHOLE_WORDS)) is words
    assert bool(LIST.find(text, Match.WHOLE_FIELD)) is whole_field


def test_an_exempt_term_does_not_count() -> None:
    assert LIST.find("FULANO", exempt=frozenset({"FULANO"})) == ""


@pytest.mark.parametrize(
    ("field", "has_cpf", "rule"),
    [
        (NOME, False, ["RN002.3"]),
        (NOME, True, []),
        (MAE, False, ["RN002.3"]),
        (MAE, True, []),
        (PAI, False, ["RN004.3"]),
        (PAI, True, ["RN004.3"]),
        (SOCIAL, False, ["RN008.3"]),
        (SOCIAL, True, ["RN008.3"]),
    ],
)
def test_a_cpf_spares_the_name_and_the_mother_only(field: NameField, has_cpf: bool, rule: list[str]) -> None:
    found = check_name("FULANO LIMA", has_cpf=has_cpf, field=field)
    assert [finding.rule for finding in found] == rule
    assert not any("FULANO" in finding.message + finding.remedy for finding in found)


def test_ignoring_data_quality_spares_the_terms_and_nothing_else() -> None:
    assert check_name("FULANO LIMA", has_cpf=False, ignore_quality=True) == ()
    (finding,) = check_name("FULANO L LIMA", has_cpf=False, ignore_quality=True)
    assert finding.rule == "RN002.5"


def test_the_list_may_be_another_version() -> None:
    assert check_name("JOSE PEDRA", has_cpf=False) == ()
    other = Terms("local", frozenset({"PEDRA"}))
    assert [finding.rule for finding in check_name("JOSE PEDRA", has_cpf=False, terms=other)] == ["RN002.3"]


def test_the_official_list_has_a_version_and_is_never_shown() -> None:
    terms = official()
    assert terms.version == "2015"
    assert "FULANO DE TAL" in terms.folded
    assert "NAO PREENCHIDO" in terms.folded
    assert "FULANO" not in repr(terms)


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["numero\ttermo", "1\tX"],
        ["# versao: 1", "termo", "X"],
        ["# versao: 1", "numero\ttermo", "X"],
        ["# versao: 1", "numero\ttermo", "1\t "],
    ],
)
def test_a_damaged_list_is_refused(lines: list[str]) -> None:
    with pytest.raises(ValueError):
        read_terms(lines)
