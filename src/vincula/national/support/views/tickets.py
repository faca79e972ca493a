"""Opening a ticket, and one's own tickets."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vincula.common.accounts.models import Pessoa
from vincula.common.outcomes import Accepted, Refused
from vincula.common.page import notices
from vincula.common.page.errors import refused as refusal_page
from vincula.national.support import services
from vincula.national.support.access import BOTH, cpf_of, public, signed_in
from vincula.national.support.forms import MessageForm, TicketForm, add_refusal
from vincula.national.support.rules.tickets import Area

PAGE_SIZE = 20


@public(*BOTH)
def open_one(request: HttpRequest) -> HttpResponse:
    """ "Quero abrir um chamado" (R056), with an account or without."""
    form = TicketForm(request.POST) if request.method == "POST" else TicketForm(initial=_first(request))
    if form.is_bound and form.is_valid():
        cpf = cpf_of(request)
        made = services.open_ticket(**form.cleaned_data, cpf=cpf, origem=request.META.get("REMOTE_ADDR", ""))
        if isinstance(made, Accepted):
            return _opened(request, made.value.numero, cpf)
        add_refusal(form, made)
    return render(request, "support/abrir.html", {"form": form})


def _opened(request: HttpRequest, numero: str, cpf: str) -> HttpResponse:
    notices.done(request, f"Chamado {numero} aberto. A confirmação e a resposta vão para o e-mail informado.")
    return redirect("support-chamado", numero) if cpf else redirect("support-inicio")


def _first(request: HttpRequest) -> dict[str, str]:
    """The area that the link names, the e-mail of the account."""
    area = request.GET.get("area", "")
    known = area in {one.value for one in Area}
    email = request.user.email if isinstance(request.user, Pessoa) else ""
    return {"area": area if known else "", "contato": email or ""}


@signed_in()
def mine(request: HttpRequest) -> HttpResponse:
    """The person's own, the newest first."""
    found = Paginator(services.tickets_of(cpf_of(request)), PAGE_SIZE)
    return render(request, "support/chamados.html", {"tickets": found.get_page(request.GET.get("pagina"))})


@signed_in()
def one(request: HttpRequest, numero: str) -> HttpResponse:
    """One's own ticket; another's is not found, as one that does not exist."""
    return _page(request, numero, MessageForm())


@signed_in("POST")
def add(request: HttpRequest, numero: str) -> HttpResponse:
    """More about it."""
    form = MessageForm(request.POST)
    if form.is_valid():
        outcome = services.add_message(cpf_of(request), numero, form.cleaned_data["texto"])
        if isinstance(outcome, Accepted):
            notices.done(request, "Mensagem enviada.")
            return redirect("support-chamado", numero)
        if outcome.code == "CHAMADO_DESCONHECIDO":
            raise Http404
        add_refusal(form, outcome)
    return _page(request, numero, form)


@signed_in("POST")
def close(request: HttpRequest, numero: str) -> HttpResponse:
    """The person needs no answer any more."""
    outcome = services.close_own(cpf_of(request), numero)
    if isinstance(outcome, Refused):
        if outcome.code == "CHAMADO_DESCONHECIDO":
            raise Http404
        return refusal_page(request, outcome)
    notices.done(request, "Chamado encerrado.")
    return redirect("support-chamado", numero)


def _page(request: HttpRequest, numero: str, form: MessageForm) -> HttpResponse:
    found = services.own_ticket(cpf_of(request), numero)
    if found is None:
        raise Http404
    return render(request, "support/chamado.html", {"ticket": found, "form": form})
