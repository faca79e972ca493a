"""The simulated registration of a head office, for who acts for the operadora. Of another operadora's nothing is
found."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from vincula.common.outcomes import Outcome, Refused
from vincula.common.page import notices
from vincula.national.cadop import services as cadop
from vincula.national.cnes import services
from vincula.national.cnes.access import actor, for_operadora
from vincula.national.cnes.forms import HeadOfficeForm, ReasonForm
from vincula.national.cnes.services import Registration, Situacao


@for_operadora()
def offices(request: HttpRequest, registro: str) -> HttpResponse:
    """The operadora's establishments and registrations, and the way to begin one."""
    operadora = cadop.get(registro)
    registrations = services.registrations_of(registro)
    known = services.of_operadora(operadora.cnpj) if operadora else []
    context = {
        "refused": services.only_in_sandbox(),
        "known": known,
        "registrations": registrations,
        "may_begin": not any(one.counts for one in known) and not any(one.open for one in registrations),
    }
    return render(request, "cnes/sede.html", context)


@for_operadora("GET", "HEAD", "POST")
def new(request: HttpRequest, registro: str) -> HttpResponseBase:
    """The form of the pré-cadastro."""
    form = HeadOfficeForm(request.POST if request.method == "POST" else None)
    refused = services.only_in_sandbox()
    if refused is None and form.is_bound and form.is_valid():
        outcome = services.register(registro, form.office(), actor=actor(request))
        if not isinstance(outcome, Refused):
            notices.done(request, "Pré-cadastro feito.")
            return redirect("cnes-sede-cadastro", outcome.value.id)
        if fields := outcome.details.get("campos"):
            form.refuse(fields)
        else:
            refused = outcome
    context = {"form": form, "refused": refused, "operadora": cadop.get(registro)}
    return render(request, "cnes/sede_novo.html", context)


@for_operadora()
def office(request: HttpRequest, registro: str, cadastro: int) -> HttpResponse:
    """One registration: where it stands, its history, and what takes it on."""
    one = _own(registro, cadastro)
    context = {"one": one, "form": ReasonForm(), "refused": services.only_in_sandbox()}
    return render(request, "cnes/sede_cadastro.html", context)


@for_operadora("POST")
def advance(request: HttpRequest, registro: str, cadastro: int) -> HttpResponseBase:
    """Take it on by one step, from the state that the page showed."""
    seen = request.POST.get("situacao", "")
    if seen not in Situacao.__members__:
        raise Http404
    outcome = services.advance(cadastro, registro, Situacao[seen], actor=actor(request))
    return _told(request, registro, cadastro, outcome)


@for_operadora("POST")
def deactivate(request: HttpRequest, registro: str, cadastro: int) -> HttpResponseBase:
    """End it, with the reason."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        one = _own(registro, cadastro)
        context = {"one": one, "form": form, "refused": services.only_in_sandbox()}
        return render(request, "cnes/sede_cadastro.html", context)
    outcome = services.deactivate(cadastro, registro, form.cleaned_data["motivo"], actor=actor(request))
    return _told(request, registro, cadastro, outcome)


def _own(registro: str, cadastro: int) -> Registration:
    found = next((one for one in services.registrations_of(registro) if one.id == cadastro), None)
    if found is None:
        raise Http404
    return found


def _told(
    request: HttpRequest, registro: str, cadastro: int, outcome: Outcome[Registration]
) -> HttpResponseBase:
    if isinstance(outcome, Refused):
        if outcome.code == "CADASTRO_DESCONHECIDO":
            raise Http404
        notices.refused(request, outcome)
    elif outcome.value.situacao is Situacao.ATIVO:
        notices.done(request, f"A sede tem o CNES {outcome.value.cnes} (SIMULADO).")
    else:
        notices.done(request, f"Situação do cadastro: {outcome.value.situacao.value}.")
    return redirect("cnes-sede-cadastro", cadastro)
