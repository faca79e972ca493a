"""Answers of the command line, in lines."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from vincula.common.words import counted
from vincula.national.sib.models import Arquivo, Atribuicao, Competencia
from vincula.national.sib.rules.calendar import as_text
from vincula.national.sib.rules.reasons import ACTION_TEXT, EXPLANATION, Action, Reason
from vincula.national.sib.services.status import Status


def status_lines(status: Status) -> list[str]:
    """`vincula sib status`."""
    lines = [
        f"Operadora {status.registro}, competência {as_text(status.month)} ({status.state}).",
        f"Vínculos: {status.total}; com CNS: {status.with_cns}; sem CNS: {status.without_cns}.",
    ]
    lines += [f"  com CNS  {count:>9}  {ACTION_TEXT[action]}" for action, count in status.by_action().items()]
    for reason, count in status.by_reason().items():
        lines.append(f"  sem CNS  {count:>9}  {reason.name}: {EXPLANATION[reason].sentence}")
        lines.append(f"                      próximo passo: {EXPLANATION[reason].next_step}")
    return lines


def competencia_mapping(month: int) -> dict[str, Any]:
    """What closing and consolidating a competência did, over all operadoras."""
    row = Competencia.objects.get(mes=month)
    results: dict[str, int] = {}
    if row.estado == Competencia.Estado.CONSOLIDADA:
        pairs = Atribuicao.objects.filter(competencia=month).values_list("acao", "motivo")
        for action, reason, count in pairs.annotate(n=Count("vinculo_id")).values_list("acao", "motivo", "n"):
            name = Action(action).name if action else Reason(reason).name
            results[name] = results.get(name, 0) + count
    files = Arquivo.objects.filter(competencia=month)
    return {
        "competencia": as_text(month),
        "estado": row.estado,
        "arquivos": files.count(),
        "arquivos_rejeitados": files.filter(estado=Arquivo.Estado.REJEITADO).count(),
        "vinculos": sum(results.values()),
        "resultados": dict(sorted(results.items(), key=lambda item: -item[1])),
    }


def competencia_lines(found: dict[str, Any]) -> list[str]:
    """The same (`competencia_mapping`) for people."""
    lines = [
        f"Competência {found['competencia']}: {found['estado']}; "
        f"{counted(found['arquivos'], 'arquivo', 'arquivos')}, "
        f"{counted(found['arquivos_rejeitados'], 'rejeitado', 'rejeitados')}."
    ]
    if found["resultados"]:
        lines.append(f"Vínculos no estado congelado: {found['vinculos']}.")
    for name, count in found["resultados"].items():
        text = ACTION_TEXT[Action[name]] if name in Action.__members__ else EXPLANATION[Reason[name]].sentence
        lines.append(f"  {count:>9}  {name}: {text}")
    return lines
