"""The lists of those who decide: only what is theirs to decide is in them.

A list is asked for as a query, so that a page takes a part of it; what is shown of it is read, and audited, by
`rows` and `steps`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from vincula.common.accounts.models import Pessoa
from vincula.common.audit.services import Event, record
from vincula.identifiers import cpf as cpf_rules
from vincula.national.sgop.models import Computador, Historico, Solicitacao
from vincula.national.sgop.rules.words import Estado, Perfil, Tipo
from vincula.national.sgop.services import neighbours, standing

EXPORTED = 10_000
"""So many decisions, the newest, go into a table for spreadsheets."""
_MAY_BE_GRANTED = (Estado.PENDENTE, Estado.REVOGADO)
LISTED = 100  # requests named one by one in an audit record


@dataclass(frozen=True, slots=True)
class Row:
    """A request as a decider sees it; the CPF is masked. `ticket`: the number of the open ticket of
    an ADMINISTRADOR, "" for none, None where it is not asked. `former`: the CNES names him as director no more."""

    id: int
    tipo: str
    cnes: str
    perfil: str
    estado: str
    nome: str = field(repr=False)
    cpf: str
    criada_em: datetime
    mudada_em: datetime
    computador: Computador | None
    ticket: str | None = None
    former: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the history of request `solicitacao`, with the names of who asked (CPF masked) and who decided;
    `computador`: the name of the computer that it is about."""

    tipo: str
    cnes: str
    estado: str
    nome: str = field(repr=False)
    por: str = field(repr=False)
    em: datetime
    motivo: str
    cpf: str = ""
    solicitacao: int = 0
    computador: str = ""


def has_administrator_profile(cpf: str) -> bool:
    """Whether the person's profile ADMINISTRADOR is approved somewhere: for the menu alone, it opens nothing."""
    rows = Solicitacao.objects.filter(cpf=cpf, tipo=Tipo.PERFIL, perfil=Perfil.ADMINISTRADOR)
    return rows.filter(estado=Estado.APROVADO).exists()


def of_operators(
    cpf: str, administra: Collection[str], tipos: Collection[Tipo], estados: Collection[Estado]
) -> QuerySet[Solicitacao]:
    """Requests of OPERADOR at the CNES that the person `cpf` administers, never his own (R047)."""
    rows = Solicitacao.objects.filter(
        cnes__in=administra, perfil=Perfil.OPERADOR, tipo__in=tipos, estado__in=estados
    ).exclude(cpf=cpf)
    return rows.select_related("computador").order_by("cnes", "cpf", "pk")


def of_administrators(cpf: str, estados: Collection[Estado], cnes: str = "") -> QuerySet[Solicitacao]:
    """Requests of ADMINISTRADOR (of one CNES, where it is named), for the support team; never those of who looks."""
    rows = Solicitacao.objects.filter(perfil=Perfil.ADMINISTRADOR, estado__in=estados).exclude(cpf=cpf)
    if cnes:
        rows = rows.filter(cnes=cnes)
    return rows.select_related("computador").order_by("cnes", "cpf", "pk")


def rows(by: str, found: Iterable[Solicitacao], *, tickets: bool = False) -> list[Row]:
    """Requests of one of these lists, to be shown. The look is audited."""
    shown = list(found)
    names = _names(row.cpf for row in shown)
    have = neighbours.open_tickets({row.cpf for row in shown}) if tickets else None
    _audit(by, shown)
    return [
        Row(
            row.pk, row.tipo, row.cnes, row.perfil, row.estado, names.get(row.cpf, ""), cpf_rules.mask(row.cpf),
            row.criada_em, row.mudada_em, row.computador, None if have is None else have.get(row.cpf, ""),
            row.estado in _MAY_BE_GRANTED and standing.is_former(row),
        )
        for row in shown
    ]  # fmt: skip


def decided(administra: Collection[str], estado: str = "") -> QuerySet[Historico]:
    """What was decided about operators of these CNES (into this state, where one is named), newest first."""
    found = Historico.objects.filter(
        solicitacao__cnes__in=administra, solicitacao__perfil=Perfil.OPERADOR
    ).exclude(estado=Estado.PENDENTE)
    if estado:
        found = found.filter(estado=estado)
    return found.select_related("solicitacao__computador").order_by("-pk")


def steps(by: str, found: Iterable[Historico]) -> list[Step]:
    """Decisions of `decided`, to be shown. The look is audited."""
    seen = list(found)
    _audit(by, [step.solicitacao for step in seen])
    return told(seen)


def history_of(cpf: str) -> QuerySet[Historico]:
    """The history of the person's own requests, newest first."""
    found = Historico.objects.filter(solicitacao__cpf=cpf)
    return found.select_related("solicitacao__computador").order_by("-pk")


def told(found: Iterable[Historico]) -> list[Step]:
    """Steps with the names of who asked and who decided."""
    shown = list(found)
    people = {step.solicitacao.cpf for step in shown}
    people |= {step.por.removeprefix("cpf:") for step in shown}
    names = _names(people)
    return [
        Step(
            step.solicitacao.tipo, step.solicitacao.cnes, step.estado, names.get(step.solicitacao.cpf, ""),
            names.get(step.por.removeprefix("cpf:"), "verificação automática"), step.em, step.motivo,
            cpf_rules.mask(step.solicitacao.cpf), step.solicitacao_id, _label(step.solicitacao),
        )
        for step in shown
    ]  # fmt: skip


def _label(row: Solicitacao) -> str:
    return str(row.computador.rotulo) if row.computador else ""


def _names(cpfs: Iterable[str]) -> dict[str, str]:
    return {one.cpf: one.get_full_name() for one in Pessoa.objects.filter(cpf__in=set(cpfs))}


def _audit(by: str, rows: list[Solicitacao]) -> None:
    if rows:
        ids = sorted({row.pk for row in rows})
        # Of a table of thousands only how many: who was in it is in SGOP's own history.
        details = {"pedidos": ids} if len(ids) <= LISTED else {"quantidade": len(ids)}
        record(Event(by, "sgop:pedidos:consultados", "sgop", details=details))
