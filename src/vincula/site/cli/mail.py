"""`vincula mail …`: how the mail stands, and what was given up put back into the queue."""

from __future__ import annotations

import click

from vincula.common.words import counted
from vincula.site.cli.base import actor, json_option, open_base
from vincula.site.cli.output import answer
from vincula.site.cli.portuguese import Group

_WAYS = {
    "smtp": "Os e-mails saem pelo servidor de VINCULA_SMTP_URL.",
    "sandbox": "Sem VINCULA_SMTP_URL, no sandbox: os e-mails ficam na pasta de dados e na página Correio do sandbox.",
    "": "Sem VINCULA_SMTP_URL: nenhum e-mail sai; esperam na fila até que o servidor seja configurado.",
}


@click.group("mail", cls=Group)
def group() -> None:
    """E-mails: como está a fila, e tentar outra vez o que falhou."""


@group.command("status")
@json_option
def status() -> None:
    """Diz por onde os e-mails saem, e quantos esperam, saíram e falharam. Não mostra endereços."""
    open_base()
    from django.utils import timezone

    from vincula.common.mail.services import status as look

    found = look()
    waiting = f"Na fila: {found.waiting}"
    if found.oldest is not None:
        waiting += f", a mais antiga desde {timezone.localtime(found.oldest):%d/%m/%Y às %Hh%M}"
    answer(
        {
            "caminho": found.way,
            "na_fila": found.waiting,
            "mais_antiga": found.oldest,
            "enviados": found.sent,
            "falharam": found.failed,
        },
        _WAYS[found.way],
        f"{waiting}.",
        f"Enviados: {found.sent}. Falharam: {found.failed}.",
    )


@group.command("retry")
@json_option
def retry() -> None:
    """Põe de volta na fila o que falhou e ainda tem texto; um código que venceu não volta."""
    open_base()
    from vincula.common.mail.services import retry_failed

    count = retry_failed(actor=actor())
    answer({"na_fila": count}, f"De volta na fila: {counted(count, 'mensagem', 'mensagens')}.")
