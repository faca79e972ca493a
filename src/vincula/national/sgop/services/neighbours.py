"""What SGOP asks of the other rooms, in one place (decision 0022): cnes, govbr, cadsus, support.

Rooms are imported when they are asked, not by every command that starts.
"""

from __future__ import annotations

from typing import Any

from django.utils.module_loading import import_string

from vincula.common.outcomes import Accepted, Outcome
from vincula.identifiers import cns as cns_rules
from vincula.national.cadsus import services as cadsus
from vincula.national.sgop.rules.checks import Holder

_ROOMS = "vincula.national"
AREAS = ("cadsus-web", "sgop")
"""A contact about either lets support authorise an ADMINISTRADOR (R037)."""


def headquarters(cnes: str) -> Outcome[Any]:
    """The head office of an operadora with this number; refused where it does not count (R001-R003, R007)."""
    found: Outcome[Any] = import_string(f"{_ROOMS}.cnes.services.headquarters")(cnes)
    return found


def directed_by(cpf: str) -> frozenset[str]:
    """The CNES of the active establishments whose director has this CPF."""
    found = import_string(f"{_ROOMS}.cnes.services.directed_by")(cpf)
    return frozenset(str(one.cnes) for one in found)


def director_changed(cnes: str, cpf: str) -> bool:
    """Whether the establishment is active and its director is not (any more) this CPF. An inactive or missing one
    says nothing about its director."""
    found = import_string(f"{_ROOMS}.cnes.services.get")(cnes)
    return found is not None and bool(found.active) and found.diretor_cpf != cpf


def establishment_name(cnes: str) -> str:
    """How the establishment is called, "" where the base does not have it."""
    found = import_string(f"{_ROOMS}.cnes.services.get")(cnes)
    return "" if found is None else str(found.nome)


def is_linked(cpf: str) -> bool:
    """Whether the account of this CPF was linked by a gov.br session (R021)."""
    return import_string(f"{_ROOMS}.govbr.services.link_of")(cpf) is not None


def has_open_ticket(cpf: str) -> bool:
    """Whether the person has an open ticket about the access to CadSUS Web (R037)."""
    about = import_string(f"{_ROOMS}.support.services.open_ticket_about")
    return any(about(cpf, area) is not None for area in AREAS)


def ticket_url() -> str:
    """Where one opens a ticket about the access."""
    return str(import_string(f"{_ROOMS}.support.services.ticket_url")(AREAS[0]))


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
