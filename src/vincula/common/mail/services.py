"""Mail, in the caller's transaction: `send` puts it into the queue, the worker delivers it.

with transaction.atomic():
    ...
    send(address, "Assunto", "Texto")   # not sent at all where the transaction is undone
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from vincula.common import config
from vincula.common.audit.services import Event, record
from vincula.common.mail.models import Correio, Estado
from vincula.common.mail.rules import hidden, in_words, is_address, one_line
from vincula.common.outcomes import Accepted, Outcome, Refused

__all__ = ["Failed", "Status", "failed", "is_address", "retry_failed", "send", "send_many", "status", "told"]

BATCH = 500
_NO_ADDRESS = Refused(
    "EMAIL_INVALIDO", "O e-mail não confere.", "Informe um só endereço, como nome@empresa.com.br."
)


def send(
    to: str,
    subject: str,
    text: str,
    *,
    until: datetime | None = None,
    parameters: dict[str, Any] | None = None,
) -> Outcome[int]:
    """Queue one mail to one address; its number. Refused: EMAIL_INVALIDO.

    The subject is made one line. `until`: what it says is worth nothing afterwards (a code of one use): it is then
    no longer sent, and its text is removed. `parameters` stay with the row: what it is about, nothing personal.
    """
    address = to.strip()
    if not is_address(address):
        return _NO_ADDRESS
    row = _row(address, subject, text, until, parameters or {})
    row.save()
    return Accepted(int(row.pk))


def send_many(to: Iterable[str], subject: str, text: str, *, parameters: dict[str, Any] | None = None) -> int:
    """The same text to many, one mail each, each address once; how many. What is no address is left out."""
    known = {address.strip().lower() for address in to}
    rows = [
        _row(address, subject, text, None, parameters or {})
        for address in sorted(known)
        if is_address(address)
    ]
    Correio.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def _row(to: str, subject: str, text: str, until: datetime | None, parameters: dict[str, Any]) -> Correio:
    now = timezone.now()
    clean = text.replace("\0", "")  # PostgreSQL takes none
    return Correio(
        para=to,
        assunto=one_line(subject),
        texto=clean,
        parametros=parameters,
        criado_em=now,
        proxima=now,
        vale_ate=until,
    )


@dataclass(frozen=True, slots=True)
class Status:
    """How the mail stands. `way`: "smtp", "sandbox" (files of the data folder) or "" (nothing is sent)."""

    way: str
    waiting: int
    sent: int
    failed: int
    oldest: datetime | None


def way() -> str:
    """Where mail goes from here: see Status."""
    settings = config.load()
    return "smtp" if settings.smtp else "sandbox" if settings.sandbox else ""


def status() -> Status:
    """Figures only: no address and no subject."""
    rows = Correio.objects
    waiting = rows.filter(estado=Estado.A_ENVIAR)
    oldest = waiting.order_by("criado_em").values_list("criado_em", flat=True).first()
    return Status(
        way(),
        waiting.count(),
        rows.filter(estado=Estado.ENVIADO).count(),
        rows.filter(estado=Estado.FALHOU).count(),
        oldest,
    )


@dataclass(frozen=True, slots=True)
class Failed:
    """A mail that was given up, as the team sees it: `to` in part, `why` in words; `again`: whether it can be tried
    again."""

    id: int
    to: str
    about: str
    tries: int
    ended: datetime | None
    why: str
    again: bool


def failed() -> QuerySet[Correio]:
    """What was given up, the newest first."""
    return Correio.objects.filter(estado=Estado.FALHOU).order_by("-terminado_em", "-pk")


def told(rows: Iterable[Correio]) -> list[Failed]:
    """Rows of `failed` to be shown."""
    return [
        Failed(
            one.pk, hidden(one.para), ", ".join(f"{name} {value}" for name, value in sorted(one.parametros.items())),
            one.tentativas, one.terminado_em, in_words(one.motivo), bool(one.texto),
        )
        for one in rows
    ]  # fmt: skip


def retry_failed(*, actor: str) -> int:
    """Put what was given up back into the queue, where its text is still there; how many."""
    with transaction.atomic():
        count = _put_back()
        record(Event(actor, "correio:fila:retomada", "correio", details={"quantidade": count}))
    return count


def _put_back() -> int:
    return (
        Correio.objects.filter(estado=Estado.FALHOU)
        .exclude(texto="")
        .update(estado=Estado.A_ENVIAR, tentativas=0, proxima=timezone.now(), terminado_em=None, motivo="")
    )
