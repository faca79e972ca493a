"""The table of interruptions, read as what the rules judge; and the clock."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from vincula.national.support import models
from vincula.national.support.rules.interruption import Interruption, Servico


def now() -> datetime:
    return timezone.now()


def holding(at: datetime) -> list[Interruption]:
    """Those in force at the moment, in no order."""
    return read(Q(inicio__lte=at) & (Q(encerrada_em__isnull=True) | Q(encerrada_em__gt=at)))


def read(condition: Q) -> list[Interruption]:
    """Those that fit, in no order."""
    names = tuple(Interruption.__dataclass_fields__)
    rows = models.Interrupcao.objects.filter(condition).values(*names)
    return [Interruption(**{**row, "servico": Servico(row["servico"])}) for row in rows]
