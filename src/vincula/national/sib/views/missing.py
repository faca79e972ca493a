"""Who has no CNS after a consolidation, why, and what to do; one vínculo in full."""

from __future__ import annotations

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from vincula.common import config
from vincula.common.outcomes import Refused
from vincula.common.page.errors import refused as refusal_page
from vincula.identifiers import cco as cco_rules
from vincula.national.sib import services
from vincula.national.sib.access import actor, for_operadora
from vincula.national.sib.rules.reasons import EXPLANATION, Reason
from vincula.national.sib.views.common import PAGE_SIZE, after_number, attachment, audited, sliced
from vincula.national.sib.views.months import known_month


@for_operadora()
def latest(request: HttpRequest, registro: str) -> HttpResponse:
    """To the last consolidated competência; where there is none yet, a page that says when there will be."""
    used = services.overview(registro)
    found = next((one.month for one in used if one.state == "CONSOLIDADA"), None)
    if found is not None:
        return redirect("sib-sem-cns-competencia", found)
    current = next(one for one in used if one.is_current)
    return render(request, "sib/sem_cns_nada.html", {"current": current})


@for_operadora()
def missing(request: HttpRequest, registro: str, mes: int) -> HttpResponse:
    """How many have none, by reason: a chart that is a table, then each reason with its next step."""
    found = known_month(registro, mes)
    refused = services.may_list(registro, mes)
    counts = services.status(registro, mes)
    reasons = {} if refused or isinstance(counts, Refused) else counts.value.by_reason()
    rows = [
        (reason, EXPLANATION[reason], count, reverse("sib-sem-cns-motivo", args=[mes, reason]))
        for reason, count in reasons.items()
    ]
    context = {
        "month": found,
        "refused": refused,
        "status": None if isinstance(counts, Refused) else counts.value,
        "rows": rows,
        "bars": [(explanation.sentence, count, url) for _, explanation, count, url in rows],
    }
    return render(request, "sib/sem_cns.html", context)


@for_operadora()
def by_reason(request: HttpRequest, registro: str, mes: int, motivo: Reason) -> HttpResponse:
    """The vínculos without CNS for one reason, in parts by CCO."""
    found = known_month(registro, mes)
    if found.state != "CONSOLIDADA":
        raise Http404
    after = after_number(request)
    lines = list(services.lines(registro, mes, reason=motivo, after=after, limit=PAGE_SIZE + 1))
    part = sliced(lines, [str(cco_rules.number(line.cco)) for line in lines], after)
    audited(
        request,
        "sib:lista:consultada",
        f"operadora:{registro}",
        "correção cadastral",
        lista="sem-cns",
        motivo=motivo.name,
        competencia=services.as_text(mes),
        ccos=[line.cco for line in part.items],
    )
    context = {"month": found, "explanation": EXPLANATION[motivo], "part": part}
    return render(request, "sib/sem_cns_motivo.html", context)


@for_operadora()
def download(request: HttpRequest, registro: str, mes: int) -> HttpResponseBase:
    """The whole list, replaced numbers too, as a CSV: a file that has lost its name before it is sent."""
    known_month(registro, mes)
    path = config.load().folder("sib", "listas") / f"{uuid4()}.csv"
    outcome = services.write_list(registro, mes, path, actor(request))
    if isinstance(outcome, Refused):
        return refusal_page(request, outcome)
    source = path.open("rb")
    path.unlink()
    return attachment(source, f"{registro}-{services.as_text(mes)}-sem-cns.csv")


@for_operadora()
def vinculo(request: HttpRequest, registro: str, cco: str) -> HttpResponse:
    """One vínculo: its data, its history, what each consolidation gave it."""
    found = services.dossier(registro, cco)
    if found is None:
        raise Http404
    audited(
        request,
        "sib:vinculo:consultado",
        found.audit_subject,
        "correção cadastral",
        operadora=registro,
        cco=cco,
    )
    return render(request, "sib/vinculo.html", {"one": found})
