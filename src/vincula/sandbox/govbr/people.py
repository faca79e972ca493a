"""Who has an account at the simulated gov.br: a few people for each case, and whoever can log in to the demo."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from vincula.common import config
from vincula.identifiers import cpf as cpf_rules

LEVELS = {"gold": "ouro", "silver": "prata", "bronze": "bronze", "": "sem nível"}
_SEALS = {"gold": ("801", "901"), "silver": ("401", "602"), "bronze": ("201",), "": ()}


@dataclass(frozen=True, slots=True)
class Person:
    """`level`: gov.br's word, or "" for an account of which none is told. `punctuated`: the `sub` comes with dots and
    dash, as the guide's sample has it."""

    cpf: str = field(repr=False)
    name: str = field(repr=False)
    level: str
    email: str = field(default="", repr=False)
    verified: bool = True
    social_name: str = field(default="", repr=False)
    punctuated: bool = False

    @property
    def sub(self) -> str:
        return cpf_rules.format(self.cpf) if self.punctuated else self.cpf

    @property
    def case(self) -> str:
        """What is odd about the account, for who chooses it."""
        told = [f"nível {LEVELS[self.level]}" if self.level else LEVELS[""]]
        if self.email:
            told.append("e-mail confirmado" if self.verified else "e-mail não confirmado")
        else:
            told.append("sem e-mail")
        if self.social_name:
            told.append("com nome social")
        if self.punctuated:
            told.append("CPF com pontuação")
        return ", ".join(told)

    def reliability(self, moment: str) -> dict[str, Any]:
        """As the id_token has it; {} where no level is told."""
        seals = [{"id": seal, "updatedAt": moment} for seal in _SEALS[self.level]]
        return {"level": self.level, "reliabilities": seals} if self.level else {}


def _made(base: str, name: str, level: str, **odd: Any) -> Person:
    return Person(cpf_rules.complete(base), name, level, **odd)


CASES: tuple[Person, ...] = (
    _made("990100201", "ANTÔNIA EXEMPLO DA RESTINGA", "gold", email="antonia@exemplo.invalid"),
    _made("990100202", "BENTO EXEMPLO DA CAATINGA", "silver", email="bento@exemplo.invalid", punctuated=True),
    _made("990100203", "CLARA EXEMPLO DO PANTANAL", "bronze", email="clara@exemplo.invalid"),
    _made("990100204", "DAVI EXEMPLO DOS PAMPAS", ""),
    _made("990100205", "ELISA EXEMPLO DA SERRA", "gold", email="elisa@exemplo.invalid", verified=False),
    _made(
        "990100206", "FÁBIO EXEMPLO DO VALE", "silver", email="fabiana@exemplo.invalid",
        social_name="FABIANA EXEMPLO DO VALE", punctuated=True,
    ),
)  # fmt: skip


def everybody() -> list[Person]:
    """Those of the demo first (level ouro), then the cases. Read anew each time: the demo may be made while we run."""
    demo = [Person(one["cpf"], one["nome"], "gold", email=one.get("email", "")) for one in _of_the_demo()]
    return [*demo, *(case for case in CASES if case.cpf not in {one.cpf for one in demo})]


def _of_the_demo() -> list[dict[str, Any]]:
    path = config.load().data / "demonstracao" / "acessos.json"
    if not path.is_file():
        return []
    kept: list[dict[str, Any]] = json.loads(path.read_text())
    return kept
