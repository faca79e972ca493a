"""Rows of requests: how they become what the rules judge, and how each step is written, audited and kept."""

from __future__ import annotations

from django.utils import timezone

from vincula.common.audit.services import Event, record
from vincula.national.sgop.models import Historico, Solicitacao
from vincula.national.sgop.rules.words import OPEN, Estado, Pedido, Perfil, Tipo

SYSTEM = "sistema"


def pedido(row: Solicitacao) -> Pedido:
    return Pedido(Tipo(row.tipo), row.cpf, row.cnes, Perfil(row.perfil), Estado(row.estado))


def noted(row: Solicitacao, action: str, by: str, motivo: str = "") -> None:
    """A row of the history and the audit record of the step that `row` has just taken; in the caller's transaction.

    The reason stays in the history: a person wrote it, and may have named somebody."""
    Historico.objects.create(solicitacao=row, estado=row.estado, por=by, motivo=motivo)
    details = {"cnes": row.cnes, "tipo": row.tipo, "perfil": row.perfil, "solicitacao": row.pk}
    record(Event(by, action, f"cpf:{row.cpf}", details=details))


def moved(row: Solicitacao, after: Estado, action: str, by: str, motivo: str = "") -> None:
    """Write the new state of a row that the caller holds locked."""
    row.estado, row.mudada_em = after.value, timezone.now()
    row.save(update_fields=["estado", "mudada_em"])
    noted(row, action, by, motivo)


def administrator_registered(cnes: str) -> bool:
    """Whether an ADMINISTRADOR is registered for the CNES, authorised yet or not (decision 5)."""
    return Solicitacao.objects.filter(
        tipo=Tipo.PERFIL, perfil=Perfil.ADMINISTRADOR, cnes=cnes, estado__in=OPEN
    ).exists()
