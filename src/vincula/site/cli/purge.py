"""`vincula purge`."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from vincula.common.words import counted
from vincula.site.cli.base import actor, json_option, open_base
from vincula.site.cli.output import answer
from vincula.site.cli.portuguese import Command


@click.command("purge", cls=Command)
@json_option
def command() -> None:
    """Remove o que passou do prazo de guarda: arquivos, auditoria, pedidos encerrados, chamados, e-mails e outros."""
    open_base()
    from vincula.common.retention import purge

    done = purge(datetime.now(UTC), actor=actor())
    answer(
        {one.name: one.count for one in done},
        *(f"{one.name}: {counted(one.count, 'removido', 'removidos')}" for one in done),
    )
