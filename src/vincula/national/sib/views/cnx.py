"""The CNX, on request, in the operadora's logged-in area (R097–R101)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from vincula.common.outcomes import Refused
from vincula.common.page.errors import refused as refusal_page
from vincula.national.sib import services
from vincula.national.sib.access import actor, for_operadora
from vincula.national.sib.views.common import attachment
from vincula.national.sib.views.months import known_month


@for_operadora()
def months(request: HttpRequest, registro: str) -> HttpResponse:
    """Every competência with the state of its CNX."""
    rows = [(one, services.cnx_state(registro, one.month)) for one in services.overview(registro)]
    return render(request, "sib/cnx.html", {"rows": rows})


@for_operadora("GET", "HEAD", "POST")
def month(request: HttpRequest, registro: str, mes: int) -> HttpResponse:
    """Ask for the CNX of a competência (POST), and see where the request stands."""
    found = known_month(registro, mes)
    if request.method == "POST":
        services.request_cnx(registro, mes, actor(request))  # a refusal is what the page then shows
        return redirect("sib-cnx-competencia", mes)
    context = {"month": found, "cnx": services.cnx_state(registro, mes), "live_url": _live(mes)}
    return render(request, "sib/cnx_competencia.html", context)


def _live(mes: int) -> str:
    return reverse("sib-cnx-andamento", args=[mes])


@for_operadora()
def progress(request: HttpRequest, registro: str, mes: int) -> HttpResponse:
    """The part of the page that renews itself."""
    found = known_month(registro, mes)
    context = {"month": found, "cnx": services.cnx_state(registro, mes), "live_url": _live(mes)}
    return render(request, "sib/cnx_corpo.html", context)


@for_operadora()
def download(request: HttpRequest, registro: str, mes: int) -> HttpResponseBase:
    """The file under its official name: the same bytes however late. Refused with its reason; audited."""
    known_month(registro, mes)
    outcome = services.fetch_cnx(registro, mes, actor(request))
    if isinstance(outcome, Refused):
        return refusal_page(request, outcome)
    return attachment(outcome.value.path.open("rb"), outcome.value.name)
