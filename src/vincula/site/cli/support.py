"""`vincula support …`: the team's queue without a browser."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from vincula.common.outcomes import Refused
from vincula.site.cli.base import actor, json_option, open_base
from vincula.site.cli.output import accepted, answer, refuse
from vincula.site.cli.portuguese import Group

if TYPE_CHECKING:
    from vincula.national.support.services import Ticket

NUMBER = click.argument("numero", metavar="NUMERO")
SHOWN = 200


@click.group("support", cls=Group)
def group() -> None:
    """Chamados: a fila da equipe, ler e responder."""


@group.command("list")
@click.option("--area", default="", metavar="AREA", help="Só os desta área, como cadsus-web, sgop ou sib.")
@json_option
def list_command(area: str) -> None:
    """Lista os chamados que não foram encerrados, primeiro quem espera há mais tempo; no máximo 200."""
    open_base()
    from vincula.national.support import services

    if area and area not in {one.value for one in services.Area}:
        names = ", ".join(one.value for one in services.Area)
        refuse(Refused("AREA_DESCONHECIDA", "Não há área com esse nome.", f"As áreas: {names}."))
    found = services.listed(list(services.queue(area=area)[:SHOWN]))
    lines = [f"{one.numero}  {one.estado.nome}  {one.area.value}  {one.assunto}" for one in found]
    answer([_short(one) for one in found], *(lines or ["Nenhum chamado na fila."]))


@group.command("show")
@NUMBER
@json_option
def show(numero: str) -> None:
    """Mostra um chamado, com a conversa. Fica na auditoria."""
    open_base()
    from vincula.national.support import services

    _tell(accepted(services.consult(numero, actor=actor())))


@group.command("answer")
@NUMBER
@click.option("--texto", metavar="TEXTO", help="A resposta; sem ela, é lida da entrada padrão.")
@json_option
def answer_command(numero: str, texto: str | None) -> None:
    """Responde um chamado: a resposta vai por e-mail, com a pergunta original e os canais."""
    open_base()
    from vincula.national.support import services

    text = texto if texto is not None else sys.stdin.read()
    done = services.answer(numero, text, actor=actor())
    if isinstance(done, Refused) and done.code == "TEXTO_AUSENTE":
        refuse(replace(done, remedy="Escreva a resposta em --texto, ou mande-a pela entrada padrão."))
    _tell(accepted(done))


def _tell(one: Ticket) -> None:
    from django.utils import timezone

    said = [
        {"tipo": said.tipo.value, "em": said.em, "da_equipe": said.da_equipe, "texto": said.texto}
        for said in one.messages
    ]
    lines = [f"{one.numero}  {one.estado.nome}  {one.area.nome}", f"Assunto: {one.assunto}"]
    lines += [f"Encaminhado a: {one.encaminhado_a}"] if one.encaminhado_a else []
    for message in one.messages:
        lines.append(f"-- {message.tipo.value}, {timezone.localtime(message.em):%d/%m/%Y %Hh%M}")
        lines += message.texto.split("\n")
    answer({**_short(one), "mensagens": said}, *lines)


def _short(one: Ticket) -> dict[str, Any]:
    return {
        "numero": one.numero,
        "estado": one.estado.value,
        "area": one.area.value,
        "assunto": one.assunto,
        "aberto_em": one.aberto_em,
        "atualizado_em": one.atualizado_em,
        "encaminhado_a": one.encaminhado_a,
    }
