"""Challenges for a computer's key: single-use, short, bound to the session, the person and the purpose.

Only a keyed digest is kept. Using one removes its row: of two that come at once with the same, one finds nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from vincula.national.sgop.models import Desafio

LIFE = timedelta(minutes=5)
SIZE = 32
REGISTER, ENTER = "cadastrar", "entrar"


def make(session: str, cpf: str, purpose: str) -> bytes:
    """32 random bytes for this session (its key), person and purpose (REGISTER or ENTER). Raises ValueError where
    there is no session."""
    if not session:
        raise ValueError("a challenge belongs to a session")
    challenge = secrets.token_bytes(SIZE)
    Desafio.objects.create(resumo=_digest(session, cpf, purpose, challenge), valido_ate=timezone.now() + LIFE)
    return challenge


def use(session: str, cpf: str, purpose: str, challenge: bytes) -> bool:
    """Whether this was made for the same three, not too long ago, and never used; it is used now."""
    digest = _digest(session, cpf, purpose, challenge)
    gone, _ = Desafio.objects.filter(resumo=digest, valido_ate__gt=timezone.now()).delete()
    return gone == 1


def purge(now: datetime) -> int:
    """Remove what was never used and can be no more; how many."""
    return Desafio.objects.filter(valido_ate__lte=now).delete()[0]


def _digest(session: str, cpf: str, purpose: str, challenge: bytes) -> str:
    bound = "\0".join((session, cpf, purpose)).encode() + b"\0" + challenge
    return hmac.new(settings.SECRET_KEY.encode(), b"sgop:desafio:" + bound, hashlib.sha256).hexdigest()
