"""`vincula sib …`: the operadora's files, the competências, the CNX."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import click

from vincula.common.outcomes import Refused
from vincula.site.cli.base import actor, json_option, open_base
from vincula.site.cli.output import (
    accepted,
    answer_json,
    deliver,
    must_be_a_file,
    note,
    progress,
    refuse,
    say,
)
from vincula.site.cli.portuguese import Group

FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group("sib", cls=Group)
def group() -> None:
    """Arquivos do SIB: SBX, RPX, CNX, competências."""


def _month(text: str, *, as_json: bool) -> int:
    from vincula.national.sib.services import parse_month

    return accepted(parse_month(text), as_json=as_json)


@group.command("check")
@click.argument("file", type=FILE, metavar="ARQUIVO")
@json_option
def check(file: Path, as_json: bool) -> None:
    """Confere um SBX sem enviá-lo: nome, cabeçalho, estrutura, hash e críticas."""
    open_base()
    from vincula.national.sib.services import check as check_file

    with progress("lendo o arquivo") as bar, file.open("rb") as source:
        report = check_file(source, file.name, bar)
    if as_json:
        answer_json(report.as_mapping())
    else:
        for line in report.as_lines():
            say(line)
    if report.rejection:
        refuse(report.rejection.as_refused())


@group.command("submit")
@click.argument("file", type=FILE, metavar="ARQUIVO")
@click.option("--competencia", metavar="AAAA-MM", help="Competência que recebe o arquivo (padrão: a aberta).")
@click.option("--out", type=FOLDER, default=Path(), metavar="PASTA", help="Onde gravar o RPX (padrão: aqui).")
@json_option
def submit(file: Path, competencia: str | None, out: Path, as_json: bool) -> None:
    """Envia um SBX, espera o processamento e grava o RPX."""
    open_base()
    from vincula.national.sib import services

    month = _month(competencia, as_json=as_json) if competencia else None
    _must_be_writable(out, as_json=as_json)
    with file.open("rb") as source:
        received = accepted(
            services.receive(source, file.name, services.Sender(actor()), month), as_json=as_json
        )
    with progress("processando") as bar:
        _resume_others(received.arquivo_id)
        done = services.process_now(received.arquivo_id, bar)
    if done.resumed:
        note(
            "O processamento deste arquivo tinha sido interrompido e foi retomado; nada foi feito duas vezes."
        )
    elif received.again:
        note(
            "Este mesmo arquivo já tinha chegado e estava por processar: seguiu, e nada foi feito duas vezes."
        )
    result = services.result(received.arquivo_id)
    target = out / result.rpx
    deliver(services.rpx_path(result), target)
    if earlier := services.same_sent_before(received.arquivo_id):
        deliver(services.rpx_path(earlier), out / earlier.rpx)
        note(f"O resultado do primeiro envio deste arquivo está no seu RPX: {out / earlier.rpx}")
    if as_json:
        answer_json({**result.as_mapping(), "rpx": str(target)})
    else:
        for line in result.as_lines():
            say(line)
        say(f"RPX: {target}")
    if result.rejection:
        refuse(result.rejection.as_refused())


def _must_be_writable(out: Path, *, as_json: bool) -> None:
    """Better to refuse before the file is sent than to have nowhere to put its answer."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError:
        refuse(
            Refused(
                "PASTA_SEM_ESCRITA", f"Não é possível gravar em {out}.", "Escolha outra pasta com --out."
            ),
            as_json=as_json,
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
def close(competencia: str, only: bool, as_json: bool) -> None:
    """Encerra a competência (AAAA-MM) e a consolida: atribui o CNS e congela o estado."""
    open_base()
    from vincula.national.sib import services

    month = _month(competencia, as_json=as_json)
    with progress("encerrando") as bar:
        closed = accepted(services.close(month, actor(), bar), as_json=as_json)
        done = None if only else accepted(services.consolidate(month, actor(), bar), as_json=as_json)
    if closed.drained or (done and done.drained):
        note(
            f"Arquivos que esperavam, processados antes de encerrar: {closed.drained + (done.drained if done else 0)}."
        )
    if done and done.without_receita:
        note("Atenção: a base da Receita está vazia, e por isso ninguém recebeu CNS.")
    if done and done.resumed:
        note("A consolidação tinha sido interrompida e foi retomada de onde parou.")
    if as_json:
        answer_json(services.competencia_mapping(month))
    else:
        for line in services.competencia_lines(month):
            say(line)


@group.command("cnx")
@click.argument("registro", metavar="REGISTRO")
@click.argument("competencia", metavar="COMPETENCIA")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="ARQUIVO",
    help="Onde gravar o CNX.",
)
@json_option
def cnx(registro: str, competencia: str, out: Path, as_json: bool) -> None:
    """Gera o CNX da operadora numa competência encerrada e consolidada."""
    open_base()
    from vincula.national.sib import services

    month = _month(competencia, as_json=as_json)
    _must_be_writable(out.absolute().parent, as_json=as_json)
    with progress("gerando o CNX"):
        made = accepted(services.conference(registro, month, actor()), as_json=as_json)
    deliver(made.path, out)
    if as_json:
        answer_json(
            {
                "arquivo": str(out),
                "nome": made.name,
                "sha256": made.sha256,
                "beneficiarios": made.beneficiarios,
            }
        )
    else:
        say(
            f"CNX com {made.beneficiarios} beneficiário(s): {out} (nome do arquivo de conferência: {made.name})."
        )


