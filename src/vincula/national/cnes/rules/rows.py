"""What a row of the archive must hold, and how the base keeps it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vincula.formats.opendata.cnes import ESTABLISHMENTS, LAYOUTS
from vincula.formats.tables.municipios import UF_BY_CODE
from vincula.identifiers.digits import is_digits
from vincula.national.cnes.rules.establishment import folded

CELL_LIMIT = 500
_AT = {name: place for place, name in enumerate(LAYOUTS[ESTABLISHMENTS].columns)}
_TEXTS = tuple(
    _AT[name]
    for name in (
        "NO_RAZAO_SOCIAL", "NO_FANTASIA", "NO_LOGRADOURO", "NU_ENDERECO", "NO_COMPLEMENTO", "NO_BAIRRO", "CO_CEP",
        "NU_TELEFONE", "NO_EMAIL", "CO_NATUREZA_JUR", "TP_GESTAO", "CO_MOTIVO_DESAB",
    )
)  # fmt: skip
COLUMNS = (
    "cnes", "razao_social", "nome_fantasia", "logradouro", "numero", "complemento", "bairro", "cep", "telefone",
    "email", "natureza_juridica", "gestao", "motivo_desativacao", "cnpj", "cnpj_mantenedora", "uf", "municipio", "tipo",
    "subtipo", "diretor_cpf", "atualizado_em", "ausente_desde", "origem", "busca",
)  # fmt: skip
"""The columns of the table, in the order of `Row.cells`."""
_UFS = frozenset(UF_BY_CODE.values())
_DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})(?: .*)?")
_CNPJ = re.compile(r"[0-9A-Z]{12}[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is refused: code, column, sentence with the remedy in Portuguese, never its content."""

    code: str
    column: str
    message: str


_SOURCE = "Confira a linha no arquivo original do CNES: uma planilha tira zeros à esquerda."


def number_of(cnes: str) -> int | None:
    """The CNES as a number, where it is 7 digits."""
    return int(cnes) if is_digits(cnes, 7) else None


def fault_of(row: Sequence[str]) -> Fault | None:
    """What refuses a row of tbEstabelecimento, if anything: what says which establishment it is and of which type."""
    cnes, unit, kind = (
        row[_AT["CO_CNES"]].strip(),
        row[_AT["CO_UNIDADE"]].strip(),
        row[_AT["TP_UNIDADE"]].strip(),
    )
    if not is_digits(cnes, 7):
        return Fault("CNES", "CO_CNES", f"O CNES não tem 7 algarismos. {_SOURCE}")
    if not is_digits(unit, 13) or unit[6:] != cnes:
        return Fault(
            "UNIDADE",
            "CO_UNIDADE",
            f"O código da unidade não é o do município (6 algarismos) seguido do CNES. {_SOURCE}",
        )
    if kind and code(kind) is None:
        return Fault(
            "TIPO", "TP_UNIDADE", f"O tipo do estabelecimento não é um número de até 3 algarismos. {_SOURCE}"
        )
    if not row[_AT["NO_RAZAO_SOCIAL"]].strip() and not row[_AT["NO_FANTASIA"]].strip():
        return Fault(
            "NOME", "NO_RAZAO_SOCIAL", "Falta o nome do estabelecimento. Confira a linha no arquivo original."
        )
    if max(map(len, row)) > CELL_LIMIT:
        return Fault("TAMANHO", "", f"Um campo passa de {CELL_LIMIT} caracteres. Confira as aspas da linha.")
    return None


def code(text: str) -> int | None:
    """A code of a table as the integer that it is ("005" and "5" are the same, decision 7); None: it is none."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else None


def kind_of(row: Sequence[str]) -> int | None:
    """The type (TP_UNIDADE) of a row."""
    return code(row[_AT["TP_UNIDADE"]])


def cnes_of(row: Sequence[str]) -> str:
    """The CNES of a row, as written."""
    return row[_AT["CO_CNES"]].strip()


def cells(row: Sequence[str], subtype: int | None) -> tuple[object, ...]:
    """A row without fault as the table holds it, in the order of COLUMNS.

    A director's CPF that is not 11 digits, a CNPJ that is not 14 characters, a date that is none: as if not given.
    """
    texts = [row[at].strip() for at in _TEXTS]
    kind = kind_of(row)
    place = row[_AT["CO_MUNICIPIO_GESTOR"]].strip()[:6]
    place = place if is_digits(place, 6) else ""
    return (
        cnes_of(row), *texts, _cnpj(row[_AT["NU_CNPJ"]]), _cnpj(row[_AT["NU_CNPJ_MANTENEDORA"]]),
        _uf(row[_AT["CO_ESTADO_GESTOR"]].strip(), place), place, kind, subtype,
        cpf(row[_AT["CO_CPFDIRETORCLN"]]), day(row[_AT["DT_ATUALIZACAO"]]), None, "CARGA",
        folded(f"{texts[0]} {texts[1]}"),
    )  # fmt: skip


def cpf(text: str) -> str:
    """11 digits, or ""; without punctuation."""
    value = text.strip().replace(".", "").replace("-", "")
    return value if is_digits(value, 11) and value.strip("0") else ""


def day(text: str) -> str | None:
    """dd/mm/aaaa as aaaa-mm-dd; None where it is no day."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return None


def _cnpj(text: str) -> str:
    value = text.strip().upper()
    return value if _CNPJ.fullmatch(value) and value.strip("0") else ""


def _uf(state: str, place: str) -> str:
    return UF_BY_CODE.get(state) or (state if state in _UFS else UF_BY_CODE.get(place[:2], ""))
