"""Who may open the pages of CNES: decided here and nowhere else.

`public`: everybody, as the official query is. `for_operadora`: a person who acts, today, for an operadora; the view
gets that operadora's registro ANS and asks only for what is its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from vincula.common import config
from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.session import current_operadora, operadora_required

P = ParamSpec("P")
PUBLIC, OPERADORA = "publico", "operadora"
READ = ("GET", "HEAD")


def actor(request: HttpRequest) -> str:
    """Who asks, as the audit names him."""
    assert isinstance(request.user, Pessoa)
    return f"cpf:{request.user.cpf}"


def sees_directors(request: HttpRequest) -> bool:
    """Whether the director's CPF is shown, masked: to who has entered. To nobody else anything of it."""
    return bool(request.user.is_authenticated)


def registers_here(request: HttpRequest) -> bool:
    """Whether the person may register a head office here: in the sandbox, for the operadora he acts for."""
    return config.load().sandbox and current_operadora(request) is not None


def public(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """A page that everybody may read."""
    guarded: Callable[..., HttpResponseBase] = require_http_methods(list(READ))(view)
    guarded.access = PUBLIC  # type: ignore[attr-defined]  # a mark on a function
    return guarded


def for_operadora(
    *methods: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]], Callable[..., HttpResponseBase]
]:
    """`@for_operadora()` for a page to read, `@for_operadora("POST")` and so on for others."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, str, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        guarded: Callable[..., HttpResponseBase] = require_http_methods(list(methods or READ))(
            operadora_required(view)
        )
        guarded.access = OPERADORA  # type: ignore[attr-defined]  # a mark on a function
        return guarded

    return decorate
