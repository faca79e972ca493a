"""The gate of CadSUS Web at /segcartao/ (R049, R050). CadSUS Web itself is not there yet: who passes is told so."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from vincula.common.audit.services import Event, record
from vincula.common.outcomes import Accepted, Refused
from vincula.common.page import notices
from vincula.identifiers.digits import is_digits
from vincula.national.sgop import services
from vincula.national.sgop.access import actor, for_person, person_of
from vincula.national.sgop.services import computers, expiring, neighbours, stopped
from vincula.national.sgop.services.places import place_of
from vincula.national.sgop.views.computers import session_of
from vincula.national.sgop.views.stopped import told

_KEY = "segcartao"


def _cnes(request: HttpRequest) -> str:
    """The CNES of the form, "" for what is none: it goes on to the base."""
    given = request.POST.get("cnes", "")
    return given if is_digits(given, 7) else ""


def proven(request: HttpRequest) -> tuple[str, int] | None:
    """The CNES and the computer with which this session entered; whether it may still be in is for the gate to say."""
    kept = request.session.get(_KEY)
    return (str(kept[0]), int(kept[1])) if kept else None


@for_person()
@never_cache
def gate(request: HttpRequest) -> HttpResponse:
    """Who is in sees so, judged anew now; who is not sees each of the three and who must act. While CadSUS Web is
    interrupted everybody sees that alone; who was in is judged anew when it is back."""
    cpf, kept = person_of(request).cpf, proven(request)
    refused: Refused | None = stopped.entry()
    if kept is not None and refused is None:
        inside = services.gate(cpf, *kept)
        if isinstance(inside, Accepted):
            name = neighbours.establishment_name(inside.value.cnes)
            return render(request, "sgop/segcartao_dentro.html", {"entry": inside.value, "name": name})
        del request.session[_KEY]
        refused = inside
    states = [(one, neighbours.establishment_name(one.cnes)) for one in _states(cpf)]
    context = {
        "states": states,
        "refused": refused,
        "stopped": refused is not None and refused.code == stopped.INTERRUPTED,
        "ticket_url": neighbours.ticket_url(),
    }
    return told(render(request, "sgop/segcartao.html", context, status=403 if refused else 200), refused)


def _on_the_page(cpf: str, cnes: str, refused: Refused) -> bool:
    """Whether the page says by itself, at this CNES, why the person does not enter."""
    return any(one.cnes == cnes and one.missing == refused for one in _states(cpf))


def _states(cpf: str) -> list[services.State]:
    return [services.state_of(cpf, cnes) for cnes in services.establishments_of(cpf)]


@for_person("POST")
def challenge(request: HttpRequest) -> HttpResponse:
    """A challenge and the options for proving a computer, for computador.js."""
    cpf, cnes = person_of(request).cpf, _cnes(request)
    return JsonResponse(computers.entering(session_of(request), cpf, cnes, place_of(request)))


@for_person("POST")
def enter(request: HttpRequest) -> HttpResponse:
    """One entry: the computer is proven, then everything is judged."""
    cpf, cnes = person_of(request).cpf, _cnes(request)
    request.session.pop(_KEY, None)
    machine = computers.prove(session_of(request), cpf, request.POST.get("resposta", ""), place_of(request))
    # A computer that is not proven is told last: what is missing before it is what the person must see to.
    found = services.gate(cpf, cnes, machine.value if isinstance(machine, Accepted) else None)
    if isinstance(found, Refused):
        unproven = isinstance(machine, Refused) and found.code == "SGOP_COMPUTADOR_NAO_CONFIRMADO"
        refused = machine if unproven and isinstance(machine, Refused) else found
        record(
            Event(actor(request), "sgop:entrada:recusada", actor(request), details={"motivo": refused.code})
        )
        if refused.code != stopped.INTERRUPTED and not _on_the_page(cpf, cnes, refused):
            notices.refused(request, refused)
        return redirect("segcartao")
    details = {"cnes": cnes, "perfil": found.value.perfil.value, "computador": found.value.computador}
    record(Event(actor(request), "sgop:entrada:aberta", actor(request), details=details))
    expiring.entered(cpf, cnes)
    request.session[_KEY] = [cnes, found.value.computador]
    return redirect("segcartao")


@for_person("POST")
def leave(request: HttpRequest) -> HttpResponse:
    """Out of CadSUS Web; the session of the site goes on."""
    if request.session.pop(_KEY, None):
        record(Event(actor(request), "sgop:entrada:encerrada", actor(request)))
    return redirect("segcartao")
