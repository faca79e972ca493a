"""`vincula sib …`: the operadora's files, the competências, the CNX."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vincula.common.words import counted
from vincula.site.cli.base import actor, json_option, open_base
from vincula.site.cli.output import accepted, answer, in_json, note, progress, refuse
from vincula.site.cli.portuguese import Group
from vincula.site.cli.sources import IN_FILE
from vincula.site.cli.targets import (
    MADE,
    deliver,
    must_take,
    must_take_files,
    must_take_table,
    out_file,
)

if TYPE_CHECKING:
    from vincula.national.sib.services import Closed, Processed, Received

FOLDER = click.Path(file_okay=False, readable=False, path_type=Path)


@click.group("sib", cls=Group)
def group() -> None:
    """Arquivos do SIB: SBX, RPX, CNX, competências."""


def _month(text: str) -> int:
    from vincula.national.sib.services import parse_month

    return accepted(parse_month(text))


@group.command("check")
@click.argument("file", type=IN_FILE, metavar="ARQUIVO")
@json_option
def check(file: Path) -> None:
    """Confere um SBX sem enviá-lo: nome, cabeçalho, estrutura, hash e críticas."""
    open_base()
    from vincula.national.sib.services import check as check_file

    with progress("lendo o arquivo") as bar, file.open("rb") as source:
        report = check_file(source, file.name, bar)
    answer(report.as_mapping(), *report.as_lines())
    if report.rejection:
        refuse(report.rejection.as_refused(), answered=True)


@group.command("submit")
@click.argument("file", type=IN_FILE, metavar="ARQUIVO")
@click.option("--competencia", metavar="AAAA-MM", help="Competência que recebe o arquivo (padrão: a aberta).")
@click.option(
    "--out",
    type=FOLDER,
    default=Path(),
    metavar="PASTA",
    help=f"Pasta onde gravar o RPX (padrão: a atual). {MADE}",
)
@json_option
def submit(file: Path, competencia: str | None, out: Path) -> None:
    """Envia um SBX, espera o processamento e grava o RPX."""
    open_base()
    from vincula.national.sib import services

    month = _month(competencia) if competencia is not None else None
    must_take_files(out)
    with file.open("rb") as source:
        received = accepted(services.receive(source, file.name, services.Sender(actor()), month))
    with progress("processando") as bar:
        _resume_others(received.arquivo_id)
        done = services.process_now(received.arquivo_id, bar)
    _tell_what_was_there(received, done)
    result = services.result(received.arquivo_id)
    target = out / result.rpx
    deliver(services.rpx_path(result), target)
    if earlier := services.same_sent_before(received.arquivo_id):
        deliver(services.rpx_path(earlier), out / earlier.rpx)
        note(f"O resultado do primeiro envio deste arquivo está no seu RPX: {out / earlier.rpx}")
    answer({**result.as_mapping(), "rpx": str(target)}, *result.as_lines(), f"RPX: {target}")
    if result.rejection:
        refuse(result.rejection.as_refused(), answered=True)


def _tell_what_was_there(received: Received, done: Processed) -> None:
    if done.resumed:
        note(
            "O processamento deste arquivo tinha sido interrompido e foi retomado; nada foi feito duas vezes."
        )
    elif received.again:
        note(
            "Este mesmo arquivo já tinha chegado e estava por processar: seguiu, e nada foi feito duas vezes."
        )


def _resume_others(arquivo_id: int) -> None:
    """Files that a killed process left on the way are finished too, and said so."""
    from vincula.national.sib.services import resume_unfinished

    for name in resume_unfinished(but=arquivo_id):
        note(f"Retomado: {name}, cujo processamento tinha sido interrompido.")


@group.command("close")
@click.argument("competencia", metavar="COMPETENCIA")
@click.option("--only", is_flag=True, help="Só encerra; não consolida.")
@json_option
def close(competencia: str, only: bool) -> None:
    """Encerra a competência (AAAA-MM) e a consolida: atribui o CNS e congela o estado."""
    open_base()
    from vincula.national.sib import services

    month = _month(competencia)
    with progress("encerrando") as bar:
        closed = accepted(services.close(month, actor(), bar))
        done = None if only else accepted(services.consolidate(month, actor(), bar))
    _tell_of_closing(closed, done)
    found = services.competencia_mapping(month)
    answer(found, *services.competencia_lines(found))


def _tell_of_closing(closed: Closed, done: Closed | None) -> None:
    if drained := closed.drained + (done.drained if done else 0):
        note(f"Arquivos que esperavam, processados antes de encerrar: {drained}.")
    if done and done.without_receita:
        note("Atenção: a base da Receita está vazia, e por isso ninguém recebeu CNS.")
    if done and done.resumed:
        note("A consolidação tinha sido interrompida e foi retomada de onde parou.")


@group.command("cnx")
@click.argument("registro", metavar="REGISTRO")
@click.argument("competencia", metavar="COMPETENCIA")
@out_file("--out", "ARQUIVO", "Onde gravar o CNX.")
@json_option
def cnx(registro: str, competencia: str, out: Path) -> None:
    """Gera o CNX da operadora numa competência encerrada e consolidada."""
    open_base()
    from vincula.national.sib import services

    month = _month(competencia)
    must_take(out)
    with progress("gerando o CNX"):
        made = accepted(services.conference(registro, month, actor()))
    deliver(made.path, out)
    answer(
        {
            "arquivo": str(out),
            "nome": made.name,
            "sha256": made.sha256,
            "beneficiarios": made.beneficiarios,
        },
        f"CNX com {counted(made.beneficiarios, 'beneficiário', 'beneficiários')}: {out} "
        f"(nome do arquivo de conferência: {made.name}).",
    )


@group.command("status")
@click.argument("registro", metavar="REGISTRO")
@click.argument("competencia", metavar="COMPETENCIA")
@json_option
def status(registro: str, competencia: str) -> None:
    """Quantos vínculos têm CNS, quantos não, e por quê."""
    open_base()
    from vincula.national.sib import services

    month = _month(competencia)
    found = accepted(services.status(registro, month))
    quality = {name: count for name, _, count in services.quality(registro)} if in_json() else {}
    answer({**found.as_mapping(), "qualidade_cadastral": quality}, *services.status_lines(found))


@group.command("lists")
@click.argument("registro", metavar="REGISTRO")
@click.argument("competencia", metavar="COMPETENCIA")
@out_file("--out", "ARQUIVO.csv", "Onde gravar a lista.")
@json_option
def lists(registro: str, competencia: str, out: Path) -> None:
    """Grava em CSV, por vínculo: CNS trocado (de, para) e, de quem ficou sem, o motivo e o próximo passo."""
    open_base()
    from vincula.national.sib import services

    month = _month(competencia)
    must_take_table(out)
    count = accepted(services.write_list(registro, month, out, actor()))
    answer({"arquivo": str(out), "linhas": count}, f"{counted(count, 'linha', 'linhas')} em {out}.")


@group.command("calendar")
@click.argument("competencia", metavar="COMPETENCIA")
@click.option("--first", metavar="AAAA-MM-DD", help="Primeiro dia de recebimento, para mudar o prazo.")
@click.option("--last", metavar="AAAA-MM-DD", help="Último dia de recebimento, para mudar o prazo.")
@json_option
def calendar(competencia: str, first: str | None, last: str | None) -> None:
    """Mostra o prazo de uma competência, ou o muda com --first e --last."""
    open_base()
    from vincula.national.sib import services

    month = _month(competencia)
    if first is not None or last is not None:
        accepted(services.set_window(month, first or "", last or "", actor()))
    window = services.window(month)
    answer(
        {"competencia": competencia, "inicio": window.first.isoformat(), "fim": window.last.isoformat()},
        f"A competência {competencia} recebe arquivos de {window.first:%d/%m/%Y} a {window.last:%d/%m/%Y}.",
    )
