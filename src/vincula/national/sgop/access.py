"""Who may open SGOP's pages: decided here and nowhere else. What one may do to a request is decided in rules.moves.

`for_all`: anybody. `for_person`: who has entered. `for_manager`: the approved ADMINISTRADOR of some CNES, judged anew
at every request; the view gets the CNES that he administers. `for_support`: the support team. Every view
bears its mark.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.session import to_login
from vincula.national.sgop.services.standing import administered

P = ParamSpec("P")
ALL, PERSON, MANAGER, SUPPORT = "todos", "pessoa", "administrador", "suporte"
READ = ("GET", "HEAD")
_CACHE = "_sgop_administra"
View = Callable[..., HttpResponseBase]


def person_of(request: HttpRequest) -> Pessoa:
    """Who has entered; only behind a decorator that asks for it."""
    assert isinstance(request.user, Pessoa)
    return request.user


def actor(request: HttpRequest) -> str:
    """Who asks, as the audit names him."""
    return f"cpf:{person_of(request).cpf}"


def is_support(request: HttpRequest) -> bool:
    """Whether the person is of the support team (staff, 0022)."""
    return isinstance(request.user, Pessoa) and request.user.is_active and request.user.is_staff


def managed(request: HttpRequest) -> frozenset[str]:
    """The CNES whose ADMINISTRADOR the person is now; asked of the rooms once in a request."""
    if not isinstance(request.user, Pessoa):
        return frozenset()
    if not hasattr(request, _CACHE):
        setattr(request, _CACHE, administered(request.user.cpf))
    found: frozenset[str] = getattr(request, _CACHE)
    return found


def for_all(*methods: str) -> Callable[[Callable[Concatenate[HttpRequest, P], HttpResponseBase]], View]:
    def decorate(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> View:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        return _marked(checked, ALL, methods)

    return decorate


def for_person(*methods: str) -> Callable[[Callable[Concatenate[HttpRequest, P], HttpResponseBase]], View]:
    def decorate(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> View:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_login(request)
            return view(request, *args, **kwargs)

        return _marked(checked, PERSON, methods)

    return decorate


def for_manager(
    *methods: str,
) -> Callable[[Callable[Concatenate[HttpRequest, frozenset[str], P], HttpResponseBase]], View]:
    def decorate(view: Callable[Concatenate[HttpRequest, frozenset[str], P], HttpResponseBase]) -> View:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_login(request)
            mine = managed(request)
            if not mine:
                raise PermissionDenied
            return view(request, mine, *args, **kwargs)

        return _marked(checked, MANAGER, methods)

    return decorate


def for_support(*methods: str) -> Callable[[Callable[Concatenate[HttpRequest, P], HttpResponseBase]], View]:
    def decorate(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> View:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_login(request)
            if not is_support(request):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return _marked(checked, SUPPORT, methods)

    return decorate


def _marked(view: View, mark: str, methods: tuple[str, ...]) -> View:
    guarded = require_http_methods(list(methods or READ))(view)
    guarded.access = mark  # type: ignore[attr-defined]  # a mark on a function
    return guarded
