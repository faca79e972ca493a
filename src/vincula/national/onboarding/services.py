"""Where a person stands, gathered from the rooms that know."""

from __future__ import annotations

from django.http import HttpRequest

from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.session import current_operadora, my_operadoras
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.cadop import services as cadop
from vincula.national.cnes import services as cnes
from vincula.national.govbr import services as govbr
from vincula.national.onboarding.rules import NOT_CHOSEN, OF_NOBODY, Facts
from vincula.national.sgop import services as sgop


def facts_of(request: HttpRequest, given: str = "") -> Facts:
    """Of this request's person, asked of the rooms now. `given`: the CNES that he asks about himself, "" for none."""
    person = request.user
    if not isinstance(person, Pessoa):
        return Facts(entered=False)
    linked = govbr.link_of(person.cpf) is not None
    office = _head_office(request, person.cpf, given)
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


def _head_office(request: HttpRequest, cpf: str, given: str) -> Outcome[str]:
    """The one that he asks about; else that of the operadora that he acts for; else the one at which he has asked for
    something in SGOP; else the one that he directs."""
    registro = current_operadora(request)
    operadora = cadop.get(registro) if registro else None
    if operadora is not None and not given:
        found = cnes.headquarters_of(operadora.cnpj)
        return found if isinstance(found, Refused) else Accepted(found.value.cnes)
    if my_operadoras(request) and registro is None and not given:
        return NOT_CHOSEN
    directed = [one.cnes for one in cnes.directed_by(cpf) if one.counts]
    number = given or next(reversed([*directed, *sgop.establishments_of(cpf)]), "")
    if not number:
        return OF_NOBODY
    counted = cnes.headquarters(number)
    return counted if isinstance(counted, Refused) else Accepted(counted.value.cnes)
