"""A file arrives: it is stored durably and gets its place in the queue, or is refused before anything is kept."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import BinaryIO

from django.db import IntegrityError, transaction

from vincula.common.audit.services import Event, record
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.formats.sib import parse_name, read_sbx
from vincula.identifiers import registro_ans
from vincula.national.sib.models import Arquivo
from vincula.national.sib.rules import rejections, repeated
from vincula.national.sib.rules.rejections import Rejection
from vincula.national.sib.rules.repeated import Earlier
from vincula.national.sib.services import files, months
from vincula.national.sib.services.reject import note_down, on_arrival, reject

UNKNOWN = (
    "000000"  # stands for the operadora of a file that does not say whose it is; nobody has this registro
)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: `actor` for the audit, the address, and on the web the operadora that he acts for."""

    actor: str
    address: str = ""
    registro: str | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """The file's number in the queue. `again`: the same file was there already, unfinished, and goes on."""

    arquivo_id: int
    registro: str
    again: bool = False
    rejected: bool = False


def receive(source: BinaryIO, name: str, sender: Sender, month: int | None = None) -> Outcome[Received]:
    """Take in an SBX. Refused when nothing is kept (closed competência, empty, another operadora's file).

    A bad name or a duplicate is kept as a rejected file with its RPX (code 26); what is inside is judged later.
    """
    stored = files.store(source)
    if isinstance(stored, Refused):
        return stored
    parsed = parse_name(name)
    if parsed is not None and parsed.kind != "SBX":
        parsed = None
    registro = (
        parsed.registro_ans if parsed else _registro_inside(stored.value.sha256) or sender.registro or UNKNOWN
    )
    if sender.registro and registro != sender.registro:
        return _not_yours(registro)
    arquivo = Arquivo(
        registro_ans=registro,
        nome=_as_text(name),
        sha256=stored.value.sha256,
        tamanho=stored.value.size,
        recebido_em=months.now(),
        ip_origem=sender.address,
    )
    if parsed is None:
        return _insert(arquivo, sender, month, rejections.bad_name(arquivo.nome))
    found = _same(arquivo)
    if found is not None:
        return Accepted(Received(found.pk, registro, again=True))
    return _insert(arquivo, sender, month, _duplicate(arquivo))


def _as_text(name: str) -> str:
    """A sender's name for his file may be any bytes; what the base keeps is text in one line that an RPX can carry."""
    return "".join(one if one.isprintable() and ord(one) < 256 else "?" for one in name[:80])


def _insert(
    arquivo: Arquivo, sender: Sender, month: int | None, rejection: Rejection | None, *, tries: int = 3
) -> Outcome[Received]:
    try:
        with on_arrival(arquivo) if rejection else nullcontext():
            refused = _enter(arquivo, sender, month, rejection)
            if refused:
                return refused
            if rejection:
                reject(arquivo, rejection)
    except IntegrityError:  # the same file arrived by another door at this very moment
        arquivo.pk = None
        found = _same(arquivo)
        if found is not None:
            return Accepted(Received(found.pk, arquivo.registro_ans, again=True))
        if tries == 1:
            raise
        return _insert(arquivo, sender, month, _duplicate(arquivo), tries=tries - 1)
    return Accepted(Received(arquivo.pk, arquivo.registro_ans, rejected=rejection is not None))


def _enter(
    arquivo: Arquivo, sender: Sender, month: int | None, rejection: Rejection | None
) -> Refused | None:
    """Insert the row, under the lock of its competência; the audit knows of it before anybody can see it."""
    with transaction.atomic():
        chosen = months.choose(month, arquivo.registro_ans, arquivo.recebido_em.date())
        if isinstance(chosen, Refused):
            return chosen
        arquivo.competencia = chosen.value
        if rejection:
            note_down(arquivo, rejection)
        arquivo.save(force_insert=True)
        record(
            Event(
                sender.actor,
                "sib:arquivo:recebido",
                f"operadora:{arquivo.registro_ans}",
                details={
                    "arquivo": arquivo.pk,
                    "sha256": arquivo.sha256,
                    "competencia": arquivo.competencia,
                },
            )
        )
    return None


def _same(arquivo: Arquivo) -> Arquivo | None:
    """The very same file (name and content) still on its way: sending it again changes nothing."""
    ends = (Arquivo.Estado.PROCESSADO, Arquivo.Estado.REJEITADO)
    return Arquivo.objects.filter(nome=arquivo.nome, sha256=arquivo.sha256).exclude(estado__in=ends).first()


def _duplicate(arquivo: Arquivo) -> Rejection | None:
    """Why the file is not taken a second time: its content was received, or another one under its name."""
    kept = Arquivo.objects.exclude(estado=Arquivo.Estado.REJEITADO)
    same = kept.filter(registro_ans=arquivo.registro_ans, sha256=arquivo.sha256).first()
    if same:
        return repeated.duplicate_content(_earlier(same), same_name=same.nome == arquivo.nome)
    namesake = kept.filter(nome=arquivo.nome).first()
    return repeated.duplicate_name(_earlier(namesake)) if namesake else None


def _earlier(one: Arquivo) -> Earlier:
    received = one.recebido_em.astimezone(months.BRASILIA)
    return Earlier(one.pk, one.nome, f"{received:%d/%m/%Y às %H:%M:%S}", one.protocolo)


def _registro_inside(sha256: str) -> str | None:
    """The operadora that the header names, for a file whose name says nothing."""
    with files.received(sha256).open("rb") as source:
        registro = read_sbx(source).header.origem_registro
    return registro if registro and registro_ans.is_valid(registro) else None


def _not_yours(registro: str) -> Refused:
    return Refused(
        "ARQUIVO_DE_OUTRA_OPERADORA",
        f"O arquivo é do registro ANS {registro}, e não da operadora em que você entrou.",
        "Troque de operadora no menu, se também trabalha para ela, ou confira o arquivo.",
    )
