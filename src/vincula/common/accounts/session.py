"""What the session knows besides who the person is: the operadora acted for, and since when it lasts.

Membership is checked again on every request: one that ended while the session was open ends there (R159).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from vincula.common.accounts.services import operadoras_of
from vincula.common.outcomes import Refused
from vincula.common.page import notices

SESSION_OPERADORA = "operadora"
SESSION_RENEWED = "renovada_em"
OF_NO_OPERADORA = Refused(
    "SEM_OPERADORA",
    "Esta página é de quem atua por uma operadora, e a sua conta hoje não atua por nenhuma.",
    "Peça a quem administra os usuários da operadora que inclua a sua conta.",
)
_CACHE = "_vincula_operadora"
_MINE = "_vincula_operadoras"

Params = ParamSpec("Params")
Names = Callable[[Sequence[str]], Mapping[str, str]]


def _no_names(registros: Sequence[str]) -> Mapping[str, str]:
    return {}


_names: Names = _no_names


def register_operadora_names(resolver: Names) -> None:
    """Who knows the operadoras' names registers from `ready()`: registros ANS in, names by registro out."""
    global _names
    _names = resolver


def operadora_labels(registros: Sequence[str]) -> dict[str, str]:
    """A text for each registro: its razão social, or "" where no register that knows it is loaded."""
    names = _names(registros)
    return {registro: names.get(registro, "") for registro in registros}


def operadora_label(registro: str) -> str:
    """ "123456 – NOME", or "Registro ANS 123456" where the name is not known."""
    name = operadora_labels([registro])[registro]
    return f"{registro} – {name}" if name else f"Registro ANS {registro}"


def forget_answers(request: HttpRequest) -> None:
    """The person of this request has changed: what was answered for the one before holds no more."""
    for name in (_CACHE, _MINE):
        if hasattr(request, name):
            delattr(request, name)


def renew(request: HttpRequest) -> None:
    """Start the session's time anew (its length is settings.SESSION_COOKIE_AGE)."""
    request.session[SESSION_RENEWED] = int(time.time())


def my_operadoras(request: HttpRequest) -> list[str]:
    """The operadoras for which the person acts today (asked of the base once in a request)."""
    if not hasattr(request, _MINE):
        setattr(request, _MINE, operadoras_of(request.user) if request.user.is_authenticated else [])
    mine: list[str] = getattr(request, _MINE)
    return mine


def choose_operadora(request: HttpRequest, registro: str) -> bool:
    """Act for this operadora from now on; False (and nothing changes) where the person is no member of it."""
    if registro not in my_operadoras(request):
        return False
    request.session[SESSION_OPERADORA] = registro
    setattr(request, _CACHE, registro)
    return True


def current_operadora(request: HttpRequest) -> str | None:
    """The registro ANS acted for, membership checked now; None when none is, or is chosen yet."""
    if hasattr(request, _CACHE):
        found: str | None = getattr(request, _CACHE)
        return found
    registro = _checked(request)
    setattr(request, _CACHE, registro)
    return registro


def _checked(request: HttpRequest) -> str | None:
    if not request.user.is_authenticated:
        return None
    mine = my_operadoras(request)
    registro: str | None = request.session.get(SESSION_OPERADORA)
    if registro is not None and registro in mine:
        return registro
    if registro is not None:
        del request.session[SESSION_OPERADORA]
    if len(mine) != 1:
        return None
    request.session[SESSION_OPERADORA] = mine[0]  # a member of only one goes straight on (R160)
    return mine[0]


def safe_next(request: HttpRequest) -> str:
    """The page to go on to (`next`), only when it is a path of this site; "" otherwise."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    here = url_has_allowed_host_and_scheme(target, allowed_hosts=None, require_https=request.is_secure())
    return target if here and target.startswith("/") else ""


def with_next(url_name: str, target: str) -> str:
    """The page `url_name`, told to go on to `target` afterwards."""
    url = reverse(url_name)
    return f"{url}?{urlencode({'next': target})}" if target else url


def to_login(request: HttpRequest) -> HttpResponseBase:
    """To the login page, and then back here; or to the page whose form came after the session's end, which is told."""
    if request.method in {"GET", "HEAD"}:
        return redirect(with_next("entrar", request.get_full_path()))
    notices.informed(
        request, "A sua sessão tinha terminado, e o que você enviou não foi recebido. Entre e repita."
    )
    return redirect(with_next("entrar", _page_of_the_form(request)))


def _page_of_the_form(request: HttpRequest) -> str:
    """The path of the page that a form was sent from; "" where nobody says, or it is not of this site."""
    sent_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(sent_from, {request.get_host()}, request.is_secure()):
        return ""
    parts = urlsplit(sent_from)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def operadora_required(
    view: Callable[Concatenate[HttpRequest, str, Params], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Params], HttpResponseBase]:
    """For the operadoras' pages: the view is called as view(request, registro_ans, …).

    Without login it leads to the login page, with several operadoras and none chosen to the chooser (both
    come back here); a person of no operadora gets the 403 page.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Params.args, **kwargs: Params.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_login(request)
        registro = current_operadora(request)
        if registro is not None:
            return view(request, registro, *args, **kwargs)
        if my_operadoras(request):
            target = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
            return redirect(with_next("operadora-escolher", target))
        raise PermissionDenied(OF_NO_OPERADORA)

    return guarded
