"""The mailbox's line of the menu; called from AppConfig.ready()."""

from __future__ import annotations

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
        )
    )
