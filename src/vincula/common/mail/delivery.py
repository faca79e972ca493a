"""What the worker does with the queue: takes what is due, sends it, tries again later what did not go.

A mail is taken by raising its `proxima` by a lease, in one constrained UPDATE: two workers never take the same, and
what a killed one had taken comes back when the lease ends (then it may arrive twice: better than never).
"""

from __future__ import annotations

import smtplib
import threading
from collections.abc import Callable
from datetime import datetime

from django.core.mail import EmailMessage, get_connection
from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.db.models import F
from django.utils import timezone

from vincula.common import config
from vincula.common.log import get_logger
from vincula.common.mail import mailbox
from vincula.common.mail.models import Correio, Estado
from vincula.common.mail.rules import LEASE, Failure, next_try
from vincula.common.mail.services import way
from vincula.common.smtp import Smtp

LOOK_SECONDS = 1.0
TAKEN_AT_ONCE = 50
TIMEOUT_SECONDS = 30
SANDBOX_SENDER = "nao-responda@vincula.invalid"
log = get_logger(__name__)


def keep_delivering(stop: threading.Event) -> None:
    """Deliver until `stop` is set. A base that cannot be reached is tried again."""
    while not stop.is_set():
        try:
            close_old_connections()
            while not stop.is_set() and deliver_due() == TAKEN_AT_ONCE:
                pass
        except (DatabaseError, InterfaceError, OSError) as error:
            log.error("mail.queue_unreachable", kind=type(error).__name__)
            connections.close_all()
        stop.wait(LOOK_SECONDS)
    connections.close_all()


def deliver_due(now: datetime | None = None) -> int:
    """Deliver what is due, at most TAKEN_AT_ONCE; how many were tried. Nothing where there is no way to send."""
    send = _way()
    if send is None:
        return 0
    moment = now or timezone.now()
    due = Correio.objects.filter(estado=Estado.A_ENVIAR, proxima__lte=moment).order_by(
        F("vale_ate").asc(nulls_last=True), "proxima", "pk"
    )  # what loses its worth first: a code is not kept waiting by a thousand notices
    tried = 0
    for row in list(due[:TAKEN_AT_ONCE]):
        if _take(row, moment):
            _deliver(row, send, moment)
            tried += 1
    return tried


def _take(row: Correio, now: datetime) -> bool:
    taken = Correio.objects.filter(pk=row.pk, estado=Estado.A_ENVIAR, proxima=row.proxima).update(
        proxima=now + LEASE, tentativas=F("tentativas") + 1
    )
    row.tentativas += 1
    return bool(taken)


def _deliver(row: Correio, send: Callable[[Correio, datetime], None], now: datetime) -> None:
    if row.vale_ate is not None and row.vale_ate <= now:
        _end(row, Estado.FALHOU, now, "VENCIDO")
        return
    try:
        send(row, now)
    except (smtplib.SMTPException, OSError) as error:
        _failed(row, failure_of(error), now)
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
    if isinstance(error, smtplib.SMTPResponseException):
        codes = [error.smtp_code]
    if codes:
        return Failure(f"SMTP_{codes[0]}", lasting=all(500 <= code < 600 for code in codes))
    return Failure(type(error).__name__[:60], lasting=False)


def _way() -> Callable[[Correio, datetime], None] | None:
    server = config.load().smtp
    if server is not None:
        return lambda row, now: _by_smtp(row, server)
    return _to_mailbox if way() == "sandbox" else None


def _to_mailbox(row: Correio, now: datetime) -> None:
    mailbox.put(row.pk, _message(row, SANDBOX_SENDER).message().as_bytes(), now)


def _by_smtp(row: Correio, server: Smtp) -> None:
    with get_connection(
        "django.core.mail.backends.smtp.EmailBackend",
        host=server.host,
        port=server.port,
        username=server.user,
        password=server.password(),
        use_ssl=server.scheme == "smtps",
        use_tls=server.scheme == "smtp",
        timeout=TIMEOUT_SECONDS,
    ) as connection:
        connection.send_messages([_message(row, server.sender)])


def _message(row: Correio, sender: str) -> EmailMessage:
    # Told to be a machine's, so that no other machine answers it.
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    return EmailMessage(row.assunto, row.texto, sender, [row.para], headers=headers)
