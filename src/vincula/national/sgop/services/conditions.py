"""The checks before a registration, asked of the rooms in the order of access.md 1.4, anew at every call (R027)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vincula.common.outcomes import Refused
from vincula.national.sgop.rules import checks
from vincula.national.sgop.rules.checks import ADMINISTRATOR, ORDER, TITLES, Check, Holder
from vincula.national.sgop.rules.words import Perfil
from vincula.national.sgop.services import neighbours, store, terms


class Looked(StrEnum):
    """How a check came out; what comes after the first failure is not looked at."""

    HOLDS = "confere"
    FAILS = "não confere"
    NOT_YET = "ainda não verificado"


@dataclass(frozen=True, slots=True)
class Line:
    """One check as the page shows it; `refused` where it failed. `check`: None for what only a request wants."""

    check: Check | None
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


def look_to_ask(cpf: str, cnes: str, perfil: Perfil, cns: str) -> tuple[Line, ...]:
    """The same before a request, which for an OPERADOR wants an ADMINISTRADOR registered (decision 5): an access that
    he has does not."""
    lines = look(cpf, cnes, perfil, cns)
    if perfil is Perfil.ADMINISTRADOR:
        return lines
    if any(line.refused for line in lines):
        return (*lines, Line(None, ADMINISTRATOR, Looked.NOT_YET))
    refused = checks.administrator_first(perfil, store.administrator_registered(cnes))
    return (*lines, Line(None, ADMINISTRATOR, Looked.FAILS if refused else Looked.HOLDS, refused))


def refusal_to_ask(cpf: str, cnes: str, perfil: Perfil, cns: str) -> Refused | None:
    """The first that fails before a request; None where all hold."""
    return next((line.refused for line in look_to_ask(cpf, cnes, perfil, cns) if line.refused), None)


def refusal(cpf: str, cnes: str, perfil: Perfil, cns: str) -> Refused | None:
    """The first check that fails, with its remedy; None where all hold."""
    return next((line.refused for line in look(cpf, cnes, perfil, cns) if line.refused), None)
