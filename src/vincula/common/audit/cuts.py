"""Cuts: how far retention has removed each chain, and the events that announced it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vincula.common.audit.events import canonical
from vincula.common.audit.models import Corte, Registro

LOCK = "audit:retention"  # one at a time: a purge, or a verification that must not see half a purge
ACTION = "auditoria:registros:removidos"


@dataclass(frozen=True, slots=True)
class Cut:
    """A chain's records up to `seq`, whose hash was `hash`, are gone or going."""

    writer: str
    seq: int
    hash: str


def digest(made: Sequence[Cut]) -> str:
    """SHA-256 (hex) of a batch of cuts, as its event announces it."""
    body = canonical(sorted([c.writer, c.seq, c.hash] for c in made))
    return hashlib.sha256(body.encode("ascii")).hexdigest()


def cuts() -> dict[str, Cut]:
    """The furthest cut of each chain."""
    rows = Corte.objects.order_by("escritor", "seq").values_list("escritor", "seq", "hash")
    return {writer: Cut(writer, seq, hash_) for writer, seq, hash_ in rows}


def announced() -> Iterator[str]:
    """The batches of cuts that no event announced as they stand: a Portuguese sentence each."""
    furthest = cuts()
    batches = Corte.objects.order_by("lote").values_list("lote", "evento_escritor", "evento_seq").distinct()
    for batch, writer, seq in batches:
        if writer in furthest and furthest[writer].seq >= seq:
            continue  # its event has itself passed its retention, which a later event announced
        event = Registro.objects.filter(
            escritor=writer, seq=seq, acao=ACTION, assunto=f"lote:{batch}"
        ).first()
        rows = Corte.objects.filter(lote=batch).values_list("escritor", "seq", "hash")
        if event is None or event.dados.get("sha256") != digest([Cut(*row) for row in rows]):
            yield f"Removido: o corte de retenção {batch} não confere com o evento que o anunciou."
