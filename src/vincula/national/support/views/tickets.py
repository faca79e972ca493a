"""Opening a ticket, and one's own tickets."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vincula.common.accounts.models import Pessoa
from vincula.common.outcomes import Accepted
from vincula.common.page import notices
from vincula.national.support import services
from vincula.national.support.access import BOTH, cpf_of, public
from vincula.national.support.forms import TicketForm
from vincula.national.support.rules.tickets import Area


@public(*BOTH)
def open_one(request: HttpRequest) -> HttpResponse:
    """ "Quero abrir um chamado" (R056), with an account or without."""
    form = TicketForm(request.POST) if request.method == "POST" else TicketForm(initial=_first(request))
    if form.is_bound and form.is_valid():
        made = services.open_ticket(
            **form.cleaned_data, cpf=cpf_of(request), origem=request.META.get("REMOTE_ADDR", "")
        )
        if isinstance(made, Accepted):
            notices.done(
                request,
                f"Chamado {made.value.numero} aberto. A confirmação e a resposta vão para o e-mail informado.",
            )
            return redirect("support-abrir")
        form.add_error(_FIELDS.get(made.code), made.as_text())
    return render(request, "support/abrir.html", {"form": form})


_FIELDS = {
    "AREA_DESCONHECIDA": "area",
    "ASSUNTO_INVALIDO": "assunto",
    "TEXTO_AUSENTE": "texto",
    "TEXTO_LONGO": "texto",
    "EMAIL_INVALIDO": "contato",
}


def _first(request: HttpRequest) -> dict[str, str]:
    """The area that the link names, the e-mail of the account."""
    area = request.GET.get("area", "")
    known = area in set(Area)
    email = request.user.email if isinstance(request.user, Pessoa) else ""
    return {"area": area if known else "", "contato": email or ""}
