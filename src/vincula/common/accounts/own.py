"""Pages of the person's own account: self-registration, recovery and change of the password (R015).

Asking for an account or for a password takes the same time and answers the same, whether there is an account or not.
"""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib.auth import authenticate, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from vincula.common import config
from vincula.common.accounts import invitations
from vincula.common.accounts.guards import BOTH, PERSON, for_anybody, guard, signed_in
from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.own_forms import ChangePasswordForm, CpfForm, NewPasswordForm, SignupForm
from vincula.common.accounts.services import EntryMeans, entry_of, set_password
from vincula.common.outcomes import Refused
from vincula.common.page import notices

ANSWER_SECONDS = 0.4
_INVITATION = "convite"


def _evenly(started: float) -> None:
    """Wait until ANSWER_SECONDS after `started`: how long the work took tells nobody whether there is an account."""
    time.sleep(max(0.0, started + ANSWER_SECONDS - time.monotonic()))


def _link(request: HttpRequest) -> invitations.Link:
    """Addresses for a mail: on a name that the installation has, never on one that the visitor wrote (VINCULA_HOSTS may
    say "*" or ".exemplo.br"), and without his port where the public addresses are https."""
    named = [host for host in settings.ALLOWED_HOSTS if host != "*" and not host.startswith(".")]
    asked, port = split_domain_port(request.get_host())
    host = asked if asked in named or not named else named[0]
    behind = "" if config.load().https or not port else f":{port}"
    scheme = "https" if config.load().https or request.is_secure() else "http"
    return lambda token: f"{scheme}://{host}{behind}{reverse('senha-convite', args=[token])}"


def _origin(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


@for_anybody(*BOTH)
@never_cache
def signup(request: HttpRequest) -> HttpResponse:
    """CPF, name, e-mail and terms; what follows comes by mail."""
    started, form = time.monotonic(), SignupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        invitations.ask_account(data["cpf"], data["nome"], data["email"], _origin(request), _link(request))
        _evenly(started)
        return render(request, "accounts/enviado.html", {"cadastro": True})
    return render(request, "accounts/cadastrar.html", {"form": form})


@for_anybody(*BOTH)
@never_cache
def recover(request: HttpRequest) -> HttpResponse:
    """The CPF; what follows comes by mail."""
    started, form = time.monotonic(), CpfForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        invitations.ask_recovery(form.cleaned_data["cpf"], _origin(request), _link(request))
        _evenly(started)
        return render(request, "accounts/enviado.html", {"cadastro": False})
    return render(request, "accounts/senha_recuperar.html", {"form": form})


@for_anybody()
@never_cache
def invitation(request: HttpRequest, convite: str) -> HttpResponse:
    """The link of the mail: what it bears goes into the session, so that no later address or referrer shows it."""
    request.session.cycle_key()  # whoever knows the key that this browser had learns nothing of the link
    request.session[_INVITATION] = convite[:100]
    return redirect("senha-nova")


@for_anybody(*BOTH)
@never_cache
@sensitive_post_parameters("nova", "repetida")
def choose(request: HttpRequest) -> HttpResponse:
    """The password, once the link was followed."""
    token = str(request.session.get(_INVITATION, ""))
    if not token or not invitations.is_good(token):
        return render(request, "accounts/senha_nova.html", {"refused": invitations.GONE}, status=410)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = invitations.redeem(token, form.cleaned_data["nova"])
        request.session.pop(_INVITATION, None)
        if isinstance(outcome, Refused):
            return render(request, "accounts/senha_nova.html", {"refused": outcome}, status=410)
        notices.done(request, "Senha registrada. Entre com o seu CPF e a senha nova.")
        return redirect("entrar")
    return render(request, "accounts/senha_nova.html", {"form": form})


@guard(PERSON, BOTH, signed_in)
@never_cache
@sensitive_post_parameters("atual", "nova", "repetida")
def change(request: HttpRequest) -> HttpResponse:
    """A new password for who is in. The other sessions of the person end with it."""
    assert isinstance(request.user, Pessoa)
    form = ChangePasswordForm(request.POST or None)
    entry = entry_of(request)
    if entry is not None and entry.means is EntryMeans.GOVBR:
        del form.fields["atual"]
    if request.method == "POST" and form.is_valid():
        if _is_he(request, request.user, form):
            set_password(request.user, form.cleaned_data["nova"], actor=f"cpf:{request.user.cpf}")
            update_session_auth_hash(request, request.user)
            notices.done(request, "Senha trocada. As suas outras sessões terminaram.")
            return redirect("inicio")
        form.add_error("atual", "A senha atual não confere.")
    return render(request, "accounts/senha_trocar.html", {"form": form})


def _is_he(request: HttpRequest, person: Pessoa, form: ChangePasswordForm) -> bool:
    if "atual" not in form.fields:
        return True
    # Through the same door as the login: failures count towards the lock-out.
    found = authenticate(request, cpf=person.cpf, password=form.cleaned_data["atual"])
    return isinstance(found, Pessoa) and found.pk == person.pk
