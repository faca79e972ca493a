"""Who may read the sandbox's mailbox: the team, and only where mail lands in it; and who sees how the queue stands:
the team. Every view goes through this."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from vincula.common import config
from vincula.common.accounts.guards import SANDBOX_STAFF, STAFF, Asked, P, View, guard, is_staff, marked


def reads_mailbox(request: HttpRequest) -> bool:
    """Whether the person may, and there is one."""
    return is_staff(request) and config.load().sandbox


def for_staff(*methods: str) -> Callable[[Asked[P]], View]:
    """The queue: the team, in every profile."""
    return guard(STAFF, methods, is_staff)


def for_sandbox_staff(view: Asked[P]) -> View:
    """Outside the sandbox the page does not exist, whoever asks."""
    inside = guard(SANDBOX_STAFF, (), reads_mailbox)(view)

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not config.load().sandbox:
            raise Http404
        return inside(request, *args, **kwargs)

    return marked(checked, SANDBOX_STAFF)
