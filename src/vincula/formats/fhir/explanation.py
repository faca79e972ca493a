"""Why a person was found, or was not: a verdict for each criterion, as data of the caller's.

The format tells what it is handed. What may be told to whom is the oracle rule's business (docs/architecture.md), and
the caller's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from vincula.formats.fhir import systems
from vincula.formats.fhir.outcome import Resource
from vincula.formats.fhir.rendering import clean

FIELDS = {
    "nome": "Nome",
    "nascimento": "Nascimento",
    "mae": "Nome da mãe",
    "sexo": "Sexo",
    "cpf": "CPF",
    "cns": "CNS",
    "nis": "NIS",
    "municipio": "Município de nascimento",
}
"""The criteria that may be explained, and what people call them."""


class Compared(Enum):
    """How a criterion came out."""

    CONFERE = "confere"
    PARECIDO = "parecido"
    DIFERE = "difere"
    NAO_COMPARADO = "nao-comparado"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Compared.CONFERE: "confere",
    Compared.PARECIDO: "é parecido",
    Compared.DIFERE: "difere",
    Compared.NAO_COMPARADO: "não foi comparado",
}


@dataclass(frozen=True, slots=True)
class FieldVerdict:
    """One criterion: its field (of FIELDS), how it came out, and why, in Portuguese and without the value.

    Raises ValueError for a field that is not listed.
    """

    field: str
    verdict: Compared
    reason: str = ""

    def __post_init__(self) -> None:
        if self.field not in FIELDS:
            raise ValueError("not a field that can be explained")


Explanation = Sequence[FieldVerdict]


def explanation(verdicts: Explanation) -> list[Resource]:
    """The extension with the verdicts, in a list as FHIR wants it; empty without any."""
    if not verdicts:
        return []
    return [{"url": systems.EXPLANATION, "extension": [_criterion(one) for one in verdicts]}]


def explained(verdicts: Explanation) -> Resource:
    """The OperationOutcome for when nobody is found: one issue for each criterion, in words and as an extension.

    Raises ValueError without verdicts: FHIR demands an issue.
    """
    if not verdicts:
        raise ValueError("an OperationOutcome without an issue")
    return {"resourceType": "OperationOutcome", "issue": [_issue(one) for one in verdicts]}


def _criterion(one: FieldVerdict) -> Resource:
    parts: list[Resource] = [
        {"url": "campo", "valueCode": one.field},
        {"url": "veredito", "valueCode": one.verdict.value},
    ]
    if reason := clean(one.reason):
        parts.append({"url": "motivo", "valueString": reason})
    return {"url": "criterio", "extension": parts}


def _issue(one: FieldVerdict) -> Resource:
    text = f"{FIELDS[one.field]}: {one.verdict.words}."
    return {
        "extension": explanation((one,)),
        "severity": "information",
        "code": "informational",
        "details": {"text": text},
        "diagnostics": clean(f"{text} {one.reason}"),
    }
