"""What SGOP keeps of people, and for how long: what has ended goes as old as the audit of it does."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from vincula.common import config
from vincula.common.bulk import batches
from vincula.national.sgop.models import Computador, Historico, Solicitacao
from vincula.national.sgop.rules.words import OPEN

BATCH = 500


def _before(now: datetime) -> datetime:
    return now - timedelta(days=config.load().retention_audit)


def purge_requests(now: datetime) -> int:
    """Remove requests that ended (denied, revoked, cancelled) before the audit's retention, with their history; how
    many. What waits or holds stays, however old."""
    ended = Solicitacao.objects.exclude(estado__in=OPEN).filter(mudada_em__lt=_before(now))
    gone = 0
    for batch in batches(list(ended.values_list("pk", flat=True)), BATCH):
        with transaction.atomic():
            # Looked at again under the lock: a revoked one may have been restored in between.
            rows = ended.select_for_update().filter(pk__in=batch)
            numbers = list(rows.values_list("pk", flat=True))
            Historico.objects.filter(solicitacao__in=numbers).delete()
            gone += Solicitacao.objects.filter(pk__in=numbers).delete()[0]
    return gone


def purge_computers(now: datetime) -> int:
    """Remove computers that no request names any more and nobody has used since; how many."""
    before = _before(now)
    unused = Q(ultimo_uso__isnull=True, criado_em__lt=before) | Q(ultimo_uso__lt=before)
    return Computador.objects.filter(unused, solicitacoes__isnull=True).delete()[0]
