"""How django-axes is to count failed logins: per person and address, and without ever keeping a CPF."""

from __future__ import annotations

import hashlib
import hmac
from ipaddress import IPv6Address, ip_address
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


def counted_place(request: HttpRequest) -> str:
    """At which address an attempt is counted (settings.AXES_CLIENT_IP_CALLABLE): of IPv6 the network of 64 bits, for
    who has one address of it has them all."""
    given = str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ip_address(given)
    except ValueError:
        return given
    if not isinstance(address, IPv6Address):
        return given
    mapped = address.ipv4_mapped
    return str(mapped or IPv6Address(int(address) >> 64 << 64))
