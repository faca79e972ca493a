"""Asking for a bulk look-up, following it, fetching its answers, cancelling it. Only who asked may.

A file that is coming in is a request already: how much may be asked (`measure`) is held before its first byte is read.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from vincula.common.audit.services import Event, record
from vincula.common.jobs import services as jobs
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.api.models import Credencial, Lote
from vincula.national.api.rules import Client
from vincula.national.api.services.bulk.keeping import KEPT_FOR, answers, questions, remove_files
from vincula.national.api.services.bulk.measure import EMPTY, too_many
from vincula.national.api.services.bulk.running import KIND

MAX_BYTES = 64 * 1024 * 1024


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


def receive(client: Client) -> Outcome[Arrival]:
    """A place for a file of questions, its owner's only, that counts as one of the credential's from now on. `begin` or
    `discard` it. Refused, before anything is read: LOTES_DEMAIS, LINHAS_DEMAIS."""
    arrival = Arrival()
    with transaction.atomic():
        credential = _locked(client)
        if refused := too_many(credential, client, 1):
            return refused
        Lote.objects.create(
            id=arrival.number,
            credencial=credential,
            estado=Lote.Estado.CHEGANDO,
            linhas=0,
            pedido_em=timezone.now(),
        )
    arrival.handle = os.open(
        questions(arrival.number), os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600
    )
    return Accepted(arrival)


def discard(arrival: Arrival) -> None:
    """What came is not wanted: no file stays, and it no longer counts."""
    if arrival.handle >= 0:
        os.close(arrival.handle)
        arrival.handle = -1
    with transaction.atomic():
        Lote.objects.filter(pk=arrival.number, estado=Lote.Estado.CHEGANDO).delete()
    if not Lote.objects.filter(pk=arrival.number).exists():  # not if it was taken on already
        remove_files(arrival.number)


def begin(client: Client, purpose: str, arrival: Arrival) -> Outcome[UUID]:
    """Take the file on. Refused (and the file is gone): LOTE_VAZIO, LOTES_DEMAIS, LINHAS_DEMAIS."""
    arrival.close()
    with transaction.atomic():
        refused = EMPTY if not arrival.lines else None
        refused = refused or too_many(_locked(client), client, arrival.lines, arrival.number)
        if refused is None:
            _take_on(client, purpose, arrival)
    if refused is not None:
        discard(arrival)
        return refused
    jobs.enqueue(KIND, str(arrival.number))
    return Accepted(arrival.number)


def _locked(client: Client) -> Credencial:
    """Two files of one credential are not let in side by side."""
    return Credencial.objects.select_for_update().get(identificador=client.id)


def _take_on(client: Client, purpose: str, arrival: Arrival) -> None:
    Lote.objects.filter(pk=arrival.number).update(
        estado=Lote.Estado.EM_ANDAMENTO,
        finalidade=purpose,
        linhas=arrival.lines,
        pedido_em=timezone.now(),
    )
    details = {"linhas": arrival.lines, "bytes": arrival.size}
    record(Event(client.actor, "api:lote:pedido", f"lote:{arrival.number}", purpose, details))


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
    elif job.refused:
        return _standing(lot, False, job.refused, None)
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
    if lot is None or lot.motivo == CANCELLED or lot.estado == Lote.Estado.CHEGANDO:
        return None
    over = lot.terminado_em is not None and lot.terminado_em <= timezone.now() - KEPT_FOR
    return None if over else lot


CANCELLED = "Cancelado por quem pediu."
UNKNOWN = Refused(
    "LOTE_DESCONHECIDO",
    "Esta credencial não tem consulta em lote com este número, ou ela já venceu.",
    "As respostas ficam guardadas por 24 horas; peça de novo.",
)
