"""The professionals of the demo world in the CNS base: those who log in, and those of the simulated gov.br who may ask
for access in SGOP. All of high registration quality but two, who are told to go to a health unit. Synthetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vincula.sandbox.bases import CADSUS_COLUMNS, Row
from vincula.sandbox.examples import Person, cns, cpf

_WHOLE = {
    "nome_pai": "PAI EXEMPLO", "raca_cor": "03", "municipio_nascimento": "410690", "tipo_logradouro": "081",
    "logradouro": "DAS ARAUCARIAS", "bairro": "CENTRO", "cep": "80000000", "municipio": "4106902", "uf": "PR",
    "ddd": "41", "telefone": "900000000",
}  # fmt: skip
_NAMES = (
    ("HELENA EXEMPLO ARAUCÁRIA", 990_100_101, "F"),
    ("OTÁVIO EXEMPLO DO IPÊ", 990_100_102, "M"),
    ("RITA EXEMPLO DO MANGUE", 990_100_103, "F"),
    ("CAETANO EXEMPLO DO CERRADO", 990_100_104, "M"),
    ("ANTÔNIA EXEMPLO DA RESTINGA", 990_100_201, "F"),
    ("BENTO EXEMPLO DA CAATINGA", 990_100_202, "M"),
)
_OPERATORS = (
    ("LÚCIA EXEMPLO DA VÁRZEA", 990_100_111, "F"),
    ("MATEUS EXEMPLO DO LITORAL", 990_100_112, "M"),
    ("NAIR EXEMPLO DA CHAPADA", 990_100_113, "F"),
)


def _good(name: str, serial: int, sex: str, place: int) -> Person:
    return Person(
        name,
        f"19{70 + place}-04-0{1 + place % 9}",
        cns(9_000 + place),
        cpf(serial),
        mae=f"MAE EXEMPLO {place + 1}",
        sexo=sex,
        mais={**_WHOLE, "numero": str(100 + place), "email": f"profissional{place + 1}@exemplo.invalid"},
    )


GOOD = tuple(_good(*one, place) for place, one in enumerate(_NAMES))
POOR = Person("CLARA EXEMPLO DO PANTANAL", "1981-05-05", cns(9_100, "8"), cpf(990_100_203))
"""Nothing but name, birth and CPF is known of her."""
OPERATORS = tuple(_good(*one, place) for place, one in enumerate(_OPERATORS, 10))
UNFIT = Person("SEBASTIÃO EXEMPLO DO AGRESTE", "1983-07-07", cns(9_101, "8"), cpf(990_100_114))
"""As POOR, of the operadora: he is refused."""


def rows() -> Iterator[Row]:
    """The registrations of GOOD and POOR, in CADSUS_COLUMNS order."""
    return _rows((*GOOD, POOR), 1)


def operator_rows() -> Iterator[Row]:
    """Of OPERATORS and UNFIT, who came with a later release."""
    return _rows((*OPERATORS, UNFIT), 101)


def _rows(people: Iterable[Person], first: int) -> Iterator[Row]:
    for number, one in enumerate(people, first):
        columns = one.columns(f"PROFISSIONAL-{number}")
        yield tuple(columns.get(name, "") for name in CADSUS_COLUMNS)
