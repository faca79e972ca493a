"""Asking for a bulk look-up, following it, fetching its answers, cancelling it. Only who asked may.

How much may be asked: what the credential could ask one by one in a day, and never more than ACTIVE at a time.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from vincula.common.audit.services import Event, record
from vincula.common.jobs import services as jobs
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.api.models import Credencial, Lote
from vincula.national.api.rules import Client
from vincula.national.api.services.bulk.keeping import KEPT_FOR, answers, questions, remove_files
from vincula.national.api.services.bulk.running import KIND

MAX_BYTES = 64 * 1024 * 1024
ACTIVE = 3
MINUTES_A_DAY = 24 * 60
DAY = timedelta(hours=24)


@dataclass(slots=True)
class Arrival:
    """A file of questions that is coming in. `lines` counts the last one also without its line feed."""

    number: UUID = field(default_factory=uuid4)
    feeds: int = 0
    last: bytes = b""
    size: int = 0
    handle: int = -1

    def take(self, part: bytes) -> None:
        """Write a piece. Raises OSError."""
        if not part:
            return
        view = memoryview(part)
        while view:
            view = view[os.write(self.handle, view) :]
        self.feeds += part.count(b"\n")
        self.last = part[-1:]
        self.size += len(part)

    @property
    def lines(self) -> int:
        return self.feeds + (self.last not in (b"", b"\n"))

    def close(self) -> None:
        """Make what came durable."""
        if self.handle >= 0:
            os.fsync(self.handle)
            os.close(self.handle)
            self.handle = -1


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request stands. `output`: the file, once it can be fetched."""

    number: UUID
    ready: bool
    refused: Refused | None
    lines: int
    done: int
    rejected: int
    asked: datetime
    finished: datetime | None
    expires: datetime | None
    output: Path | None


def receive() -> Arrival:
    """A place for a file of questions, its owner's only. `begin` or `discard` it."""
    arrival = Arrival()
    arrival.handle = os.open(
        questions(arrival.number), os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600
    )
    return arrival


def discard(arrival: Arrival) -> None:
    if arrival.handle >= 0:
        os.close(arrival.handle)
        arrival.handle = -1
    remove_files(arrival.number)


def begin(client: Client, purpose: str, arrival: Arrival) -> Outcome[UUID]:
    """Take the file on. Refused (and the file is gone): LOTE_VAZIO, LOTES_DEMAIS, LINHAS_DEMAIS."""
    arrival.close()
    with transaction.atomic():
        credential = Credencial.objects.select_for_update().get(identificador=client.id)
        refused = _too_much(credential, client, arrival.lines)
        if refused is not None:
            remove_files(arrival.number)
            return refused
        Lote.objects.create(
            id=arrival.number,
            credencial=credential,
            finalidade=purpose,
            linhas=arrival.lines,
            pedido_em=timezone.now(),
        )
        record(
            Event(
                client.actor,
                "api:lote:pedido",
                f"lote:{arrival.number}",
                purpose,
                {"linhas": arrival.lines, "bytes": arrival.size},
            )
        )
    jobs.enqueue(KIND, str(arrival.number))
    return Accepted(arrival.number)


def _too_much(credential: Credencial, client: Client, lines: int) -> Refused | None:
    if not lines:
        return Refused(
            "LOTE_VAZIO", "O arquivo não tem nenhuma linha.", "Envie uma pergunta por linha, em NDJSON."
        )
    now = timezone.now()
    of_client = Lote.objects.filter(credencial=credential)
    running = of_client.filter(estado=Lote.Estado.EM_ANDAMENTO).count()
    if running >= ACTIVE:
        return Refused(
            "LOTES_DEMAIS",
            f"Já há {running} consultas em lote desta credencial em andamento.",
            "Espere que uma termine, ou cancele uma.",
            {"espera": 60},
        )
    most = client.limit * MINUTES_A_DAY
    today = of_client.filter(pedido_em__gt=now - DAY)
    asked = today.aggregate(n=Sum("linhas"))["n"] or 0
    if asked + lines <= most:
        return None
    first = today.order_by("pedido_em").values_list("pedido_em", flat=True).first()
    wait = int((first + DAY - now).total_seconds()) + 1 if first else 3600
    return Refused(
        "LINHAS_DEMAIS",
        f"Com este arquivo seriam {asked + lines} linhas em 24 horas, e o limite da credencial é de {most}.",
        "Divida o arquivo e envie o resto depois, ou peça um limite maior.",
        {"espera": wait},
    )


