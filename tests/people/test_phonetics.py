"""Names that sound the same have one key; names of different people have two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincula.people.identity import identity_key
from vincula.people.phonetics import folded_search_key, main_words, search_key, word_key

SAME = """
THAIS TAÍS TAYS TAIZ THAYS
WALTER VALTER WALTHER
KARINA CARINA
SOUZA SOUSA
PHILIPE FELIPE FILIPE PHELIPE FELLIPE
LOURDES LURDES
MORAES MORAIS
LUIZ LUIS LUÍS LUYS
MANOEL MANUEL
GEOVANA GIOVANA JIOVANA GIOVANNA GEOVANNA JOVANA
GEORGE JORGE
JEAN GEAN GIAN
DANIELE DANIELI DANIELLY DANIELLE
STEFANI ESTEFANI STEPHANIE STEPHANY ESTEFANY
ELIZABETH ELISABETE ELIZABETE ELISABETH
ERIC ERICK ERIK ERIQUE HERICK
HENRIQUE ENRIQUE
VICTOR VITOR VÍTOR
BAPTISTA BATISTA
CONCEIÇÃO CONCEICAO
GONÇALVES GONCALVES GONSALVES
FRANÇA FRANCA FRANSA
MARÇAL MARCAL MARSAL
ASSUMPÇÃO ASSUNÇÃO ASSUNCAO
ESTEVÃO ESTEVAM ESTEVAN ESTEVAO
CARMEM CARMEN
RUTH RUTE
JUDITH JUDITE
JOHN JHON JON
JENNIFER JHENIFER GENIFER JENIFER
WILLIAM WILLIAN UILIAM
WESLEY UESLEI WESLEI VESLEY
ALYSSON ALISSON ALLISSON ALISON
RAPHAEL RAFAEL
MATHEUS MATEUS
TEREZA THEREZA TERESA
CHRISTINA CRISTINA KRISTINA
OLIVEIRA OLIVERA
ANDREA ANDREIA ANDRÉIA
SHEILA CHEILA XEILA
XAVIER CHAVIER
IGNEZ INÊS INEZ
HELENA ELENA
KELLY QUELI KELI
ISABEL IZABEL YSABEL
ISAAC ISAC
ANNA ANA
FERREIRA FEREIRA FERRERA
QUEIROZ QUEIRÓS
OCTÁVIO OTÁVIO
D'ÁVILA DAVILA D’AVILA
JÉSSICA GESSICA JESSYKA
YARA IARA
EZEQUIEL EXEQUIEL
ROSÂNGELA ROZANGELA
CÍCERO SISERO
THIAGO TIAGO
ÉRICA ERIKA ERICKA
ROSANE ROSANI ROZANE
DJALMA JALMA
EMÍLIA EMILHA
"""
DIFFERENT = """
MARIA MARIO
ANA ANO
PAULO PAULA
JOÃO JUAN
NELSON NILSON
MARCOS MARCIA
LUIZ LUIZA
JULIO JULIA
BRUNO BRUNA
ALEX ALICE
RITA RUTE
HELENA HELIO
CÉLIA ZÉLIA
SANTOS SANTANA
GAEL JAEL
KARINA KARIN
NUNES NEVES
DANIEL DANIELA
GABRIEL GABRIELA
MIGUEL MICHEL
ROCHA ROSA
CUNHA CUNA
FRANCO FRANCA
BIANCA BEATRIZ
"""


def lines(table: str) -> list[list[str]]:
    return [line.split() for line in table.split("\n") if line]


@pytest.mark.parametrize("names", lines(SAME), ids=lambda names: names[0])
def test_spellings_of_one_sound_have_one_key(names: list[str]) -> None:
    assert len({word_key(name) for name in names}) == 1, [word_key(name) for name in names]


@pytest.mark.parametrize(("one", "other"), lines(DIFFERENT))
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert word_key(one) != word_key(other)


@pytest.mark.parametrize(
    ("name", "as_if"),
    [
        ("Thaís Aparecida de Souza", "TAIS SOUSA"),
        ("WALTER DOS SANTOS JUNIOR", "VALTER SANTOS"),
        ("José da Silva Filho", "JOSE SILVA"),
        ("JOSE NETO", "JOSE NETO"),
        ("ANA MARIA NETA SOBRINHA", "ANA MARIA"),
        ("MARIA DE", "MARIA"),
        ("Ana-Lúcia Prado", "ANA PRADO"),
        ("ANA", "ANA"),
    ],
)
def test_the_search_key_is_that_of_the_first_and_the_last_name(name: str, as_if: str) -> None:
    assert search_key(name) == search_key(as_if)
    assert search_key(name) == " ".join(word_key(word) for word in as_if.split())


@pytest.mark.parametrize("name", ["", "  ", "-", "...", "123", "'"])
def test_what_has_no_letters_has_no_key(name: str) -> None:
    assert search_key(name).strip() == ""


@given(st.text(max_size=40))
def test_any_text_has_a_key_in_plain_letters_that_its_identity_key_shares(name: str) -> None:
    key = search_key(name)
    assert key.isascii()
    assert key.count(" ") <= 1
    assert (
        folded_search_key(identity_key(name))
        == key
        == search_key(name.lower().upper() if name.isascii() else name)
    )


def test_main_words_leave_out_particles_and_generations() -> None:
    assert main_words("Maria das Graças de Souza Neta") == ["MARIA", "GRACAS", "SOUZA"]
