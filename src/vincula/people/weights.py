"""The weights of the quality grade as versioned data (`data/pesos_qualidade_2015.json`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Points = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DocumentWeights:
    """The first document weighs `first`, each further one `further`, all together at most `maximum`."""

    first: int
    further: int
    maximum: int
    certificates: int
    """For certidoes, once, however many."""


@dataclass(frozen=True, slots=True)
class Weights:
    """One version of the table: points per field, the maximum of each group, the threshold of a high
    grade.
    """

    version: str
    threshold: int
    maxima: Points
    personal: Points
    race: Mapping[str, Points]
    nationality: Mapping[str, Points]
    contacts: Points
    telephones: tuple[int, ...]
    address: Mapping[str, Points]
    documents: DocumentWeights
    biometrics: Points


def read_weights(text: str) -> Weights:
    """A version of the weights from its JSON form. Raises ValueError or KeyError where it is not of that
    form.
    """
    data: dict[str, Any] = json.loads(text)
    groups = data["grupos"]
    personal, contacts, documents = groups["pessoais"], groups["contatos"], groups["documentos"]
    return Weights(
        version=data["versao"],
        threshold=data["limiar"],
        maxima={name: group["maximo"] for name, group in groups.items()},
        personal=personal["pesos"],
        race=personal["raca_cor"],
        nationality=personal["nacionalidade"],
        contacts=contacts["pesos"],
        telephones=tuple(contacts["telefones"]),
        address=contacts["endereco"],
        documents=DocumentWeights(
            first=documents["primeiro"],
            further=documents["demais"],
            maximum=documents["maximo_documentos"],
            certificates=documents["certidoes"],
        ),
        biometrics=groups["biometria"]["pesos"],
    )


@cache
def official() -> Weights:
    """The official weights that the product carries (2015)."""
    return read_weights(
        files(__package__).joinpath("data/pesos_qualidade_2015.json").read_text(encoding="utf-8")
    )
