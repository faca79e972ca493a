"""What a load of the archive tells in words (Portuguese)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from vincula.common.words import counted
from vincula.formats.opendata.cnes import Places
from vincula.national.cnes import models
from vincula.national.cnes.loading.archive import Archive
from vincula.national.cnes.loading.survey import HEADQUARTERS_LIMIT, Subtypes, Survey
from vincula.national.cnes.rules.absences import Absences
from vincula.national.cnes.rules.establishment import HEADQUARTERS

_NAMED = 20
_MONTH_IN_NAME = re.compile(r"(?<![0-9])([0-9]{6})(?![0-9])")


@dataclass(frozen=True, slots=True)
class Office:
    """What is watched of a head office from one load to the next."""

    active: bool
    director: str = field(repr=False)


def month(number: int) -> str:
    """AAAAMM as MM/AAAA."""
    return f"{number % 100:02d}/{number // 100}"


def headquarters() -> dict[str, Office]:
    """The operadoras' head offices as the base has them now, by CNES."""
    kind, subtype = HEADQUARTERS
    found = models.Estabelecimento.objects.filter(tipo=kind, subtipo=subtype, origem="CARGA")
    columns = ("pk", "motivo_desativacao", "ausente_desde", "diretor_cpf")
    return {
        cnes: Office(not reason and absent is None, director)
        for cnes, reason, absent, director in found.values_list(*columns)[:HEADQUARTERS_LIMIT]
    }


def of_archive(archive: Archive, places: Places, subtypes: Subtypes, survey: Survey) -> list[str]:
    """What is to be known of the archive itself."""
    told = [
        f"Arquivo de {month(archive.month)}: {counted(survey.count, 'estabelecimento', 'estabelecimentos')}, dos quais "
        f"{counted(len(survey.headquarters), 'sede', 'sedes')} de operadora (68/005)."
    ]
    named = _MONTH_IN_NAME.search(archive.path.name)
    if named and int(named[1]) != archive.month:
        told.append("O nome do arquivo diz outro mês que as tabelas que ele traz: valeu o das tabelas.")
    if places.absent:
        told.append(f"tbEstabelecimento não traz {', '.join(places.absent)}: ficam em branco.")
    if subtypes.refused:
        told.append(
            f"rlEstabSubTipo: {counted(subtypes.refused, 'linha ilegível', 'linhas ilegíveis')}; sem o subtipo, o "
            "estabelecimento não vale como sede de operadora."
        )
    if survey.nameless:
        told.append(
            f"{counted(survey.nameless, 'linha recusada não diz', 'linhas recusadas não dizem')} de que "
            "estabelecimento: se for de um que ficou ausente, corrija a linha e carregue de novo."
        )
    return told


def of_changes(
    change: Absences, before: Mapping[str, Office], after: Mapping[str, Office], replaced: Sequence[str]
) -> list[str]:
    """What became of the establishments: those that are gone, and the head offices that changed."""
    new = [cnes for cnes in after if cnes not in before] if before else []
    ended = [
        cnes for cnes, was in before.items() if was.active and not (cnes in after and after[cnes].active)
    ]
    directed = [
        cnes for cnes, was in before.items() if cnes in after and after[cnes].director != was.director
    ]
    told = [
        (change.gone, "estabelecimento da base não está no arquivo e ficou ausente",
         "estabelecimentos da base não estão no arquivo e ficaram ausentes"),
        (new, "sede de operadora é nova", "sedes de operadora são novas"),
        (ended, "sede de operadora deixou de valer", "sedes de operadora deixaram de valer"),
        (directed, "sede de operadora trocou de diretor", "sedes de operadora trocaram de diretor"),
        (replaced, "número dado aqui (SIMULADO) é de outro estabelecimento no arquivo, que valeu",
         "números dados aqui (SIMULADO) são de outros estabelecimentos no arquivo, que valeram"),
    ]  # fmt: skip
    return [
        f"{counted(len(found), one, many)}: {_some(sorted(found))}." for found, one, many in told if found
    ]


def _some(numbers: Sequence[str]) -> str:
    return ", ".join(numbers[:_NAMED]) + (" e outros" if len(numbers) > _NAMED else "")
