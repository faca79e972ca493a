"""Support's lines of the menu; called from AppConfig.ready()."""

from __future__ import annotations

from vincula.common.page.menu import MenuItem, register, signed_in
from vincula.national.support.access import is_staff


def register_menu() -> None:
    register(
        MenuItem(
            "atendimento",
            "Central de atendimento",
            "support-inicio",
            order=700,
            icon="fa-headset",
            description="Perguntas e respostas, canais, e onde se abre um chamado.",
            keywords=("ajuda", "suporte", "FAQ", "dúvida", "CadSUS", "Disque ANS", "Fale Conosco"),
        ),
        MenuItem(
            "atendimento-abrir",
            "Quero abrir um chamado",
            "support-abrir",
            order=10,
            parent="atendimento",
            description="Envia uma pergunta ou um pedido ao suporte; a resposta vem por e-mail.",
            keywords=("ticket", "suporte", "administrador", "pedido"),
        ),
        MenuItem(
            "atendimento-chamados",
            "Meus chamados",
            "support-chamados",
            order=20,
            parent="atendimento",
            description="Os chamados que você abriu, com as respostas.",
            keywords=("ticket", "resposta", "número"),
            visible=signed_in,
        ),
        MenuItem(
            "atendimento-avisos",
            "Aviso para Operadoras",
            "support-avisos",
            order=30,
            parent="atendimento",
            description="Os avisos publicados, do mais novo ao mais antigo, com feed.",
            keywords=("comunicado", "notícia", "Atom", "RSS"),
        ),
        MenuItem(
            "atendimento-situacao",
            "Situação dos serviços",
            "support-situacao",
            order=40,
            parent="atendimento",
            description="O que está interrompido ou instável, desde quando e até quando; o histórico.",
            keywords=("interrupção", "instabilidade", "previsão", "fora do ar", "status"),
        ),
        MenuItem(
            "atendimento-fila",
            "Fila de chamados",
            "support-fila",
            order=90,
            parent="atendimento",
            description="Os chamados que esperam a equipe: encaminhar, responder, encerrar.",
            keywords=("equipe", "responder", "encaminhar"),
            visible=is_staff,
        ),
    )
