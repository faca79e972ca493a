"""When two civil names are identical: case, accents, spacing and what an SBX cannot carry; nothing looser."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vincula.people.name import MAX_LENGTH, identity_key, identity_keys

LONG = "MARIA APARECIDA DOS SANTOS OLIVEIRA DE ALBUQUERQUE CAVALCANTI VASCONCELOS NETA"


@pytest.mark.requirement("R091", "R092")
@pytest.mark.parametrize(
    ("sent", "receita", "why"),
    [
        ("JOSE DA SILVA", "JOSE DA SILVA", "the same"),
        ("José da Silva", "JOSE DA SILVA", "case and accents"),
        ("JOÃO CONCEIÇÃO", "JOAO CONCEICAO", "til and cedilha"),
        ("JOA\u0303O", "JOÃO", "accent as a character of its own (NFD)"),
        ("  ANA   LIA ", "ANA LIA", "spacing"),
        ("ANA\u00a0LIA", "ANA LIA", "no-break space"),
        ("ANA LIA COSTA", "ANA-LIA COSTA", "hyphen as space"),
        ("ANA LIA COSTA", "ANA–LIA COSTA", "typographic dash as space"),
        ("JOSE DA SILVA JR", "JOSE DA SILVA JR.", "full stop dropped"),
        ("J P SOUZA", "J. P. SOUZA", "full stops dropped, spaces kept"),
        ("LUISA D'AVILA", "LUÍSA D’ÁVILA", "typographic apostrophe"),
        ("LUISA D'AVILA", "LUISA D`AVILA", "grave accent standing for an apostrophe"),
        (LONG[:70], LONG, "both cut at 70"),
    ],
)
def test_identical_names(sent: str, receita: str, why: str) -> None:
    assert identity_key(sent) == identity_key(receita) != "", why


@pytest.mark.requirement("R091", "R092")
@pytest.mark.parametrize(
    ("sent", "receita", "why"),
    [
        ("LUISA DAVILA", "LUISA D'AVILA", "the apostrophe is carried, so it counts"),
        ("LUISA D AVILA", "LUISA D'AVILA", "an apostrophe is no space"),
        ("JOSE SILVA", "JOSE DA SILVA", "particle left out"),
        ("JOSE D SILVA", "JOSE DA SILVA", "abbreviated"),
        ("SOUSA LIMA", "SOUZA LIMA", "another spelling that sounds the same"),
        ("MARIA LIMA SOUZA", "MARIA SOUZA LIMA", "other order"),
        ("MARIA LIMA", "MARIA LIMA SOUZA", "married name"),
        ("ANALIA COSTA", "ANA-LIA COSTA", "a hyphen is a space, not nothing"),
        ("JP SOUZA", "J. P. SOUZA", "the space stays where the full stop goes"),
        ("LUCIA SERRA", "LUCIA SERRRA", "no conversion of RN002 takes part"),
        ("MARIO", "MARIA", "one letter"),
        ("JOSE 2", "JOSE", "digits count"),
        (LONG[:69], LONG, "one letter short of 70"),
    ],
)
def test_names_that_are_not_identical(sent: str, receita: str, why: str) -> None:
    assert identity_key(sent) != identity_key(receita), why


@pytest.mark.parametrize("blank", ["", " ", "\t\n", "\u00a0", ".", "-", " . - ", "\u0301"])
def test_a_name_without_letters_has_no_key(blank: str) -> None:
    assert identity_key(blank) == ""


def test_a_cut_that_falls_on_a_space_leaves_none_behind() -> None:
    name = "A" * 69 + " B"
    assert identity_key(name) == "A" * 69


@given(st.text(max_size=120))
@example("ŉ ǰ ß ﬁ µ ÿ")
@example("A" * 69 + " B")
def test_a_key_is_its_own_key_and_never_longer_than_70(name: str) -> None:
    key = identity_key(name)
    assert identity_key(key) == key
    assert len(key) <= MAX_LENGTH
    assert key == key.strip()
    assert "  " not in key
    assert "." not in key
    assert "-" not in key


@given(st.text(st.characters(codec="iso-8859-1"), max_size=60))
def test_case_composition_and_accents_of_portuguese_never_matter(name: str) -> None:
    assert identity_key(unicodedata.normalize("NFD", name)) == identity_key(name)
    if "µ" not in name:
        assert identity_key(name.upper()) == identity_key(name)


@pytest.mark.requirement("R092")
@given(st.text("ABCÇÃÉZ' ", max_size=60), st.data())
def test_a_letter_more_less_or_changed_is_another_name(name: str, data: st.DataObject) -> None:
    places = [place for place, character in enumerate(name) if character != " "]
    if not places:
        return
    place = data.draw(st.sampled_from(places))
    assert identity_key(name[:place] + name[place + 1 :]) != identity_key(name)
    assert identity_key(name[:place] + "X" + name[place:]) != identity_key(name)
    assert identity_key(name[:place] + "X" + name[place + 1 :]) != identity_key(name)


def test_a_name_of_nothing_but_accents_takes_no_longer_than_another() -> None:
    began = time.process_time()
    assert identity_key("A" + "\u0301\u0323" * 50_000 + " B") == "A B"  # sorting the marks would take 12 s
    assert time.process_time() - began < 2


NAMES = st.lists(
    st.one_of(
        st.text(st.characters(codec="iso-8859-1"), max_size=90),
        st.text(max_size=20),
        st.sampled_from(
            ["", " ", "JOSÉ DA SILVA", "ANA-LIA", "D’ÁVILA", "ß", "µ", "ÿ", "A\nB", "\x85\xa0\x1c"]
        ),
    ),
    max_size=12,
)


@given(NAMES)
@example([])
@example([""])
@example(["\n"])
@example(["", ""])
@example([" A ", "  ", "\nB", ".", "C. "])
@example(["D’ÁVILA", "JOSÉ", "ß", "A\nB", "x" * 80])
def test_the_keys_of_a_column_are_those_of_each_name(names: list[str]) -> None:
    assert identity_keys(names) == [identity_key(name) for name in names]


def test_every_character_of_an_sbx_has_the_same_key_in_a_column() -> None:
    names = [f"A{chr(code)}B{chr(code)}" for code in range(256)]
    assert identity_keys(names) == [identity_key(name) for name in names]
