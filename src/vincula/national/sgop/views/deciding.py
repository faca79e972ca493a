"""The pages of those who decide: the ADMINISTRADOR of a CNES, and the support team for an ADMINISTRADOR."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from vincula.common.outcomes import Refused
from vincula.common.page import notices
from vincula.national.sgop import services
from vincula.national.sgop.access import actor, for_manager, for_person, for_support, is_support, person_of
from vincula.national.sgop.rules.moves import FORBIDDEN, NOBODY_HIS_OWN
from vincula.national.sgop.rules.words import Acao, Estado, Tipo
from vincula.national.sgop.services import lists

DONE = {
    Estado.APROVADO: "Pedido aprovado.",
    Estado.NEGADO: "Pedido negado.",
    Estado.REVOGADO: "Acesso revogado.",
}
BACK = frozenset(("sgop-pendentes", "sgop-acesso", "sgop-maquinas", "sgop-administradores"))
IN_FORCE = (Estado.APROVADO, Estado.REVOGADO)


def _list(
    request: HttpRequest, administra: frozenset[str], tipos: tuple[Tipo, ...], estados: tuple[Estado, ...]
) -> list[lists.Row]:
    return lists.of_operators(actor(request), person_of(request).cpf, administra, tipos, estados)


@for_manager()
@never_cache
def pending(request: HttpRequest, administra: frozenset[str]) -> HttpResponse:
    """Aprovações pendentes."""
    rows = _list(request, administra, tuple(Tipo), (Estado.PENDENTE,))
    return render(request, "sgop/pendentes.html", {"rows": rows, "back": "sgop-pendentes"})


@for_manager()
@never_cache
def done(request: HttpRequest, administra: frozenset[str]) -> HttpResponse:
    """Aprovações realizadas."""
    steps = lists.decided(actor(request), person_of(request).cpf, administra)
    return render(request, "sgop/realizadas.html", {"steps": steps})


@for_manager()
@never_cache
def access(request: HttpRequest, administra: frozenset[str]) -> HttpResponse:
    """Gerir operadores – acesso: establishment and profile."""
    rows = _list(request, administra, (Tipo.ESTABELECIMENTO, Tipo.PERFIL), IN_FORCE)
    return render(request, "sgop/acesso.html", {"rows": rows, "back": "sgop-acesso"})


@for_manager()
@never_cache
def machines(request: HttpRequest, administra: frozenset[str]) -> HttpResponse:
    """Gerir operadores – máquinas."""
    rows = _list(request, administra, (Tipo.COMPUTADOR,), IN_FORCE)
    return render(request, "sgop/maquinas.html", {"rows": rows, "back": "sgop-maquinas"})


@for_support()
@never_cache
def administrators(request: HttpRequest) -> HttpResponse:
    """Requests of ADMINISTRADOR, each with whether its person has an open ticket (R037)."""
    cpf, by = person_of(request).cpf, actor(request)
    context = {
        "waiting": lists.of_administrators(by, cpf, (Estado.PENDENTE,)),
        "in_force": lists.of_administrators(by, cpf, IN_FORCE),
        "back": "sgop-administradores",
    }
    return render(request, "sgop/administradores.html", context)


@for_person("POST")
def decide(request: HttpRequest, pedido: int) -> HttpResponse:
    """One decision. Who may is judged by the rules, on the row itself: the same 403 for a request of another CNES and
    for one that does not exist."""
    try:
        acao = Acao(request.POST.get("acao", ""))
    except ValueError:
        raise PermissionDenied from None
    outcome = services.decide(
        person_of(request).cpf, pedido, acao, request.POST.get("motivo", ""), support=is_support(request)
    )
    if outcome in (FORBIDDEN, NOBODY_HIS_OWN):
        raise PermissionDenied
    if isinstance(outcome, Refused):
        notices.refused(request, outcome)
    else:
        notices.done(request, DONE[outcome.value])
    back = request.POST.get("volta", "")
    return redirect(back if back in BACK else "sgop-inicio")
