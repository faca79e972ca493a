"""What a row of a CNS base file must satisfy to be taken, and the registration it makes. Pure.

Columns: `registro_id, cns, cns_outros (;), cpf, …, atualizado_em`, the import format of `vincula bases
load cadsus`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from vincula.identifiers import bulk
from vincula.identifiers import cns as cns_rule
from vincula.identifiers import cpf as cpf_rule
from vincula.national.cadsus.rules import UNKNOWN_PARENT
from vincula.national.cadsus.services.records import DATA, WIDTHS, Registration
from vincula.people.demographics import is_date, sex_from_cadsus
from vincula.people.name import identity_keys

REQUIRED = (
    "registro_id",
    "cns",
    "cns_outros",
    "cpf",
    "nome",
    "nome_mae",
    "sexo",
    "data_nascimento",
    "atualizado_em",
)
OPTIONAL = tuple(name for name in DATA if name not in REQUIRED)
COLUMNS = (*REQUIRED, *OPTIONAL)
_AT = {name: index for index, name in enumerate(COLUMNS)}
_data_of = itemgetter(*(_AT[name] for name in DATA))

DATES = ("data_nascimento", "data_obito", "atualizado_em")
MAX_OTHER_CARDS = 50

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is not taken. `message` is Portuguese, with the remedy, without the value."""

    code: str
    column: str
    message: str


CARD_TAKEN = Fault(
    "CNS_DE_OUTRO",
    "cns",
    "Um CNS da linha já é de outra pessoa da base: confira de quem é; se forem a mesma pessoa, unifique os cadastros.",
)


def fault_of(row: Row) -> Fault | None:
    """The first thing that keeps a row (in the order of COLUMNS) out of the base."""
    if not row[_AT["registro_id"]]:
        return Fault(
            "REGISTRO", "registro_id", "Falta o identificador do registro na origem: complete a linha."
        )
    if not row[_AT["nome"]].strip():
        return Fault("NOME", "nome", "Falta o nome: complete a linha na origem.")
    return _fault_of_numbers(row) or _fault_of_codes(row)


def _fault_of_numbers(row: Row) -> Fault | None:
    if row[_AT["cpf"]] and not cpf_rule.is_valid(row[_AT["cpf"]]):
        return Fault("CPF", "cpf", "O CPF não é válido: confira os 11 algarismos, ou deixe o campo vazio.")
    others = _others(row)
    if len(others) > MAX_OTHER_CARDS:
        return Fault("TAMANHO", "cns_outros", f"Há mais de {MAX_OTHER_CARDS} números: confira o separador.")
    for column, numbers in (("cns", [row[_AT["cns"]]]), ("cns_outros", others)):
        if not all(cns_rule.is_valid(number) for number in numbers if number):
            message = (
                "O CNS não é válido pela rotina oficial: confira os 15 algarismos (separe vários por ;)."
            )
            return Fault("CNS", column, message)
    if others and not row[_AT["cns"]]:
        return Fault(
            "CNS", "cns", "Há outros números de CNS, mas falta o principal: ponha um deles na coluna cns."
        )
    return None


def _fault_of_codes(row: Row) -> Fault | None:
    for column, width in WIDTHS.items():
        if len(row[_AT[column]]) > width:
            return Fault("TAMANHO", column, f"O valor passa de {width} caracteres: confira o separador.")
    for column in DATES:
        if row[_AT[column]] and not is_date(row[_AT[column]]):
            return Fault("DATA", column, "A data não existe ou não está no formato AAAA-MM-DD.")
    if row[_AT["sexo"]] and sex_from_cadsus(row[_AT["sexo"]]) is None:
        return Fault("SEXO", "sexo", "O sexo não é M, F, I nem vazio.")
    if row[_AT["cpf_situacao"]] not in {"", "0", "2", "3", "4", "5", "8", "9"}:
        return Fault("SITUACAO", "cpf_situacao", "A situação do CPF não é 0, 2, 3, 4, 5, 8, 9 nem vazia.")
    return None


def sound(rows: Sequence[Row]) -> bool:
    """Whether every row is fit, by whole columns; False also where a look at each row must decide."""
    columns = list(zip(*rows, strict=True))
    numbers = [number for row in rows if row[_AT["cns_outros"]] for number in _others(row)]
    return (
        all(columns[_AT["registro_id"]])
        and all(map(str.strip, columns[_AT["nome"]]))
        and _all_valid(columns[_AT["cpf"]], 11, bulk.cpf_valid)
        and all(columns[_AT["cns"]])
        and _all_valid((*columns[_AT["cns"]], *numbers), 15, bulk.cns_valid)
        and all(max(map(len, columns[_AT[name]])) <= width for name, width in WIDTHS.items())
        and all(is_date(day) for name in DATES for day in set(columns[_AT[name]]) - {""})
        and all(sex_from_cadsus(code) for code in set(columns[_AT["sexo"]]) - {""})
        and set(columns[_AT["cpf_situacao"]]) <= {"", "0", "2", "3", "4", "5", "8", "9"}
        and all(row[_AT["cns_outros"]].count(";") < MAX_OTHER_CARDS for row in rows)
    )


def _all_valid(values: Sequence[str], width: int, check: Callable[[Sequence[str]], bulk.Flags]) -> bool:
    given = [value for value in values if value]
    joined = "".join(given)
    shaped = not given or (joined.isascii() and joined.isdigit() and set(map(len, given)) == {width})
    return shaped and (not given or bool(check(given).all()))


def _others(row: Row) -> list[str]:
    text = row[_AT["cns_outros"]]
    return [number for number in text.replace(" ", "").split(";") if number] if text else []


def registrations(lines: Sequence[tuple[int, Row]]) -> Iterator[Registration]:
    """The registrations that fit rows make."""
    names = identity_keys([row[_AT["nome"]] for _, row in lines])
    mothers = identity_keys([row[_AT["nome_mae"]] for _, row in lines])
    registro, cpf, cns, changed = (_AT[n] for n in ("registro_id", "cpf", "cns", "atualizado_em"))
    for (line, row), name, mother in zip(lines, names, mothers, strict=True):
        own = row[cns]
        yield Registration(
            row[registro],
            row[cpf],
            _data_of(row),
            row[changed],
            name,
            "" if mother == UNKNOWN_PARENT else mother,
            (own, *_others(row)) if own else (),
            line,
        )
