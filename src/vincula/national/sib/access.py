"""Who may open SIB's pages: decided here and nowhere else (R098, R101).

`for_operadora`: a person who acts, today, for an operadora; the view gets that operadora's registro ANS and asks only
for what is its own. `for_staff`: those who run the national side. Every view of the app goes through one of the two.
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
from vincula.common.accounts.session import operadora_required, to_login

P = ParamSpec("P")
OPERADORA, STAFF = "operadora", "equipe"
READ = ("GET", "HEAD")


def actor(request: HttpRequest) -> str:
    """Who asks, as the audit names him."""
    assert isinstance(request.user, Pessoa)
    return f"cpf:{request.user.cpf}"


def for_operadora(
    *methods: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]], Callable[..., HttpResponseBase]
]:
    """`@for_operadora()` for a page to read, `@for_operadora("POST")` and so on for others."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, str, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        guarded = _methods(operadora_required(view), methods)
        guarded.access = OPERADORA  # type: ignore[attr-defined]  # a mark on a function
        return guarded

    return decorate


def for_staff(
    *methods: str,
) -> Callable[[Callable[Concatenate[HttpRequest, P], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """The same for the national side: a person of the staff, whatever operadora he acts for."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_login(request)
            if not is_staff(request):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded = _methods(checked, methods)
        guarded.access = STAFF  # type: ignore[attr-defined]  # a mark on a function
        return guarded

    return decorate


def is_staff(request: HttpRequest) -> bool:
    """Whether the person runs the national side."""
    return isinstance(request.user, Pessoa) and request.user.is_active and request.user.is_staff


def _methods(
    view: Callable[..., HttpResponseBase], methods: tuple[str, ...]
) -> Callable[..., HttpResponseBase]:
    return require_http_methods(list(methods or READ))(view)


__all__ = ["OPERADORA", "STAFF", "actor", "for_operadora", "for_staff", "is_staff"]
