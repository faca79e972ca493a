"""What a load of the register tells in words (Portuguese). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from vincula.common.words import counted
from vincula.formats.opendata import Layout
from vincula.national.cadop.rules import Absences
from vincula.national.cadop.survey import Survey

_NAMED = 20
_GONE = (
    "operadora até aqui ativa não está no arquivo e ficou inativa",
    "operadoras até aqui ativas não estão no arquivo e ficaram inativas",
)
_BACK = (
    "operadora inativa está no arquivo e voltou a ativa",
    "operadoras inativas estão no arquivo e voltaram a ativas",
)
_KEPT = ("operadora ficou como estava", "operadoras ficaram como estavam")
_NAMELESS = (
    "linha recusada não diz de que operadora é",
    "linhas recusadas não dizem de que operadora são",
)


def notes(
    survey: Survey, change: Absences, back: Sequence[str], newest_known: date | None, today: date
) -> list[str]:
    """The notes of a load: `back` were inactive and are in the file; `newest_known` is the newest registration date
    that the base had before it."""
    told = []
    if survey.administradoras:
        told.append(
            f"{counted(len(survey.administradoras), 'administradora', 'administradoras')} de benefícios no arquivo: "
            "não devem SIB."
        )
    if change.gone:
        told.append(f"{counted(len(change.gone), *_GONE)} em {today:%d/%m/%Y}: {_some(change.gone)}.")
    if back:
        told.append(f"{counted(len(back), *_BACK)}: {_some(back)}.")
    if change.kept:
        told.append(
            f"{counted(len(change.kept), *_KEPT)}, porque a sua linha foi recusada: {_some(change.kept)}."
        )
    if survey.nameless and change.gone:
        told.append(
            f"{counted(survey.nameless, *_NAMELESS)}: se for de uma das que ficaram inativas, corrija a linha e "
            "carregue de novo."
        )
    if survey.layout is Layout.ANTERIOR:
        told.append(
            "O arquivo é do modelo anterior, sem região de comercialização: a que a base já tinha ficou."
        )
    if newest_known and survey.newest and survey.newest < newest_known:
        told.append(
            f"O registro mais novo do arquivo é de {survey.newest:%d/%m/%Y} e a base já tinha um de "
            f"{newest_known:%d/%m/%Y}: confira se o arquivo não é mais antigo do que a base."
        )
    return told


def _some(registros: Sequence[str]) -> str:
    return ", ".join(registros[:_NAMED]) + (" e outras" if len(registros) > _NAMED else "")
