"""Notices to operadoras: written as drafts, published once, mailed to all operadoras with it (R064, R065)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from vincula.common.accounts.directory import member_emails
from vincula.common.audit.services import Event, record
from vincula.common.mail import services as mail
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.cadop import services as cadop
from vincula.national.support import models
from vincula.national.support.rules import notices, tickets
from vincula.national.support.rules.moments import BRASILIA
from vincula.national.support.rules.notices import Notice
from vincula.national.support.services.store import now as clock


def write_notice(
    titulo: str,
    texto: str,
    links: str = "",
    *,
    actor: str,
    data: date | None = None,
    number: int | None = None,
    now: datetime | None = None,
) -> Outcome[Notice]:
    """A new draft, or (with its `number`) a draft changed. Without `data` it bears today's date in Brasília.

    Refused: TITULO_INVALIDO, TEXTO_AUSENTE, TEXTO_LONGO, LINK_INVALIDO, LINKS_DEMAIS, AVISO_DESCONHECIDO,
    AVISO_PUBLICADO.
    """
    title, found = notices.TITLE.read(titulo), notices.links(links)
    text = tickets.body(texto, "Escreva o texto do aviso.")
    if isinstance(title, Refused):
        return title
    if isinstance(text, Refused):
        return text
    if isinstance(found, Refused):
        return found
    fields = {
        "titulo": title.value,
        "texto": text.value,
        "links": [list(one) for one in found.value],
        "data": data or (now or clock()).astimezone(BRASILIA).date(),
    }
    with transaction.atomic():
        if number is None:
            row = models.Aviso.objects.create(**fields)
        else:
            changed = models.Aviso.objects.filter(pk=number, publicado_em__isnull=True).update(**fields)
            if not changed:
                return _not_a_draft(number)
            row = models.Aviso.objects.get(pk=number)
        record(Event(actor, "support:aviso:escrito", f"aviso:{row.pk}"))
    return Accepted(_notice(row))


def publish(number: int, *, actor: str, now: datetime | None = None) -> Outcome[Notice]:
    """Publish a draft and queue its mails: one to each address of the operadoras in activity and of their people.

    Refused: AVISO_DESCONHECIDO, AVISO_PUBLICADO.
    """
    moment = now or clock()
    with transaction.atomic():
        if not models.Aviso.objects.filter(pk=number, publicado_em__isnull=True).update(publicado_em=moment):
            return _not_a_draft(number)
        row = models.Aviso.objects.get(pk=number)
        one = _notice(row)
        about = {"aviso": number}
        row.enviados = mail.send_many(
            addresses(), notices.subject(one), notices.letter(one), parameters=about
        )
        row.save(update_fields=["enviados"])
        record(Event(actor, "support:aviso:publicado", f"aviso:{number}", details={"enviados": row.enviados}))
    return Accepted(_notice(row))


def addresses() -> list[str]:
    """To whom a notice goes: the operadoras in activity (CADOP) and who acts for one today."""
    every = {one.strip().lower() for one in (*cadop.emails(), *member_emails())}
    return sorted(filter(mail.is_address, every))


def published(newest: int | None = None) -> list[Notice]:
    """The newest first; all of them, or so many."""
    found = models.Aviso.objects.filter(publicado_em__isnull=False)
    return [_notice(row) for row in found.order_by("-data", "-publicado_em", "-pk")[:newest]]


def drafts() -> list[Notice]:
    """Those that are not published yet, the newest first."""
    return [_notice(row) for row in models.Aviso.objects.filter(publicado_em__isnull=True).order_by("-pk")]


def notice(number: int, *, drafts_too: bool = False) -> Notice | None:
    """None where there is none, or where it is a draft and those are not asked for."""
    shown = Q() if drafts_too else Q(publicado_em__isnull=False)
    row = models.Aviso.objects.filter(shown, pk=number).first()
    return _notice(row) if row else None


def _not_a_draft(number: int) -> Refused:
    return notices.PUBLISHED if models.Aviso.objects.filter(pk=number).exists() else notices.UNKNOWN


def _notice(row: models.Aviso) -> Notice:
    links = tuple((str(said), str(address)) for said, address in row.links)
    return Notice(row.pk, row.titulo, row.texto, links, row.data, row.publicado_em, row.enviados)
