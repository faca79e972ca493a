"""`vincula credential …`: who may call the CNS services."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from vincula.site.cli.base import actor, json_option, open_base
from vincula.site.cli.output import accepted, answer
from vincula.site.cli.portuguese import Group

if TYPE_CHECKING:
    from datetime import datetime

    from vincula.national.api.services import Credential

F = TypeVar("F", bound=Callable[..., Any])
KINDS = click.Choice(["operadora", "integrador"])


@click.group("credential", cls=Group)
def group() -> None:
    """Credenciais dos serviços do CNS (token, PDQ, PIX, FHIR)."""


@group.command("grant")
@click.option(
    "--kind", type=KINDS, required=True, help="operadora (só consulta) ou integrador (também registra)."
)
@click.option(
    "--registro", default="", metavar="REGISTRO", help="Registro ANS; o CNPJ e o nome vêm do CADOP."
)
@click.option("--cnpj", default="", metavar="CNPJ", help="De quem não tem registro ANS (só integrador).")
@click.option("--nome", default="", metavar="NOME", help="Razão social, com --cnpj.")
@click.option(
    "--finalidade",
    "purposes",
    multiple=True,
    metavar="FINALIDADE",
    help="Para que consulta; a primeira é a de regra.",
)
@click.option(
    "--campo", "fields", multiple=True, metavar="CAMPO", help="Libera só estes campos nas respostas."
)
@click.option("--sistema", "system", default="", metavar="NOME", help="Nome do sistema que chama.")
@click.option("--raiz", "root", default="", metavar="OID", help="OID dos identificadores locais do sistema.")
@click.option(
    "--limite", "limit", default=6_000, show_default=True, type=int, metavar="N", help="Consultas por minuto."
)
@json_option
def grant(kind: str, registro: str, **given: Any) -> None:
    """Concede uma credencial; o certificado que pedir token tem de ser do mesmo CNPJ."""
    open_base()
    from vincula.national.api import services

    made = accepted(services.grant(services.Kind(kind), actor(), registro=registro, **given))
    _answer(made, f"Concedida: {made.identificador} ({made.tipo}) para {made.nome}, CNPJ {made.cnpj}.")


@group.command("list")
@click.option("--todas", is_flag=True, help="Também as revogadas.")
@json_option
def listing(todas: bool) -> None:
    """Lista as credenciais, da mais nova para a mais antiga."""
    open_base()
    from vincula.national.api import services

    found = services.listing(revoked=todas)
    answer([_shown(one) for one in found], *(map(_line, found) if found else ("Nenhuma credencial.",)))


def _reason(function: F) -> F:
    return click.option("--motivo", "reason", required=True, metavar="TEXTO", help="Fica registrado.")(
        function
    )


@group.command("suspend")
@click.argument("identifier", metavar="CREDENCIAL")
@_reason
@json_option
def suspend(identifier: str, reason: str) -> None:
    """Suspende: os tokens dela deixam de valer em segundos."""
    open_base()
    from vincula.national.api import services

    one = accepted(services.suspend(identifier, actor(), reason))
    _answer(one, f"Suspensa: {_named(one)}. Vale em até dois segundos.")


@group.command("resume")
@click.argument("identifier", metavar="CREDENCIAL")
@json_option
def resume(identifier: str) -> None:
    """Desfaz a suspensão."""
    open_base()
    from vincula.national.api import services

    one = accepted(services.resume(identifier, actor()))
    _answer(one, f"De novo ativa: {_named(one)}.")


@group.command("revoke")
@click.argument("identifier", metavar="CREDENCIAL")
@_reason
@json_option
def revoke(identifier: str, reason: str) -> None:
    """Revoga para sempre; outra pode ser concedida."""
    open_base()
    from vincula.national.api import services

    one = accepted(services.revoke(identifier, actor(), reason))
    _answer(one, f"Revogada: {_named(one)}.")


@group.command("password")
@click.argument("identifier", metavar="CREDENCIAL")
@click.option("--usuario", "user", required=True, metavar="NOME", help="Usuário do UsernameToken.")
@json_option
def password(identifier: str, user: str) -> None:
    """Dá usuário e senha nova para os endereços antigos (só integrador); a senha só é mostrada agora."""
    open_base()
    from vincula.national.api import services

    new = accepted(services.set_password(identifier, user, actor()))
    answer({"credencial": identifier, "usuario": user, "senha": new}, f"Usuário: {user}", f"Senha: {new}")


@group.command("alerts")
@click.option("--todos", is_flag=True, help="Também os já vistos.")
@click.option("--visto", "seen", type=int, default=None, metavar="NUMERO", help="Marca um alerta como visto.")
@json_option
def alerts(todos: bool, seen: int | None) -> None:
    """Mostra o que parece tentativa de adivinhar números ou abuso."""
    open_base()
    from vincula.national.api import services

    if seen is not None:
        accepted(services.see_alert(seen, actor()))
    found = services.alerts(seen=todos)
    lines = [
        f"{one.id}  {one.quando:%d/%m/%Y %H:%M}  {one.credencial}  {one.descricao}{_seen(one.visto_em)}"
        for one in found
    ]
    answer(
        [
            {
                "numero": one.id,
                "credencial": one.credencial,
                "tipo": one.tipo,
                "descricao": one.descricao,
                "quando": one.quando,
                "detalhes": one.detalhes,
                "visto_em": one.visto_em,
            }
            for one in found
        ],
        *(lines or ["Nenhum alerta."]),
    )


@group.command("rotate-key")
@json_option
def rotate_key() -> None:
    """Assina os próximos tokens com uma chave nova; os já emitidos valem até vencer."""
    open_base()
    from vincula.national.api import services

    kid = services.rotate(actor())
    answer({"chave": kid}, f"Chave nova: {kid}.")


def _seen(moment: datetime | None) -> str:
    return f"  (visto em {moment:%d/%m/%Y %H:%M})" if moment else ""


def _answer(one: Credential, *lines: str) -> None:
    answer(_shown(one), *lines)


def _line(one: Credential) -> str:
    who = f"registro {one.registro_ans}" if one.registro_ans else f"CNPJ {one.cnpj}"
    parts = (one.identificador, one.estado, f"{one.nome} ({who})", ", ".join(one.finalidades))
    return "  ".join((*parts, *([f"raiz {one.raiz}"] if one.raiz else [])))


def _named(one: Credential) -> str:
    return f"{one.identificador}, de {one.nome}"


def _shown(one: Credential) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}
