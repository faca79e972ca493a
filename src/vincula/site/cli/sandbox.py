"""`vincula sandbox …`: what only an installation of synthetic people has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vincula.common.outcomes import Refused
from vincula.site import last_ports, ready
from vincula.site.cli.base import actor, json_option, open_base
from vincula.site.cli.credential import KINDS
from vincula.site.cli.output import accepted, answer, refuse
from vincula.site.cli.portuguese import Group
from vincula.site.cli.targets import must_take_files

if TYPE_CHECKING:
    from vincula.sandbox.credential import Given


@click.group("sandbox", cls=Group)
def group() -> None:
    """O que só existe no perfil sandbox: certificados de teste e um gov.br simulado."""


@group.command("credential")
@click.argument("registro", metavar="[REGISTRO]", required=False, default="")
@click.option(
    "--kind", type=KINDS, required=True, help="operadora (só consulta) ou integrador (também registra)."
)
@click.option(
    "--out",
    required=True,
    metavar="PASTA",
    type=click.Path(file_okay=False, path_type=Path),
    help="Onde gravar client.pem, client.key, client.pfx (senha sandbox) e ca.pem.",
)
@click.option(
    "--identity-port",
    type=click.IntRange(1, 65535),
    metavar="PORTA",
    help="Porta da identidade na linha que pede o token; padrão: a do último vincula serve, ou 8443.",
)
@click.option(
    "--cnpj", default="", metavar="CNPJ", help="De quem não tem registro ANS (só integrador), com --nome."
)
@click.option("--nome", default="", metavar="NOME", help="Razão social, com --cnpj.")
@json_option
def credential(registro: str, kind: str, out: Path, identity_port: int | None, cnpj: str, nome: str) -> None:
    """Emite um certificado de teste (NÃO É ICP-BRASIL) e concede a credencial: à operadora do REGISTRO ANS, ou a quem
    não tem registro (município, hospital, fornecedor de software), por --cnpj e --nome.
    """
    from vincula.sandbox import authority

    ready.setup()
    issuer = authority.current()  # refused outside a sandbox, before a base is made
    must_take_files(out)
    open_base()
    from vincula.sandbox.credential import Company, give

    company = Company(registro, cnpj, nome)
    port = identity_port or last_ports.of("identity", 8443)
    given = accepted(give(company, kind, out, actor(), issuer, identity_port=port))
    files = [str(path) for path in given.files]
    answer(
        {
            "credencial": given.identificador,
            "arquivos": files,
            "usuario": given.usuario,
            "senha": given.senha,
        },
        f"Credencial {given.identificador} ({kind}) de {given.nome}",
        *(f"  {path}" for path in given.files),
        f"Token: {given.curl}",
        *_login_lines(given),
    )


def _login_lines(given: Given) -> list[str]:
    """Of an integrador: with what it enters by the legacy addresses."""
    if not given.usuario:
        return []
    once = "só é mostrada agora" if given.senha else "já mostrada; outra: vincula credential password"
    return [f"Endereços antigos: usuário {given.usuario}, senha {given.senha or '***'} ({once})"]


@group.command("govbr")
@json_option
def govbr() -> None:
    """Mostra quem tem conta no gov.br SIMULADO: as pessoas da demonstração e uma para cada caso. Não há senha: na
    página da simulação escolhe-se como quem entrar.
    """
    from vincula.common import config
    from vincula.identifiers import cpf
    from vincula.sandbox.govbr.people import everybody

    ready.setup()
    if not config.load().sandbox:
        refuse(
            Refused(
                "SO_NO_SANDBOX",
                "O gov.br simulado só existe no perfil sandbox.",
                "Use VINCULA_PROFILE=sandbox e uma pasta de dados à parte.",
            )
        )
    people = everybody()
    answer(
        [{"cpf": one.cpf, "nome": one.name, "conta": one.case} for one in people],
        *(f"{cpf.format(one.cpf)}  {one.name}: {one.case}" for one in people),
    )
