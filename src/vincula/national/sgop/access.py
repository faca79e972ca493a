"""Who may open SGOP's pages: decided here and nowhere else. What one may do to a request is decided in rules.moves.

`for_all`: anybody. `for_person`: who has entered. `for_manager`: the approved ADMINISTRADOR of some CNES, judged anew
at every request; the view gets the CNES that he administers. `for_support`: the support team. Every view
bears its mark.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from vincula.common.accounts.guards import (
    ANYBODY,
    MANAGER,
    PERSON,
    STAFF,
    Asked,
    P,
    View,
    actor,
    guard,
    marked,
    signed_in,
)
from vincula.common.accounts.guards import is_staff as is_support
from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.session import to_login
from vincula.common.outcomes import Refused
from vincula.national.sgop.services.standing import administered

__all__ = [
    "actor", "for_all", "for_manager", "for_person", "for_support", "is_support", "managed", "person_of",
]  # fmt: skip

_CACHE = "_sgop_administra"
NO_MANAGER = Refused(
    "SGOP_NAO_ADMINISTRA",
    "Esta página é só de quem é hoje o ADMINISTRADOR aprovado de um estabelecimento e consta no CNES como o seu "
    "diretor, gerente ou administrador.",
    "Confira em Minhas solicitações, no SGOP, o estado do seu perfil e o motivo.",
)


def person_of(request: HttpRequest) -> Pessoa:
    """Who has entered; only behind a decorator that asks for it."""
    assert isinstance(request.user, Pessoa)
    return request.user


def managed(request: HttpRequest) -> frozenset[str]:
    """The CNES whose ADMINISTRADOR the person is now; asked of the rooms once in a request."""
    if not isinstance(request.user, Pessoa):
        return frozenset()
    if not hasattr(request, _CACHE):
        setattr(request, _CACHE, administered(request.user.cpf))
    found: frozenset[str] = getattr(request, _CACHE)
    return found


def for_all(*methods: str) -> Callable[[Asked[P]], View]:
    return lambda view: marked(view, ANYBODY, methods)


def for_person(*methods: str) -> Callable[[Asked[P]], View]:
    return guard(PERSON, methods, signed_in)


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
                raise PermissionDenied(NO_MANAGER)
            return view(request, mine, *args, **kwargs)

        return marked(checked, MANAGER, methods)

    return decorate


def for_support(*methods: str) -> Callable[[Asked[P]], View]:
    return guard(STAFF, methods, is_support)
