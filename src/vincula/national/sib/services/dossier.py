"""One vínculo of an operadora: its data, what was done to it, and what each consolidation gave it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from vincula.identifiers import cco as cco_rules
from vincula.national.ibge import services as ibge
from vincula.national.sib.models import Arquivo, Atribuicao, Competencia, Movimento, Vinculo
from vincula.national.sib.rules import shown
from vincula.national.sib.rules.fields import BY_COLUMN, MOVEMENTS, WIRE
from vincula.national.sib.rules.reasons import ACTION_TEXT, EXPLANATION, Action, Explanation, Reason


@dataclass(frozen=True, slots=True)
class Change:
    """A field before and after a movement, ready to be shown."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """A movement in the vínculo's history: which record of which file made it, and what it changed."""

    movement: str
    arquivo_id: int
    file: str
    received: datetime
    position: int
    month: int
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the consolidation of a competência gave: a CNS and how it came, or the reason why there is none."""

    month: int
    cns: str
    action: str
    reason: Reason
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Dossier:
    """A vínculo as its operadora may see it. `cpf` whole: only for the audit, never for the page."""

    cco: str
    codigo: str
    nome: str
    situacao: str
    cpf: str = field(repr=False)
    data: tuple[tuple[str, str], ...] = field(repr=False)
    steps: tuple[Step, ...] = ()
    attributions: tuple[Attribution, ...] = ()

    @property
    def audit_subject(self) -> str:
        """The key under which looks at this person are recorded."""
        return f"cpf:{self.cpf}" if self.cpf else f"cco:{self.cco}"


def dossier(registro: str, cco: str) -> Dossier | None:
    """The vínculo with this CCO, if it is this operadora's; None otherwise, as for a CCO that never was."""
    if not cco_rules.is_valid(cco):
        return None
    one = Vinculo.objects.filter(pk=cco_rules.number(cco), registro_ans=registro).first()
    if one is None:
        return None
    movements = list(Movimento.objects.filter(vinculo_id=one.pk).order_by("-id"))
    places = _places(one, movements)
    return Dossier(
        cco=cco,
        codigo=one.codigo,
        nome=one.nome,
        situacao=shown.value("situacao", one.situacao),
        cpf=one.cpf,
        data=tuple((_label(c), shown.value(c, getattr(one, c), places)) for c in WIRE if getattr(one, c)),
        steps=_steps(one, movements, places),
        attributions=_attributions(one.pk),
    )


def _places(one: Vinculo, movements: Iterable[Movimento]) -> dict[str, str]:
    """The names of all municipalities that the page speaks of, by code."""
    codes = {getattr(one, column) for column in shown.MUNICIPIOS}
    for row in movements:
        for column, before, after in row.mudancas:
            if column in shown.MUNICIPIOS:
                codes |= {before, after}
    return ibge.names(codes - {""})


def _label(column: str) -> str:
    """The field's name with a capital letter."""
    name = BY_COLUMN[column].label if column in BY_COLUMN else shown.SITUACAO
    return name[0].upper() + name[1:]


def _steps(one: Vinculo, rows: list[Movimento], places: dict[str, str]) -> tuple[Step, ...]:
    """Newest first; the inclusão, which has no row of its own, is the oldest."""
    files = Arquivo.objects.in_bulk({one.arquivo_inclusao, *(row.arquivo_id for row in rows)})
    steps = [
        Step(
            MOVEMENTS[row.tipo],
            row.arquivo_id,
            files[row.arquivo_id].nome,
            files[row.arquivo_id].recebido_em,
            row.posicao,
            row.competencia,
            tuple(_change(column, old, new, places) for column, old, new in row.mudancas),
        )
        for row in rows
    ]
    first = files[one.arquivo_inclusao]
    steps.append(
        Step(MOVEMENTS[1], first.pk, first.nome, first.recebido_em, one.posicao_inclusao, first.competencia)
    )
    return tuple(steps)


def _change(column: str, before: str, after: str, places: dict[str, str]) -> Change:
    return Change(_label(column), shown.value(column, before, places), shown.value(column, after, places))


def _attributions(vinculo_id: int) -> tuple[Attribution, ...]:
    """Newest first. By competência, because that is how the table's key begins."""
    done = Competencia.objects.filter(estado=Competencia.Estado.CONSOLIDADA).values_list("mes", flat=True)
    rows = Atribuicao.objects.filter(competencia__in=list(done), vinculo_id=vinculo_id)
    return tuple(
        Attribution(
            row.competencia,
            row.cns,
            ACTION_TEXT[Action(row.acao)],
            Reason(row.motivo),
            EXPLANATION[Reason(row.motivo)],
        )
        for row in sorted(rows, key=lambda row: -row.competencia)
    )
