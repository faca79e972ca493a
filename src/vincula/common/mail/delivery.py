"""What the worker does with the queue: takes what is due, sends it, tries again later what did not go.

A mail is taken by raising its `proxima` by a lease, in one constrained UPDATE: two workers never take the same, and
what a killed one had taken comes back when the lease ends (then it may arrive twice: better than never).
"""

from __future__ import annotations

import smtplib
import threading
import time
from datetime import datetime

from django.db import close_old_connections, connections
from django.db.models import F
from django.utils import timezone

from vincula.common.log import get_logger
from vincula.common.mail.models import Correio, Estado
from vincula.common.mail.rules import LEASE, Failure, look_again, next_try
from vincula.common.mail.sending import Send, UnreachableError, open_way

TAKEN_AT_ONCE = 50
BATCH_SECONDS = (
    240  # leases count from the batch's beginning: a slow one ends long before the first of them does
)
log = get_logger(__name__)


def keep_delivering(stop: threading.Event) -> None:
    """Deliver until `stop` is set. A base that cannot be reached is tried again; a server that cannot be reached is
    asked more and more seldom, so that not every mail in the queue pays for its absence. Nothing ends it but `stop`: a
    thread that has died is missed by nobody, and the mail would wait for ever."""
    away = 0
    while not stop.is_set():
        try:
            close_old_connections()
            away = away + 1 if _deliver_waiting(stop) else 0
        except Exception as error:
            away += 1
            log.error("mail.queue_unreachable", kind=type(error).__name__)
            connections.close_all()
        stop.wait(look_again(away))
    connections.close_all()


def _deliver_waiting(stop: threading.Event) -> bool:
    """Batch after batch until nothing is due; whether the server could not be reached."""
    while not stop.is_set():
        tried, away = _batch(timezone.now())
        if away or tried < TAKEN_AT_ONCE:
            return away
    return False


def deliver_due(now: datetime | None = None) -> int:
    """Deliver what is due, at most TAKEN_AT_ONCE, over one connection; how many were tried. Nothing where there is no
    way to send; where the server cannot be reached the first pays for it and the others stay as they are."""
    return _batch(now or timezone.now())[0]


def _batch(moment: datetime) -> tuple[int, bool]:
    """How many were tried, and whether the server was away."""
    tried, began = 0, time.monotonic()
    with open_way() as send:
        if send is None:
            return 0, False
        for row in _due(moment):
            if tried and time.monotonic() - began > BATCH_SECONDS:
                break
            if _take(row, moment):
                tried += 1
                try:
                    _deliver(row, send, moment)
                except UnreachableError as error:
                    _failed(row, failure_of(error.reason), moment)
                    return tried, True
    return tried, False


def _due(moment: datetime) -> list[Correio]:
    due = Correio.objects.filter(estado=Estado.A_ENVIAR, proxima__lte=moment).order_by(
        F("vale_ate").asc(nulls_last=True), "proxima", "pk"
    )  # what loses its worth first: a code is not kept waiting by a thousand notices
    return list(due[:TAKEN_AT_ONCE])


def _take(row: Correio, now: datetime) -> bool:
    taken = Correio.objects.filter(pk=row.pk, estado=Estado.A_ENVIAR, proxima=row.proxima).update(
        proxima=now + LEASE, tentativas=F("tentativas") + 1
    )
    row.tentativas += 1
    return bool(taken)


def _deliver(row: Correio, send: Send, now: datetime) -> None:
    if row.vale_ate is not None and row.vale_ate <= now:
        _end(row, Estado.FALHOU, now, "VENCIDO")
        return
    try:
        send(row, now)
    except (smtplib.SMTPException, OSError) as error:
        _failed(row, failure_of(error), now)
    except ValueError:  # no message can be made of it: it must not hold up the others
        _failed(row, Failure("MENSAGEM", lasting=True), now)
    else:
        _end(row, Estado.ENVIADO, now, "")


def _failed(row: Correio, failure: Failure, now: datetime) -> None:
    again = next_try(row.tentativas, failure, now)
    if again is None or (row.vale_ate is not None and again >= row.vale_ate):
        _end(row, Estado.FALHOU, now, failure.kind)
        return
    Correio.objects.filter(pk=row.pk, estado=Estado.A_ENVIAR).update(proxima=again, motivo=failure.kind)
    log.warning("mail.failed", mail=row.pk, tries=row.tentativas, kind=failure.kind)


def _end(row: Correio, state: Estado, now: datetime, why: str) -> None:
    """The text goes with what was sent and with what is worth nothing any more; what failed can be sent again."""
    keeps = state is Estado.FALHOU and row.vale_ate is None
    Correio.objects.filter(pk=row.pk, estado=Estado.A_ENVIAR).update(
        estado=state, terminado_em=now, motivo=why, texto=row.texto if keeps else ""
    )
    if state is Estado.FALHOU:
        log.error("mail.given_up", mail=row.pk, tries=row.tentativas, kind=why)


def failure_of(error: Exception) -> Failure:
    """What the server's answer means; its words, which may name the person, are not kept."""
    codes = (
        [code for code, _ in error.recipients.values()]
        if isinstance(error, smtplib.SMTPRecipientsRefused)
        else []
    )
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Failure("AUTENTICACAO", lasting=False)  # the password can be put right
    if isinstance(error, ValueError):
        return Failure("SENHA_ILEGIVEL", lasting=False)
    if isinstance(error, smtplib.SMTPResponseException):
        codes = [error.smtp_code]
    if codes:
        return Failure(f"SMTP_{codes[0]}", lasting=all(500 <= code < 600 for code in codes))
    return Failure(type(error).__name__[:60], lasting=False)
