"""When the director changes in the CNES, the former's ADMINISTRADOR is REVOGADO; the new one needs support (0022).

Looked at when somebody enters or decides, and by the job `sgop.diretores` over all. What he approved stays.
"""

from __future__ import annotations

import threading

from django.db import connections, transaction
from django.utils import timezone

from vincula.common.jobs.services import Job, Progress, enqueue, executor, latest
from vincula.common.log import get_logger
from vincula.national.sgop.models import Solicitacao
from vincula.national.sgop.rules.words import Estado, Perfil, Tipo
from vincula.national.sgop.services import expiring, membership, neighbours, store, telling

REASON = (
    "No CNES, quem tinha o perfil não consta mais como diretor, gerente ou administrador do estabelecimento."
)
KIND = "sgop.diretores"
_LOOK_SECONDS = 600.0
log = get_logger(__name__)


def recheck(cnes: str | None = None) -> int:
    """Take the profile from whoever is no longer director of the CNES (of each, where none is named); how many."""
    rows = Solicitacao.objects.filter(tipo=Tipo.PERFIL, perfil=Perfil.ADMINISTRADOR, estado=Estado.APROVADO)
    if cnes is not None:
        rows = rows.filter(cnes=cnes)
    approved = list(rows.order_by("pk").values_list("pk", "cpf", "cnes"))
    return sum(_revoked(pk) for pk, cpf, at in approved if neighbours.director_changed(at, cpf))


def _revoked(pk: int) -> bool:
    with transaction.atomic():
        row = Solicitacao.objects.select_for_update().filter(pk=pk, estado=Estado.APROVADO).first()
        if row is None or not neighbours.director_changed(row.cnes, row.cpf):
            return False
        store.moved(row, Estado.REVOGADO, "sgop:pedido:revogado", store.SYSTEM, REASON)
        membership.follow(row.cpf, row.cnes, store.SYSTEM)
        telling.of_decision(row)
    return True


@executor(KIND)
def run(job: Job, progress: Progress) -> dict[str, int]:
    """The re-check over all establishments; run again from the start it finds what is still to be done."""
    return {"revogados": recheck()}


def enqueue_today() -> None:
    """One re-check a day, and one look for accesses that expire; asked again on the same day it does nothing."""
    today = timezone.localdate().isoformat()
    if latest(KIND, today) is None:
        enqueue(KIND, today)
    expiring.enqueue_today()


def keep_watch(stop: threading.Event) -> None:
    """The worker's thread: sees to it that each day has its re-check, until `stop`."""
    while not stop.is_set():
        try:
            enqueue_today()
        except Exception as error:
            log.error("sgop.diretores_nao_enfileirado", kind=type(error).__name__)
        finally:
            connections.close_all()
        stop.wait(_LOOK_SECONDS)
