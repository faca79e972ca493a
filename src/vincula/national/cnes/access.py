"""Who may open the pages of CNES: decided here and nowhere else.

`public`: everybody, as the official query is. `for_operadora`: a person who acts, today, for an operadora; the view
gets that operadora's registro ANS and asks only for what is its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from vincula.common import config
from vincula.common.accounts.guards import ANYBODY, OPERADORA, Asked, P, View, actor, marked, signed_in
from vincula.common.accounts.session import current_operadora, operadora_required

__all__ = ["actor", "for_operadora", "public", "registers_here", "sees_directors"]


def sees_directors(request: HttpRequest) -> bool:
    """Whether the director's CPF is shown, masked: to who has entered. To nobody else anything of it."""
    return signed_in(request)


def registers_here(request: HttpRequest) -> bool:
    """Whether the person may register a head office here: in the sandbox, for the operadora he acts for."""
    return config.load().sandbox and current_operadora(request) is not None


def public(view: Asked[P]) -> View:
    """A page that everybody may read."""
    return marked(view, ANYBODY)


def for_operadora(
    *methods: str,
) -> Callable[[Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]], View]:
    """`@for_operadora()` for a page to read, `@for_operadora("POST")` and so on for others."""
    return lambda view: marked(operadora_required(view), OPERADORA, methods)
