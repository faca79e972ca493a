"""The competências over all operadoras, for those who run the national side, and what waits for their review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from vincula.identifiers import cco
from vincula.national.cadsus import services as cadsus
from vincula.national.sib.models import Arquivo, Competencia, Revisao, Vinculo
from vincula.national.sib.rules import shown
from vincula.national.sib.rules.calendar import Window
from vincula.national.sib.services import months
from vincula.national.sib.services.intake import ENDS
from vincula.national.sib.services.receive import UNKNOWN


@dataclass(frozen=True, slots=True)
class NationalMonth:
    """A competência over all operadoras; `waiting`: files received and not processed yet; `unknown`: files that do not
    say of which operadora they are, which count among the files and bring no operadora."""

    month: int
    state: str
    window: Window
    closed: datetime | None
    consolidated: datetime | None
    operadoras: int
    files: int
    rejected: int
    waiting: int
    unknown: int
    is_current: bool

    @property
    def over(self) -> bool:
        """Whether its days have passed."""
        return months.now().date() > self.window.last


@dataclass(frozen=True, slots=True)
class Review:
    """A vínculo that may be of a person whom the CNS base has without CPF. `id` is that of the case."""

    id: int
    registro: str
    cco: str
    nome: str
    nascimento: str
    nome_mae: str
    pessoa_id: int
    pessoa_registro: str
    pessoa_nome: str
    pessoa_mae: str
    pessoa_cns: str
    audit_subject: str


def _file_counts() -> dict[int, tuple[int, int, int, int, int]]:
    """Per competência: operadoras, files, rejected, not yet processed, of no operadora that could be told."""
    grouped = Arquivo.objects.order_by().values_list("competencia")
    return {
        month: (senders, files, rejected, waiting, unknown)
        for month, senders, files, rejected, waiting, unknown in grouped.annotate(
            senders=Count("registro_ans", distinct=True, filter=~Q(registro_ans=UNKNOWN)),
            files=Count("pk"),
            rejected=Count("pk", filter=Q(estado=Arquivo.Estado.REJEITADO)),
            waiting=Count("pk", filter=~Q(estado__in=ENDS)),
            unknown=Count("pk", filter=Q(registro_ans=UNKNOWN)),
        )
    }


def national_months() -> list[NationalMonth]:
    """Every competência in use, newest first, and the open one."""
    current = months.open_month(months.now().date())
    rows = {row.mes: row for row in Competencia.objects.all()}
    rows.setdefault(current, Competencia(mes=current))
    counts = _file_counts()
    calendar = months.calendar()
    return [
        NationalMonth(
            month,
            str(row.estado),
            calendar.window(month),
            row.encerrada_em,
            row.consolidada_em,
            *counts.get(month, (0, 0, 0, 0, 0)),
            month == current,
        )
        for month, row in sorted(rows.items(), reverse=True)
    ]


def national_month(month: int) -> NationalMonth | None:
    """One of them; None where nobody used it."""
    return next((one for one in national_months() if one.month == month), None)


def review_count(month: int) -> int:
    """How many cases wait for review in the competência."""
    return Revisao.objects.filter(competencia=month).count()


def reviews(month: int, *, after: int = 0, limit: int = 50) -> list[Review]:
    """A page of the cases, after the one numbered `after`."""
    cases = list(Revisao.objects.filter(competencia=month, pk__gt=after).order_by("pk")[:limit])
    vinculos = Vinculo.objects.in_bulk({case.vinculo_id for case in cases})
    return [_review(case, vinculos[case.vinculo_id]) for case in cases]


def _review(case: Revisao, one: Vinculo) -> Review:
    person = cadsus.get(case.pessoa_id)
    return Review(
        id=case.pk,
        registro=one.registro_ans,
        cco=cco.from_number(one.pk),
        nome=one.nome,
        nascimento=shown.value("nascimento", one.nascimento),
        nome_mae=one.nome_mae or shown.ABSENT,
        pessoa_id=case.pessoa_id,
        pessoa_registro=(person.registro if person else "") or shown.ABSENT,
        pessoa_nome=person.data["nome"] if person else shown.ABSENT,
        pessoa_mae=(person.data["nome_mae"] if person else "") or shown.ABSENT,
        pessoa_cns=(person.cns_mestre if person else "") or shown.ABSENT,
        audit_subject=f"cpf:{one.cpf}",
    )
