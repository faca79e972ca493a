"""Where a person stands, gathered from the rooms that know."""

from __future__ import annotations

from django.http import HttpRequest

from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.session import current_operadora
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.cadop import services as cadop
from vincula.national.cnes import services as cnes
from vincula.national.govbr import services as govbr
from vincula.national.onboarding.rules import Facts
from vincula.national.sgop import services as sgop


def facts_of(request: HttpRequest) -> Facts:
    """Of this request's person, asked of the rooms now."""
    person = request.user
    if not isinstance(person, Pessoa):
        return Facts(entered=False)
    linked = govbr.link_of(person.cpf) is not None
    office = _head_office(request, person.cpf)
    if isinstance(office, Refused):
        return Facts(cnes_refused=office, registered=sgop.registered(person.cpf), linked=linked)
    told = sgop.overview(person.cpf, office.value)
    return Facts(
        cnes=office.value,
        registered=told.registered,
        linked=linked,
        person_refused=told.person_refused,
        director=told.director,
        administrador=told.administrador,
        profile=told.profile,
        requests=told.requests,
        gate_refused=told.missing,
    )


def _head_office(request: HttpRequest, cpf: str) -> Outcome[str]:
    """Of the operadora that the person acts for; else the one at which he has asked for something in SGOP."""
    registro = current_operadora(request)
    operadora = cadop.get(registro) if registro else None
    if operadora is not None:
        found = cnes.headquarters_of(operadora.cnpj)
        return found if isinstance(found, Refused) else Accepted(found.value.cnes)
    asked = sgop.establishments_of(cpf)
    if not asked:
        return _OF_NOBODY
    counted = cnes.headquarters(asked[-1])
    return counted if isinstance(counted, Refused) else Accepted(counted.value.cnes)


_OF_NOBODY = Refused(
    "OPERADORA_AUSENTE",
    "A sua conta não está ligada a nenhuma operadora, nem pediu acesso a um estabelecimento.",
    "Peça no SGOP o acesso ao estabelecimento da sua operadora, pelo número de CNES dela.",
)
