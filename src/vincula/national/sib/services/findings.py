"""The críticas of a file for its page: counted per rule, and record by record, filtered and in pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from vincula.national.sib.models import Critica
from vincula.national.sib.rules import shown
from vincula.national.sib.rules.catalog import Rule, rules
from vincula.national.sib.rules.fields import BY_COLUMN, MOVEMENTS


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How many críticas of a rule there are in a file, in which field (label)."""

    rule: Rule
    field: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """One crítica of one record, ready to be shown (`value` with the CPF masked)."""

    position: int
    movement: str
    codigo: str
    cco: str
    field: str
    value: str
    rule: Rule


class Findings:
    """The críticas of a file in the order of its records, as something that can be paged."""

    def __init__(self, rows: QuerySet[Critica]) -> None:
        self._rows = rows

    def count(self) -> int:
        return self._rows.count()

    def __len__(self) -> int:
        return self.count()

    def __iter__(self) -> Iterator[Found]:
        return map(_found, self._rows.iterator(2_000))

    def __getitem__(self, part: slice) -> list[Found]:
        return [_found(row) for row in self._rows[part]]


def findings(arquivo_id: int, *, rule: str = "", kind: int = 0) -> Findings:
    """The críticas of a file; of one rule or one kind of movement (1 to 5) only, if asked."""
    rows = Critica.objects.filter(arquivo_id=arquivo_id)
    if rule:
        rows = rows.filter(regra=rule)
    if kind:
        rows = rows.filter(tipo=kind)
    return Findings(rows.order_by("posicao", "id"))


def _found(row: Critica) -> Found:
    return Found(
        position=row.posicao,
        movement=MOVEMENTS[row.tipo],
        codigo=row.codigo_beneficiario,
        cco=row.cco,
        field=BY_COLUMN[row.campo].label,
        value=shown.value(row.campo, row.valor),
        rule=rules()[row.regra],
    )


def finding_counts(arquivo_id: int) -> list[RuleCount]:
    """Per rule and field, the most frequent first."""
    counted = Critica.objects.filter(arquivo_id=arquivo_id).values_list("regra", "campo")
    return [
        RuleCount(rules()[rule], BY_COLUMN[column].label, count)
        for rule, column, count in counted.annotate(n=Count("id")).order_by("-n", "regra", "campo")
    ]


def kinds_with_findings(arquivo_id: int) -> dict[int, str]:
    """The kinds of movement that have some crítica: number and name."""
    kinds = Critica.objects.filter(arquivo_id=arquivo_id).values_list("tipo", flat=True).distinct()
    return {kind: MOVEMENTS[kind] for kind in sorted(set(kinds))}
