"""What SGOP asks of the other rooms, in one place (decision 0022): cnes, govbr, cadsus, support."""

from __future__ import annotations

from collections.abc import Collection

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.identifiers import cns as cns_rules
from vincula.national.cadsus import services as cadsus
from vincula.national.cnes import services as cnes_base
from vincula.national.govbr import services as govbr
from vincula.national.sgop.rules.checks import Holder
from vincula.national.support import services as support

AREAS = ("cadsus-web", "sgop")
"""A contact about either lets support authorise an ADMINISTRADOR (R037)."""


def headquarters(cnes: str) -> Outcome[cnes_base.Establishment]:
    """The head office of an operadora with this number; refused where it does not count (R001-R003, R007)."""
    return cnes_base.headquarters(cnes)


def directed_by(cpf: str) -> frozenset[str]:
    """The CNES of the active establishments whose director has this CPF."""
    return frozenset(one.cnes for one in cnes_base.directed_by(cpf))


def director_changed(cnes: str, cpf: str) -> bool:
    """Whether the establishment is active and its director is not (any more) this CPF. An inactive or missing one
    says nothing about its director."""
    found = cnes_base.get(cnes)
    return found is not None and bool(found.active) and found.diretor_cpf != cpf


def establishment_name(cnes: str) -> str:
    """How the establishment is called, "" where the base does not have it."""
    found = cnes_base.get(cnes)
    return "" if found is None else str(found.nome)


def is_linked(cpf: str) -> bool:
    """Whether the account of this CPF was linked by a gov.br session (R021)."""
    return govbr.link_of(cpf) is not None


def open_tickets(cpfs: Collection[str]) -> dict[str, str]:
    """Those of these people who have an open ticket about the access to CadSUS Web (R037), each with the number of the
    newest."""
    return support.asking_about(cpfs, AREAS)


def ticket_url() -> str:
    """Where one opens a ticket about the access."""
    return support.ticket_url(AREAS[0])


def interrupted(service: str) -> Refused | None:
    """Why who asks this service of support's is refused now; None where it works, wholly or in part."""
    return support.refusal_of(service)


def holder_of(cns: str) -> Holder | None:
    """Whom a CNS number leads to; None for a number that is not one, or never given, or whose CPF is disputed."""
    if not cns_rules.is_valid(cns):
        return None
    person = cadsus.find_by_cns(cns)
    if person is None:
        return None
    of_cpf = cadsus.find_by_cpf(person.cpf) if person.cpf else None
    disputed = of_cpf is not None and not isinstance(of_cpf, Accepted)
    return Holder("" if disputed else person.cpf, person.ativa, person.qualidade)
