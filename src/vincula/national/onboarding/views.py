"""The six steps, "saiba mais", the manuals and the infographic. All public; the steps say more to who has come in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from vincula.common.accounts.session import my_operadoras
from vincula.identifiers.digits import strip_human
from vincula.national.onboarding import drawing, guides, paper
from vincula.national.onboarding.access import public
from vincula.national.onboarding.rules import Standing, steps
from vincula.national.onboarding.services import facts_of

PDF, SVG = "application/pdf", "image/svg+xml"


@public
@never_cache
def overview(request: HttpRequest) -> HttpResponse:
    """The steps as the infographic has them; for who has come in, where he stands."""
    given = strip_human(request.GET.get("cnes", ""))[:20]
    facts = facts_of(request, given)
    told = steps(facts)
    undone = (one.number for one in told if one.found.standing is not Standing.FEITO)
    current = next(undone, len(told)) if facts.entered else 0
    # Who acts for an operadora is asked nothing: its head office is found by its CNPJ.
    asks = facts.entered and not my_operadoras(request)
    context = {"steps": told, "facts": facts, "current": current, "asks": asks, "given": given}
    return render(request, "onboarding/passos.html", context)


@public
def learn_more(request: HttpRequest) -> HttpResponse:
    return render(request, "onboarding/saiba_mais.html", {"guides": guides.GUIDES})


@public
def guide(request: HttpRequest, name: str) -> HttpResponse:
    _must_be(name)
    context = {"guide": guides.BY_NAME[name], "text": guides.page(name)}
    return render(request, "onboarding/manual.html", context)


@public
def guide_pdf(request: HttpRequest, name: str) -> HttpResponse:
    _must_be(name)
    return _download(paper.guide(name), PDF, f"manual-{name}.pdf")


@public
def infographic(request: HttpRequest, kind: str) -> HttpResponse:
    if kind == "svg":
        return _download(drawing.svg().encode(), SVG, "acesso-ao-cadsus-web.svg", inline=True)
    return _download(paper.infographic(), PDF, "acesso-ao-cadsus-web.pdf")


def _must_be(name: str) -> None:
    if name not in guides.BY_NAME:
        raise Http404


def _download(content: bytes, kind: str, name: str, *, inline: bool = False) -> HttpResponse:
    how = "inline" if inline else "attachment"
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'{how}; filename="{name}"'}
    )
