"""The public query, one establishment, the table of types, and how a CNES is obtained."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vincula.common.audit.services import Event, record
from vincula.common.outcomes import Refused
from vincula.common.page.downloads import csv_answer
from vincula.identifiers import cnpj
from vincula.national.cnes import services
from vincula.national.cnes.access import actor, public, registers_here, sees_directors
from vincula.national.cnes.forms import QueryForm
from vincula.national.cnes.services import COUNTED, PORTARIA, Establishment, Listing
from vincula.national.ibge import services as ibge

PAGE_SIZE = 50
HEADER = (
    "cnes", "razao_social", "nome_fantasia", "cnpj", "cnpj_mantenedora", "tipo", "uf", "municipio", "situacao",
    "simulado",
)  # fmt: skip
# The addresses are those of the documents that the operadoras get.
OFFICIAL = "https://cnes.saude.gov.br/"
WIKI = "https://wiki.saude.gov.br/cnes/index.php/Categoria:Como_obter_um_n%C3%BAmero_de_CNES"


def _found(form: QueryForm) -> Listing:
    """What was asked for: the first COUNTED of it."""
    asked = form.cleaned_data
    return services.listing(
        size=COUNTED, text=asked["texto"], uf=asked["uf"], headquarters_only=bool(asked["sedes"])
    )


@public
def query(request: HttpRequest) -> HttpResponse:
    """Establishments by number, name and state; nothing is listed before something is asked."""
    form = QueryForm(request.GET) if request.GET else QueryForm()
    context: dict[str, Any] = {"form": form, "edition": services.edition(), "loaded": services.is_loaded()}
    if form.is_bound and form.is_valid() and form.asks:
        found = _found(form)
        page = Paginator(found.items, PAGE_SIZE).get_page(request.GET.get("pagina"))
        context |= {
            "found": page,
            "places": _places(list(page)),
            "more": found.total > COUNTED,
            "counted": COUNTED,
            "export": urlencode(form.cleaned_data),
        }
    return render(request, "cnes/consulta.html", context)


@public
def export(request: HttpRequest) -> HttpResponse:
    """What the query finds, the first COUNTED of it, for a spreadsheet."""
    form = QueryForm(request.GET)
    if not (form.is_valid() and form.asks):
        return redirect("cnes-consulta")
    rows = (
        (
            one.cnes, one.razao_social, one.nome_fantasia, one.cnpj, one.cnpj_mantenedora, one.type_code, one.uf,
            place or one.municipio, _situation(one), "sim" if one.simulated else "nao",
        )
        for one, place in _places(list(_found(form).items))
    )  # fmt: skip
    return csv_answer("cnes.csv", HEADER, rows)


def _situation(one: Establishment) -> str:
    if one.active:
        return "ATIVO"
    return "DESATIVADO" if one.motivo_desativacao else "AUSENTE"


def _places(items: list[Establishment]) -> list[tuple[Establishment, str]]:
    names = ibge.names({one.municipio for one in items if one.municipio})
    return [(one, names.get(one.municipio, "")) for one in items]


@public
def establishment(request: HttpRequest, cnes: str) -> HttpResponse:
    """One establishment, and whether it counts as an operadora's head office."""
    found = services.get(cnes)
    if found is None:
        raise Http404
    judged = services.headquarters(cnes)
    director = found.diretor_cpf if sees_directors(request) else ""
    if director:
        record(
            Event(actor(request), "cnes:diretor:consultado", f"cpf:{director}", "consulta", {"cnes": cnes})
        )
    context = {
        "one": found,
        "data": _data(found),
        "refused": judged if isinstance(judged, Refused) and found.tipo == services.HEADQUARTERS[0] else None,
        "counts": found.counts,
        "warning": services.warning(cnes),
        "director": director,
        "entered": sees_directors(request),
    }
    return render(request, "cnes/estabelecimento.html", context)


def _data(one: Establishment) -> list[tuple[str, str]]:
    kinds = {kind.codigo: kind for kind in services.types()}
    kind = kinds.get(one.tipo) if one.tipo is not None else None
    subtype = next((sub for sub in kind.subtypes if sub.codigo == one.subtipo), None) if kind else None
    place = ibge.names([one.municipio]).get(one.municipio, one.municipio)
    street = ", ".join(filter(None, (one.logradouro, one.numero, one.complemento, one.bairro)))
    rows = [
        ("CNES", one.cnes),
        ("Razão social", one.razao_social),
        ("Nome fantasia", one.nome_fantasia),
        ("CNPJ", cnpj.format(one.cnpj)),
        ("CNPJ da mantenedora", cnpj.format(one.cnpj_mantenedora)),
        ("Tipo", f"{kind.code} {kind.nome}" if kind else one.type_code),
        ("Subtipo", f"{subtype.code} {subtype.nome}" if subtype else f"{one.subtipo or ''}"),
        ("Endereço", street),
        ("Município", place or one.uf),
        ("Telefone", one.telefone),
        ("E-mail", one.email),
        ("Motivo de desativação", services.reason_of(one)),
        ("Atualizado em", f"{one.atualizado_em:%d/%m/%Y}" if one.atualizado_em else ""),
    ]
    return [(term, value) for term, value in rows if value]


@public
def types(request: HttpRequest) -> HttpResponse:
    """Types and subtypes, with the description of 68/005 and the Portaria that made it (R004, R005)."""
    return render(request, "cnes/tipos.html", {"types": services.types()})


@public
def obtain(request: HttpRequest) -> HttpResponse:
    """How an operadora obtains a CNES: in life, with the links of the documents, and in this sandbox (R008, R009)."""
    context = {"official": OFFICIAL, "wiki": WIKI, "portaria": PORTARIA, "registers": registers_here(request)}
    return render(request, "cnes/obter.html", context)
