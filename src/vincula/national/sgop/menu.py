"""SGOP's lines of the menu and its help texts; called from AppConfig.ready().

The menu is made on every page: what it shows to an ADMINISTRADOR is asked of SGOP's own rows alone; pages judge anew.
"""

from __future__ import annotations

from django.http import HttpRequest

from vincula.common.accounts.guards import is_staff
from vincula.common.accounts.models import Pessoa
from vincula.common.page.menu import MenuItem, register, signed_in
from vincula.common.page.search import HelpText, register_help

_CACHE = "_sgop_menu"


def _manages(request: HttpRequest) -> bool:
    if not isinstance(request.user, Pessoa):
        return False
    if not hasattr(request, _CACHE):
        from vincula.national.sgop.services.lists import has_administrator_profile

        setattr(request, _CACHE, has_administrator_profile(request.user.cpf))
    return bool(getattr(request, _CACHE))


def register_menu() -> None:
    register(
        MenuItem(
            "sgop", "SGOP", "sgop-inicio", order=30, icon="fa-id-badge",
            description="Sistema de Gestão de Operadores: os pedidos de acesso ao CadSUS Web e o estado de cada um.",
            keywords=("operador", "administrador", "solicitações", "acesso", "perfil", "CadSUS"),
        ),
        MenuItem(
            "sgop-nova", "Nova solicitação", "sgop-nova", order=10, parent="sgop", visible=signed_in,
            description="Pede acesso a um estabelecimento de saúde.",
            keywords=("estabelecimento", "CNES", "perfil", "autocadastro"),
        ),
        MenuItem(
            "sgop-computador", "Computador", "sgop-computador", order=20, parent="sgop", visible=signed_in,
            description="Cadastra o computador que você vai usar e mostra os seus.",
            keywords=("máquina", "WARSAW", "segurança"),
        ),
        MenuItem(
            "sgop-gerir", "Gerir estabelecimento", order=30, parent="sgop", visible=_manages,
        ),
        MenuItem(
            "sgop-pendentes", "Aprovações pendentes", "sgop-pendentes", order=10, parent="sgop-gerir", visible=_manages,
            description="Os pedidos de operadores que esperam a sua decisão.", keywords=("aprovar", "negar"),
        ),
        MenuItem(
            "sgop-realizadas", "Aprovações realizadas", "sgop-realizadas", order=20, parent="sgop-gerir",
            visible=_manages, description="O que foi decidido, por quem e por quê.",
        ),
        MenuItem(
            "sgop-acesso", "Gerir operadores – acesso", "sgop-acesso", order=30, parent="sgop-gerir", visible=_manages,
            description="Revoga e restaura o acesso de operadores.", keywords=("revogar", "restaurar"),
        ),
        MenuItem(
            "sgop-maquinas", "Gerir operadores – máquinas", "sgop-maquinas", order=40, parent="sgop-gerir",
            visible=_manages, description="Revoga e restaura computadores de operadores.",
        ),
        MenuItem(
            "sgop-administradores", "Autorizar administradores", "sgop-administradores", order=85, icon="fa-user-check",
            visible=is_staff, description="Para o suporte: os pedidos de ADMINISTRADOR, com o chamado de cada pessoa.",
        ),
        MenuItem(
            "sgop-termos", "Termos de uso", "sgop-termos", order=50, parent="sgop",
            description="As regras do acesso ao CadSUS Web.",
        ),
        MenuItem(
            "segcartao", "CadSUS Web", "segcartao", order=40, icon="fa-id-card", visible=signed_in,
            description="A entrada do CadSUS Web: quem está habilitado e o que falta.", keywords=("CNS", "cartão"),
        ),
    )  # fmt: skip
    register_help(
        HelpText(
            "sgop-qualidade",
            "A qualidade cadastral do CNS é baixa",
            "Quem vai operar o CadSUS Web precisa de um CNS de alta qualidade cadastral. A correção é feita numa "
            "unidade de saúde, que edita o cadastro na base do CNS; depois, repita o pedido.",
            "sgop-inicio",
        ),
    )
