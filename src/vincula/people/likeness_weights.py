"""The weights of `similarity` as versioned data (`data/pesos_semelhanca_2026.json`). They are ours: no public source
gives those of CadSUS."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class WordWeights:
    """Points, 0 to 100, of two words: `sound` the same, `initial` one is the other's first letter; below `close` two
    spellings are two words. `first`: how many words the first name counts for. `extra`: the share, in percent, that
    words asked for by nobody have in the points of a name.
    """

    sound: int
    initial: int
    close: int
    first: int
    extra: int


@dataclass(frozen=True, slots=True)
class BirthWeights:
    """Points of two dates: day and month `swapped`, one `digit` different, two neighbouring digits `transposed`, or two
    of day, month and year the same (`parts`)."""

    swapped: int
    digit: int
    transposed: int
    parts: int


@dataclass(frozen=True, slots=True)
class LikenessWeights:
    """One version. `fields`: what each field weighs. `unknown`: points of a field asked that the base does not know.
    `close`: from these points on a field is close. `mother_veto`: below these points the mother is another woman.
    """

    version: str
    fields: Mapping[str, int]
    unknown: int
    close: int
    mother_veto: int
    word: WordWeights
    birth: BirthWeights


def read_likeness_weights(text: str) -> LikenessWeights:
    """A version from its JSON form. Raises ValueError or KeyError where it is not of that form."""
    data: dict[str, Any] = json.loads(text)
    word, birth = data["palavra"], data["nascimento"]
    return LikenessWeights(
        version=data["versao"],
        fields=data["pesos"],
        unknown=data["desconhecido"],
        close=data["proximo"],
        mother_veto=data["veto_nome_mae"],
        word=WordWeights(
            word["mesmo_som"], word["inicial"], word["proxima"], word["primeira"], word["a_mais"]
        ),
        birth=BirthWeights(
            birth["dia_e_mes_trocados"],
            birth["um_algarismo"],
            birth["algarismos_trocados"],
            birth["dois_de_tres"],
        ),
    )


@cache
def in_force() -> LikenessWeights:
    """The version that the product carries."""
    text = files(__package__).joinpath("data/pesos_semelhanca_2026.json").read_text(encoding="utf-8")
    return read_likeness_weights(text)
