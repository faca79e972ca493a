"""`vincula cnes …`: one establishment, and in the sandbox its director."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from vincula.common.outcomes import Refused
from vincula.identifiers import cpf as cpf_rules
from vincula.site.cli.base import actor, json_option, open_base
from vincula.site.cli.output import accepted, answer, refuse
from vincula.site.cli.portuguese import Group

if TYPE_CHECKING:
    from vincula.national.cnes.services import Establishment


@click.group("cnes", cls=Group)
def group() -> None:
    """Estabelecimentos de saúde (CNES)."""


@group.command("show")
@click.argument("cnes", metavar="CNES")
@json_option
def show(cnes: str) -> None:
    """Mostra um estabelecimento e diz se vale como sede de operadora."""
    open_base()
    from vincula.national.cnes import services
    from vincula.national.ibge import services as ibge

    judged = services.headquarters(cnes)
    found = services.get(cnes)
    if found is None:
        assert isinstance(judged, Refused)
        refuse(judged)
    refused = judged if isinstance(judged, Refused) else None
    place = ibge.names([found.municipio]).get(found.municipio, "")
    answer(
        {
            "cnes": found.cnes,
            "nome": found.nome,
            "cnpj": found.cnpj,
            "tipo": found.tipo,
            "subtipo": found.subtipo,
            "municipio": found.municipio,
            "municipio_nome": place,
            "uf": found.uf,
            "ativo": found.active,
            "simulado": found.simulated,
            "sede_de_operadora": refused is None,
            "motivo": refused.code if refused else "",
            "aviso": services.warning(cnes),
            "tem_diretor": bool(found.diretor_cpf),
        },
        *_lines(found, refused, services.warning(cnes), place),
    )


def _lines(found: Establishment, refused: Refused | None, warning: str, place: str) -> Iterator[str]:
    yield f"{found.cnes} {found.nome}{' (SIMULADO)' if found.simulated else ''}"
    where = place or f"{found.municipio} {found.uf}".strip() or "município não informado"
    state = "ativo" if found.active else "não está ativo"
    yield f"Tipo {found.type_code or 'não informado'}; {where}; {state}."
    yield refused.as_text() if refused else "Vale como sede de operadora (68/005)."
    if warning:
        yield f"Aviso: {warning}"
    if not found.diretor_cpf:
        yield "Sem CPF de diretor: ninguém pode ser ADMINISTRADOR por este CNES no SGOP."


@group.command("director")
@click.argument("cnes", metavar="CNES")
@click.argument("cpf", metavar="CPF")
@json_option
def director(cnes: str, cpf: str) -> None:
    """Troca o diretor de um estabelecimento (só no sandbox)."""
    if not cpf_rules.parse(cpf):
        refuse(Refused("CPF_INVALIDO", "Falta o CPF.", "Informe os 11 números do CPF do novo diretor."))
    open_base()
    from vincula.national.cnes import services

    changed = accepted(services.change_director(cnes, cpf, actor=actor()))
    answer(
        {"cnes": changed.cnes, "tem_diretor": bool(changed.diretor_cpf)},
        f"{changed.cnes}: diretor trocado. O SGOP confere de novo quem é ADMINISTRADOR a cada entrada.",
    )
