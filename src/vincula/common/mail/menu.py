"""Mail's lines of the menu; called from AppConfig.ready()."""

from __future__ import annotations

from vincula.common.accounts.guards import is_staff
from vincula.common.mail.access import reads_mailbox
from vincula.common.page.menu import MenuItem, register


def register_menu() -> None:
    register(
        MenuItem(
            "correio",
            "Correio do sandbox",
            "correio",
            order=890,
            icon="fa-envelope",
            description="Os e-mails que esta instalação de teste teria enviado.",
            keywords=("e-mail", "mensagens", "código"),
            visible=reads_mailbox,
        ),
        MenuItem(
            "correio-fila",
            "E-mails",
            "correio-fila",
            order=895,
            icon="fa-paper-plane",
            description="Quantos e-mails esperam, e os que não puderam ser entregues, com o motivo.",
            keywords=("fila", "falha", "entrega", "SMTP"),
            visible=is_staff,
        ),
    )
