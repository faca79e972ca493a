"""Correio do sandbox: what would have been sent (one may read one's own code of one use, as in a mailbox).

E-mails: how the queue stands, and what could not be delivered, with the reason.
"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vincula.common.accounts.guards import actor
from vincula.common.mail import mailbox, services
from vincula.common.mail.access import for_sandbox_staff, for_staff
from vincula.common.page import notices
from vincula.common.words import counted

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


@for_staff()
def queue(request: HttpRequest) -> HttpResponse:
    """Figures, and what was given up: why, and what it was about; of the address only a part."""
    page = Paginator(services.failed(), PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {"status": services.status(), "page_": page, "failed": services.told(page.object_list)}
    return render(request, "mail/fila.html", context)


@for_staff("POST")
def retry(request: HttpRequest) -> HttpResponse:
    """Put what failed back into the queue; what has lost its worth stays."""
    count = services.retry_failed(actor=actor(request))
    notices.done(request, f"De volta na fila: {counted(count, 'mensagem', 'mensagens')}.")
    return redirect("correio-fila")
