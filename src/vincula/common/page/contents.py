"""The layout's own lines of the menu and its help texts."""

from __future__ import annotations

from vincula.common.page.menu import MenuItem, of_several_operadoras, register, signed_out
from vincula.common.page.search import HelpText, register_help


def register_contents() -> None:
    """Called from AppConfig.ready()."""
    register(
        MenuItem("inicio", "Página inicial", "inicio", order=0, icon="fa-home"),
        MenuItem(
            "entrar",
            "Entrar",
            "entrar",
            order=10,
            icon="fa-sign-in-alt",
            description="Entra com CPF e senha.",
            keywords=("login", "acesso", "senha", "CPF"),
            visible=signed_out,
        ),
        MenuItem(
            "operadora-escolher",
            "Escolher operadora",
            "operadora-escolher",
            order=900,
            icon="fa-building",
            description="Escolhe em nome de qual operadora você trabalha, quando são várias.",
            keywords=("trocar", "registro ANS"),
            visible=of_several_operadoras,
        ),
        MenuItem("mapa", "Mapa do site", "mapa", order=950, icon="fa-sitemap"),
        MenuItem(
            "acessibilidade",
            "Acessibilidade",
            "acessibilidade",
            order=960,
            icon="fa-universal-access",
            description="Atalhos de teclado e recursos para leitores de tela.",
            keywords=("teclado", "atalhos", "leitor de tela", "WCAG", "eMAG"),
        ),
    )
    register_help(
        HelpText(
            "custodia",
            "De quem são os dados do CNS",
            "Os dados cadastrais do CNS são custodiados pelo Ministério da Saúde: não pela ANS nem pela "
            "operadora.",
            "inicio",
            "custodia",
        ),
        HelpText(
            "bloqueio",
            "Acesso bloqueado depois de várias senhas erradas",
            "Depois de 5 tentativas sem êxito, o acesso fica bloqueado por 15 minutos. Espere e tente; "
            "se esqueceu a senha, peça outra a quem administra os usuários.",
            "entrar",
        ),
    )
