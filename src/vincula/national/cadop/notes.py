"""What a load of the register tells in words (Portuguese). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from vincula.formats.opendata import Layout
from vincula.national.cadop.rules import Absences
from vincula.national.cadop.survey import Survey

_NAMED = 20


def notes(
    survey: Survey, change: Absences, back: Sequence[str], newest_known: date | None, today: date
) -> list[str]:
    """The notes of a load: `back` were inactive and are in the file; `newest_known` is the newest registration date
    that the base had before it."""
    told = []
    if survey.administradoras:
        told.append(
            f"{len(survey.administradoras)} administradora(s) de benefícios no arquivo: não devem SIB."
        )
    if change.gone:
        told.append(
            f"{len(change.gone)} operadora(s) até aqui ativa(s) não está(ão) no arquivo e ficou(aram) inativa(s) em "
            f"{today:%d/%m/%Y}: {_some(change.gone)}."
        )
    if back:
        told.append(
            f"{len(back)} operadora(s) inativa(s) está(ão) no arquivo e voltou(aram) a ativa: {_some(back)}."
        )
    if change.kept:
        told.append(
            f"{len(change.kept)} operadora(s) ficou(aram) como estava(m), porque a sua linha foi recusada: "
            f"{_some(change.kept)}."
        )
    if survey.nameless and change.gone:
        told.append(
            f"{survey.nameless} linha(s) recusada(s) não diz(em) de que operadora é(são): se for de uma das que "
            "ficaram inativas, corrija a linha e carregue de novo."
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
