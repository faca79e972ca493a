"""The team's queue: reading, routing, answering, closing. What is read of a person is audited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vincula.common.accounts.models import Pessoa
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.common.page import notices
from vincula.national.support import services
from vincula.national.support.access import actor, for_staff
from vincula.national.support.forms import AnswerForm, CloseForm, RouteForm, add_refusal
from vincula.national.support.rules.tickets import Area, Estado
from vincula.national.support.services import Ticket

PAGE_SIZE = 30


@for_staff()
def queue(request: HttpRequest) -> HttpResponse:
    """Who has waited longest first; `area` and `estado` choose."""
    area = _among(request.GET.get("area", ""), Area)
    state = _among(request.GET.get("estado", ""), Estado)
    rows = services.queue([state] if state else [Estado.ABERTO.value, Estado.EM_ANALISE.value], area)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {
        "page_": page,
        "tickets": services.listed(list(page)),
        "areas": list(Area),
        "states": list(Estado),
        "area": area,
        "state": state,
    }
    return render(request, "support/fila.html", context)


def _among(text: str, known: type[Area] | type[Estado]) -> str:
    return text if text in {one.value for one in known} else ""


@for_staff()
def one(request: HttpRequest, numero: str) -> HttpResponse:
    """A ticket, with what may be done with it."""
    return _page(request, numero)


@for_staff("POST")
def route(request: HttpRequest, numero: str) -> HttpResponse:
    form = RouteForm(request.POST)
    return _done(request, numero, "route", form, "Chamado encaminhado.", services.route)


@for_staff("POST")
def answer(request: HttpRequest, numero: str) -> HttpResponse:
    form = AnswerForm(request.POST)
    return _done(request, numero, "answer", form, "Resposta enviada por e-mail.", services.answer)


@for_staff("POST")
def close(request: HttpRequest, numero: str) -> HttpResponse:
    form = CloseForm(request.POST)
    return _done(request, numero, "close", form, "Chamado encerrado.", services.close)


def _done(
    request: HttpRequest,
    numero: str,
    name: str,
    form: forms.Form,
    told: str,
    step: Callable[..., Outcome[Ticket]],
) -> HttpResponse:
    """Take the step, or show the page again with what is wrong."""
    if form.is_valid():
        outcome = step(numero, actor=actor(request), **form.cleaned_data)
        if isinstance(outcome, Accepted):
            notices.done(request, told)
            return redirect("support-fila-chamado", numero)
        add_refusal(form, outcome)
    return _page(request, numero, **{name: form})


def _page(request: HttpRequest, numero: str, **given: forms.Form) -> HttpResponse:
    read = services.consult(numero, actor=actor(request))
    if isinstance(read, Refused):
        raise Http404
    found = read.value
    who = Pessoa.objects.filter(cpf=found.quem).first() if found.quem else None
    context: dict[str, Any] = {
        "ticket": found,
        "name": who.get_full_name() if who else "",
        "route": RouteForm(auto_id="encaminhar_%s"),
        "answer": AnswerForm(auto_id="responder_%s"),
        "close": CloseForm(auto_id="encerrar_%s"),
        "wrong": next(iter(given.values()), None),
    }
    for name, form in given.items():
        form.auto_id = context[name].auto_id
        context[name] = form
    return render(request, "support/fila_chamado.html", context)
