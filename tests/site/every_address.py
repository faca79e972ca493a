"""All addresses of the site as the resolver has them, and whom each is for, said a second time.

An address that is not in WHOSE, or whose view bears another mark, fails the walk: so nobody adds a page, or opens one to
others, without saying so here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from vincula.common.accounts.guards import ANYBODY, MANAGER, OPERADORA, PERSON, SANDBOX_STAFF, STAFF

WHOSE: dict[str, tuple[str, ...]] = {
    ANYBODY: (
        "inicio", "mapa", "busca", "acessibilidade", "entrar", "cadastrar", "senha-recuperar", "senha-convite",
        "senha-nova", "sair", "cnes-consulta", "cnes-estabelecimento", "cnes-tipos", "cnes-obter", "cnes-exportar", "govbr-entrar",
        "govbr-retorno", "govbr-recusado", "govbr-nivel", "govbr-nivel-aumentar", "govbr-nivel-retorno", "govbr-sair",
        "govbr-saida", "sgop-inicio", "sgop-termos", "passos", "saiba-mais", "infografico-svg", "infografico-pdf",
        "manual", "manual-pdf", "support-inicio", "support-abrir", "support-avisos", "support-avisos-feed",
        "support-aviso", "support-situacao", "support-situacao-feed",
    ),
    PERSON: (
        "senha-trocar", "operadora-escolher", "sessao-renovar", "sgop-nova", "sgop-perfil", "sgop-cancelar",
        "sgop-decidir", "sgop-operador", "sgop-operador-encerrar", "sgop-computador", "sgop-computador-desafio", "segcartao", "segcartao-desafio",
        "segcartao-entrar", "segcartao-sair", "support-chamados", "support-chamado", "support-chamado-mensagem",
        "support-chamado-encerrar",
    ),
    OPERADORA: (
        "cnes-sede", "cnes-sede-novo", "cnes-sede-cadastro", "cnes-sede-corrigir", "cnes-sede-diretor", "cnes-profissionais", "cnes-desvincular", "cnes-sede-avancar", "cnes-sede-desativar", "sib-inicio",
        "sib-qualidade", "sib-enviar", "sib-arquivos", "sib-arquivo", "sib-arquivo-andamento", "sib-arquivo-repetir",
        "sib-arquivo-rpx", "sib-competencias", "sib-competencia", "sib-substituidos", "sib-sem-cns-competencia",
        "sib-sem-cns-lista", "sib-sem-cns-motivo", "sib-cnx-competencia", "sib-cnx-andamento", "sib-cnx-arquivo",
        "sib-sem-cns", "sib-cnx", "sib-vinculo",
    ),
    MANAGER: ("sgop-pendentes", "sgop-realizadas", "sgop-realizadas-csv", "sgop-acesso", "sgop-maquinas"),
    STAFF: (
        "correio-fila", "correio-repetir",
        "sgop-administradores", "sib-gestao", "sib-gestao-competencia", "sib-gestao-andamento", "sib-gestao-revisao",
        "sib-gestao-encerrar", "sib-gestao-consolidar", "support-fila", "support-fila-chamado",
        "support-fila-encaminhar", "support-fila-responder", "support-fila-encerrar", "support-aviso-novo",
        "support-aviso-editar", "support-aviso-publicar", "support-situacao-declarar", "support-situacao-previsao",
        "support-situacao-encerrar",
    ),
    SANDBOX_STAFF: ("correio", "correio-mensagem"),
}  # fmt: skip


@dataclass(frozen=True)
class Address:
    """One address: its name, the names of its arguments, the mark and the methods of its view ("" and () without)."""

    name: str
    arguments: frozenset[str]
    mark: str
    methods: tuple[str, ...]


def addresses(resolver: URLResolver | None = None, above: frozenset[str] = frozenset()) -> Iterator[Address]:
    """Every one that Django would answer."""
    for one in (resolver or get_resolver()).url_patterns:
        arguments = above | set(one.pattern.converters)
        if isinstance(one, URLResolver):
            yield from addresses(one, arguments)
        else:
            assert isinstance(one, URLPattern)
            mark, methods = getattr(one.callback, "access", ""), getattr(one.callback, "methods", ())
            yield Address(str(one.name), arguments, mark, methods)
