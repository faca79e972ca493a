"""The session of a person who has proved who he is, by whatever means; and what became of it, for the audit."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from vincula.common.accounts.entry import EntryMeans, mark_entry
from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.session import (
    current_operadora,
    forget_answers,
    my_operadoras,
    renew,
    with_next,
)
from vincula.common.audit.services import Event, record

_BACKEND = "django.contrib.auth.backends.ModelBackend"  # whose sessions they are, however one came in


def audited(request: HttpRequest, person: str, action: str, **details: str) -> None:
    """Durable before the answer leaves: who came, from which address, and with what outcome."""
    record(Event(person, action, person, details={"origem": request.META.get("REMOTE_ADDR", ""), **details}))


def let_in(request: HttpRequest, person: Pessoa, means: EntryMeans, level: str = "") -> None:
    """Start the person's session, with a new key; audited first. `level`: of gov.br alone (see mark_entry)."""
    told = {"nivel": level} if level else {}
    audited(request, f"cpf:{person.cpf}", "contas:sessao:aberta", meio=means.value, **told)
    login(request, person, backend=_BACKEND)
    request.session.cycle_key()  # Django keeps the key of a session that was this person's already
    forget_answers(request)
    mark_entry(request, means, level)
    renew(request)


def after_entry(request: HttpRequest, target: str) -> HttpResponse:
    """On to `target` (a path of this site; "" for the first page), by the chooser where it has to be used."""
    if current_operadora(request) is None and my_operadoras(request):
        return redirect(with_next("operadora-escolher", target))
    return redirect(target or settings.LOGIN_REDIRECT_URL)
