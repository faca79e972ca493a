"""Tickets: opened and read. Nobody reads another's; a number alone opens nothing."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse

from vincula.common.audit.services import Event, record
from vincula.common.mail import services as mail
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.support import models
from vincula.national.support.rules import letters, tickets
from vincula.national.support.rules.moments import BRASILIA
from vincula.national.support.rules.tickets import Area, Estado, Message, Ticket, Tipo
from vincula.national.support.services import limits
from vincula.national.support.services.store import now as clock

NUMBERS_TRIED = 20
REPEATED = timedelta(minutes=10)  # within which the same words are the same form, sent again
NO_CONTACT = Refused(
    "EMAIL_INVALIDO",
    "O e-mail para a resposta não confere.",
    "Informe um só endereço, como nome@empresa.com.br.",
)


def open_ticket(
    area: str,
    assunto: str,
    texto: str,
    *,
    contato: str,
    cpf: str = "",
    origem: str = "",
    now: datetime | None = None,
) -> Outcome[Ticket]:
    """Open a ticket (R056): `cpf` of who is logged in, "" for who is not; `contato` the e-mail that is answered to;
    `origem` the network address of who is not logged in (counted, never kept).

    The same once more within REPEATED answers the ticket that is there.

    Refused: AREA_DESCONHECIDA, ASSUNTO_INVALIDO, TEXTO_AUSENTE, TEXTO_LONGO, EMAIL_INVALIDO, LIMITE_DE_CHAMADOS.
    """
    which = tickets.area(area)
    subject = tickets.SUBJECT.read(assunto)
    text = tickets.body(texto)
    for outcome in (which, subject, text):
        if isinstance(outcome, Refused):
            return outcome
    address = contato.strip().lower()
    if not mail.is_address(address):
        return NO_CONTACT
    assert isinstance(which, Accepted)
    assert isinstance(subject, Accepted)
    assert isinstance(text, Accepted)
    moment = now or clock()
    with transaction.atomic():
        if refused := _over_the_limit(cpf, address, origem, moment):
            transaction.set_rollback(True)
            return refused
        if again := _sent_before(cpf, address, which.value, subject.value, text.value, moment):
            transaction.set_rollback(True)
            return Accepted(again)
        row = _numbered(
            models.Chamado(
                area=which.value.value,
                assunto=subject.value,
                quem=cpf,
                contato=address,
                estado=Estado.ABERTO.value,
                aberto_em=moment,
                atualizado_em=moment,
            )
        )
        author = f"cpf:{cpf}" if cpf else ""
        row.mensagens.create(tipo=Tipo.PERGUNTA.value, texto=text.value, autor=author, em=moment)
        made = _ticket(row)
        about = {"chamado": made.numero, "area": made.area.value}
        mail.send(
            address,
            letters.subject(made, "Recebemos o seu chamado"),
            letters.received(made),
            parameters=about,
        )
        record(
            Event(
                author or "visitante",
                "support:chamado:aberto",
                author or f"chamado:{made.numero}",
                details=about,
            )
        )
    return Accepted(made)


def _sent_before(cpf: str, address: str, area: Area, subject: str, text: str, now: datetime) -> Ticket | None:
    """The same form sent twice opens one ticket. His count, raised before, has this one wait for the other."""
    same = models.Chamado.objects.filter(
        quem=cpf,
        contato=address,
        area=area.value,
        assunto=subject,
        aberto_em__gt=now - REPEATED,
        aberto_em__lte=now,
    ).exclude(estado=Estado.ENCERRADO.value)
    row = same.filter(mensagens__tipo=Tipo.PERGUNTA.value, mensagens__texto=text).order_by("-pk").first()
    return _ticket(row) if row else None


def _over_the_limit(cpf: str, address: str, origin: str, now: datetime) -> Refused | None:
    if cpf:
        return limits.refusal_of_count(f"cpf:{cpf}", limits.PER_PERSON, now)
    return (
        limits.refusal_of_count(f"origem:{origin}", limits.PER_ORIGIN, now)
        or limits.refusal_of_count(f"email:{address} de:{origin}", limits.PER_ADDRESS, now)
        or limits.refusal_of_count(f"email:{address}", limits.PER_MAILBOX, now)
    )


def _numbered(row: models.Chamado) -> models.Chamado:
    """Save it under a number that nobody has: the day and eight digits by chance, so that they tell nothing."""
    day = f"{row.aberto_em.astimezone(BRASILIA):%Y%m%d}"
    for _ in range(NUMBERS_TRIED):
        row.numero = f"{day}{secrets.randbelow(10**8):08d}"
        try:
            with transaction.atomic():
                row.save()
                return row
        except IntegrityError:
            row.pk = None
    raise RuntimeError("no free ticket number")


def tickets_of(cpf: str, area: str = "") -> list[Ticket]:
    """The tickets of a person, the newest first, without their messages."""
    return [_ticket(row, whole=False) for row in _of(cpf, area).order_by("-aberto_em", "-pk")]


def open_ticket_about(cpf: str, area: str) -> Ticket | None:
    """The newest ticket of the person in this area that is not closed: what lets the team decide something for him."""
    found = _of(cpf, area).exclude(estado=Estado.ENCERRADO.value)
    row = found.order_by("-aberto_em", "-pk").first()
    return _ticket(row, whole=False) if row else None


def asking_about(cpfs: Collection[str], areas: Collection[str]) -> dict[str, str]:
    """Those of these people who have a ticket in one of the areas that is not closed, with the number of the newest;
    one question for all of them."""
    known = [Area(area).value for area in areas]
    found = models.Chamado.objects.filter(quem__in={cpf for cpf in cpfs if cpf}, area__in=known)
    found = found.exclude(estado=Estado.ENCERRADO.value).order_by("aberto_em", "pk")
    return dict(found.values_list("quem", "numero"))


def own_ticket(cpf: str, numero: str) -> Ticket | None:
    """With its messages; None where there is none of this number or it is another's."""
    row = _of(cpf).filter(numero=numero).first() if tickets.is_number(numero) else None
    return _ticket(row) if row else None


