"""Use cases of people's accounts. A refusal says why and what to do next; uniqueness is the database's."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from vincula.common.accounts.directory import (
    NO_REGISTRO,
    Account,
    accounts,
    find_person,
    is_registro,
    set_staff,
)
from vincula.common.accounts.entry import Entry, EntryMeans, entry_of, mark_entry
from vincula.common.accounts.models import MembroCnes, MembroOperadora, Pessoa, clean_email
from vincula.common.accounts.passwords import RULE, lacks
from vincula.common.audit.services import Event, record
from vincula.common.lines import Line
from vincula.common.mail.services import is_address
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.identifiers import cnes as cnes_rules
from vincula.identifiers import cpf as cpf_rules

__all__ = [
    "Account",
    "Entry",
    "EntryMeans",
    "accounts",
    "create_person",
    "entry_of",
    "find_person",
    "is_member",
    "join_cnes",
    "join_operadora",
    "leave_cnes",
    "leave_operadora",
    "mark_entry",
    "operadoras_of",
    "set_password",
    "set_staff",
]

SYSTEM = "sistema"
_NAME = Line(
    "NOME_INVALIDO", "o nome da pessoa", 200, "Informe o nome civil completo.", absent="NOME_AUSENTE"
)


def create_person(
    cpf: str,
    nome: str,
    *,
    email: str | None = None,
    password: str | None = None,
    nome_social: str = "",
    actor: str = SYSTEM,
) -> Outcome[Pessoa]:
    """Open an account. Without a password the person cannot enter by password yet.

    Refused: CPF_INVALIDO, NOME_AUSENTE, NOME_INVALIDO, EMAIL_INVALIDO, SENHA_FRACA, CPF_REPETIDO, EMAIL_REPETIDO
    (R128).
    """
    number = cpf_rules.parse(cpf)
    refused = _refusal(number, nome, clean_email(email), password)
    if refused:
        return refused
    person = Pessoa(cpf=number, nome=" ".join(nome.split()), email=clean_email(email))
    person.nome_social = " ".join(nome_social.split())
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save()
            record(Event(actor, "contas:pessoa:criada", f"cpf:{number}"))
    except IntegrityError:
        return _repeated(number)
    return Accepted(person)


def _refusal(cpf: str, nome: str, email: str | None, password: str | None) -> Refused | None:
    if not cpf_rules.is_valid(cpf):
        return Refused("CPF_INVALIDO", "O CPF não confere.", "Confira os 11 números e repita.")
    if isinstance(named := _NAME.read(nome), Refused):
        return named
    if email and not is_address(email):
        return Refused(
            "EMAIL_INVALIDO", "O e-mail não confere.", "Informe um endereço como nome@empresa.com.br."
        )
    if password is not None:
        return _weak(password)
    return None


def _weak(password: str) -> Refused | None:
    found = lacks(password)
    return Refused("SENHA_FRACA", " ".join(one.message for one in found), RULE) if found else None


def _repeated(cpf: str) -> Refused:
    """Which of the two unique keys the database refused."""
    if Pessoa.objects.filter(cpf=cpf).exists():
        return Refused(
            "CPF_REPETIDO",
            "Já existe uma conta com este CPF.",
            "Cada pessoa tem uma só conta: vincule a existente à operadora.",
        )
    return Refused(
        "EMAIL_REPETIDO",
        "Este e-mail já é de outra pessoa.",
        "O e-mail é único, sem distinção de maiúsculas: informe outro.",
    )


def set_password(person: Pessoa, password: str, *, actor: str = SYSTEM) -> Outcome[Pessoa]:
    """Give the person a new password, the only one for all operadoras (R156). Refused: SENHA_FRACA."""
    refused = _weak(password)
    if refused:
        return refused
    person.set_password(password)
    with transaction.atomic():
        person.save(update_fields=["password"])
        record(Event(actor, "contas:senha:trocada", f"cpf:{person.cpf}"))
    return Accepted(person)


def join_operadora(
    person: Pessoa, registro_ans: str, *, desde: dt.date | None = None, actor: str = SYSTEM
) -> Outcome[MembroOperadora]:
    """Link the person to an operadora (several may link the same person, R154); joining twice changes
    nothing.

    Refused: REGISTRO_ANS_INVALIDO, when it is not 6 digits (its check digit is derived, not official: it
    does not refuse).
    """
    if not is_registro(registro_ans):
        return NO_REGISTRO
    start = desde or timezone.localdate()
    try:
        with transaction.atomic():
            made = MembroOperadora.objects.create(pessoa=person, registro_ans=registro_ans, desde=start)
            record(
                Event(
                    actor, "contas:membro:incluido", f"cpf:{person.cpf}", details={"operadora": registro_ans}
                )
            )
    except IntegrityError:
        made = MembroOperadora.objects.get(pessoa=person, registro_ans=registro_ans, ate__isnull=True)
    return Accepted(made)


def leave_operadora(person: Pessoa, registro_ans: str, *, actor: str = SYSTEM) -> bool:
    """End the link today: it no longer holds from this moment on; the link is kept as history. Whether there
    was one.
    """
    with transaction.atomic():
        ended = False
        open_links = MembroOperadora.objects.select_for_update().filter(
            pessoa=person, registro_ans=registro_ans, ate__isnull=True
        )
        for link in open_links:
            _ended(link)
            record(
                Event(
                    actor, "contas:membro:excluido", f"cpf:{person.cpf}", details={"operadora": registro_ans}
                )
            )
            ended = True
    return ended


def join_cnes(
    person: Pessoa, cnes: str, perfil: str, *, desde: dt.date | None = None, actor: str = SYSTEM
) -> Outcome[MembroCnes]:
    """Link the person to an establishment with a profile; joining twice changes nothing. Refused:
    CNES_INVALIDO.

    A wrong check digit of the CNES is only a warning in the field, so it does not refuse.
    """
    if not cnes or not cnes_rules.check(cnes).ok:
        return Refused("CNES_INVALIDO", "O CNES não confere.", "Informe os 7 números do CNES.")
    start = desde or timezone.localdate()
    try:
        with transaction.atomic():
            made = MembroCnes.objects.create(pessoa=person, cnes=cnes, perfil=perfil, desde=start)
            details = {"cnes": cnes, "perfil": perfil}
            record(Event(actor, "contas:membro:incluido", f"cpf:{person.cpf}", details=details))
    except IntegrityError:
        made = MembroCnes.objects.get(pessoa=person, cnes=cnes, perfil=perfil, ate__isnull=True)
    return Accepted(made)


def leave_cnes(person: Pessoa, cnes: str, perfil: str, *, actor: str = SYSTEM) -> bool:
    """End the link to the establishment with this profile today, as `leave_operadora` does. Whether there was one."""
    with transaction.atomic():
        open_links = MembroCnes.objects.select_for_update().filter(
            pessoa=person, cnes=cnes, perfil=perfil, ate__isnull=True
        )
        ended = list(open_links)
        for link in ended:
            _ended(link)
        if ended:
            details = {"cnes": cnes, "perfil": perfil}
            record(Event(actor, "contas:membro:excluido", f"cpf:{person.cpf}", details=details))
    return bool(ended)


def _ended(link: MembroOperadora | MembroCnes) -> None:
    today = timezone.localdate()
    if link.desde >= today:
        link.delete()  # it never held a whole day: nothing to keep but the audit
    else:
        link.ate = today - dt.timedelta(days=1)
        link.save(update_fields=["ate"])


def _links_today(person: Pessoa) -> QuerySet[MembroOperadora]:
    today = timezone.localdate()
    return MembroOperadora.objects.filter(
        Q(ate__isnull=True) | Q(ate__gte=today), pessoa=person, desde__lte=today
    )


def operadoras_of(person: Pessoa | AnonymousUser) -> list[str]:
    """The operadoras for which the person acts today, by registro ANS, in order; none for who did not enter
    (R155).
    """
    if not isinstance(person, Pessoa) or not person.is_active:
        return []
    return sorted(set(_links_today(person).values_list("registro_ans", flat=True)))


def is_member(person: Pessoa | AnonymousUser, registro_ans: str) -> bool:
    """Whether the person acts for this operadora today."""
    if not isinstance(person, Pessoa) or not person.is_active:
        return False
    return _links_today(person).filter(registro_ans=registro_ans).exists()
