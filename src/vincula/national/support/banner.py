"""The interruption that concerns a page, on top of it; and those in force, on the home page."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from vincula.national.support.rules.interruption import Interruption, Servico
from vincula.national.support.services import asking
from vincula.national.support.services.store import now
from vincula.national.support.shown import shown_all

# Pages below these paths are about these services.
_PAGES: dict[str, Servico] = {
    "/sib/": Servico.SIB,
    "/operador/": Servico.SGOP,
    "/segcartao/": Servico.CADSUS_WEB,
}


def render(request: HttpRequest) -> str:
    """On the home page all that is in force. Nothing is asked of the base for a page that is about no service."""
    if request.path == "/":
        return _rendered(asking.in_force())
    about = {service for path, service in _PAGES.items() if request.path.startswith(path)}
    if not about:
        return ""
    return _rendered([one for one in asking.in_force() if any(one.covers(service) for service in about)])


def _rendered(found: list[Interruption]) -> str:
    return render_to_string("support/faixa.html", {"interruptions": shown_all(found, now())}) if found else ""
