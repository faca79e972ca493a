"""Where a person stands, gathered from the rooms that know."""

from __future__ import annotations

from django.http import HttpRequest

from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.session import current_operadora, my_operadoras
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.cadop import services as cadop
from vincula.national.cnes import services as cnes
from vincula.national.govbr import services as govbr
from vincula.national.onboarding.facts import Facts
from vincula.national.onboarding.rules import NOT_CHOSEN, OF_NOBODY
from vincula.national.sgop import services as sgop


def facts_of(request: HttpRequest, given: str = "") -> Facts:
    """Of this request's person, asked of the rooms now. `given`: the CNES that he asks about himself, "" for none."""
    person = request.user
    if not isinstance(person, Pessoa):
        return Facts(entered=False)
    linked = govbr.link_of(person.cpf) is not None
    office = _head_office(request, person.cpf, given)
    if isinstance(office, Refused):
        return Facts(
            cnes_refused=office,
            registered=sgop.registered(person.cpf),
            linked=linked,
            simulates=_simulates(request),
            under_way=_under_way(request),
        )
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
        ticket=told.ticket,
    )


def _simulates(request: HttpRequest) -> bool:
    """Whether he acts for an operadora where its head office may be registered: in the sandbox."""
    return current_operadora(request) is not None and cnes.only_in_sandbox() is None


def _under_way(request: HttpRequest) -> int:
    """The newest registration of his operadora that has not come to its number, 0 for none."""
    registro = current_operadora(request)
    if registro is None or not _simulates(request):
        return 0
    found = (one.id for one in cnes.registrations_of(registro) if one.open and not one.cnes)
    return next(found, 0)


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
