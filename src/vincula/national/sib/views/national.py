"""The national side, for its staff: competências over all operadoras, closing, consolidating, the list for review."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from vincula.common.audit.services import Event, record_many
from vincula.common.outcomes import Refused
from vincula.common.page import notices
from vincula.national.sib import services
from vincula.national.sib.access import actor, for_staff
from vincula.national.sib.rules.reasons import ACTION_TEXT, EXPLANATION, Action, Reason
from vincula.national.sib.services import NationalMonth
from vincula.national.sib.views.common import PAGE_SIZE, after_number, capital, sliced

# Kind of job → its name, and how its end is told.
WORK = {
    services.CLOSING: ("Encerramento", "Encerramento concluído."),
    services.CONSOLIDATION: ("Consolidação", "Consolidação concluída."),
}
STEPS = {"encerrar": services.request_close, "consolidar": services.request_consolidation}


@for_staff()
def months(request: HttpRequest) -> HttpResponse:
    """Every competência over all operadoras."""
    return render(request, "sib/gestao.html", {"months": services.national_months()})


def _known(mes: int) -> NationalMonth:
    found = services.national_month(mes)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, mes: int, template: str) -> HttpResponse:
    found = _known(mes)
    job = services.closing_job(mes)
    label, done = WORK[job.kind] if job else ("", "")
    context = {
        "month": found,
        "job": job,
        "job_label": label,
        "job_done": done,
        "results": _results(mes) if found.state == "CONSOLIDADA" else [],
        "reviews": services.review_count(mes),
        "live_url": reverse("sib-gestao-andamento", args=[mes]),
    }
    return render(request, template, context)


def _results(mes: int) -> list[tuple[str, int]]:
    """What consolidation did, in words: numbers given first, then reasons."""
    return [(_words(name), count) for name, count in services.competencia_mapping(mes)["resultados"].items()]


def _words(name: str) -> str:
    if name in Action.__members__:
        return capital(ACTION_TEXT[Action[name]])
    return EXPLANATION[Reason[name]].sentence.removesuffix(".")


@for_staff()
def month(request: HttpRequest, mes: int) -> HttpResponse:
    """One competência: what arrived, what closing did, the next button."""
    return _page(request, mes, "sib/gestao_competencia.html")


@for_staff()
def progress(request: HttpRequest, mes: int) -> HttpResponse:
    """The part of the page that renews itself."""
    return _page(request, mes, "sib/gestao_corpo.html")


@for_staff("GET", "HEAD", "POST")
def step(request: HttpRequest, mes: int, passo: str) -> HttpResponse:
    """Close or consolidate: asked for confirmation first; the worker does it."""
    found = _known(mes)
    if request.method != "POST":
        return render(request, f"sib/gestao_{passo}.html", {"month": found})
    outcome = STEPS[passo](mes, actor(request))
    if isinstance(outcome, Refused):
        notices.refused(request, outcome)
    else:
        notices.done(request, "Pedido aceito.")
    return redirect("sib-gestao-competencia", mes)


@for_staff()
def reviews(request: HttpRequest, mes: int) -> HttpResponse:
    """Vínculos that were given no number because a person without CPF may be the same: for people to decide."""
    found = _known(mes)
    after = after_number(request)
    cases = services.reviews(mes, after=after, limit=PAGE_SIZE + 1)
    part = sliced(cases, [str(case.id) for case in cases], after)
    record_many(
        Event(
            actor(request),
            "sib:revisao:consultada",
            case.audit_subject,
            purpose="revisão de cadastro",
            details={"cco": case.cco, "pessoa": case.pessoa_id},
        )
        for case in part.items
    )
    return render(request, "sib/gestao_revisao.html", {"month": found, "part": part})