@group.command("status")
@click.argument("registro", metavar="REGISTRO")
@click.argument("competencia", metavar="COMPETENCIA")
@json_option
def status(registro: str, competencia: str, as_json: bool) -> None:
    """Quantos vínculos têm CNS, quantos não, e por quê."""
    open_base()
    from vincula.national.sib import services

    month = _month(competencia, as_json=as_json)
    found = accepted(services.status(registro, month), as_json=as_json)
    if as_json:
        quality: dict[str, Any] = {name: count for name, _, count in services.quality(registro)}
        answer_json({**found.as_mapping(), "qualidade_cadastral": quality})
        return
    for line in services.status_lines(found):
        say(line)


@group.command("lists")
@click.argument("registro", metavar="REGISTRO")
@click.argument("competencia", metavar="COMPETENCIA")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="ARQUIVO.csv",
    help="Onde gravar a lista.",
)
@json_option
def lists(registro: str, competencia: str, out: Path, as_json: bool) -> None:
    """Grava em CSV, por vínculo: CNS trocado (de, para) e, de quem ficou sem, o motivo e o próximo passo."""
    open_base()
    from vincula.national.sib import services

    month = _month(competencia, as_json=as_json)
    must_be_a_file(out, as_json=as_json)
    _must_be_writable(out.absolute().parent, as_json=as_json)
    count = accepted(services.write_list(registro, month, out, actor()), as_json=as_json)
    if as_json:
        answer_json({"arquivo": str(out), "linhas": count})
    else:
        say(f"{count} linha(s) em {out}.")


@group.command("calendar")
@click.argument("competencia", metavar="COMPETENCIA")
@click.option("--first", metavar="AAAA-MM-DD", help="Primeiro dia de recebimento, para mudar o prazo.")
@click.option("--last", metavar="AAAA-MM-DD", help="Último dia de recebimento, para mudar o prazo.")
@json_option
def calendar(competencia: str, first: str | None, last: str | None, as_json: bool) -> None:
    """Mostra o prazo de uma competência, ou o muda com --first e --last."""
    open_base()
    from vincula.national.sib import services

    month = _month(competencia, as_json=as_json)
    if first or last:
        accepted(services.set_window(month, first or "", last or "", actor()), as_json=as_json)
    window = services.window(month)
    if as_json:
        answer_json(
            {"competencia": competencia, "inicio": window.first.isoformat(), "fim": window.last.isoformat()}
        )
    else:
        say(
            f"A competência {competencia} recebe arquivos de {window.first:%d/%m/%Y} a {window.last:%d/%m/%Y}."
        )
