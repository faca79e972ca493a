"""How much one may send in a day: counted in one constrained statement, so that haste does not help."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import connection
from django.utils.crypto import salted_hmac

from vincula.common.outcomes import Refused
from vincula.national.support import models
from vincula.national.support.rules.moments import BRASILIA

PER_PERSON = 10  # tickets opened by an account in a day
MESSAGES = 30  # messages added by an account in a day
PER_ADDRESS = 3  # tickets opened without an account for an e-mail from one network address
PER_MAILBOX = 10  # the same from wherever: who uses up his own does not use up the other's
PER_ORIGIN = 20  # tickets opened without an account from one network address
KEPT = timedelta(days=2)
TOO_MANY = Refused(
    "LIMITE_DE_CHAMADOS",
    "O limite de mensagens de hoje foi atingido.",
    "Complemente um chamado já aberto, tente amanhã, ou use o Disque ANS, 0800 701 9656.",
)


def refusal_of_count(what: str, limit: int, now: datetime) -> Refused | None:
    """Count one more of `what` today (in Brasília). Refused: LIMITE_DE_CHAMADOS; undo the transaction then."""
    key = salted_hmac("vincula.support.limite", what, algorithm="sha256").hexdigest()
    day = now.astimezone(BRASILIA).date()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO support_limite (chave, dia, valor) VALUES (%s, %s, 1) ON CONFLICT (chave, dia)"
            " DO UPDATE SET valor = support_limite.valor + 1 WHERE support_limite.valor < %s",
            [key, day, limit],
        )
        return None if cursor.rowcount == 1 else TOO_MANY


def purge(now: datetime) -> int:
    """Remove counts of days past; how many."""
    before: date = (now - KEPT).astimezone(BRASILIA).date()
    return models.Limite.objects.filter(dia__lt=before).delete()[0]
