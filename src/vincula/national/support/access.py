"""Who may open support's pages: decided here and nowhere else. Every view goes through one of the three.

`public`: anybody. `signed_in`: a person with an account, who asks only for what is his own. `for_staff`: the team.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from vincula.common.accounts import guards
from vincula.common.accounts.guards import (
    ANYBODY,
    BOTH,
    PERSON,
    STAFF,
    Asked,
    P,
    View,
    guard,
    is_staff,
    marked,
)
from vincula.common.accounts.models import Pessoa

__all__ = [
    "BOTH",
    "actor",
    "cpf_of",
    "for_staff",
    "is_staff",
    "public",
    "signed_in",
]


def cpf_of(request: HttpRequest) -> str:
    """The CPF of who asks; "" for a visitor."""
    return request.user.cpf if isinstance(request.user, Pessoa) else ""


def actor(request: HttpRequest) -> str:
    """Who asks, as the audit names him; visitors come here too."""
    return f"cpf:{cpf}" if (cpf := cpf_of(request)) else "visitante"


def public(*methods: str) -> Callable[[Asked[P]], View]:
    """`@public()` for a page to read, `@public(*BOTH)` for one with a form."""
    return lambda view: marked(view, ANYBODY, methods)


def signed_in(*methods: str) -> Callable[[Asked[P]], View]:
    """For who has an account; others are led to the login page and back."""
    return guard(PERSON, methods, guards.signed_in)


def for_staff(*methods: str) -> Callable[[Asked[P]], View]:
    """For the team."""
    return guard(STAFF, methods, is_staff)