def ticket(numero: str) -> Ticket | None:
    """For the team: any ticket, with its messages."""
    row = models.Chamado.objects.filter(numero=numero).first() if tickets.is_number(numero) else None
    return _ticket(row) if row else None


def consult(numero: str, *, actor: str) -> Outcome[Ticket]:
    """The same, noted in the audit under the person before it is answered. Refused: CHAMADO_DESCONHECIDO."""
    found = ticket(numero)
    if found is None:
        return tickets.UNKNOWN
    subject = f"cpf:{found.quem}" if found.quem else f"chamado:{found.numero}"
    record(
        Event(actor, "support:chamado:consultado", subject, "atendimento", details={"chamado": found.numero})
    )
    return Accepted(found)


def queue(estados: Sequence[str] = (), area: str = "") -> QuerySet[models.Chamado]:
    """The team's queue, whoever has waited longest first; without the closed ones where no state is asked for."""
    wanted = estados or (Estado.ABERTO.value, Estado.EM_ANALISE.value, Estado.RESPONDIDO.value)
    found = models.Chamado.objects.filter(estado__in=wanted)
    return (found.filter(area=area) if area else found).order_by("atualizado_em", "pk")


def listed(rows: Sequence[models.Chamado]) -> list[Ticket]:
    """Rows of `queue` as tickets, without messages."""
    return [_ticket(row, whole=False) for row in rows]


def ticket_url(area: str = "") -> str:
    """Where a ticket is opened (a path of this site), for the remedies that say "abra um chamado"."""
    where = reverse("support-abrir")
    return f"{where}?{urlencode({'area': Area(area).value})}" if area else where


def _of(cpf: str, area: str = "") -> QuerySet[models.Chamado]:
    # Without a CPF a ticket is nobody's: the empty one must find none of those.
    found = models.Chamado.objects.filter(quem=cpf) if cpf else models.Chamado.objects.none()
    return found.filter(area=area) if area else found


def _ticket(row: models.Chamado, *, whole: bool = True) -> Ticket:
    said = row.mensagens.order_by("em", "pk") if whole else ()
    return Ticket(
        row.numero,
        Area(row.area),
        row.assunto,
        row.quem,
        row.contato,
        Estado(row.estado),
        row.encaminhado_a,
        row.aberto_em,
        row.atualizado_em,
        tuple(Message(Tipo(one.tipo), one.texto, one.em, one.da_equipe) for one in said),
    )
