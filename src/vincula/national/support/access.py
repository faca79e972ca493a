"""Who may open support's pages: decided here and nowhere else. Every view goes through one of the three.

`public`: anybody. `signed_in`: a person with an account, who asks only for what is his own. `for_staff`: the team.
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

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
PUBLIC, SIGNED_IN, STAFF = "público", "com conta", "equipe"
READ = ("GET", "HEAD")
BOTH = (*READ, "POST")


def cpf_of(request: HttpRequest) -> str:
    """The CPF of who asks; "" for a visitor."""
    return request.user.cpf if isinstance(request.user, Pessoa) else ""


def actor(request: HttpRequest) -> str:
    """Who asks, as the audit names him."""
    return f"cpf:{cpf}" if (cpf := cpf_of(request)) else "visitante"


def is_staff(request: HttpRequest) -> bool:
    """Whether the person is of the team."""
    return isinstance(request.user, Pessoa) and request.user.is_active and request.user.is_staff


def public(*methods: str) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """`@public()` for a page to read, `@public(*BOTH)` for one with a form."""
    return lambda view: _marked(view, methods, PUBLIC)


def signed_in(*methods: str) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """For who has an account; others are led to the login page and back."""
    return _guarded(SIGNED_IN, methods, lambda request: True)


def for_staff(*methods: str) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """For the team."""
    return _guarded(STAFF, methods, is_staff)


def _guarded(
    mark: str, methods: tuple[str, ...], may: Callable[[HttpRequest], bool]
) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    def decorate(view: View[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_login(request)
            if not may(request):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return _marked(checked, methods, mark)

    return decorate


def _marked(
    view: Callable[..., HttpResponseBase], methods: tuple[str, ...], mark: str
) -> Callable[..., HttpResponseBase]:
    guarded = require_http_methods(list(methods or READ))(view)
    guarded.access = mark  # type: ignore[attr-defined]  # a mark on a function
    return guarded
