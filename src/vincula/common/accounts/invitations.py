"""Self-registration and recovery of the password: a one-time link by mail. Nobody learns here who has an account.

An account is opened only when the link is followed: who types a stranger's CPF takes nothing from him.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from vincula.common.accounts.models import Convite, Pessoa, clean_email
from vincula.common.accounts.passwords import RULE, lacks
from vincula.common.accounts.services import create_person, set_password
from vincula.common.audit.services import Event, record
from vincula.common.mail import services as mail
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.identifiers import cpf as cpf_rules

SIGNUP, PASSWORD = "CADASTRO", "SENHA"
LIFE = {SIGNUP: timedelta(hours=24), PASSWORD: timedelta(minutes=30)}
PER_PERSON, PER_MAILBOX, PER_ORIGIN = 3, 10, 20
WINDOW = timedelta(hours=1)
TERMS = "2026-11"
GONE = Refused(
    "CONVITE_INVALIDO",
    "Este link já foi usado, venceu ou não existe.",
    'Peça outro em "Cadastrar-se" ou em "Recuperar a senha".',
)
Link = Callable[[str], str]


def ask_account(cpf: str, nome: str, email: str, origin: str, link: Link) -> None:
    """Somebody wants an account: the mail goes to the address that he typed; where the CPF or the address is taken,
    it says to whom the address belongs that there is an account. `link` makes the address of a token."""
    number, address = cpf_rules.parse(cpf), clean_email(email) or ""
    if not cpf_rules.is_valid(number) or not mail.is_address(address):
        return
    taken = Pessoa.objects.filter(Q(cpf=number) | Q(email=address)).exists()
    if taken:
        known = Pessoa.objects.filter(Q(cpf=number) | Q(email=address)).exclude(email=None).first()
        _mail_known(number, known, origin)
        return
    token = _made(SIGNUP, number, " ".join(nome.split()), address, origin)
    if token:
        _send(address, "Vincula: termine o seu cadastro", _SIGNUP_TEXT.format(link=link(token)), SIGNUP)


def ask_recovery(cpf: str, origin: str, link: Link) -> None:
    """Somebody has forgotten a password: the mail goes to the address of the account, if there is one."""
    number = cpf_rules.parse(cpf)
    person = Pessoa.objects.filter(cpf=number, is_active=True).first()
    if person is None or not person.email:
        return
    token = _made(PASSWORD, number, "", person.email, origin)
    if not token:
        return
    with transaction.atomic():
        _send(
            person.email, "Vincula: recuperação da senha", _RECOVERY_TEXT.format(link=link(token)), PASSWORD
        )
        record(Event(f"cpf:{number}", "contas:senha:pedida", f"cpf:{number}"))


def is_good(token: str) -> bool:
    """Whether the link may still be used; it is not used by asking."""
    return Convite.objects.filter(resumo=_digest(token), vale_ate__gt=timezone.now()).exists()


def redeem(token: str, password: str) -> Outcome[Pessoa]:
    """Use the link: the account is opened with this password, or gets it as its new one.

    Refused: SENHA_FRACA (the link stays good), CONVITE_INVALIDO.
    """
    if found := lacks(password):
        return Refused("SENHA_FRACA", " ".join(one.message for one in found), RULE)
    with transaction.atomic():
        row = Convite.objects.filter(resumo=_digest(token), vale_ate__gt=timezone.now()).first()
        if row is None or not Convite.objects.filter(pk=row.pk).delete()[0]:
            return GONE
        if row.finalidade == SIGNUP:
            return _opened(row, password)
        person = Pessoa.objects.filter(cpf=row.cpf, email=row.email, is_active=True).first()
        if person is None:
            return GONE
        Convite.objects.filter(cpf=row.cpf, finalidade=PASSWORD).delete()
        return set_password(person, password, actor=f"cpf:{row.cpf}")


def _opened(row: Convite, password: str) -> Outcome[Pessoa]:
    made = create_person(row.cpf, row.nome, email=row.email, password=password, actor=f"cpf:{row.cpf}")
    if isinstance(made, Accepted):
        Pessoa.objects.filter(pk=made.value.pk).update(autocadastro=True)
        details = {"termos": TERMS}
        record(Event(f"cpf:{row.cpf}", "contas:cadastro:confirmado", f"cpf:{row.cpf}", details=details))
        return made
    # Opened meanwhile by another link, or the address was taken: told as any other link that is no longer good.
    return GONE


def _made(kind: str, cpf: str, nome: str, email: str, origin: str) -> str:
    """A new link's token; "" where there are too many, which nobody is told.

    Counted again once the row is there for everybody to see, and so in no transaction: of many who ask at once each
    sees those before him. Who is over the limit already leaves no row, not even for a moment, that stands in another's
    way.
    """
    now, token = timezone.now(), secrets.token_urlsafe(32)
    row = Convite(
        finalidade=kind, resumo=_digest(token), cpf=cpf, nome=nome, email=email, origem=_digest("origem:" + origin),
        criado_em=now, vale_ate=now + LIFE[kind],
    )  # fmt: skip
    if _too_many(row):
        return ""
    row.save()
    if not _too_many(row):
        return token
    row.delete()
    return ""


def _too_many(row: Convite) -> bool:
    """Nobody uses up what is another's: who is sent no link has PER_PERSON good ones in his mailbox already, or is the
    one who asks too often (by network address)."""
    now = row.criado_em
    before = Convite.objects.filter(pk__lt=row.pk) if row.pk else Convite.objects.all()
    lately = before.filter(criado_em__gt=now - WINDOW)
    if lately.filter(origem=row.origem).count() >= PER_ORIGIN:
        return True
    of_kind = before.filter(finalidade=row.finalidade, email=row.email, vale_ate__gt=now)
    if row.finalidade == PASSWORD:
        return of_kind.filter(cpf=row.cpf).count() >= PER_PERSON
    lately = of_kind.filter(criado_em__gt=now - WINDOW)
    alike = lately.filter(Q(cpf=row.cpf) | Q(origem=row.origem)).count()
    return alike >= PER_PERSON or lately.count() >= PER_MAILBOX


def _mail_known(cpf: str, known: Pessoa | None, origin: str) -> None:
    if known is None or not known.email:
        return
    # The row only counts, apart from the links that recover a password: its token leaves nowhere.
    if _made(SIGNUP, known.cpf, "", known.email, origin):
        _send(known.email, "Vincula: pedido de cadastro", _KNOWN_TEXT, SIGNUP)


def _send(to: str, subject: str, text: str, kind: str) -> None:
    mail.send(to, subject, text, until=timezone.now() + LIFE[kind])


def _digest(token: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), b"convite:" + token.encode(), hashlib.sha256).hexdigest()


_SIGNUP_TEXT = """Alguém pediu um cadastro no Vincula com este e-mail.

Se foi você, abra o link para escolher a senha e terminar o cadastro (vale por 24 horas, uma vez):

{link}

Se não foi você, não faça nada: sem o link nenhuma conta é aberta.
Este e-mail é automático: favor não respondê-lo.
"""
_RECOVERY_TEXT = """Alguém pediu a recuperação da senha da sua conta no Vincula.

Se foi você, abra o link para escolher outra (vale por 30 minutos, uma vez):

{link}

Se não foi você, não faça nada: a senha continua a mesma.
Este e-mail é automático: favor não respondê-lo.
"""
_KNOWN_TEXT = """Alguém pediu um cadastro no Vincula com o seu CPF ou com este e-mail, mas você já tem uma conta.

Se foi você, entre com o seu CPF; se esqueceu a senha, use "Recuperar a senha".
Se não foi você, não faça nada: nada mudou na sua conta.
Este e-mail é automático: favor não respondê-lo.
"""
