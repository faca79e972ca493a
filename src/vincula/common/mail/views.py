"""Correio do sandbox: what would have been sent (one may read one's own code of one use, as in a mailbox)."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from vincula.common.mail import mailbox, services
from vincula.common.mail.access import for_sandbox_staff

PAGE_SIZE = 30


@for_sandbox_staff
def letters(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    page = Paginator(mailbox.newest(), PAGE_SIZE).get_page(request.GET.get("pagina"))
    return render(request, "mail/correio.html", {"letters": page, "status": services.status()})


@for_sandbox_staff
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """One of them, as text."""
    found = mailbox.read(name)
    if found is None:
        raise Http404
    return render(request, "mail/mensagem.html", {"letter": found})
