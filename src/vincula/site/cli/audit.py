"""`vincula audit …`."""

from __future__ import annotations

from dataclasses import asdict

import click

from vincula.site.cli.base import json_option, open_base
from vincula.site.cli.output import accepted, answer_json, progress, say
from vincula.site.cli.portuguese import Group


@click.group("audit", cls=Group)
def group() -> None:
    """Registro de auditoria."""


@group.command("verify")
@json_option
def verify(as_json: bool) -> None:
    """Confere a corrente da auditoria: nada alterado, retirado, posto no meio ou cortado no fim."""
    open_base()
    from vincula.common.audit.services import verify as verify_chains

    with progress("conferindo a auditoria"):
        report = accepted(verify_chains(), as_json=as_json)
    if as_json:
        answer_json(asdict(report))
    else:
        say(
            f"Auditoria íntegra: {report.records} registro(s) de {report.writers} processo(s), "
            f"{report.anchored} âncora(s) conferida(s)."
        )
