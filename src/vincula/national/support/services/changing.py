"""Interruptions declared, changed and ended: judged in turn, audited before the commit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Q

from vincula.common.audit.services import Event, record
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.support import models
from vincula.national.support.rules import declaring
from vincula.national.support.rules.interruption import Interruption
from vincula.national.support.rules.moments import BRASILIA, written
from vincula.national.support.rules.wording import title_of
from vincula.national.support.services.asking import VERSION
from vincula.national.support.services.store import now as clock
from vincula.national.support.services.store import read


def declare(
    servico: str,
    texto: str,
    *,
    actor: str,
    rotinas: str = "",
    inicio: datetime | None = None,
    previsao: datetime | None = None,
    titulo: str = "",
    link: str = "",
    data_aviso: date | None = None,
    now: datetime | None = None,
) -> Outcome[Interruption]:
    """Declare a service interrupted, or some of its routines (`rotinas`) unstable (R069), with its notice (R068).

    Without `inicio` from now on; without `previsao` nobody can say until when; the notice bears today's date in
    Brasília where none is given. Refused: SERVICO_DESCONHECIDO, and what rules.declaring.refusal_to_declare refuses.
    """
    moment = now or clock()
    which = declaring.service(servico)
    if isinstance(which, Refused):
        return which
    named = declaring.clean(rotinas)
    new = Interruption(
        id=0,
        servico=which,
        rotinas=named,
        inicio=inicio or moment,
        previsao=previsao,
        titulo=declaring.clean(titulo) or title_of(which, named),
        texto=declaring.clean(texto),
        link=link.strip(),
        data_aviso=data_aviso or moment.astimezone(BRASILIA).date(),
        encerrada_em=None,
    )
    return _changing(lambda: _declare(new, actor, moment))


def _declare(new: Interruption, actor: str, now: datetime) -> Outcome[Interruption]:
    if refused := declaring.refusal_to_declare(new, read(Q(servico=new.servico.value)), now):
        return refused
    fields = {name: value for name, value in asdict(new).items() if name != "id"}
    made = replace(new, id=models.Interrupcao.objects.create(**fields).pk)
    _record(made, actor, "support:interrupcao:declarada")
    return Accepted(made)


def update_forecast(
    number: int, previsao: datetime | None, *, actor: str, now: datetime | None = None
) -> Outcome[Interruption]:
    """Say anew when the service returns; None: nobody can say.

    Refused: INTERRUPCAO_DESCONHECIDA, INTERRUPCAO_ENCERRADA, PREVISAO_INVALIDA.
    """
    moment = now or clock()

    def change(one: Interruption) -> Outcome[Interruption]:
        changed = replace(one, previsao=previsao)
        if previsao is not None and (refused := declaring.refusal_of_forecast(changed, moment)):
            return refused
        models.Interrupcao.objects.filter(pk=number).update(previsao=previsao)
        _record(changed, actor, "support:interrupcao:alterada")
        return Accepted(changed)

    return _changing(lambda: _open(number, change))


def end(number: int, *, actor: str, now: datetime | None = None) -> Outcome[Interruption]:
    """The service works again from now on; one that has not begun is cancelled.

    Refused: INTERRUPCAO_DESCONHECIDA, INTERRUPCAO_ENCERRADA.
    """
    moment = now or clock()

    def change(one: Interruption) -> Outcome[Interruption]:
        changed = replace(one, encerrada_em=moment)
        models.Interrupcao.objects.filter(pk=number).update(encerrada_em=moment)
        _record(changed, actor, "support:interrupcao:encerrada")
        return Accepted(changed)

    return _changing(lambda: _open(number, change))


def _open(number: int, change: Callable[[Interruption], Outcome[Interruption]]) -> Outcome[Interruption]:
    found = read(Q(pk=number))
    if not found:
        return declaring.unknown(number)
    return change(found[0]) if found[0].encerrada_em is None else declaring.ended(found[0])


def _changing(change: Callable[[], Outcome[Interruption]]) -> Outcome[Interruption]:
    """Run a change in its turn: the version's row is taken first, so that no two judge the same state. What is
    refused leaves the version as it was."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO support_versao (id, valor) VALUES (%s, 1)"
                " ON CONFLICT (id) DO UPDATE SET valor = support_versao.valor + 1",
                [VERSION],
            )
        outcome = change()
        if isinstance(outcome, Refused):
            transaction.set_rollback(True)
        return outcome


def _record(one: Interruption, actor: str, action: str) -> None:
    details = {
        "interrupcao": one.id,
        "rotinas": one.rotinas,
        "inicio": written(one.inicio),
        "previsao": written(one.previsao),
        "link": one.link,
    }
    record(Event(actor, action, f"servico:{one.servico.value}", details=details))
