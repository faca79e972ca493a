"""The person's own requests: the three cards of each establishment, new ones, the terms."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from vincula.common.accounts.session import to_login
from vincula.common.outcomes import Refused
from vincula.common.page import notices
from vincula.identifiers import cns as cns_rules
from vincula.national.sgop import services
from vincula.national.sgop.access import for_all, for_person, person_of
from vincula.national.sgop.forms import NewRequest, OneCard
from vincula.national.sgop.rules.words import Perfil, Tipo
from vincula.national.sgop.services import asking, conditions, lists, neighbours, stopped, terms
from vincula.national.sgop.views.stopped import told

PAGE_SIZE = 30
MANY = ("GET", "HEAD", "POST")
NOTHING_TO_GIVE_UP = Refused(
    "SGOP_NADA_A_DESISTIR",
    "Não há pedido seu, pendente ou aprovado, com este número.",
    "Confira abaixo o estado dos seus pedidos.",
)


@for_all()
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """What SGOP is, for who has not entered; the requests and their states for who has."""
    if not request.user.is_authenticated:
        return render(request, "sgop/apresentacao.html")
    cpf = person_of(request).cpf
    places = [
        (services.state_of(cpf, cnes), neighbours.establishment_name(cnes))
        for cnes in services.establishments_of(cpf)
    ]
    page = Paginator(lists.history_of(cpf), PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {
        "places": places,
        "history": lists.told(page.object_list),
        "page_": page,
        "ticket_url": neighbours.ticket_url(),
    }
    return render(request, "sgop/inicio.html", context)


@for_person(*MANY)
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Access to an establishment (R014): the checks are told one by one when one of them fails."""
    cpf = person_of(request).cpf
    accepted = terms.accepted(cpf)
    form = NewRequest(request.POST or None, accepted=accepted)
    context: dict[str, Any] = {"form": form, "accepted": accepted}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if refused := stopped.requests():
            return told(render(request, "sgop/nova.html", context | {"refused": refused}), refused)
        terms.accept(cpf)
        perfil = Perfil(data["perfil"])
        asked = services.request_access(cpf, data["cnes"], Tipo.ESTABELECIMENTO, perfil, cns=data["cns"])
        if not isinstance(asked, Refused):
            notices.done(
                request, "Pedido de acesso ao estabelecimento feito. Agora peça o perfil e o computador."
            )
            return redirect("sgop-inicio")
        looked = conditions.look_to_ask(cpf, data["cnes"], perfil, cns_rules.parse(data["cns"]))
        # Refused for something else than a condition: a table in which all holds would say the contrary.
        lines = looked if any(line.refused for line in looked) else ()
        context |= {"refused": asked, "lines": lines, "ticket_url": neighbours.ticket_url()}
    return render(request, "sgop/nova.html", context)


@for_person("POST")
def profile(request: HttpRequest) -> HttpResponse:
    """The profile's request, from its card."""
    form = OneCard(request.POST)
    if not form.is_valid():
        notices.refused(
            request,
            Refused("SGOP_FORMULARIO", "O pedido veio incompleto.", "Abra a página de novo e repita."),
        )
        return redirect("sgop-inicio")
    data = form.cleaned_data
    asked = services.request_access(person_of(request).cpf, data["cnes"], Tipo.PERFIL, Perfil(data["perfil"]))
    return _told(request, asked, "Pedido de perfil feito.")


@for_person(*MANY)
@never_cache
def cancel(request: HttpRequest, pedido: int) -> HttpResponse:
    """Take one's own request back, or end one's own access, about which the page asks once more."""
    if request.method != "POST":
        row = asking.own_open(person_of(request).cpf, pedido)
        if row is None:
            notices.refused(request, NOTHING_TO_GIVE_UP)
            return redirect("sgop-inicio")
        name = neighbours.establishment_name(row.cnes)
        return render(request, "sgop/desistir.html", {"row": row, "name": name})
    return _told(
        request,
        services.cancel(person_of(request).cpf, pedido),
        "Você desistiu do pedido: ele está CANCELADO.",
    )


def _told(request: HttpRequest, outcome: object, text: str) -> HttpResponse:
    if isinstance(outcome, Refused):
        notices.refused(request, outcome)
    else:
        notices.done(request, text)
    return redirect("sgop-inicio")


@for_all(*MANY)
def terms_of_use(request: HttpRequest) -> HttpResponseBase:
    """The terms, to be read by anybody and accepted by who has entered."""
    signed = request.user.is_authenticated
    if request.method == "POST":
        if not signed:
            return to_login(request)
        terms.accept(person_of(request).cpf)
        notices.done(request, "Termos de uso aceitos.")
        return redirect("sgop-termos")
    context = {
        "lines": terms.TEXT,
        "version": terms.VERSION,
        "accepted": signed and terms.accepted(person_of(request).cpf),
    }
    return render(request, "sgop/termos.html", context)