def standing(client: Client, number: str) -> Standing | None:
    """Where it stands; None for one that this client did not ask for, or that is over."""
    lot = _of(client, number)
    if lot is None:
        return None
    if lot.estado == Lote.Estado.EM_ANDAMENTO:
        return _under_way(lot)
    ready = lot.estado == Lote.Estado.PRONTO
    expires = lot.terminado_em + KEPT_FOR if lot.terminado_em else None
    refused = None if ready else Refused("LOTE_RECUSADO", lot.motivo, "Corrija e peça de novo.")
    return _standing(lot, ready, refused, expires)


def _under_way(lot: Lote) -> Standing:
    """The job may have been lost to a kill between commit and queue, or have failed for good."""
    job = jobs.latest(KIND, str(lot.pk))
    if job is None:
        jobs.enqueue(KIND, str(lot.pk))
    elif job.state == jobs.Estado.FALHOU:
        return _standing(lot, False, Refused(job.code or "FALHA_INTERNA", job.message, ""), None)
    return _standing(lot, False, None, None)


def _standing(lot: Lote, ready: bool, refused: Refused | None, expires: datetime | None) -> Standing:
    return Standing(
        lot.pk,
        ready,
        refused,
        lot.linhas,
        lot.feitas,
        lot.recusadas,
        lot.pedido_em,
        lot.terminado_em,
        expires,
        answers(lot.pk) if ready else None,
    )


def fetch(client: Client, number: str) -> Outcome[Path]:
    """The file of the answers; audited. Refused: LOTE_DESCONHECIDO, LOTE_EM_ANDAMENTO."""
    found = standing(client, number)
    if found is None:
        return UNKNOWN
    if found.refused:
        return found.refused
    if found.output is None:
        return Refused(
            "LOTE_EM_ANDAMENTO", "As respostas ainda não estão prontas.", "Acompanhe e busque depois."
        )
    record(Event(client.actor, "api:lote:entregue", f"lote:{number}", details={"linhas": found.lines}))
    return Accepted(found.output)


def cancel(client: Client, number: str) -> Outcome[UUID]:
    """Stop it if it runs, and remove questions and answers. Refused: LOTE_DESCONHECIDO.

    What was asked goes on counting for the day: the row stays, without its files.
    """
    lot = _of(client, number)
    if lot is None:
        return UNKNOWN
    with transaction.atomic():
        Lote.objects.filter(pk=lot.pk).update(
            estado=Lote.Estado.RECUSADO, motivo=CANCELLED, terminado_em=timezone.now()
        )
        record(Event(client.actor, "api:lote:cancelado", f"lote:{lot.pk}", details={"feitas": lot.feitas}))
    remove_files(lot.pk)
    return Accepted(lot.pk)


def _of(client: Client, number: str) -> Lote | None:
    try:
        lot = Lote.objects.filter(pk=UUID(number), credencial__identificador=client.id).first()
    except ValueError:
        return None
    if lot is None or lot.motivo == CANCELLED:
        return None
    over = lot.terminado_em is not None and lot.terminado_em <= timezone.now() - KEPT_FOR
    return None if over else lot


CANCELLED = "Cancelado por quem pediu."
UNKNOWN = Refused(
    "LOTE_DESCONHECIDO",
    "Esta credencial não tem consulta em lote com este número, ou ela já venceu.",
    "As respostas ficam guardadas por 24 horas; peça de novo.",
)
