"""Away to gov.br and back; the page of a refusal; the level asked for; and out of gov.br too."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from vincula.common import config
from vincula.common.accounts.arrival import after_entry, audited, let_in
from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.services import EntryMeans
from vincula.common.accounts.session import safe_next
from vincula.common.outcomes import Refused
from vincula.common.page import notices
from vincula.national.govbr import refusals, rules
from vincula.national.govbr.access import for_anybody
from vincula.national.govbr.services import calling, entering
from vincula.national.govbr.services.links import entry_level, is_configured

_TAKEN = (
    "Já havia um cadastro com o seu CPF, feito só com um e-mail que não é o do seu gov.br. O gov.br provou quem você é:"
    " a senha e o e-mail de antes não valem mais, e as sessões abertas com eles terminaram. Escolha a sua senha em"
    " Trocar a senha."
)
_REFUSED, _TARGET, _LEFT = "govbr_recusa", "govbr_destino", "govbr_saida"


@for_anybody
def enter(request: HttpRequest) -> HttpResponseBase:
    """Away to gov.br; where there is none, the page that says so, and what to do instead."""
    if not is_configured():
        return render(request, "govbr/ausente.html", {"refused": refusals.NOT_CONFIGURED})
    request.session.pop(_REFUSED, None)
    return redirect(entering.away(request, safe_next(request)))


@for_anybody
def back(request: HttpRequest) -> HttpResponseBase:
    """The address that gov.br knows. It receives the code, so it shows nothing: it always leads on."""
    if not is_configured():
        return redirect("govbr-entrar")
    target, identity = entering.identified(request)
    if isinstance(identity, Refused):
        _audit(request, identity)
        return _refuse(request, identity, target)
    current = request.user if isinstance(request.user, Pessoa) else None
    arrived = entering.person_for(identity.value, current)
    if isinstance(arrived, Refused):
        return _refuse(request, arrived, target)
    let_in(request, arrived.value.person, EntryMeans.GOVBR, identity.value.level)
    if arrived.value.taken:
        notices.informed(request, _TAKEN)
    return after_entry(request, target)


def _audit(request: HttpRequest, refused: Refused) -> None:
    """What speaks of a fault or of an attack; not what anybody can cause at will, as often as he likes."""
    if refused not in (refusals.NO_BEGINNING, refusals.DENIED):
        audited(request, "govbr", "govbr:entrada:recusada", motivo=refused.code)


def _refuse(request: HttpRequest, refused: Refused, target: str) -> HttpResponseBase:
    request.session[_REFUSED] = {
        "code": refused.code, "message": refused.message, "remedy": refused.remedy, "target": target,
    }  # fmt: skip
    return redirect("govbr-recusado")


@for_anybody
def refused(request: HttpRequest) -> HttpResponseBase:
    """Why the last entry by gov.br of this browser did not succeed, and what to do."""
    told: dict[str, Any] | None = request.session.get(_REFUSED)
    if told is None:
        return redirect("entrar")
    context = {
        "refused": told,
        "next": told["target"],
        "configured": is_configured(),
        # gov.br remembers that account: to come in again before leaving it would only be refused again.
        "other_account": told["code"] == refusals.OTHER_PERSON.code,
        "out": bool(told.get("out")),
    }
    return render(request, "govbr/recusado.html", context, status=409)


@for_anybody
def level(request: HttpRequest) -> HttpResponseBase:
    """A page asked for a level that this session does not have: which, and how to come by it."""
    wanted = request.GET.get("nivel", "")
    if wanted not in rules.ORDER:
        wanted = rules.ORDER[-1]
    target, mine = safe_next(request), entry_level(request)
    if rules.reaches(mine, wanted):
        return redirect(target or "inicio")
    request.session[_TARGET] = target
    settings = config.load().govbr
    context = {
        "wanted": wanted,
        "mine": mine,
        "next": target,
        "configured": settings is not None,
        "step_up": settings is not None and bool(settings.step_up),
    }
    return render(request, "govbr/nivel.html", context, status=403)


@for_anybody
def step_up(request: HttpRequest) -> HttpResponseBase:
    """Away to where the level is raised."""
    settings = config.load().govbr
    if settings is None or not settings.step_up:
        return _refuse(request, refusals.NO_STEP_UP if settings else refusals.NOT_CONFIGURED, "")
    wanted = rules.STEP_UP.get(request.GET.get("nivel", ""), rules.STEP_UP[rules.ORDER[-1]])
    return redirect(calling.step_up_url(settings, wanted, _absolute(request, "govbr-nivel-retorno")))


@for_anybody
def raised(request: HttpRequest) -> HttpResponseBase:
    """Back from there: the level is believed only when gov.br says it, so the person comes in anew."""
    target = request.session.pop(_TARGET, "")
    return redirect(entering.away(request, target)) if is_configured() else redirect("govbr-entrar")


@for_anybody
def leave(request: HttpRequest) -> HttpResponseBase:
    """Ends the session at gov.br, which is mandatory after one here has ended. A page of its own, for a browser lets no
    form lead to another site (form-action), and one has to leave without script too."""
    settings = config.load().govbr
    if settings is None:
        return redirect("entrar")
    request.session[_LEFT] = not request.user.is_authenticated
    url = calling.logout_url(settings, _absolute(request, "govbr-saida"))
    return render(request, "govbr/sair.html", {"url": url, "left": request.session[_LEFT]})


@for_anybody
def left(request: HttpRequest) -> HttpResponseBase:
    """Back from gov.br's logout. Who left an account that is not his goes on where he was refused, to use his own."""
    if request.user.is_authenticated and (told := request.session.get(_REFUSED)):
        request.session[_REFUSED] = told | {"out": True}
        return redirect("govbr-recusado")
    if request.session.pop(_LEFT, None):
        notices.done(
            request, "Você saiu do gov.br. Se este computador é de uso comum, feche também o navegador."
        )
    return redirect("entrar")


def _absolute(request: HttpRequest, name: str) -> str:
    return request.build_absolute_uri(reverse(name))
