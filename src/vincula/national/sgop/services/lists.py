"""The lists of those who decide: only what is theirs to decide is in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from vincula.common.accounts.models import Pessoa
from vincula.common.audit.services import Event, record
from vincula.identifiers import cpf as cpf_rules
from vincula.national.sgop.models import Computador, Historico, Solicitacao
from vincula.national.sgop.rules.words import Estado, Perfil, Tipo
from vincula.national.sgop.services import neighbours

LIMIT = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A request as a decider sees it; the CPF is masked. `ticket`: whether an ADMINISTRADOR has an open ticket."""

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
    ticket: bool | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the history, with the names of who asked and who decided ("sistema" for the re-check)."""

    tipo: str
    cnes: str
    estado: str
    nome: str = field(repr=False)
    por: str = field(repr=False)
    em: datetime
    motivo: str


def has_administrator_profile(cpf: str) -> bool:
    """Whether the person's profile ADMINISTRADOR is approved somewhere: for the menu alone, it opens nothing."""
    rows = Solicitacao.objects.filter(cpf=cpf, tipo=Tipo.PERFIL, perfil=Perfil.ADMINISTRADOR)
    return rows.filter(estado=Estado.APROVADO).exists()


def of_operators(
    by: str, cpf: str, administra: Collection[str], tipos: Collection[Tipo], estados: Collection[Estado]
) -> list[Row]:
    """Requests of OPERADOR at the CNES that the person `cpf` administers, never his own (R047). The look is audited."""
    rows = Solicitacao.objects.filter(
        cnes__in=administra, perfil=Perfil.OPERADOR, tipo__in=tipos, estado__in=estados
    ).exclude(cpf=cpf)
    return _rows(by, rows.select_related("computador").order_by("cnes", "cpf", "pk")[:LIMIT])


def of_administrators(by: str, cpf: str, estados: Collection[Estado]) -> list[Row]:
    """Requests of ADMINISTRADOR, for the support team; never those of who looks. The look is audited."""
    rows = Solicitacao.objects.filter(perfil=Perfil.ADMINISTRADOR, estado__in=estados).exclude(cpf=cpf)
    return _rows(by, rows.select_related("computador").order_by("cnes", "cpf", "pk")[:LIMIT], tickets=True)


def _rows(by: str, found: Iterable[Solicitacao], *, tickets: bool = False) -> list[Row]:
    rows = list(found)
    names = _names(row.cpf for row in rows)
    have = {cpf: neighbours.has_open_ticket(cpf) for cpf in {row.cpf for row in rows}} if tickets else {}
    _audit(by, rows)
    return [
        Row(
            row.pk, row.tipo, row.cnes, row.perfil, row.estado, names.get(row.cpf, ""), cpf_rules.mask(row.cpf),
            row.criada_em, row.mudada_em, row.computador, have.get(row.cpf),
        )
        for row in rows
    ]  # fmt: skip


def decided(by: str, cpf: str, administra: Collection[str]) -> list[Step]:
    """What was decided about operators of these CNES, newest first. The look is audited."""
    found = Historico.objects.filter(
        solicitacao__cnes__in=administra, solicitacao__perfil=Perfil.OPERADOR
    ).exclude(estado=Estado.PENDENTE)
    steps = list(found.select_related("solicitacao").order_by("-pk")[:LIMIT])
    _audit(by, [step.solicitacao for step in steps])
    return told(steps)


def history_of(cpf: str) -> list[Step]:
    """The history of the person's own requests, newest first."""
    found = Historico.objects.filter(solicitacao__cpf=cpf)
    return told(list(found.select_related("solicitacao").order_by("-pk")[:LIMIT]))


def told(steps: list[Historico]) -> list[Step]:
    people = {step.solicitacao.cpf for step in steps}
    people |= {step.por.removeprefix("cpf:") for step in steps}
    names = _names(people)
    return [
        Step(
            step.solicitacao.tipo, step.solicitacao.cnes, step.estado, names.get(step.solicitacao.cpf, ""),
            names.get(step.por.removeprefix("cpf:"), "verificação automática"), step.em, step.motivo,
        )
        for step in steps
    ]  # fmt: skip


def _names(cpfs: Iterable[str]) -> dict[str, str]:
    return {one.cpf: one.get_full_name() for one in Pessoa.objects.filter(cpf__in=set(cpfs))}


def _audit(by: str, rows: list[Solicitacao]) -> None:
    if rows:
        ids = sorted({row.pk for row in rows})
        record(Event(by, "sgop:pedidos:consultados", "sgop", details={"pedidos": ids}))
