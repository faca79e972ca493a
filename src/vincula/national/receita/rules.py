"""What a row of the Receita base must satisfy, whole columns at a time. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vincula.identifiers import bulk
from vincula.identifiers import cpf as cpf_rule
from vincula.identifiers.digits import is_digits
from vincula.people.demographics import is_date, sex_from_cadsus
from vincula.people.name import identity_keys

COLUMNS = ("cpf", "nome", "nome_social", "nome_mae", "data_nascimento", "sexo", "situacao", "ano_obito")
TABLE_COLUMNS = (*COLUMNS, "nome_chave", "mae_chave")
REGULAR, SUSPENSA, FALECIDO, PENDENTE, MULTIPLICIDADE, NULA, DE_OFICIO = 0, 2, 3, 4, 5, 8, 9
SITUACOES = {
    REGULAR: "regular",
    SUSPENSA: "suspensa",
    FALECIDO: "titular falecido",
    PENDENTE: "pendente de regularização",
    MULTIPLICIDADE: "cancelada por multiplicidade",
    NULA: "nula",
    DE_OFICIO: "cancelada de ofício",
}
_SITUACOES = frozenset(str(code) for code in SITUACOES)
_NAME_LIMIT = 300

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is not taken. `message` is Portuguese, without the value."""

    code: str
    column: str
    message: str


def fault_of(row: Row) -> Fault | None:
    """The first thing that keeps a row (in the order of COLUMNS) out of the base."""
    cpf, nome, social, mae, nascimento, sexo, situacao, obito = row
    if not cpf_rule.is_valid(cpf):
        return Fault("CPF", "cpf", "O CPF não é válido: confira os 11 algarismos na origem.")
    if not nome.strip():
        return Fault("NOME", "nome", "Falta o nome civil: complete a linha na origem.")
    if max(len(nome), len(social), len(mae)) > _NAME_LIMIT:
        return Fault("TAMANHO", "nome", f"Um nome passa de {_NAME_LIMIT} caracteres: confira o separador.")
    if nascimento and not is_date(nascimento):
        return Fault("DATA", "data_nascimento", "A data não existe ou não está no formato AAAA-MM-DD.")
    if sexo and sex_from_cadsus(sexo) is None:
        return Fault("SEXO", "sexo", "O sexo não é M, F, I nem vazio.")
    if situacao not in _SITUACOES:
        codes = ", ".join(sorted(_SITUACOES))
        return Fault("SITUACAO", "situacao", f"A situação do CPF não é um dos códigos {codes}.")
    if obito and not is_digits(obito, 4):
        return Fault("ANO", "ano_obito", "O ano do óbito não tem 4 algarismos.")
    return None


def sound(rows: Sequence[Row]) -> bool:
    """Whether every row is fit, by whole columns; False also where a look at each row must decide."""
    cpf, nome, social, mae, nascimento, sexo, situacao, obito = zip(*rows, strict=True)
    joined = "".join(cpf)
    return (
        joined.isascii()
        and joined.isdigit()
        and set(map(len, cpf)) == {11}
        and bool(bulk.cpf_valid(cpf).all())
        and all(map(str.strip, nome))
        and max(map(len, nome + social + mae)) <= _NAME_LIMIT
        and all(map(is_date, set(nascimento) - {""}))
        and all(map(sex_from_cadsus, set(sexo) - {""}))
        and set(situacao) <= _SITUACOES
        and all(is_digits(year, 4) for year in set(obito) - {""})
    )


def table_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows as the table holds them (TABLE_COLUMNS): with the identity keys of the person's and the
    mother's name.
    """
    names = identity_keys([row[1] for row in rows])
    mothers = identity_keys([row[3] for row in rows])
    return [(*row, name, mother) for row, name, mother in zip(rows, names, mothers, strict=True)]
