"""`vincula audit …`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from vincula.common.words import counted
from vincula.site.cli.audit_export import export
from vincula.site.cli.base import actor, json_option, open_base
from vincula.site.cli.output import accepted, answer, note, progress
from vincula.site.cli.portuguese import Group
from vincula.site.cli.subjects import person_keys, shown, subject_key

if TYPE_CHECKING:
    from vincula.common.audit.models import Registro


@click.group("audit", cls=Group)
def group() -> None:
    """Registro de auditoria."""


group.add_command(export)


@group.command("verify")
@json_option
def verify() -> None:
    """Confere a corrente da auditoria: nada alterado, retirado, posto no meio ou cortado no fim."""
    open_base()
    from vincula.common.audit.services import verify as verify_chains

    with progress("conferindo a auditoria"):
        report = accepted(verify_chains())
    answer(
        {
            "registros": report.records,
            "processos": report.writers,
            "ancoras_conferidas": report.anchored,
            "correntes_cortadas": report.cut,
            "ultima_ancora": report.last_anchor,
        },
        f"Auditoria íntegra: {counted(report.records, 'registro', 'registros')} de "
        f"{counted(report.writers, 'processo', 'processos')}, "
        f"{counted(report.anchored, 'âncora conferida', 'âncoras conferidas')}.",
    )


@group.command("about")
@click.argument("subject", metavar="ASSUNTO")
@json_option
def about(subject: str) -> None:
    """Diz quem consultou ou mudou um assunto (cpf:…, cns:…, nis:…, operadora:…), quando e para quê."""
    open_base()
    from vincula.common.audit.services import Event, record
    from vincula.common.audit.services import about as events_about

    key = subject_key(subject)
    keys = person_keys(key)
    record(Event(actor(), "auditoria:assunto:consultado", key, "relatório ao titular dos dados"))
    found = [_line(one) for one in events_about(*keys, limit=None)]
    answer(
        {"assunto": shown(key), "procurados": [shown(one) for one in keys], "registros": found},
        *(
            "  ".join(filter(None, (one["quando"], one["quem"], one["acao"], one["finalidade"])))
            for one in found
        ),
        f"{counted(len(found), 'registro', 'registros')} sobre "
        f"{', '.join(map(shown, keys))}, este relatório inclusive.",
    )
    if not key.startswith("operadora:"):
        note(
            "Listas e arquivos inteiros ficam registrados sob a operadora: vincula audit about operadora:REGISTRO."
        )


def _line(one: Registro) -> dict[str, Any]:
    return {
        "quando": one.quando,
        "quem": shown(one.ator),
        "acao": one.acao,
        "finalidade": one.finalidade,
        "detalhes": one.dados,
        "registro": f"{one.escritor}/{one.seq}",
    }
