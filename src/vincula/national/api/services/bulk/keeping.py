"""Where the files of a bulk look-up are, and how long: a day after the answers are there, then nobody needs them."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction

from vincula.common import config
from vincula.national.api.models import Lote

KEPT_FOR = timedelta(hours=24)
"""The answers, from when they are ready; and what was asked counts against the credential for as long."""
GIVEN_UP_AFTER = timedelta(days=7)
"""What was never finished, from when it was asked."""
LEFT_OVER = 24 * 3600.0
"""Seconds after which a file that no request knows belongs to a process that was killed."""


def folder() -> Path:
    return config.load().folder("lotes")


def questions(number: UUID) -> Path:
    return folder() / f"{number}.perguntas"


def answers(number: UUID) -> Path:
    return folder() / f"{number}.respostas"


def remove_files(number: UUID) -> None:
    for path in (questions(number), answers(number)):
        path.unlink(missing_ok=True)


def purge(now: datetime) -> int:
    """Remove what is over at `now`, and what killed processes left behind; how many requests."""
    over = [
        one.pk
        for one in Lote.objects.all()
        if (one.terminado_em and one.terminado_em <= now - KEPT_FOR) or one.pedido_em <= now - _given_up(one)
    ]
    for number in over:
        with transaction.atomic():
            Lote.objects.filter(pk=number).delete()
        remove_files(number)
    _remove_left_overs(now)
    return len(over)


def _given_up(one: Lote) -> timedelta:
    return KEPT_FOR if one.estado == Lote.Estado.CHEGANDO else GIVEN_UP_AFTER


def _remove_left_overs(now: datetime) -> None:
    known = {str(number) for number in Lote.objects.values_list("pk", flat=True)}
    oldest = min(now.timestamp(), time.time()) - LEFT_OVER
    for path in folder().iterdir():
        if path.stem not in known and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
