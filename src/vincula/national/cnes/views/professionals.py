"""The professionals of the operadora's own head office: read always, linked and unlinked where it is simulated. Of
another operadora's nothing is found."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from vincula.common.audit.services import Event, record
from vincula.common.outcomes import Refused
from vincula.common.page import notices
from vincula.identifiers.digits import strip_human
from vincula.national.cadop import services as cadop
from vincula.national.cnes import services
from vincula.national.cnes.access import actor, for_operadora
from vincula.national.cnes.forms import ProfessionalForm, UnlinkForm
from vincula.national.cnes.services import Establishment

PAGE_SIZE = 50
_FIELDS = {
    "CPF_INVALIDO": "cpf",
    "NOME_INVALIDO": "nome",
    "CBO_INVALIDO": "cbo",
    "DATA_FUTURA": "desde",
}
_DAY = ("DATA_FUTURA", "DATA_ANTERIOR")


@for_operadora("GET", "HEAD", "POST")
def listing(request: HttpRequest, registro: str, cnes: str) -> HttpResponseBase:
    """Who works there, with dates; the form that links one more. The look is audited."""
    one = _own(registro, cnes)
    read_only = services.may_change(one)
    form = ProfessionalForm(request.POST if request.method == "POST" else None)
    if form.is_bound and read_only is None and form.is_valid():
        data = form.cleaned_data
        made = services.link_professional(
            cnes,
            strip_human(data["cpf"]),
            data["nome"],
            cbo=data["cbo"],
            desde=data["desde"],
            actor=actor(request),
        )
        if not isinstance(made, Refused):
            notices.done(request, "Profissional vinculado.")
            return redirect("cnes-profissionais", cnes)
        form.add_error(_FIELDS.get(made.code), made.as_text())
    every = request.GET.get("encerrados") == "sim"
    page = Paginator(services.professionals_of(cnes, ended=every), PAGE_SIZE).get_page(
        request.GET.get("pagina")
    )
    _audit(request, registro, cnes, len(page.object_list))
    context = {"one": one, "page_": page, "every": every, "form": form, "read_only": read_only}
    return render(request, "cnes/profissionais.html", context)


@for_operadora("GET", "HEAD", "POST")
def end(request: HttpRequest, registro: str, cnes: str, vinculo: int) -> HttpResponseBase:
    """End a link, with its last day; the link stays in the list of the ended ones. The look is audited."""
    one = _own(registro, cnes)
    link = services.professional(cnes, vinculo)
    if link is None:
        raise Http404
    _audit(request, registro, cnes, 1)
    form = UnlinkForm(request.POST if request.method == "POST" else None)
    refused = services.may_change(one)
    if form.is_bound and refused is None and form.is_valid():
        outcome = services.unlink_professional(
            cnes, vinculo, ate=form.cleaned_data["ate"], actor=actor(request)
        )
        if not isinstance(outcome, Refused):
            notices.done(request, "Profissional desvinculado.")
            return redirect("cnes-profissionais", cnes)
        if outcome.code in _DAY:
            form.add_error("ate", outcome.as_text())
        else:
            refused = outcome
    return render(
        request, "cnes/desvincular.html", {"one": one, "link": link, "form": form, "refused": refused}
    )


def _audit(request: HttpRequest, registro: str, cnes: str, shown: int) -> None:
    details = {"cnes": cnes, "quantidade": shown}
    record(
        Event(actor(request), "cnes:profissionais:consultados", f"operadora:{registro}", "consulta", details)
    )


def _own(registro: str, cnes: str) -> Establishment:
    operadora = cadop.get(registro)
    known = services.of_operadora(operadora.cnpj) if operadora else []
    found = next((one for one in known if one.cnes == cnes), None)
    if found is None:
        raise Http404
    return found
