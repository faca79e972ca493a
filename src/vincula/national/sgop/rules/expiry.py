"""How long an access may stay unused, when its person is warned, and in which words. Pure.

No source gives a period: it is configuration, off by default; a warning 45 days before is ours.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

WARNING_DAYS = 45


def ends(last_use: datetime, days: int) -> datetime:
    return last_use + timedelta(days=days)


def quiet(days: int) -> timedelta:
    """After so long without use the warning goes: WARNING_DAYS before the end, or half the time where it is short."""
    return timedelta(days=days) - min(timedelta(days=WARNING_DAYS), timedelta(days=days) / 2)


def reason(days: int) -> str:
    """What stands in the history of a request that has expired."""
    return f"Acesso sem uso há {days} dias."


def letter(cnes: str, end: datetime) -> tuple[str, str]:
    """Subject and text of the warning."""
    day = f"{timezone.localtime(end):%d/%m/%Y}"
    return (
        "O seu acesso ao CadSUS Web vai expirar",
        f"O seu acesso ao CadSUS Web pelo CNES {cnes} não é usado há tempo. Se você não entrar até {day}, o perfil "
        "será revogado, e quem decide terá de restaurá-lo.\n\n"
        "Para mantê-lo, entre no CadSUS Web com o computador aprovado. Se não precisa mais dele, nada há a fazer.\n\n"
        "Este e-mail é automático; favor não respondê-lo.\n",
    )
