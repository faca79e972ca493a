"""The person's computers: registered here, asked for at each entry. They stand in for the WARSAW module."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from vincula.common.outcomes import Refused
from vincula.common.page import notices
from vincula.national.sgop import services
from vincula.national.sgop.access import for_person, person_of
from vincula.national.sgop.forms import NewComputer
from vincula.national.sgop.rules.words import Estado, Perfil
from vincula.national.sgop.services import computers, standing
from vincula.national.sgop.services.places import place_of
from vincula.national.sgop.views.stopped import told

NO_ACCESS = Refused(
    "SGOP_SEM_PEDIDO",
    "Ainda não há pedido seu para este estabelecimento.",
    "Peça antes o acesso ao estabelecimento, em Nova solicitação.",
)
NO_SCRIPT = Refused(
    "SGOP_SEM_RESPOSTA",
    "O navegador não respondeu pelo computador.",
    "O cadastro do computador precisa de JavaScript e de um navegador atual. Ative-o e repita.",
)


def session_of(request: HttpRequest) -> str:
    """The key of the session, for challenges; whoever has entered has one."""
    return request.session.session_key or ""


@for_person("GET", "HEAD", "POST")
@never_cache
def computer(request: HttpRequest) -> HttpResponse:
    """Registers this computer and asks for its approval; lists the person's computers with their last use."""
    cpf = person_of(request).cpf
    places = services.establishments_of(cpf)
    form = NewComputer(request.POST or None, places=places)
    refused = None
    if request.method == "POST" and form.is_valid():
        refused = _register(request, cpf, form)
        if refused is None:
            notices.done(request, "Computador cadastrado, e pedida a aprovação dele.")
            return redirect("sgop-computador")
    machines = standing.machines_of(cpf)
    waiting = {row.cnes for row in machines if row.estado == Estado.PENDENTE}
    if request.method != "POST":  # at each of the others one more may be asked for
        form = NewComputer(places=[one for one in places if one not in waiting])
    context = {
        "form": form, "refused": refused, "places": places, "machines": machines,
        "waiting": bool(places) and waiting.issuperset(places),
    }  # fmt: skip
    return told(render(request, "sgop/computador.html", context), refused)


def _register(request: HttpRequest, cpf: str, form: NewComputer) -> Refused | None:
    data = form.cleaned_data
    if not data["resposta"]:
        return NO_SCRIPT
    profile = standing.profile_of(cpf, data["cnes"])
    if profile is None:
        return NO_ACCESS
    made = computers.register(
        session_of(request),
        cpf,
        data["cnes"],
        Perfil(profile),
        data["rotulo"],
        data["resposta"],
        place_of(request),
    )
    return made if isinstance(made, Refused) else None


@for_person("POST")
def challenge(request: HttpRequest) -> HttpResponse:
    """A challenge and the options for registering, for computador.js."""
    answer = computers.registering(session_of(request), person_of(request).cpf, place_of(request))
    return JsonResponse(answer)
