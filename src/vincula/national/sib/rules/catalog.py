"""The críticas by their own ids (data/criticas.tsv): no ANS code, field number or message is known to be official."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from vincula.national.sib.rules.fields import BY_COLUMN


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `error` has two digits, unique within each of its fields (`columns`: those it may be found in).

    `message` and `remedy` go into files in ISO-8859-1; `ans_code` is empty until the official table is known."""

    id: str
    error: str
    refuses: bool
    columns: tuple[str, ...]
    message: str
    remedy: str
    ans_code: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a record broke: in which field (a column of sib_vinculo) and with which value."""

    rule: str
    column: str
    value: str = ""

    @property
    def refuses(self) -> bool:
        return rules()[self.rule].refuses

    @property
    def field_code(self) -> str:
        return f"{BY_COLUMN[self.column].number:02d}"

    @property
    def error_code(self) -> str:
        """Four digits, ours: the field's number and the error's."""
        return self.field_code + rules()[self.rule].error


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Every rule by id."""
    text = files("vincula.national.sib").joinpath("data/criticas.tsv").read_text(encoding="utf-8")
    return {row["regra"]: _rule(row) for row in csv.DictReader(text.splitlines(), delimiter="\t")}


def _rule(row: dict[str, str]) -> Rule:
    return Rule(
        id=row["regra"],
        error=row["erro"],
        refuses=row["recusa"] == "sim",
        columns=tuple(row["campos"].split()),
        message=row["mensagem"],
        remedy=row["remedio"],
        ans_code=row["codigo_ans"],
    )
