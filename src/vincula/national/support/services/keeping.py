"""How long tickets are kept: what somebody still waits for stays, what is over goes after its time."""

from __future__ import annotations

from datetime import datetime, timedelta

from vincula.common import config
from vincula.national.support import models
from vincula.national.support.rules.tickets import Estado


def purge_tickets(now: datetime) -> int:
    """Remove the tickets that were answered or closed, and not touched since, VINCULA_RETENTION_TICKETS days ago, with
    what was said in them; how many tickets."""
    before = now - timedelta(days=config.load().retention_tickets)
    over = (Estado.RESPONDIDO.value, Estado.ENCERRADO.value)
    gone = models.Chamado.objects.filter(estado__in=over, atualizado_em__lt=before).delete()
    return gone[1].get(models.Chamado._meta.label, 0)
