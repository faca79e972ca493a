"""`vincula bases …`: the reference bases, loaded from files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vincula.common.files import whole_file
from vincula.common.words import counted
from vincula.site.cli.base import actor, json_option, open_base
from vincula.site.cli.output import accepted, answer, progress
from vincula.site.cli.portuguese import Group
from vincula.site.cli.sources import IN_FILE
from vincula.site.cli.targets import must_take_table, out_file

if TYPE_CHECKING:
    from vincula.common.loads import LoadReport

SHOWN = 10  # refused rows that the terminal shows
_EMPTY = "O arquivo está vazio: só traz os nomes das colunas, e nenhuma linha de dados."
_SAME = ("sem mudança", "sem mudança")
BASES = ("cadop", "receita", "cadsus", "municipios", "cnes")


@click.group("bases", cls=Group)
def group() -> None:
    """Bases nacionais: CADOP, Receita, CNS, municípios, CNES."""


def _loader(base: str) -> Callable[..., Any]:
    from vincula.national.cadop import services as cadop
    from vincula.national.cadsus import services as cadsus
    from vincula.national.cnes import services as cnes
    from vincula.national.ibge import services as ibge
    from vincula.national.receita import services as receita

    return {
        "cadop": cadop.load_csv,
        "receita": receita.load_csv,
        "cadsus": cadsus.load_csv,
        "municipios": ibge.load_csv,
        "cnes": cnes.load_zip,
    }[base]


@group.command("load")
@click.argument("base", type=click.Choice(BASES), metavar="BASE")
@click.argument("file", type=IN_FILE, metavar="ARQUIVO")
@out_file(
    "--refused",
    "ARQUIVO.csv",
    "Grava as linhas recusadas, as 1.000 primeiras: número, campo, motivo e remédio.",
    required=False,
)
@json_option
def load(base: str, file: Path, refused: Path | None) -> None:
    """Carrega uma BASE: cadop, receita, cadsus ou municipios de um CSV; cnes do ZIP oficial do mês.

    Carregar de novo o mesmo arquivo não muda nada.
    """
    if refused:
        must_take_table(refused)
    open_base()
    from vincula.common.audit.services import Event, record

    with progress(f"carregando {base}") as bar:
        report = accepted(_loader(base)(file, bar))
    if report.is_empty:
        report.notes.insert(0, _EMPTY)
    details = {"linhas": report.rows, "inseridas": report.inserted, "atualizadas": report.updated}
    record(Event(actor(), f"bases:{base}:carregada", f"base:{base}", details=details))
    if refused:
        with whole_file(refused.absolute()) as out:
            report.refused.write_csv(out)
    answer(
        {
            **details,
            "iguais": report.unchanged,
            "recusadas": report.refused.count,
            "recusadas_por_motivo": dict(report.refused.by_code.most_common()),
            "notas": report.notes,
        },
        *_lines(base, report, all_written=refused is not None),
    )


def _lines(base: str, report: LoadReport, *, all_written: bool) -> Iterator[str]:
    yield (
        f"{base}: {counted(report.rows, 'linha lida', 'linhas lidas')}; "
        f"{counted(report.inserted, 'inserida', 'inseridas')}, "
        f"{counted(report.updated, 'atualizada', 'atualizadas')}, {counted(report.unchanged, *_SAME)}, "
        f"{counted(report.refused.count, 'recusada', 'recusadas')}."
    )
    yield from report.notes
    for row in report.refused.rows[:SHOWN]:
        yield f"  linha {row.line}: {row.message}"
    if report.refused.count:
        reasons = (f"{code} {count}" for code, count in report.refused.by_code.most_common())
        yield f"Recusadas por motivo: {', '.join(reasons)}."
    if report.refused.count > SHOWN and not all_written:
        yield (
            "Para gravar as recusadas (as 1.000 primeiras; por motivo contam-se todas): --refused ARQUIVO.csv"
        )


@group.command("review")
@out_file("--out", "ARQUIVO.csv", "Onde gravar a fila.")
@json_option
def review(out: Path) -> None:
    """Grava em CSV a fila de revisão da base do CNS: possíveis duplicados e CPF em disputa."""
    must_take_table(out)
    open_base()
    from vincula.common.audit.services import Event, record
    from vincula.national.cadsus.services import write_review

    with progress("lendo a fila"), whole_file(out.absolute()) as target:
        count = write_review(target)
        record(
            Event(actor(), "cadsus:revisao:entregue", "base:cadsus", "revisão de cadastro", {"pares": count})
        )
    answer({"arquivo": str(out), "pares": count}, f"{counted(count, 'par', 'pares')} de registros em {out}.")
