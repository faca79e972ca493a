"""Who acts for an establishment with which profile, when nobody is at a screen: a system calls on his behalf."""

from __future__ import annotations

from django.contrib.auth import authenticate
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from vincula.common.accounts.models import MembroCnes, Pessoa
from vincula.identifiers import cpf as cpf_rules

ADMINISTRATORS = ("ADMINISTRADOR", "ADMINISTRADOR/GESTOR")
_ADDRESS = "0.0.0.0"  # noqa: S104 - not bound to: the place of all who come by a service, for counting failures


def administers(cnes: str, user: str, password: str) -> bool:
    """Whether the person of this CPF proves by the password to be who he is, and is an administrator of the CNES today.

    Failures count towards the account's lock-out (0011), from whatever system they come.
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
    request.META["REMOTE_ADDR"] = _ADDRESS
    person = authenticate(request, username=cpf, password=password)
    return isinstance(person, Pessoa) and person.is_active
