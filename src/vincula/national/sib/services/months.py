"""The competência that takes a file, by the calendar or by name; its row is locked while the file is let in."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Max

from vincula.common import config
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.sib.models import Arquivo, Competencia, PrazoExcepcional, RegraCalendario
from vincula.national.sib.rules.calendar import Calendar, Window, as_text, next_month

FIRST_RULES = (
    (190001, 6),
)  # day 6: inferred (rules/calendar.py); rows of sib_regra_calendario come after it
REHEARSAL_MONTHS = 12
BRASILIA = ZoneInfo("America/Sao_Paulo")


def now() -> datetime:
    """The present moment, in Brasília."""
    return datetime.now(BRASILIA)


def calendar() -> Calendar:
    """The calendar as the base holds it."""
    return Calendar(
        rules=[
            *FIRST_RULES,
            *RegraCalendario.objects.order_by("vale_desde").values_list("vale_desde", "dia_inicio"),
        ],
        exceptions={p.competencia: Window(p.inicio, p.fim) for p in PrazoExcepcional.objects.all()},
    )


def open_month(today: date) -> int:
    """The competência that a file arriving today belongs to: the calendar's, or the next one that is not closed."""
    month = calendar().of_day(today)
    last_closed = latest_closed()
    return month if last_closed is None or month > last_closed else next_month(last_closed)


def latest_closed() -> int | None:
    """The newest competência that takes no more files; None when none was ever closed."""
    closed = Competencia.objects.exclude(estado=Competencia.Estado.ABERTA)
    last: int | None = closed.aggregate(last=Max("mes"))["last"]
    return last


def too_far(month: int, today: date) -> Refused | None:
    """A month that nothing can belong to yet: one typed wrong would shut every earlier one out. The sandbox may
    rehearse a year ahead."""
    last = open_month(today)
    for _ in range(REHEARSAL_MONTHS if config.load().sandbox else 0):
        last = next_month(last)
    if month <= last:
        return None
    return Refused(
        "COMPETENCIA_FUTURA",
        f"A competência {as_text(month)} ainda não começou.",
        f"A aberta é {as_text(open_month(today))}; confira o ano e o mês.",
    )


def choose(wanted: int | None, registro: str, today: date) -> Outcome[int]:
    """Which competência takes this file. Call it inside the transaction that inserts the file: it locks the row."""
    month = wanted if wanted is not None else open_month(today)
    if refused := too_far(month, today):
        return refused
    last_closed = latest_closed()
    if last_closed is not None and month <= last_closed:
        return Refused(
            "COMPETENCIA_ENCERRADA",
            f"A competência {as_text(month)} já foi encerrada e não recebe mais arquivos.",
            f"{_still_open(next_month(last_closed), open_month(today))}; nada foi gravado.",
        )
    sent = Arquivo.objects.filter(registro_ans=registro).exclude(estado=Arquivo.Estado.REJEITADO)
    newest = sent.aggregate(last=Max("competencia"))["last"]
    if newest is not None and month < newest:
        return Refused(
            "COMPETENCIA_PASSADA",
            f"Esta operadora já enviou arquivo da competência {as_text(newest)}, posterior a {as_text(month)}.",
            f"Envie na competência {as_text(newest)}: os movimentos valem na ordem em que chegam.",
        )
    Competencia.objects.get_or_create(mes=month)
    row = Competencia.objects.select_for_update().get(mes=month)
    if row.estado != Competencia.Estado.ABERTA:  # closed between the look and the lock
        return choose(wanted, registro, today)
    return Accepted(month)


def _still_open(first: int, last: int) -> str:
    if first == last:
        return f"Envie na competência aberta, {as_text(first)}"
    return f"Envie numa das competências ainda abertas, de {as_text(first)} a {as_text(last)}"


def state_of(month: int) -> Competencia | None:
    """The row of a competência, if it ever took a file or was closed."""
    return Competencia.objects.filter(mes=month).first()


def previous_consolidated(month: int) -> int | None:
    """The last consolidated competência before this one."""
    done = Competencia.objects.filter(estado=Competencia.Estado.CONSOLIDADA, mes__lt=month)
    last: int | None = done.aggregate(last=Max("mes"))["last"]
    return last
