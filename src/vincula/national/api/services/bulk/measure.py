"""How much a credential may ask in bulk: what it could ask one by one in a day, never more than ACTIVE at a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, Sum
from django.utils import timezone

from vincula.common.outcomes import Refused
from vincula.national.api.models import Credencial, Lote
from vincula.national.api.rules import Client

ACTIVE = 3
MINUTES_A_DAY = 24 * 60
DAY = timedelta(hours=24)
ARRIVES_WITHIN = timedelta(minutes=10)
"""For a whole file of questions. What says that it is still coming after that belongs to a process that was killed."""
EMPTY = Refused("LOTE_VAZIO", "O arquivo não tem nenhuma linha.", "Envie uma pergunta por linha, em NDJSON.")


def too_many(credential: Credencial, client: Client, lines: int, but: UUID | None = None) -> Refused | None:
    """Why a file of so many lines is not let in beside the credential's others. `but`: the number of this file.

    LOTES_DEMAIS, LINHAS_DEMAIS; `espera` in the details: after how many seconds it may be, where waiting helps.
    """
    now = timezone.now()
    others = Lote.objects.filter(credencial=credential)
    if but is not None:
        others = others.exclude(pk=but)
    running = others.filter(
        Q(estado=Lote.Estado.EM_ANDAMENTO)
        | Q(estado=Lote.Estado.CHEGANDO, pedido_em__gt=now - ARRIVES_WITHIN)
    ).count()
    if running >= ACTIVE:
        return Refused(
            "LOTES_DEMAIS",
            f"Já há {running} consultas em lote desta credencial em andamento.",
            "Espere que uma termine, ou cancele uma.",
            {"espera": 60},
        )
    today = others.filter(pedido_em__gt=now - DAY, linhas__gt=0)
    asked = today.aggregate(n=Sum("linhas"))["n"] or 0
    most = client.limit * MINUTES_A_DAY
    if asked + lines <= most:
        return None
    if lines > most:
        return _never(lines, most)
    first = today.order_by("pedido_em").values_list("pedido_em", flat=True).first()
    return _beyond(asked + lines, most, _until(first, now))


def _never(lines: int, most: int) -> Refused:
    """Waiting does not help: no `espera`."""
    return Refused(
        "LINHAS_DEMAIS",
        f"O arquivo tem {lines} linhas, mais do que o limite da credencial para um dia inteiro, que é de {most}.",
        "Divida o arquivo em partes para dias diferentes, ou peça um limite maior.",
    )


def _until(first: datetime | None, now: datetime) -> int:
    """Seconds until the oldest of the day's requests no longer counts."""
    return int((first + DAY - now).total_seconds()) + 1 if first else 3600


def _beyond(lines: int, most: int, wait: int) -> Refused:
    return Refused(
        "LINHAS_DEMAIS",
        f"Com este arquivo seriam {lines} linhas em 24 horas, e o limite da credencial é de {most}.",
        "Divida o arquivo e envie o resto depois, ou peça um limite maior.",
        {"espera": wait},
    )
