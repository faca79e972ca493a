"""What the queue and the sandbox's mailbox keep, and for how long."""

from __future__ import annotations

from datetime import datetime, timedelta

from vincula.common.mail import mailbox
from vincula.common.mail.models import Correio, Estado

SENT_DAYS = 30  # that something was sent, to whom, when: to answer "I got nothing"
FAILED_DAYS = 90
MAILBOX_DAYS = 30


def purge_messages(now: datetime) -> int:
    """Remove what was sent or given up long ago; how many."""
    sent = Correio.objects.filter(estado=Estado.ENVIADO, terminado_em__lt=now - timedelta(days=SENT_DAYS))
    failed = Correio.objects.filter(estado=Estado.FALHOU, terminado_em__lt=now - timedelta(days=FAILED_DAYS))
    return sent.delete()[0] + failed.delete()[0]


def purge_mailbox(now: datetime) -> int:
    """Remove the sandbox's mails that are MAILBOX_DAYS old; how many."""
    return mailbox.purge(now - timedelta(days=MAILBOX_DAYS))
