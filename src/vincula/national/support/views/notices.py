"""Aviso para Operadoras: the list, one, the feed; the team writes and publishes."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vincula.common.mail.services import way
from vincula.common.outcomes import Accepted, Refused
from vincula.common.page import notices
from vincula.common.page.errors import refused as refusal_page
from vincula.national.support import feeds, services
from vincula.national.support.access import BOTH, actor, for_staff, is_staff, public
from vincula.national.support.forms import NoticeForm, add_refusal
from vincula.national.support.rules.notices import PUBLISHED, Notice, written

PAGE_SIZE = 20


@public()
def listing(request: HttpRequest) -> HttpResponse:
    """Published ones, the newest first; the team sees its drafts too."""
    page = Paginator(services.published(), PAGE_SIZE).get_page(request.GET.get("pagina"))
    drafts = services.drafts() if is_staff(request) else []
    return render(request, "support/avisos.html", {"notices": page, "drafts": drafts})


@public()
def feed(request: HttpRequest) -> HttpResponse:
    """The published ones as Atom."""
    return feeds.of_notices(request, services.published(feeds.ENTRIES))


@public()
def one(request: HttpRequest, number: int) -> HttpResponse:
    """A published notice; a draft is found by the team only."""
    return render(request, "support/aviso.html", {"notice": _found(number, drafts=is_staff(request))})


@for_staff(*BOTH)
def new(request: HttpRequest) -> HttpResponse:
    form = NoticeForm(request.POST if request.method == "POST" else None)
    return _written(request, form, None)


@for_staff(*BOTH)
def edit(request: HttpRequest, number: int) -> HttpResponse:
    found = _found(number, drafts=True)
    if found.publicado_em is not None:
        return refusal_page(request, PUBLISHED)
    first = {"titulo": found.titulo, "texto": found.texto, "links": written(found.links), "dia": found.data}
    form = NoticeForm(request.POST) if request.method == "POST" else NoticeForm(initial=first)
    return _written(request, form, found)


def _written(request: HttpRequest, form: NoticeForm, draft: Notice | None) -> HttpResponse:
    if form.is_bound and form.is_valid():
        number = draft.id if draft else None
        given = dict(form.cleaned_data)
        given["data"] = given.pop("dia")
        outcome = services.write_notice(**given, actor=actor(request), number=number)
        if isinstance(outcome, Accepted):
            notices.done(request, "Rascunho guardado. Ele ainda não é público.")
            return redirect("support-aviso", outcome.value.id)
        add_refusal(form, outcome)
    return render(request, "support/aviso_editar.html", {"form": form, "draft": draft})


@for_staff(*BOTH)
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """How many mails that is, and then the deed."""
    found = _found(number, drafts=True)
    if request.method == "POST":
        outcome = services.publish(number, actor=actor(request))
        if isinstance(outcome, Refused):
            return refusal_page(request, outcome)
        notices.done(request, f"Aviso publicado. E-mails na fila: {outcome.value.enviados}.")
        return redirect("support-aviso", number)
    if found.publicado_em is not None:
        return refusal_page(request, PUBLISHED)
    context = {"notice": found, "mails": len(services.addresses()), "way": way()}
    return render(request, "support/aviso_publicar.html", context)


def _found(number: int, *, drafts: bool) -> Notice:
    found = services.notice(number, drafts_too=drafts)
    if found is None:
        raise Http404
    return found
