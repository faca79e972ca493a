"""Onboarding's lines of the menu and its help texts; called from AppConfig.ready()."""

from __future__ import annotations

from vincula.common.page.menu import MenuItem, register
from vincula.common.page.search import HelpText, register_help


def register_menu() -> None:
    register(
        MenuItem(
            "passos",
            "Acesso ao CadSUS Web",
            "passos",
            order=30,
            icon="fa-list-ol",
            description="Os seis passos até o CadSUS Web, em que passo você está e quem precisa agir.",
            keywords=("pré-requisitos", "infográfico", "CNES", "SGOP", "administrador", "operador"),
        ),
        MenuItem(
            "saiba-mais",
            "Saiba mais",
            "saiba-mais",
            order=10,
            parent="passos",
            description="A qualidade do cadastro do CNS, os manuais e o infográfico para baixar.",
            keywords=("qualidade cadastral", "manual", "SGOP", "CadSUS Web", "PDF"),
        ),
    )
    register_help(
        HelpText(
            "qualidade-do-cadastro",
            "A qualidade cadastral do meu CNS é baixa",
            "Quem corrige o cadastro é uma unidade de saúde (UBS, hospital ou outra), onde o titular leva os seus"
            " documentos. Depois disso, repita o pedido: ele é avaliado de novo.",
            "saiba-mais",
            "qualidade",
        )
    )
