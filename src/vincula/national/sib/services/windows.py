"""The calendar as people see and change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from vincula.common.audit.services import Event, record
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.sib.models import Arquivo, Competencia, PrazoExcepcional
from vincula.national.sib.rules.calendar import Window, as_text, is_near
from vincula.national.sib.services import months
from vincula.people.demographics import is_date


@dataclass(frozen=True, slots=True)
class Month:
    """A competência on a page: its state, its days, and how many files it took (of one operadora, or of all)."""

    month: int
    state: str
    window: Window
    files: int
    is_current: bool


def window(month: int) -> Window:
    """The days on which files of the competência are received."""
    return months.calendar().window(month)


def set_window(month: int, first: str, last: str, actor: str) -> Outcome[Window]:
    """Change the days of one competência (ISO dates). Refused for a closed one and for days that make no sense."""
    if not (is_date(first) and is_date(last)):
        return Refused(
            "PRAZO_INVALIDO", "Informe os dois dias, como 2026-11-06.", "Use --first e --last, os dois."
        )
    changed = Window(date.fromisoformat(first), date.fromisoformat(last))
    if changed.first > changed.last:
        return Refused("PRAZO_INVALIDO", "O primeiro dia é depois do último.", "Confira as datas.")
    if not all(is_near(month, day) for day in (changed.first, changed.last)):
        return Refused(
            "PRAZO_INVALIDO",
            f"O prazo fica a mais de um ano da competência {as_text(month)}.",
            "Confira o ano das duas datas.",
        )
    with transaction.atomic():
        row = Competencia.objects.select_for_update().filter(mes=month).first()
        if row is not None and row.estado != Competencia.Estado.ABERTA:
            return Refused(
                "COMPETENCIA_ENCERRADA",
                f"A competência {as_text(month)} já foi encerrada.",
                "O prazo de uma competência encerrada não muda.",
            )
        PrazoExcepcional.objects.update_or_create(
            competencia=month, defaults={"inicio": changed.first, "fim": changed.last}
        )
        record(
            Event(
                actor,
                "sib:prazo:alterado",
                f"competencia:{as_text(month)}",
                details={"inicio": first, "fim": last},
            )
        )
    return Accepted(window(month))


def overview(registro: str) -> list[Month]:
    """The competências that were used, newest first, and the one that is open today; files of this operadora."""
    calendar = months.calendar()
    current = months.open_month(months.now().date())
    states = dict(Competencia.objects.values_list("mes", "estado"))
    states.setdefault(current, Competencia.Estado.ABERTA)
    sent: dict[int, int] = {}
    for month in Arquivo.objects.filter(registro_ans=registro).values_list("competencia", flat=True):
        sent[month] = sent.get(month, 0) + 1
    return [
        Month(month, str(state), calendar.window(month), sent.get(month, 0), month == current)
        for month, state in sorted(states.items(), reverse=True)
    ]
