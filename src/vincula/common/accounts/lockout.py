"""How django-axes is to count failed logins: per person and address, and without ever keeping a CPF."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from vincula.identifiers import cpf as cpf_rules


def counted_name(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """Under which name an attempt is counted: a keyed digest of the CPF (settings.AXES_USERNAME_CALLABLE).

    The same for every way of writing the CPF; whoever reads the table of attempts learns no CPF from it.
    """
    given = (credentials or {}).get("cpf") or (credentials or {}).get("username")
    if not given and request is not None:
        given = request.POST.get("cpf", "")
    digits = cpf_rules.parse(str(given or ""))
    return hmac.new(
        settings.SECRET_KEY.encode(), b"tentativa:" + digits.encode(), hashlib.sha256
    ).hexdigest()[:32]
