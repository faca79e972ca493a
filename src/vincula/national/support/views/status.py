"""The public status page, with history and feed; the team declares and ends interruptions (R066–R072)."""

from __future__ import annotations

from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vincula.common.outcomes import Accepted, Refused
from vincula.common.page import notices
from vincula.common.page.errors import refused as refusal_page
from vincula.national.support import feeds, services
from vincula.national.support.access import BOTH, actor, for_staff, public
from vincula.national.support.forms import ForecastForm, InterruptionForm, add_refusal
from vincula.national.support.rules.interruption import answering
from vincula.national.support.services import Interruption, Servico
from vincula.national.support.services.store import now
from vincula.national.support.shown import Shown, shown, shown_all

PAGE_SIZE = 20


@public()
def status(request: HttpRequest) -> HttpResponse:
    """Every service and how it is; what was declared and has not ended; the history."""
    moment = now()
    every = shown_all(services.every(), moment)
    context = {
        "services": [(service, _of(service, every, moment)) for service in Servico],
        "current": [one for one in every if one.open],
        "past": Paginator([one for one in every if not one.open], PAGE_SIZE).get_page(
            request.GET.get("pagina")
        ),
        "now": moment,
    }
    return render(request, "support/situacao.html", context)


def _of(service: Servico, every: list[Shown], moment: datetime) -> Shown | None:
    found = answering((one.one for one in every), service, moment)
    return next((one for one in every if found is not None and one.one.id == found.id), None)


@public()
def feed(request: HttpRequest) -> HttpResponse:
    """All that was ever declared, as Atom."""
    return feeds.of_interruptions(request, shown_all(services.every(), now()))


@for_staff(*BOTH)
def declare(request: HttpRequest) -> HttpResponse:
    form = InterruptionForm(request.POST) if request.method == "POST" else InterruptionForm()
    if form.is_bound and form.is_valid():
        moment = now()
        given = dict(form.cleaned_data)
        span = given.pop("previsao")
        since = max(given["inicio"] or moment, moment)
        given["data_aviso"] = given.pop("dia")
        made = services.declare(
            **given,
            previsao=services.read_forecast(span, since) if span else None,
            actor=actor(request),
            now=moment,
        )
        if isinstance(made, Accepted):
            notices.done(request, "Interrupção declarada; o aviso está publicado nesta página.")
            return redirect("support-situacao")
        add_refusal(form, made)
    return render(request, "support/situacao_declarar.html", {"form": form})


@for_staff(*BOTH)
def forecast(request: HttpRequest, number: int) -> HttpResponse:
    found = _found(number)
    form = ForecastForm(request.POST) if request.method == "POST" else ForecastForm()
    if form.is_bound and form.is_valid():
        moment = now()
        span = form.cleaned_data["previsao"]
        until = services.read_forecast(span, max(found.inicio, moment)) if span else None
        outcome = services.update_forecast(number, until, actor=actor(request), now=moment)
        if isinstance(outcome, Refused):
            return refusal_page(request, outcome)
        notices.done(request, "Previsão alterada.")
        return redirect("support-situacao")
    return render(request, "support/situacao_previsao.html", {"form": form, "shown": shown(found, now())})


@for_staff(*BOTH)
def end(request: HttpRequest, number: int) -> HttpResponse:
    found = _found(number)
    if request.method == "POST":
        outcome = services.end(number, actor=actor(request))
        if isinstance(outcome, Refused):
            return refusal_page(request, outcome)
        notices.done(request, "Interrupção encerrada.")
        return redirect("support-situacao")
    return render(request, "support/situacao_encerrar.html", {"shown": shown(found, now())})


def _found(number: int) -> Interruption:
    found = next((one for one in services.every() if one.id == number), None)
    if found is None:
        raise Http404
    return found
