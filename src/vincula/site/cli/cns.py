"""`vincula cns …`: numbers of the Cartão Nacional de Saúde."""

from __future__ import annotations

from typing import Any

import click

from vincula.common.outcomes import Refused
from vincula.identifiers import cns
from vincula.identifiers.verdict import Status
from vincula.site.cli.base import json_option
from vincula.site.cli.output import answer, refuse
from vincula.site.cli.portuguese import Group


@click.group("cns", cls=Group)
def group() -> None:
    """Números do Cartão Nacional de Saúde."""


@group.command("check")
@click.argument("numbers", nargs=-1, required=True, metavar="NUMERO...")
@json_option
def check(numbers: tuple[str, ...]) -> None:
    """Confere números de CNS pela rotina oficial (não consulta base alguma)."""
    answers: list[dict[str, Any]] = []
    for number in numbers:
        value = cns.parse(number)
        strict = cns.check(value)
        valid = strict.status is Status.VALID
        loose = not valid and cns.check(value, loose=True).ok and bool(value)
        answers.append(
            {
                "numero": number,
                "valido": valid,
                "so_na_regra_frouxa": loose,
                "formatado": cns.format(value) if valid else "",
                "motivo": "" if valid else strict.message or "Número vazio.",
                "remedio": "" if valid else strict.remedy,
            }
        )
    answer(answers, *map(_line, answers))
    if wrong := sum(not one["valido"] for one in answers):
        refuse(
            Refused("CNS_INVALIDO", f"Inválidos: {wrong} de {len(answers)}.", "O remédio está em cada um."),
            answered=True,
        )


def _line(one: dict[str, Any]) -> str:
    if one["valido"]:
        return f"{one['numero']}: válido ({one['formatado']})"
    loose = (
        " Passa só na regra frouxa, de sistemas que também aceitam o prefixo 5."
        if one["so_na_regra_frouxa"]
        else ""
    )
    return f"{one['numero']}: inválido. {one['motivo']}{loose} {one['remedio']}".rstrip()
