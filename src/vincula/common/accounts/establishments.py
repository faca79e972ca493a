"""Who acts for an establishment with which profile, when nobody is at a screen: a system calls on his behalf."""

from __future__ import annotations

import hashlib
from ipaddress import IPv6Address

from django.contrib.auth import authenticate
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from vincula.common.accounts.models import MembroCnes, Pessoa
from vincula.identifiers import cpf as cpf_rules

ADMINISTRATORS = ("ADMINISTRADOR", "ADMINISTRADOR/GESTOR")


def administers(cnes: str, user: str, password: str, *, caller: str) -> bool:
    """Whether the person of this CPF proves by the password to be who he is, and is an administrator of the CNES today.

    `caller`: which system calls. Failures count towards the lock-out (0011) of the person at that system, so that no
    system shuts him out of the others.
    """
    cpf = cpf_rules.parse(user)
    if not password or not cpf_rules.is_valid(cpf):
        return False
    today = timezone.localdate()
    links = MembroCnes.objects.filter(
        Q(ate__isnull=True) | Q(ate__gte=today),
        pessoa__cpf=cpf, cnes=cnes, desde__lte=today, perfil__in=ADMINISTRATORS,
    )  # fmt: skip
    if not links.exists():
        return False
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = _place(caller)
    person = authenticate(request, username=cpf, password=password)
    return isinstance(person, Pessoa) and person.is_active


def _place(caller: str) -> str:
    """The system as an address of its own, among those that nobody has (RFC 4193): lock-outs are counted by address."""
    digest = hashlib.sha256(caller.encode()).digest()[:7]
    return str(IPv6Address(b"\xfd" + digest + bytes(8)))
