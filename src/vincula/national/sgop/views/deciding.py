"""The pages of those who decide: the ADMINISTRADOR of a CNES, and the support team for an ADMINISTRADOR."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from vincula.common.outcomes import Refused
from vincula.common.page import notices
from vincula.common.page.downloads import csv_answer
from vincula.national.sgop import services
from vincula.national.sgop.access import actor, for_manager, for_person, for_support, is_support, person_of
from vincula.national.sgop.forms import Choice, PlaceChoice
from vincula.national.sgop.rules.moves import FORBIDDEN, NOBODY_HIS_OWN
from vincula.national.sgop.rules.words import Acao, Estado, Tipo
from vincula.national.sgop.services import lists, operators, standing

DONE = {
    Estado.APROVADO: "Pedido aprovado.",
    Estado.NEGADO: "Pedido negado.",
    Estado.REVOGADO: "Acesso revogado.",
}
BACK = frozenset(("sgop-pendentes", "sgop-acesso", "sgop-maquinas", "sgop-administradores"))
IN_FORCE = (Estado.APROVADO, Estado.REVOGADO)
DECIDED = tuple(one for one in Estado if one is not Estado.PENDENTE)
OPERATOR = "sgop-operador"
PAGE_SIZE = 30
HEADER = ("quando", "pessoa", "cpf", "cnes", "pedido", "estado", "por", "motivo")


def _paged(request: HttpRequest, rows: QuerySet[Any], parameter: str = "pagina") -> Page[Any]:
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get(parameter))


def _list(
    request: HttpRequest,
    administra: frozenset[str],
    tipos: tuple[Tipo, ...],
    estados: tuple[Estado, ...],
    back: str,
) -> dict[str, Any]:
    """What a page with requests of operators shows."""
    choice = Choice(request.GET, estados)
    state = choice.chosen()
    wanted = (Estado(state),) if state else estados
    found = lists.of_operators(person_of(request).cpf, administra, tipos, wanted)
    page = _paged(request, found)
    rows = lists.rows(actor(request), page.object_list)
    return {"rows": rows, "page_": page, "choice": choice, "back": back}


@for_manager()
@never_cache
def pending(request: HttpRequest, administra: frozenset[str]) -> HttpResponse:
    """Aprovações pendentes."""
    context = _list(request, administra, tuple(Tipo), (Estado.PENDENTE,), "sgop-pendentes")
    return render(request, "sgop/pendentes.html", context)


@for_manager()
@never_cache
def done(request: HttpRequest, administra: frozenset[str]) -> HttpResponse:
    """Aprovações realizadas."""
    choice = Choice(request.GET, DECIDED)
    page = _paged(request, lists.decided(administra, choice.chosen()))
    steps = lists.steps(actor(request), page.object_list)
    context = {"steps": steps, "page_": page, "choice": choice, "query": request.GET.urlencode()}
    return render(request, "sgop/realizadas.html", context)


@for_manager()
@never_cache
def done_table(request: HttpRequest, administra: frozenset[str]) -> HttpResponse:
    """Aprovações realizadas for a spreadsheet: the newest EXPORTED of what the page lists."""
    choice = Choice(request.GET, DECIDED)
    found = lists.decided(administra, choice.chosen())[: lists.EXPORTED]
    rows = (
        (
            f"{timezone.localtime(step.em):%d/%m/%Y %H:%M}", step.nome, step.cpf, step.cnes, step.tipo, step.estado,
            step.por, step.motivo,
        )
        for step in lists.steps(actor(request), found)
    )  # fmt: skip
    return csv_answer("aprovacoes-realizadas.csv", HEADER, rows)


@for_manager()
@never_cache
def access(request: HttpRequest, administra: frozenset[str]) -> HttpResponse:
    """Gerir operadores – acesso: establishment and profile."""
    kinds = (Tipo.ESTABELECIMENTO, Tipo.PERFIL)
    return render(request, "sgop/acesso.html", _list(request, administra, kinds, IN_FORCE, "sgop-acesso"))


@for_manager()
@never_cache
def machines(request: HttpRequest, administra: frozenset[str]) -> HttpResponse:
    """Gerir operadores – máquinas."""
    context = _list(request, administra, (Tipo.COMPUTADOR,), IN_FORCE, "sgop-maquinas")
    return render(request, "sgop/maquinas.html", context)


@for_person()
@never_cache
def operator(request: HttpRequest, pedido: int) -> HttpResponse:
    """One operator at one CNES (of support: one ADMINISTRADOR): requests, computers, last entry, history (R013). Who
    may see is judged by the rules, on the row: the same 403 for one of another CNES and for one that does not exist."""
    quem = standing.actor(person_of(request).cpf, support=is_support(request))
    found = operators.operator(actor(request), quem, pedido)
    if found is None:
        raise PermissionDenied
    context = {
        "one": found,
        "rows": found.requests,
        "steps": found.history,
        "pedido": pedido,
        "back": OPERATOR,
    }
    return render(request, "sgop/operador.html", context)


@for_person("POST")
def end_access(request: HttpRequest, pedido: int) -> HttpResponse:
    """End all that the person has at the CNES, with one reason."""
    outcome = operators.end_access(
        person_of(request).cpf, pedido, request.POST.get("motivo", ""), support=is_support(request)
    )
    if outcome in (FORBIDDEN, NOBODY_HIS_OWN):
        raise PermissionDenied
    if isinstance(outcome, Refused):
        notices.refused(request, outcome)
    else:
        notices.done(
            request, "Acesso encerrado: os pedidos aprovados foram revogados, e os pendentes, negados."
        )
    return redirect(OPERATOR, pedido)


@for_support()
@never_cache
def administrators(request: HttpRequest) -> HttpResponse:
    """Requests of ADMINISTRADOR, each with whether its person has an open ticket (R037)."""
    cpf, by = person_of(request).cpf, actor(request)
    choice = PlaceChoice(request.GET)
    waiting = _paged(request, lists.of_administrators(cpf, (Estado.PENDENTE,), choice.chosen()))
    in_force = _paged(request, lists.of_administrators(cpf, IN_FORCE, choice.chosen()), "decididos")
    context = {
        "waiting": lists.rows(by, waiting.object_list, tickets=True),
        "in_force": lists.rows(by, in_force.object_list, tickets=True),
        "waiting_page": waiting,
        "in_force_page": in_force,
        "choice": choice,
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
    if back == OPERATOR:
        return redirect(OPERATOR, pedido)
    return redirect(back if back in BACK else "sgop-inicio")
