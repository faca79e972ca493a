"""`vincula audit export`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from zoneinfo import ZoneInfo

import click

from vincula.common.files import whole_file
from vincula.common.outcomes import Refused
from vincula.common.words import counted
from vincula.site.cli.base import actor, json_option, open_base
from vincula.site.cli.output import Bar, answer, progress, refuse
from vincula.site.cli.portuguese import Command
from vincula.site.cli.subjects import person_keys, subject_key
from vincula.site.cli.targets import must_take_table, out_file

if TYPE_CHECKING:
    from vincula.common.audit.models import Registro

BRASILIA = ZoneInfo("America/Sao_Paulo")
FORMATS = ("balp", "csv")
HEADER = ("quando", "quem", "acao", "assunto", "finalidade", "termo", "detalhes", "registro", "hash")
TELL_EVERY = 1_000


@click.command("export", cls=Command)
@click.option(
    "--format",
    "kind",
    required=True,
    type=click.Choice(FORMATS),
    metavar="FORMATO",
    help="balp (AuditEvents do FHIR em NDJSON, só consultas a pessoas) ou csv (tudo).",
)
@out_file("--out", "ARQUIVO", "Arquivo a gravar.")
@click.option("--desde", metavar="AAAA-MM-DD", help="Primeiro dia (de Brasília).")
@click.option("--ate", metavar="AAAA-MM-DD", help="Último dia, inclusive.")
@click.option(
    "--assunto",
    metavar="ASSUNTO",
    help="Só o que é sobre este assunto (cpf:…, cns:…); de uma pessoa, por qualquer número.",
)
@json_option
def export(kind: str, out: Path, desde: str | None, ate: str | None, assunto: str | None) -> None:
    """Grava a auditoria num arquivo, do registro mais antigo ao mais novo."""
    since, until = _moment("--desde", desde), _moment("--ate", ate, after=1)
    must_take_table(out)
    open_base()
    from vincula.common.audit.services import Event, between, record

    subject = subject_key(assunto) if assunto else ""
    subjects = person_keys(subject) if subject else ()
    record(
        Event(
            actor(),
            "auditoria:registros:exportados",
            subject or "auditoria",
            details={"formato": kind, "desde": desde or "", "ate": ate or ""},
        )
    )
    with progress("gravando a auditoria") as bar, whole_file(out) as target:
        told = _told(between(since, until, subjects), bar)
        written = _balp(told, target) if kind == "balp" else _csv(told, target)
    answer(
        {"arquivo": str(out), "formato": kind, "registros": written},
        f"{counted(written, 'registro gravado', 'registros gravados')} em {out}.",
    )


def _told(records: Iterator[Registro], bar: Bar) -> Iterator[Registro]:
    for number, one in enumerate(records, 1):
        if number % TELL_EVERY == 0:
            bar(number)
        yield one


def _balp(records: Iterator[Registro], out: BinaryIO) -> int:
    from vincula.national.api.services.balp import event_of

    written = 0
    for one in records:
        event = event_of(one)
        if event is not None:
            out.write(json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
            written += 1
    return written


def _csv(records: Iterator[Registro], out: BinaryIO) -> int:
    from vincula.common.tabular.export import write_csv

    return write_csv(out, HEADER, (_row(one) for one in records))


def _row(one: Registro) -> tuple[str, ...]:
    return (
        one.quando, one.ator, one.acao, one.assunto, one.finalidade, one.termo, one.detalhes,
        f"{one.escritor}/{one.seq}", one.hash,
    )  # fmt: skip


def _moment(option: str, text: str | None, *, after: int = 0) -> str:
    """The beginning of the day in Brasília (or of the day `after` it) as records are dated; "" for none."""
    if text is None:
        return ""
    try:
        day = date.fromisoformat(text) + timedelta(days=after)
    except (ValueError, OverflowError):
        refuse(Refused("DATA", f"O valor de {option} não é uma data.", "Escreva AAAA-MM-DD."))
    return datetime.combine(day, time(), BRASILIA).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
