"""The operadora's first page, and the counters of the RQC."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from vincula.common.outcomes import Accepted
from vincula.national.sib import services
from vincula.national.sib.access import for_operadora
from vincula.national.sib.rules.next_steps import NextStep, Standing, next_steps
from vincula.national.sib.services import months
from vincula.national.sib.services.status import Status

LAST_FILES = 5


@for_operadora()
def home(request: HttpRequest, registro: str) -> HttpResponse:
    """The open competência, the last files, the coverage of the last consolidated one, what to do now."""
    used = services.overview(registro)
    current = next(one for one in used if one.is_current)
    consolidated = next((one.month for one in used if one.state == "CONSOLIDADA"), None)
    files = services.results_of(registro, limit=LAST_FILES)
    coverage = _coverage(registro, consolidated)
    ended = next((one for one in files if one.ended and not one.repeats), None)
    in_open = services.results_of(registro, month=current.month)
    standing = Standing(
        open_month=current.month,
        last_day=current.window.last,
        today=months.now().date(),
        files_open=sum(one.state != "REJEITADO" for one in in_open),
        last_rejected=ended is not None and ended.state == "REJEITADO",
        last_refused=ended.refused if ended else 0,
        consolidated=consolidated if coverage and coverage.total else None,
        without_cns=coverage.without_cns if coverage else 0,
        cnx_ready=consolidated is not None and services.cnx_state(registro, consolidated).ready,
    )
    steps = [
        (step, _where(step, ended.id if ended else 0, consolidated or 0)) for step in next_steps(standing)
    ]
    context = {
        "current": current,
        "files": files,
        "coverage": coverage,
        "bars": _bars(coverage),
        "consolidated": consolidated,
        "steps": steps,
    }
    return render(request, "sib/inicio.html", context)


def _coverage(registro: str, month: int | None) -> Status | None:
    if month is None:
        return None
    found = services.status(registro, month)
    return found.value if isinstance(found, Accepted) else None


def _bars(coverage: Status | None) -> list[tuple[str, int, str]]:
    if coverage is None:
        return []
    month = [coverage.month]
    return [
        ("Com CNS", coverage.with_cns, reverse("sib-competencia", args=month)),
        ("Sem CNS", coverage.without_cns, reverse("sib-sem-cns-competencia", args=month)),
    ]


def _where(step: NextStep, arquivo_id: int, month: int) -> str:
    if step.where == "arquivo":
        return reverse("sib-arquivo", args=[arquivo_id])
    if step.where == "cnx":
        return reverse("sib-cnx-competencia", args=[month])
    return reverse(f"sib-{step.where}")


@for_operadora()
def quality(request: HttpRequest, registro: str) -> HttpResponse:
    """The counters that ANS names for the RQC, over the vínculos as sent."""
    return render(request, "sib/qualidade.html", {"counters": services.quality(registro)})
