"""How somebody stands at a CNES: the newest request of each kind, and what he administers now."""

from __future__ import annotations

from collections.abc import Iterable

from vincula.national.sgop.models import Historico, Solicitacao
from vincula.national.sgop.rules import checks
from vincula.national.sgop.rules.entry import Standing
from vincula.national.sgop.rules.words import OPEN, Estado, Perfil, Quem, Tipo
from vincula.national.sgop.services import directors, neighbours

_BEST = (Estado.APROVADO, Estado.PENDENTE)


def rows_of(cpf: str, cnes: str) -> list[Solicitacao]:
    """All requests of a person at a CNES, newest first."""
    return list(Solicitacao.objects.filter(cpf=cpf, cnes=cnes).select_related("computador").order_by("-pk"))


def speaking(rows: Iterable[Solicitacao], tipo: Tipo, computador: int | None = None) -> Solicitacao | None:
    """The request of a kind that counts: the open one (of several computers an approved one), else the newest; for a
    computer, of that one if named."""
    of_kind = [row for row in rows if row.tipo == tipo and computador in (None, row.computador_id)]
    return min(of_kind, key=_first, default=None)


def _first(row: Solicitacao) -> tuple[int, int]:
    estado = Estado(row.estado)
    return (_BEST.index(estado) if estado in _BEST else len(_BEST), -row.pk)


def standings(rows: Iterable[Solicitacao], computador: int | None = None) -> dict[Tipo, Standing]:
    """What the gate judges; `computador` names the very computer that was proven."""
    rows, found = list(rows), dict[Tipo, Standing]()
    for tipo in Tipo:
        row = speaking(rows, tipo, computador if tipo is Tipo.COMPUTADOR else None)
        found[tipo] = _standing(row) if row else Standing()
    return found


def _standing(row: Solicitacao) -> Standing:
    estado, ticket = Estado(row.estado), ""
    if estado is Estado.PENDENTE and row.perfil == Perfil.ADMINISTRADOR:
        ticket = neighbours.open_tickets((row.cpf,)).get(row.cpf, "")
    return Standing(estado, Perfil(row.perfil), is_former(row), ticket)


def is_former(row: Solicitacao) -> bool:
    """Whether it is of an ADMINISTRADOR whom the CNES names as director no more: he is not authorised, nor restored."""
    return row.perfil == Perfil.ADMINISTRADOR and neighbours.director_changed(row.cnes, row.cpf)


def actor(cpf: str, *, support: bool = False) -> Quem:
    """Who this person is to the rules now: nothing of it is remembered from before."""
    return Quem(cpf, suporte=support, administra=administered(cpf))


def administered(cpf: str) -> frozenset[str]:
    """The CNES whose ADMINISTRADOR the person is now: all three requests approved as such, and still the director
    of it and of no other. A former director loses the profile here (R037)."""
    profiles = Solicitacao.objects.filter(
        tipo=Tipo.PERFIL, perfil=Perfil.ADMINISTRADOR, cpf=cpf, estado=Estado.APROVADO
    )
    claimed = list(profiles.values_list("cnes", flat=True))
    if not claimed:
        return frozenset()
    directed = neighbours.directed_by(cpf)
    for cnes in claimed:
        directors.recheck(cnes)
    return frozenset(cnes for cnes in claimed if _administers(cpf, cnes, directed))


def _administers(cpf: str, cnes: str, directed: frozenset[str]) -> bool:
    if checks.director(Perfil.ADMINISTRADOR, cnes, directed) is not None:
        return False
    found = standings(rows_of(cpf, cnes))
    return all(one.estado is Estado.APROVADO and one.perfil is Perfil.ADMINISTRADOR for one in found.values())


def profile_of(cpf: str, cnes: str) -> Perfil | None:
    """As what the person's open requests at the CNES are; None where none is open."""
    rows = Solicitacao.objects.filter(cpf=cpf, cnes=cnes, estado__in=OPEN).order_by("-pk")
    found = rows.values_list("perfil", flat=True).first()
    return Perfil(found) if found else None


def machines_of(cpf: str) -> list[Solicitacao]:
    """The requests for the person's computers, newest first, each with its computer."""
    rows = Solicitacao.objects.filter(cpf=cpf, tipo=Tipo.COMPUTADOR)
    return list(rows.select_related("computador").order_by("-pk"))


def gone_through(cpf: str, cnes: str, tipo: Tipo) -> list[Estado]:
    """The states that the person's requests of a kind at the CNES have gone through, oldest first."""
    steps = Historico.objects.filter(solicitacao__cpf=cpf, solicitacao__cnes=cnes, solicitacao__tipo=tipo)
    return [Estado(one) for one in steps.order_by("pk").values_list("estado", flat=True)]
