"""What the apps' `access.py` are made of: a view answers some methods, to some people, and bears the mark of whom.

The marks are one vocabulary for all rooms, said here. They are for a test that walks every address with every role.
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
from vincula.common.outcomes import Refused

P = ParamSpec("P")
Asked = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
View = Callable[..., HttpResponseBase]
READ = ("GET", "HEAD")
BOTH = (*READ, "POST")
# For whom a view is. MANAGER: the ADMINISTRADOR of a CNES, who gets what is of it; STAFF: the installation's team.
ANYBODY, PERSON, OPERADORA, MANAGER, STAFF = "todos", "pessoa", "operadora", "administrador", "equipe"
SANDBOX_STAFF = "equipe, no sandbox"
ONLY_STAFF = Refused(
    "SO_EQUIPE",
    "Esta página é só da equipe que cuida desta instalação.",
    "No menu e no mapa do site estão as páginas da sua conta. Se você é da equipe, peça a quem administra a "
    "instalação que inclua nela a sua conta.",
)


def actor(request: HttpRequest) -> str:
    """Who asks, as the audit names him; only behind a guard that asks for a login."""
    assert isinstance(request.user, Pessoa)
    return f"cpf:{request.user.cpf}"


def is_staff(request: HttpRequest) -> bool:
    """Whether the person is of the team that runs the national side."""
    return isinstance(request.user, Pessoa) and request.user.is_active and request.user.is_staff


def signed_in(request: HttpRequest) -> bool:
    """Whether somebody has come in."""
    return bool(request.user.is_authenticated)


def marked(view: View, mark: str, methods: tuple[str, ...] = ()) -> View:
    """The view for these methods (default: to read), with its mark."""
    guarded: View = require_http_methods(list(methods or READ))(view)
    guarded.access, guarded.methods = mark, methods or READ  # type: ignore[attr-defined]  # marks on a function
    return guarded


def for_anybody(*methods: str) -> Callable[[Asked[P]], View]:
    """For everybody, whether he has come in or not."""
    return lambda view: marked(view, ANYBODY, methods)


def guard(
    mark: str, methods: tuple[str, ...], may: Callable[[HttpRequest], bool]
) -> Callable[[Asked[P]], View]:
    """For those who have come in and of whom `may` holds; the others are led to the login page and back, or get the 403
    page."""

    def decorate(view: Asked[P]) -> View:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_login(request)
            if not may(request):
                raise PermissionDenied(*([ONLY_STAFF] if mark == STAFF else []))
            return view(request, *args, **kwargs)

        return marked(checked, mark, methods)

    return decorate
