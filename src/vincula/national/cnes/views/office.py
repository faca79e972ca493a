"""The simulated registration of a head office, for who acts for the operadora. Of another operadora's nothing is
found."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from vincula.common.outcomes import Outcome, Refused
from vincula.common.page import notices
from vincula.identifiers import cpf as cpf_rules
from vincula.national.cadop import services as cadop
from vincula.national.cnes import services
from vincula.national.cnes.access import actor, for_operadora
from vincula.national.cnes.forms import DirectorForm, HeadOfficeForm, ReasonForm
from vincula.national.cnes.services import HeadOffice, Registration, Situacao
from vincula.national.ibge import services as ibge


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
        refused = outcome
    context = {"form": form, "refused": refused, "operadora": cadop.get(registro)}
    return render(request, "cnes/sede_novo.html", context)


@for_operadora()
def office(request: HttpRequest, registro: str, cadastro: int) -> HttpResponse:
    """One registration: where it stands, its history, and what takes it on."""
    return _page(request, registro, cadastro)


def _page(request: HttpRequest, registro: str, cadastro: int, **given: forms.Form) -> HttpResponse:
    one = _own(registro, cadastro)
    context = {
        "one": one,
        "data": _data(one.office),
        "form": ReasonForm(),
        "director": DirectorForm(),
        "refused": services.only_in_sandbox(),
        "wrong": next(iter(given.values()), None),
    }
    return render(request, "cnes/sede_cadastro.html", context | given)


def _data(office: HeadOffice) -> list[tuple[str, str]]:
    """What was told of the head office, to be read in every state."""
    return [
        ("Endereço", ", ".join((office.logradouro, office.numero, office.bairro))),
        ("CEP", f"{office.cep[:5]}-{office.cep[5:]}"),
        ("Município", ibge.names([office.municipio]).get(office.municipio, office.municipio)),
        ("Telefone", office.telefone),
        ("E-mail", office.email),
        ("Diretor clínico, gerente ou administrador", f"CPF {cpf_rules.mask(office.diretor_cpf)}"),
    ]


@for_operadora("GET", "HEAD", "POST")
def correct(request: HttpRequest, registro: str, cadastro: int) -> HttpResponseBase:
    """Correct the data of a pré-cadastro, until its forms are handed over."""
    one = _own(registro, cadastro)
    told = HeadOfficeForm.told(one.office)
    form = HeadOfficeForm(request.POST) if request.method == "POST" else HeadOfficeForm(initial=told)
    refused = None if one.correctable else services.HANDED_OVER
    if refused is None and form.is_bound and form.is_valid():
        outcome = services.correct(cadastro, registro, form.office(), actor=actor(request))
        if not isinstance(outcome, Refused):
            notices.done(request, "Dados do pré-cadastro gravados.")
            return redirect("cnes-sede-cadastro", cadastro)
        refused = outcome
    return render(request, "cnes/sede_corrigir.html", {"one": one, "form": form, "refused": refused})


@for_operadora("POST")
def director(request: HttpRequest, registro: str, cadastro: int) -> HttpResponseBase:
    """Put another director into the active head office: asked for once, told what follows, and confirmed."""
    one, form = _own(registro, cadastro), DirectorForm(request.POST)
    if refused := services.only_in_sandbox() or services.refusal_to_replace(one.situacao, one.cnes):
        return _told(request, registro, cadastro, refused)
    confirmed = request.POST.get("confirmado") == "sim"
    if form.is_valid() and not confirmed and form.cleaned_data["diretor_cpf"] == one.office.diretor_cpf:
        form.add_error("diretor_cpf", "Este já é o CPF do diretor. Nada foi mudado.")
    if not form.is_valid():
        return _page(request, registro, cadastro, director=form)
    if not confirmed:
        return render(
            request, "cnes/sede_diretor.html", {"one": one, "number": form.cleaned_data["diretor_cpf"]}
        )
    outcome = services.replace_director(
        cadastro, registro, form.cleaned_data["diretor_cpf"], actor=actor(request)
    )
    if isinstance(outcome, Refused):
        return _told(request, registro, cadastro, outcome)
    notices.done(
        request,
        "Diretor gravado. Se mudou, o perfil ADMINISTRADOR do anterior é revogado no SGOP, e o novo faz os seus"
        " pedidos e abre um chamado.",
    )
    return redirect("cnes-sede-cadastro", cadastro)


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
        return _page(request, registro, cadastro, form=form)
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
