"""Who may open gov.br's pages: anybody, who is not known yet. And the level of gov.br that other pages ask for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from vincula.common.accounts.guards import ANYBODY, View, marked
from vincula.common.accounts.session import to_login
from vincula.national.govbr import rules
from vincula.national.govbr.services.links import entry_level


def for_anybody(view: View) -> View:
    """A page to read that needs no login, and that no browser keeps."""
    return marked(never_cache(view), ANYBODY)


def level_required(level: str) -> Callable[[View], View]:
    """For pages of other rooms that ask for a gov.br session of this level at least ("bronze", "prata", "ouro").

    Who has none, or a lower one, comes to the page that says so and how to get it, and from there back here.
    Raises ValueError for a level that gov.br does not have.
    """
    if level not in rules.ORDER:
        raise ValueError(f"gov.br has no level {level!r}")

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_login(request)
            if rules.reaches(entry_level(request), level):
                return view(request, *args, **kwargs)
            target = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
            wanted = urlencode({"nivel": level, "next": target})
            return redirect(f"{reverse('govbr-nivel')}?{wanted}")

        return guarded

    return decorate
