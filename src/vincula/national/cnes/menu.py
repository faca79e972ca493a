"""CNES's lines of the menu and its help texts; called from AppConfig.ready()."""

from __future__ import annotations

from vincula.common.page.menu import MenuItem, register
from vincula.common.page.search import HelpText, register_help
from vincula.national.cnes.access import registers_here


def register_menu() -> None:
    register(
        MenuItem(
            "cnes",
            "CNES",
            "cnes-consulta",
            order=40,
            icon="fa-hospital",
            description="Consulta os estabelecimentos de saúde por CNES, CNPJ, nome e UF.",
            keywords=("estabelecimento", "sede", "operadora", "consulta"),
        ),
        MenuItem(
            "cnes-tipos",
            "Tipos de estabelecimento",
            "cnes-tipos",
            order=10,
            parent="cnes",
            description="A tabela de tipos e subtipos, com o da sede de operadora: 68/005.",
            keywords=("tipo 68", "subtipo 05", "Portaria 186", "central de gestão"),
        ),
        MenuItem(
            "cnes-sede",
            "Registro simulado da sede",
            "cnes-sede",
            order=20,
            parent="cnes",
            description="Registra a sede da operadora no CNES simulado, do pré-cadastro ao número.",
            keywords=("pré-cadastro", "FCES", "número do CNES"),
            visible=registers_here,
        ),
        MenuItem("acesso-rapido", "Acesso Rápido", order=60, icon="fa-bolt"),
        MenuItem(
            "cnes-obter",
            "Obter CNES",
            "cnes-obter",
            order=10,
            parent="acesso-rapido",
            description="Como a operadora obtém o número do CNES da sua sede.",
            keywords=("pedir", "número", "wiki", "gestor municipal", "fichas"),
        ),
    )
    register_help(
        HelpText(
            "cnes-vale",
            "Qual CNES vale para o acesso ao CadSUS Web",
            "O da sede da operadora: existe na base, está ativo e é do tipo 68, subtipo 005.",
            "cnes-obter",
        ),
    )
