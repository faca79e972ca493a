"""Names of files and of characters."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincula.formats.sib import (
    CnxFileName,
    SibFileName,
    cnx_name,
    parse_cnx_name,
    parse_name,
    rpx_name,
    sbx_name,
)
from vincula.formats.sib.characters import character_name, describe

MOMENT = datetime(2025, 5, 2, 10, 30, 0)


def test_the_names_of_update_and_result_read_back() -> None:
    assert sbx_name("999997", MOMENT) == "99999720250502103000.SBX"
    assert parse_name("99999720250502103000.SBX") == SibFileName("999997", MOMENT, "SBX")
    assert parse_name(rpx_name("999997", MOMENT).lower()) == SibFileName("999997", MOMENT, "RPX")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "99999720250502103000.XML",
        "9999972025050210300.SBX",
        "999997202505021030000.SBX",
        "99999720251302103000.SBX",
        "99999720250230103000.SBX",
        "99999720250502253000.SBX",
        "A9999720250502103000.SBX",
        "９９999720250502103000.SBX",
        "99999720250502103000.SBX\n",
        "../99999720250502103000.SBX",
    ],
)
def test_other_names_are_refused(name: str) -> None:
    assert parse_name(name) is None


def test_the_tail_of_a_cnx_name_is_not_interpreted() -> None:
    assert cnx_name("999997", MOMENT) == "ArqConf9999971120250502.CNX"
    assert parse_cnx_name("ArqConf9999971120150101.CNX") == CnxFileName("999997", "1120150101")
    assert parse_cnx_name("ArqConf999997112015010.CNX") is None


@pytest.mark.parametrize(
    ("character", "said"),
    [
        ("º", "º (indicador ordinal masculino)"),
        ("°", "° (grau)"),
        ("ý", "ý (letra y com acento agudo)"),
        ("Å", "Å (letra A com anel)"),
        ("7", "7 (algarismo 7)"),
        (" ", "espaço"),
        ("\xa0", "espaço não separável"),
        ("\x0b", "caractere de controle 0x0b"),
        ("\x93", "caractere de controle 0x93; em Windows-1252 seria “ (aspas curvas de abertura)"),
        ("\x81", "caractere de controle 0x81"),
        ("日", "日 (caractere U+65E5)"),
        ("", ""),
    ],
)
def test_a_character_is_named_in_portuguese(character: str, said: str) -> None:
    assert describe(character) == said


@given(st.characters())
def test_every_character_has_a_name(character: str) -> None:
    assert character_name(character)


def test_every_printable_character_of_iso_8859_1_has_a_name_of_its_own() -> None:
    printable = [chr(code) for code in [*range(0x20, 0x7F), *range(0xA0, 0x100)]]
    names = [character_name(character) for character in printable]
    assert len(set(names)) == len(printable)
    assert not any(name.startswith("caractere U+") for name in names)
