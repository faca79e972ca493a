"""What a cell of the register must hold: each check answers a value or the fault."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from vincula.formats.tables.municipios import UF_BY_CODE
from vincula.identifiers import cnpj as cnpj_rule
from vincula.identifiers import registro_ans as registro_rule

CELL_LIMIT = 500
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE][+-]?[0-9]+")
_BRAZILIAN = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})(?: 00:00(?::00)?)?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T]00:00(?::00)?)?")
_UFS = frozenset(UF_BY_CODE.values())
_SPREADSHEET = "Carregue o arquivo original da ANS: não o salve de novo numa planilha."
_AT_SOURCE = "Confira a linha no arquivo original da ANS."


@dataclass(frozen=True, slots=True)
class Bad:
    """Why a cell is refused: stable code, Portuguese reason without the value, next step."""

    code: str
    message: str
    remedy: str = _AT_SOURCE


def registro(text: str) -> str | Bad:
    """The registro ANS, 6 digits with its check digit."""
    value = registro_rule.parse(text)
    if registro_rule.is_valid(value):
        return value
    if not value:
        return Bad("REGISTRO", "Falta o registro ANS.")
    if value.isascii() and value.isdigit() and len(value) < registro_rule.WIDTH:
        reason = (
            f"O registro ANS tem {len(value)} algarismos e não 6: perdeu os zeros à esquerda numa planilha."
        )
        return Bad("REGISTRO", reason, _SPREADSHEET)
    verdict = registro_rule.check(value)
    return Bad("REGISTRO", verdict.message, verdict.remedy)


def cnpj(text: str) -> str | Bad:
    """The CNPJ, 14 characters with its check digits; one that a spreadsheet damaged is told as such."""
    if _SCIENTIFIC.fullmatch(text.strip()):
        reason = "O CNPJ está em notação científica: uma planilha lhe tirou algarismos que não se recuperam."
        return Bad("CNPJ_NOTACAO_CIENTIFICA", reason, _SPREADSHEET)
    value = cnpj_rule.parse(text)
    if cnpj_rule.is_valid(value):
        return value
    if not value:
        return Bad("CNPJ", "Falta o CNPJ.")
    if value.isascii() and value.isdigit() and len(value) < cnpj_rule.WIDTH:
        reason = f"O CNPJ tem {len(value)} algarismos e não 14: perdeu os zeros à esquerda numa planilha."
        return Bad("CNPJ", reason, _SPREADSHEET)
    verdict = cnpj_rule.check(value)
    return Bad("CNPJ", verdict.message, verdict.remedy)


def uf(text: str) -> str | Bad:
    """The state's two letters, or ""."""
    value = text.strip().upper()
    return value if not value or value in _UFS else Bad("UF", "A UF não é a sigla de um estado.")


def regiao(text: str) -> int | Bad | None:
    """The region where plans may be sold: 1 to 6, or None."""
    value = text.strip()
    if not value:
        return None
    return (
        int(value)
        if value in "123456" and len(value) == 1
        else Bad("REGIAO", "A região não é um número de 1 a 6.")
    )


def day(text: str) -> date | Bad | None:
    """A date written dd/mm/aaaa or aaaa-mm-dd, or None."""
    value = text.strip()
    if not value:
        return None
    try:
        if found := _BRAZILIAN.fullmatch(value):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _ISO.fullmatch(value):
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    return Bad("DATA", "A data não existe ou não está no formato dd/mm/aaaa.")
