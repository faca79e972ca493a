"""What accounts leave behind and nobody needs any more: sessions that have ended, failed logins long past."""

from __future__ import annotations

from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session

from vincula.common.accounts.models import Convite

ATTEMPT_DAYS = 1  # a lock-out lasts minutes: what is a day old counts for nothing


def purge_sessions(now: datetime) -> int:
    """Remove the sessions that have ended; how many."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]


def purge_attempts(now: datetime) -> int:
    """Remove the failed logins whose last attempt is more than ATTEMPT_DAYS old; how many."""
    limit = now - timedelta(days=ATTEMPT_DAYS)
    return int(AccessAttempt.objects.filter(attempt_time__lt=limit).delete()[0])


def purge_invitations(now: datetime) -> int:
    """Remove the one-time links that can be used no more; how many."""
    return Convite.objects.filter(vale_ate__lt=now).delete()[0]
