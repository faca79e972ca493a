"""How many vínculos of an operadora have a CNS, how many have none, and why; and the counters of the RQC."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.sib.models import Competencia, Resumo
from vincula.national.sib.rules.calendar import as_text
from vincula.national.sib.rules.reasons import ACTION_TEXT, EXPLANATION, Action, Reason
from vincula.national.sib.services import frozen, months, readiness


@dataclass(frozen=True, slots=True)
class Count:
    """How many vínculos ended with this action and for this reason, with or without a CNS."""

    action: Action
    reason: Reason
    has_cns: bool
    count: int


@dataclass(frozen=True, slots=True)
class Status:
    """The counts of one operadora in one competência; `state` ABERTA, ENCERRADA or CONSOLIDADA."""

    registro: str
    month: int
    state: str
    counts: tuple[Count, ...]

    @property
    def total(self) -> int:
        return sum(c.count for c in self.counts)

    @property
    def with_cns(self) -> int:
        return sum(c.count for c in self.counts if c.has_cns)

    @property
    def without_cns(self) -> int:
        return self.total - self.with_cns

    def by_reason(self) -> dict[Reason, int]:
        """Vínculos without CNS, per reason, the most frequent first."""
        found: dict[Reason, int] = {}
        for one in self.counts:
            if not one.has_cns:
                found[one.reason] = found.get(one.reason, 0) + one.count
        return dict(sorted(found.items(), key=lambda item: -item[1]))

    def by_action(self) -> dict[Action, int]:
        """Vínculos with a CNS, per way in which they came to it."""
        found: dict[Action, int] = {}
        for one in self.counts:
            if one.has_cns:
                found[one.action] = found.get(one.action, 0) + one.count
        return dict(sorted(found.items(), key=lambda item: -item[1]))

    def as_mapping(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "registro_ans": self.registro,
            "competencia": as_text(self.month),
            "estado": self.state,
            "vinculos": self.total,
            "com_cns": self.with_cns,
            "sem_cns": self.without_cns,
            "motivos": [
                {
                    "codigo": reason.name,
                    "quantidade": count,
                    "frase": EXPLANATION[reason].sentence,
                    "proximo_passo": EXPLANATION[reason].next_step,
                }
                for reason, count in self.by_reason().items()
            ],
            "com_cns_por_origem": [
                {"codigo": action.name, "quantidade": count, "frase": ACTION_TEXT[action]}
                for action, count in self.by_action().items()
            ],
        }


def status(registro: str, month: int) -> Outcome[Status]:
    """The counts. Refused for an unknown operadora, and for a competência that nobody has used."""
    if refused := readiness.unknown(registro):
        return refused
    row = months.state_of(month)
    if row is None:
        return Refused(
            "COMPETENCIA_SEM_ARQUIVOS",
            f"A competência {as_text(month)} não recebeu arquivos.",
            "Confira o mês, assim: 2026-11.",
        )
    if row.estado == Competencia.Estado.CONSOLIDADA:
        counts = tuple(_consolidated(registro, month))
    else:
        counts = tuple(_waiting(registro, month))
    return Accepted(Status(registro, month, row.estado, counts))


def _consolidated(registro: str, month: int) -> Iterator[Count]:
    """The counts are frozen with the state, so they are made once."""
    summary = Resumo.objects.filter(registro_ans=registro, competencia=month).first()
    if summary is None:
        lines = _query(
            f"SELECT a.acao, a.motivo, a.cns <> '', count(*) FROM ({_own(month)}) v "
            f"JOIN sib_atribuicao a ON a.competencia = {int(month)} AND a.vinculo_id = v.vinculo_id GROUP BY 1, 2, 3",
            [registro, registro],
        )
        summary, _ = Resumo.objects.get_or_create(
            registro_ans=registro, competencia=month, defaults={"linhas": [list(line) for line in lines]}
        )
    for action, reason, has_cns, count in summary.linhas:
        yield Count(Action(action), Reason(reason), bool(has_cns), count)


def _waiting(registro: str, month: int) -> Iterator[Count]:
    """Before consolidation: what the last one left, and the rest waits."""
    previous = months.previous_consolidated(month)
    join = (
        f"LEFT JOIN sib_atribuicao p ON p.competencia = {previous} AND p.vinculo_id = v.vinculo_id"
        if previous
        else ""
    )
    held = "coalesce(nullif(v.cns, ''), p.cns, '') <> ''" if previous else "v.cns <> ''"
    lines = _query(
        f"SELECT {held}, count(*) FROM ({_own(month)}) v {join} GROUP BY 1",
        [registro, registro],
    )
    for has_cns, count in lines:
        action = Action.INFORMADO if has_cns else Action.NENHUMA
        yield Count(action, Reason.AGUARDA_CONSOLIDACAO, bool(has_cns), count)


def _own(month: int) -> str:
    return frozen.state_at(month, ("cns",), "registro_ans = %s")


def _query(text: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, parameters)
        return list(cursor.fetchall())


RQC = (
    ("titular_sem_cpf", "Registro de titular sem CPF", "relacao = '1' AND cpf = ''"),
    (
        "dependente_maior_sem_cpf",
        "Registro de dependente maior sem CPF",
        "relacao <> '1' AND cpf = '' AND nascimento <= %s",
    ),
    ("cns_nao_preenchido", "Total de CNS não preenchido", "cns = ''"),
)


def quality(registro: str) -> list[tuple[str, str, int]]:
    """The counters that ANS names for the RQC, over the active vínculos as sent: (id, label, count).

    CPF-3, CNS-2 and CNS-3 of our críticas are only counted, and this is where."""
    day = months.now().date()
    adult = f"{day.year - 18:04d}-{day:%m-%d}"
    active = "FROM sib_vinculo WHERE registro_ans = %s AND situacao = 'A'"
    found = []
    for name, label, condition in RQC:
        extra = [adult] if "%s" in condition else []
        rows = _query(f"SELECT count(*) {active} AND {condition}", [registro, *extra])
        found.append((name, label, int(rows[0][0])))
    for name, label, column in (
        ("cpf_repetidos", "Registros envolvidos nas repetições de CPF", "cpf"),
        ("cns_repetidos", "Registros envolvidos nas repetições de CNS", "cns"),
    ):
        rows = _query(
            f"SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n {active} AND {column} <> '' "
            f"GROUP BY {column} HAVING count(*) > 1) repetidos",
            [registro],
        )
        found.append((name, label, int(rows[0][0])))
    return found
