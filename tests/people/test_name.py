"""RN002, RN003, RN004 and RN008 of CadSUS, item by item, with the examples of the document."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vincula.people.name import UNKNOWN_PARENT, NameField, check_name, normal_form

NOME, MAE, PAI, SOCIAL = NameField.NOME, NameField.NOME_MAE, NameField.NOME_PAI, NameField.NOME_SOCIAL


def rules(name: str, field: NameField = NOME, *, has_cpf: bool = True) -> list[str]:
    return [finding.rule for finding in check_name(name, has_cpf=has_cpf, field=field)]


@pytest.mark.parametrize(
    "name",
    [
        "TERESA MARIA E LIMA",  # item 5 lets E and Y pass
        "TERESA ORTEGA Y LUNA",
        "LUÍSA D'ÁVILA",  # item 6
        "LUÍSA D’ÁVILA",
        "CONCEIÇÃO ANÜNCIA PÊRA",
        "BRUNO III",  # item 8
        "JO SA LIMA",  # item 14
        "JOÃO SA",
        "RN LIMA",  # item 15
        "WLTR LIMA",
        "KYRSTN LIMA",
        "WBRTSA LIMA",  # item 16
        "O LIMA",  # a one-letter first word that is a vowel, W or Y
        "Y LIMA",
        "maria da paz",  # item 9 converts
        "LÚCIA SERRRRA",  # items 10 to 12 convert
        "OOOLGA PRADO",
    ],
)
def test_accepted_names(name: str) -> None:
    assert rules(name) == []


@pytest.mark.parametrize(
    ("name", "refused_by"),
    [
        ("", ["RN002.1"]),
        ("   ", ["RN002.1"]),
        ("AB", ["RN002.2", "RN002.4"]),
        ("ANA", ["RN002.4"]),
        ("TERESA MARIA B LIMA", ["RN002.5"]),
        ("TERESA MARIA É LIMA", ["RN002.5"]),
        ("ANA-LIA COSTA", ["RN002.6"]),
        ("ANA COSTA JR.", ["RN002.6"]),
        ("ANA COSTA 2A", ["RN002.6"]),
        ("ANA GÒMES", ["RN002.6"]),  # the grave accent is not named
        ("ANA\u00a0COSTA LIMA", ["RN002.6"]),
        ("ANA COSTA\x00", ["RN002.6"]),
        ("ANA COST\ufffd", ["RN002.6"]),
        ("ANA  COSTA", ["RN002.7"]),
        ("BRUNO AAA", ["RN002.8"]),
        ("BRUNO LIMA II", ["RN002.8"]),
        ("A E LIMA", ["RN002.13"]),
        ("JO SA", ["RN002.14"]),
        ("BRTZ LIMA", ["RN002.15"]),
        ("B LIMA", ["RN002.15"]),
        ("BRTSA LIMA", ["RN002.16"]),
        ("MARIA " * 12 + "LIMA", ["CAMPO02"]),
    ],
)
def test_refused_names(name: str, refused_by: list[str]) -> None:
    assert rules(name) == refused_by


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Rita Paz", "RITA PAZ"),  # item 9
        ("  rita   paz ", "RITA PAZ"),
        ("LÚCIA SERRRRA", "LÚCIA SERRA"),  # item 10
        ("LÚCIA SERRA", "LÚCIA SERRA"),
        ("OOOLGA PRADO", "OOLGA PRADO"),  # item 11
        ("LUUUIS PRADO", "LUIS PRADO"),  # item 12
        ("MARIAAA PRADO", "MARIAAA PRADO"),  # vowels inside a word stay
        ("BRUNO III", "BRUNO III"),
        ("bruno iii", "BRUNO III"),
        ("D’ÁVILA", "D'ÁVILA"),
        ("JOA\u0303O", "JOÃO"),  # NFC
        ("", ""),
    ],
)
def test_the_normal_form(typed: str, stored: str) -> None:
    assert normal_form(typed) == stored


@given(st.text(max_size=40))
@example("ŉANA ßß iii")
@example("aaa bbbooo")
def test_a_normal_form_is_its_own_normal_form(name: str) -> None:
    form = normal_form(name)
    assert normal_form(form) == form
    assert unicodedata.is_normalized("NFC", form)
    assert form == " ".join(form.split())


@given(st.text(max_size=40), st.sampled_from(NameField), st.booleans())
def test_checking_never_raises_and_never_shows_the_name(name: str, field: NameField, has_cpf: bool) -> None:
    for finding in check_name(name, has_cpf=has_cpf, field=field):
        assert finding.field is field
        assert finding.message.startswith(f"O {field.value}")
        assert finding.remedy
        words = [word for word in name.split() if len(word) > 12]
        assert not any(word in finding.message for word in words)


def test_a_message_names_the_place_and_the_character() -> None:
    (alone,) = check_name("TERESA MARIA B LIMA", has_cpf=True)
    assert "3ª palavra" in alone.message
    (hyphen,) = check_name("ANA-LIA COSTA", has_cpf=True)
    assert "“-”" in hyphen.message
    assert "hífen" in hyphen.remedy
    (invisible,) = check_name("ANA COSTA\x00", has_cpf=True)
    assert "U+0000" in invisible.message


@pytest.mark.parametrize(
    ("field", "rule"), [(NOME, "RN002.1"), (MAE, "RN003.1"), (PAI, "RN004.1")], ids=["nome", "mae", "pai"]
)
def test_three_names_are_mandatory(field: NameField, rule: str) -> None:
    assert rules("", field) == [rule]


def test_the_nome_social_is_optional_and_may_be_one_short_word() -> None:
    assert rules("", SOCIAL) == []
    assert rules("LÉO", SOCIAL) == []
    assert rules("LÉ", SOCIAL) == []
    assert rules("LÉ-O", SOCIAL) == ["RN002.6"]


@pytest.mark.parametrize("field", [MAE, PAI], ids=["mae", "pai"])
@pytest.mark.parametrize("has_cpf", [True, False], ids=["com CPF", "sem CPF"])
def test_an_unknown_parent_is_written_in_exactly_one_way(field: NameField, has_cpf: bool) -> None:
    assert rules(UNKNOWN_PARENT, field, has_cpf=has_cpf) == []
    assert rules("Sem Informação", field, has_cpf=has_cpf) == []
    spared = field is MAE and has_cpf
    assert bool(rules("SEM INFORMACAO", field, has_cpf=has_cpf)) is not spared
    assert rules(UNKNOWN_PARENT, NOME, has_cpf=False) == ["RN002.3"]
