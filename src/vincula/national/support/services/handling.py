"""What is done with a ticket after it was opened: each step under its row's lock, audited before the commit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from vincula.common.audit.services import Event, record
from vincula.common.mail import services as mail
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.support import models
from vincula.national.support.rules import letters, tickets
from vincula.national.support.rules.tickets import Estado, Ticket, Tipo
from vincula.national.support.services import limits
from vincula.national.support.services.store import now as clock
from vincula.national.support.services.tickets import REPEATED, _ticket, tickets_of

Judge = Callable[[Ticket], Refused | None]


def add_message(cpf: str, numero: str, texto: str, *, now: datetime | None = None) -> Outcome[Ticket]:
    """The person adds to his own ticket, which is then open again for the team.

    Refused: TEXTO_AUSENTE, TEXTO_LONGO, CHAMADO_DESCONHECIDO, CHAMADO_ENCERRADO, LIMITE_DE_CHAMADOS.
    """
    text = tickets.body(texto)
    if isinstance(text, Refused):
        return text
    moment = now or clock()

    def judge(one: Ticket) -> Refused | None:
        return (
            _not_his(one, cpf)
            or tickets.refusal_to_go_on(one)
            or limits.refusal_of_count(f"mensagem:{cpf}", limits.MESSAGES, moment)
        )

    def change(row: models.Chamado) -> None:
        if row.estado == Estado.RESPONDIDO.value:
            row.estado = Estado.ABERTO.value

    return _step(numero, f"cpf:{cpf}", Tipo.COMPLEMENTO, text.value, judge, change, moment)


def route(
    numero: str, area_tecnica: str, *, actor: str, area: str = "", now: datetime | None = None
) -> Outcome[Ticket]:
    """Give the question to a technical area, whose statement will be the answer (R061); `area` moves it to another
    queue too.

    Refused: AREA_INVALIDA, AREA_DESCONHECIDA, CHAMADO_DESCONHECIDO, CHAMADO_ENCERRADO, CHAMADO_PROPRIO.
    """
    named = tickets.TECHNICAL_AREA.read(area_tecnica)
    if isinstance(named, Refused):
        return named
    other = tickets.area(area) if area else None
    if isinstance(other, Refused):
        return other

    def change(row: models.Chamado) -> None:
        row.estado = Estado.EM_ANALISE.value
        row.encaminhado_a = named.value
        if other is not None:
            row.area = other.value.value

    text = f"Direcionado à área técnica competente: {named.value}."
    return _step(numero, actor, Tipo.ENCAMINHAMENTO, text, _team(actor), change, now or clock())


def answer(numero: str, texto: str, *, actor: str, now: datetime | None = None) -> Outcome[Ticket]:
    """Answer, by mail and in the ticket; of a ticket that was routed it is the technical area's statement.

    Refused: TEXTO_AUSENTE, TEXTO_LONGO, CHAMADO_DESCONHECIDO, CHAMADO_ENCERRADO, CHAMADO_PROPRIO.
    """
    text = tickets.body(texto, "Escreva a resposta.")
    if isinstance(text, Refused):
        return text

    def change(row: models.Chamado) -> None:
        row.estado = Estado.RESPONDIDO.value
        one = _ticket(row)
        mail.send(
            one.contato,
            letters.subject(one, "Resposta"),
            letters.answer(one, text.value),
            parameters=_about(one),
        )

    return _step(numero, actor, Tipo.RESPOSTA, text.value, _team(actor), change, now or clock())


def close(numero: str, *, actor: str, texto: str = "", now: datetime | None = None) -> Outcome[Ticket]:
    """The team ends a ticket; with a text, which is mailed. Refused as `answer`, but the text may be absent."""
    text = tickets.body(texto, "Escreva o motivo, ou deixe o campo vazio.") if texto.strip() else Accepted("")
    if isinstance(text, Refused):
        return text

    def change(row: models.Chamado) -> None:
        row.estado = Estado.ENCERRADO.value
        one = _ticket(row)
        mail.send(
            one.contato,
            letters.subject(one, "Encerrado"),
            letters.closed(one, text.value),
            parameters=_about(one),
        )

    said = text.value or "Chamado encerrado."
    return _step(numero, actor, Tipo.ENCERRAMENTO, said, _team(actor), change, now or clock())


def close_own(cpf: str, numero: str, *, now: datetime | None = None) -> Outcome[Ticket]:
    """The person ends his own. Refused: CHAMADO_DESCONHECIDO, CHAMADO_ENCERRADO."""

    def judge(one: Ticket) -> Refused | None:
        return _not_his(one, cpf) or tickets.refusal_to_go_on(one)

    def change(row: models.Chamado) -> None:
        row.estado = Estado.ENCERRADO.value

    said = "Chamado encerrado por quem o abriu."
    return _step(numero, f"cpf:{cpf}", Tipo.ENCERRAMENTO, said, judge, change, now or clock())


def undo(cpf: str) -> None:
    """Somebody else opened tickets in this person's name, and has the answers sent to himself: they end, and lead to no
    decision about the person (accounts.claiming)."""

    def change(row: models.Chamado) -> None:
        row.estado = Estado.ENCERRADO.value

    said = "Encerrado: quem abriu este chamado não tinha provado o CPF. Se precisa dele, abra outro."
    for one in tickets_of(cpf):
        if one.open:
            _step(one.numero, "sistema", Tipo.ENCERRAMENTO, said, tickets.refusal_to_go_on, change, clock())


_ACTIONS = {
    Tipo.COMPLEMENTO: "support:chamado:complementado",
    Tipo.ENCAMINHAMENTO: "support:chamado:encaminhado",
    Tipo.RESPOSTA: "support:chamado:respondido",
    Tipo.ENCERRAMENTO: "support:chamado:encerrado",
}


def _not_his(one: Ticket, cpf: str) -> Refused | None:
    return None if one.quem and one.quem == cpf else tickets.UNKNOWN


def _team(actor: str) -> Judge:
    return lambda one: tickets.refusal_to_handle(one, actor)


def _about(one: Ticket) -> dict[str, str]:
    return {"chamado": one.numero, "area": one.area.value}


def _said_before(row: models.Chamado, tipo: Tipo, text: str, actor: str, now: datetime) -> bool:
    """The same form sent twice says it once: the last that was said is this very thing, by the same, just now."""
    last = row.mensagens.order_by("-em", "-pk").first()
    return (
        last is not None
        and (last.tipo, last.texto, last.autor) == (tipo.value, text, actor)
        and now - last.em < REPEATED
    )


def _step(
    numero: str,
    actor: str,
    tipo: Tipo,
    text: str,
    judge: Judge,
    change: Callable[[models.Chamado], None],
    now: datetime,
) -> Outcome[Ticket]:
    if not tickets.is_number(numero):
        return tickets.UNKNOWN
    with transaction.atomic():
        row = models.Chamado.objects.select_for_update().filter(numero=numero).first()
        if row is not None and _said_before(row, tipo, text, actor, now):
            return Accepted(_ticket(row))
        refused = tickets.UNKNOWN if row is None else judge(_ticket(row))
        if row is None or refused:
            transaction.set_rollback(True)
            return refused or tickets.UNKNOWN
        change(row)
        row.atualizado_em = now
        row.save()
        by_team = tipo is not Tipo.COMPLEMENTO and actor != f"cpf:{row.quem}"
        row.mensagens.create(tipo=tipo.value, texto=text, autor=actor, da_equipe=by_team, em=now)
        done = _ticket(row)
        subject = f"cpf:{row.quem}" if row.quem else f"chamado:{row.numero}"
        record(Event(actor, _ACTIONS[tipo], subject, details=_about(done)))
    return Accepted(done)
