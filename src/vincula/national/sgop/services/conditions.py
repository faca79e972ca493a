"""The checks before a registration, asked of the rooms in the order of access.md 1.4, anew at every call (R027)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vincula.common.outcomes import Refused
from vincula.national.sgop.rules import checks
from vincula.national.sgop.rules.checks import ORDER, TITLES, Check, Holder
from vincula.national.sgop.rules.words import Perfil
from vincula.national.sgop.services import neighbours, terms


class Looked(StrEnum):
    """How a check came out; what comes after the first failure is not looked at."""

    HOLDS = "confere"
    FAILS = "não confere"
    NOT_YET = "ainda não verificado"


@dataclass(frozen=True, slots=True)
class Line:
    """One check as the page shows it; `refused` where it failed."""

    check: Check
    title: str
    looked: Looked
    refused: Refused | None = None


class _Asking:
    """One evaluation: what was learnt for one check serves the next."""

    def __init__(self, cpf: str, cnes: str, perfil: Perfil, cns: str) -> None:
        self.cpf, self.cnes, self.perfil, self.cns = cpf, cnes, perfil, cns
        self.holder: Holder | None = None

    def ask(self, check: Check) -> Refused | None:
        match check:
            case Check.CNES:
                found = neighbours.headquarters(self.cnes)
                return found if isinstance(found, Refused) else None
            case Check.GOVBR:
                return checks.linked(neighbours.is_linked(self.cpf))
            case Check.CNS:
                self.holder = neighbours.holder_of(self.cns)
                return checks.card(self.cns, self.cpf, self.holder)
            case Check.QUALIDADE:
                assert self.holder is not None  # the check before holds only with one
                return checks.quality(self.holder)
            case Check.DIRETOR:
                if self.perfil is not Perfil.ADMINISTRADOR:
                    return None
                return checks.director(self.perfil, self.cnes, neighbours.directed_by(self.cpf))
            case Check.TERMOS:
                return checks.terms(terms.accepted(self.cpf))


def look(cpf: str, cnes: str, perfil: Perfil, cns: str) -> tuple[Line, ...]:
    """Every check with how it stands; the first that fails carries its refusal, the others wait."""
    asking, lines, failed = _Asking(cpf, cnes, perfil, cns), list[Line](), False
    for check in ORDER:
        if failed:
            lines.append(Line(check, TITLES[check], Looked.NOT_YET))
            continue
        refused = asking.ask(check)
        failed = refused is not None
        lines.append(Line(check, TITLES[check], Looked.FAILS if failed else Looked.HOLDS, refused))
    return tuple(lines)


def refusal(cpf: str, cnes: str, perfil: Perfil, cns: str) -> Refused | None:
    """The first check that fails, with its remedy; None where all hold."""
    return next((line.refused for line in look(cpf, cnes, perfil, cns) if line.refused), None)
