"""`vincula bases …`: the reference bases, loaded from files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from vincula.common.files import whole_file
from vincula.site.cli.base import actor, json_option, open_base
from vincula.site.cli.output import accepted, answer_json, must_be_a_file, progress, say
from vincula.site.cli.portuguese import Group

BASES = ("cadop", "receita", "cadsus", "municipios")


@click.group("bases", cls=Group)
def group() -> None:
    """Bases nacionais: CADOP, Receita, CNS, municípios."""


def _loader(base: str) -> Callable[..., Any]:
    from vincula.national.cadop import services as cadop
    from vincula.national.cadsus import services as cadsus
    from vincula.national.ibge import services as ibge
    from vincula.national.receita import services as receita

    return {
        "cadop": cadop.load_csv,
        "receita": receita.load_csv,
        "cadsus": cadsus.load_csv,
        "municipios": ibge.load_csv,
    }[base]


@group.command("load")
@click.argument("base", type=click.Choice(BASES), metavar="|".join(BASES))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="ARQUIVO")
@click.option(
    "--refused",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="ARQUIVO.csv",
    help="Grava as linhas recusadas: número, campo, motivo e remédio.",
)
@json_option
def load(base: str, file: Path, refused: Path | None, as_json: bool) -> None:
    """Carrega uma base de um CSV. Carregar de novo o mesmo arquivo não muda nada."""
    if refused:
        must_be_a_file(refused, as_json=as_json)
    open_base()
    from vincula.common.audit.services import Event, record

    with progress(f"carregando {base}") as bar:
        report = accepted(_loader(base)(file, bar), as_json=as_json)
    details = {"linhas": report.rows, "inseridas": report.inserted, "atualizadas": report.updated}
    record(Event(actor(), f"bases:{base}:carregada", f"base:{base}", details=details))
    if refused:
        with whole_file(refused.absolute()) as out:
            report.refused.write_csv(out)
    if as_json:
        answer_json(
            {**details, "iguais": report.unchanged, "recusadas": report.refused.count, "notas": report.notes}
        )
        return
    say(
        f"{base}: {report.rows} linha(s) lida(s); {report.inserted} inserida(s), {report.updated} atualizada(s), "
        f"{report.unchanged} sem mudança, {report.refused.count} recusada(s)."
    )
    for text in report.notes:
        say(text)
    for row in report.refused.rows[:10]:
        say(f"  linha {row.line}: {row.message}")
    if report.refused.count > 10 or (report.refused.count and not refused):
        say("Para ver todas as recusadas: --refused ARQUIVO.csv")
