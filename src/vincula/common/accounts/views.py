"""Login and logout by CPF and password, the chooser of the operadora (R155–R160), session renewal."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import logout as end_session
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from vincula.common.accounts.arrival import after_entry, audited, let_in
from vincula.common.accounts.doors import doors, onward
from vincula.common.accounts.forms import LoginForm
from vincula.common.accounts.guards import PERSON, guard, signed_in
from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.services import EntryMeans, entry_of
from vincula.common.accounts.session import (
    choose_operadora,
    current_operadora,
    my_operadoras,
    operadora_labels,
    renew,
    safe_next,
)
from vincula.common.page import notices


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class Login(View):
    """CPF and password; then the chooser, or straight on for a member of at most one operadora."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect(safe_next(request) or settings.LOGIN_REDIRECT_URL)
        return self._page(request, LoginForm(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = LoginForm(request, request.POST)
        if not form.is_valid() or form.person is None:
            if form.attempted:
                audited(request, f"cpf:{form.attempted}", "contas:sessao:recusada")
            return self._page(request, form)
        let_in(request, form.person, EntryMeans.SENHA)
        return after_entry(request, safe_next(request))

    @staticmethod
    def _page(request: HttpRequest, form: LoginForm) -> HttpResponse:
        context = {"form": form, "next": safe_next(request), "doors": doors()}
        return render(request, "accounts/entrar.html", context)


class Logout(View):
    """Ends the session on POST, then goes on to wherever else it has to end; a link to it only asks."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "accounts/sair.html")

    def post(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Pessoa):
            audited(request, f"cpf:{request.user.cpf}", "contas:sessao:encerrada")
        path = onward(request, entry_of(request))
        end_session(request)
        if path:
            return redirect(path)
        notices.done(request, "Você saiu. Se este computador é de uso comum, feche também o navegador.")
        return redirect("entrar")


@method_decorator(never_cache, name="dispatch")
class ChooseOperadora(View):
    """The operadoras in which the person is registered; one is selected and confirmed (R157, R158)."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        registro = request.POST.get("operadora", "")
        if isinstance(request.user, Pessoa) and choose_operadora(request, registro):
            audited(request, f"cpf:{request.user.cpf}", "contas:operadora:escolhida", operadora=registro)
            return redirect(safe_next(request) or settings.LOGIN_REDIRECT_URL)
        return self._page(request, error="Selecione uma operadora da lista e confirme.")

    @staticmethod
    def _page(request: HttpRequest, error: str = "") -> HttpResponse:
        labels = operadora_labels(my_operadoras(request))
        context = {
            "operadoras": sorted(labels.items(), key=lambda pair: pair[1] or pair[0]),
            "selected": current_operadora(request),
            "error": error,
            "next": safe_next(request),
        }
        return render(request, "accounts/operadora.html", context)


@guard(PERSON, ("POST",), signed_in)
def renew_session(request: HttpRequest) -> HttpResponseBase:
    """The answer to the warning that the session is about to end; once it has ended, the guard leads back in."""
    renew(request)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"seconds": settings.SESSION_COOKIE_AGE})
    return redirect(safe_next(request) or settings.LOGIN_REDIRECT_URL)


def locked_out(request: HttpRequest, response: Any = None, credentials: Any = None) -> HttpResponse:
    """Too many failures (settings.AXES_LOCKOUT_CALLABLE): the same page with an account or without."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "accounts/bloqueado.html", {"minutes": minutes}, status=429)
