"""Who may open SIB's pages: decided here and nowhere else (R098, R101).

`for_operadora`: a person who acts, today, for an operadora; the view gets that operadora's registro ANS and asks only
for what is its own. `for_staff`: those who run the national side. Every view of the app goes through one of the two.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from vincula.common.accounts.guards import OPERADORA, STAFF, Asked, P, View, actor, guard, is_staff, marked
from vincula.common.accounts.session import operadora_required

__all__ = ["actor", "for_operadora", "for_staff", "is_staff"]


def for_operadora(
    *methods: str,
) -> Callable[[Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]], View]:
    """`@for_operadora()` for a page to read, `@for_operadora("POST")` and so on for others."""
    return lambda view: marked(operadora_required(view), OPERADORA, methods)


def for_staff(*methods: str) -> Callable[[Asked[P]], View]:
    """The same for the national side: a person of the staff, whatever operadora he acts for."""
    return guard(STAFF, methods, is_staff)
