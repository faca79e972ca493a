"""Competências as an operadora sees them: the calendar, their state, what closing did for its vínculos."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from vincula.common.outcomes import Refused
from vincula.identifiers import cco as cco_rules
from vincula.national.sib import services
from vincula.national.sib.access import for_operadora
from vincula.national.sib.rules.reasons import ACTION_TEXT, EXPLANATION
from vincula.national.sib.services.windows import Month
from vincula.national.sib.views.common import PAGE_SIZE, after_number, audited, capital, paged, sliced
from vincula.national.sib.views.files import OwnFiles


@for_operadora()
def months(request: HttpRequest, registro: str) -> HttpResponse:
    """Every competência in use, newest first."""
    return render(request, "sib/competencias.html", {"months": services.overview(registro)})


def known_month(registro: str, month: int) -> Month:
    """The competência, or not found where nobody used it."""
    found = next((one for one in services.overview(registro) if one.month == month), None)
    if found is None:
        raise Http404
    return found


@for_operadora()
def month(request: HttpRequest, registro: str, mes: int) -> HttpResponse:
    """One competência: its days, its files, and how many vínculos have a CNS, by origin, and have none, by reason."""
    found = known_month(registro, mes)
    counts = services.status(registro, mes)
    status = None if isinstance(counts, Refused) else counts.value
    context = {
        "month": found,
        "files": paged(request, OwnFiles(registro, mes)),
        "status": status,
        "origins": [(capital(ACTION_TEXT[action]), count) for action, count in status.by_action().items()]
        if status
        else [],
        "missing": [
            (EXPLANATION[reason].sentence, count, reverse("sib-sem-cns-motivo", args=[mes, reason]))
            for reason, count in (status.by_reason() if status else {}).items()
        ],
        "cnx": services.cnx_state(registro, mes),
    }
    return render(request, "sib/competencia.html", context)


@for_operadora()
def replaced(request: HttpRequest, registro: str, mes: int) -> HttpResponse:
    """The vínculos whose number was replaced at consolidation."""
    found = known_month(registro, mes)
    if found.state != "CONSOLIDADA":
        raise Http404
    after = after_number(request)
    lines = list(services.lines(registro, mes, replaced=True, after=after, limit=PAGE_SIZE + 1))
    part = sliced(lines, [str(cco_rules.number(line.cco)) for line in lines], after)
    audited(
        request,
        "sib:lista:consultada",
        f"operadora:{registro}",
        "conferência cadastral",
        lista="substituidos",
        competencia=services.as_text(mes),
        ccos=[line.cco for line in part.items],
    )
    return render(request, "sib/substituidos.html", {"month": found, "part": part})
