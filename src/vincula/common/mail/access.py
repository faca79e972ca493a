"""Who may read the sandbox's mailbox: the team, and only where mail lands in it. Every view goes through this."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from vincula.common import config
from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.session import to_login

P = ParamSpec("P")
SANDBOX_STAFF = "equipe, no sandbox"


def reads_mailbox(request: HttpRequest) -> bool:
    """Whether the person may, and there is one."""
    user = request.user
    return isinstance(user, Pessoa) and user.is_active and user.is_staff and config.load().sandbox


def for_sandbox_staff(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Outside the sandbox the page does not exist, whoever asks."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not config.load().sandbox:
            raise Http404
        if not request.user.is_authenticated:
            return to_login(request)
        if not reads_mailbox(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded = require_safe(checked)
    guarded.access = SANDBOX_STAFF  # type: ignore[attr-defined]  # a mark on a function
    return guarded
