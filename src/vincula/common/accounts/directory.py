"""Who has an account, and who of them is of the installation's staff; for those who run it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from vincula.common.accounts.models import MembroOperadora, Pessoa
from vincula.common.audit.services import Event, record
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.identifiers import cpf as cpf_rules

NO_REGISTRO = Refused(
    "REGISTRO_ANS_INVALIDO", "O registro ANS não confere.", "Informe os 6 números do registro."
)


def is_registro(text: str) -> bool:
    """Whether it is 6 digits: the check digit is derived, not official, and refuses nobody."""
    return re.fullmatch(r"[0-9]{6}", text) is not None


@dataclass(frozen=True, slots=True)
class Account:
    """A line of the list of accounts; the CPF is masked, `operadoras` are those acted for today."""

    cpf: str
    nome: str
    operadoras: tuple[str, ...]
    equipe: bool
    ativa: bool


def find_person(cpf: str) -> Outcome[Pessoa]:
    """The account of a CPF, however it is written. Refused: CPF_INVALIDO, CONTA_AUSENTE."""
    number = cpf_rules.parse(cpf)
    if not cpf_rules.is_valid(number):
        return Refused("CPF_INVALIDO", "O CPF não confere.", "Confira os 11 números e repita.")
    person = Pessoa.objects.filter(cpf=number).first()
    if person is None:
        return Refused(
            "CONTA_AUSENTE",
            "Não há conta com este CPF.",
            "Confira o número; para abrir a conta: vincula people add CPF --name NOME --email E-MAIL.",
        )
    return Accepted(person)


def set_staff(person: Pessoa, staff: bool, *, actor: str) -> bool:
    """Make the person one of the installation's staff, or no longer; whether that changed anything."""
    with transaction.atomic():
        changed = Pessoa.objects.filter(pk=person.pk, is_staff=not staff).update(is_staff=staff)
        if changed:
            action = "contas:equipe:incluida" if staff else "contas:equipe:excluida"
            record(Event(actor, action, f"cpf:{person.cpf}"))
    person.is_staff = staff
    return bool(changed)


def accounts(registro: str | None = None, *, actor: str) -> Outcome[list[Account]]:
    """All accounts by name, or those that act for this operadora today. The look is audited.

    Refused: REGISTRO_ANS_INVALIDO, where nobody could act for what was typed.
    """
    if registro is not None and not is_registro(registro):
        return NO_REGISTRO
    links = _operadoras_today()
    people = Pessoa.objects.order_by("nome", "pk")
    found = [
        Account(cpf_rules.mask(one.cpf), one.nome, tuple(sorted(links[one.pk])), one.is_staff, one.is_active)
        for one in people
        if not registro or registro in links[one.pk]
    ]
    subject = f"operadora:{registro}" if registro else "contas"
    record(Event(actor, "contas:pessoas:listadas", subject, details={"contas": len(found)}))
    return Accepted(found)


def _operadoras_today() -> defaultdict[int, set[str]]:
    today = timezone.localdate()
    held = MembroOperadora.objects.filter(Q(ate__isnull=True) | Q(ate__gte=today), desde__lte=today)
    links: defaultdict[int, set[str]] = defaultdict(set)
    for person, registro in held.values_list("pessoa_id", "registro_ans"):
        links[person].add(registro)
    return links


def member_emails() -> list[str]:
    """The e-mails of the people who act today for some operadora."""
    today = timezone.localdate()
    links = MembroOperadora.objects.filter(Q(ate__isnull=True) | Q(ate__gte=today), desde__lte=today)
    people = Pessoa.objects.filter(is_active=True, email__isnull=False, pk__in=links.values("pessoa"))
    return [str(email) for email in people.order_by("email").values_list("email", flat=True)]
