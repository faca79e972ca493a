"""The persons of the examples in docs/protocols, of the demo world and of the tests over the wire alike: whoever copies
a request from the pages finds them. Synthetic, as everybody here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from vincula.identifiers import cpf as cpf_rule
from vincula.sandbox.bases import CADSUS_COLUMNS, RECEITA_COLUMNS, Row

UPDATED = "2026-01-01"


def cns(serial: int, prefix: str = "7") -> str:
    """A number that is right by the rule: prefix, serial and what makes the weighted sum divisible by 11."""
    numbers = (f"{prefix}{serial:012d}{tail:02d}" for tail in range(100))
    weights = range(15, 0, -1)
    return next(n for n in numbers if sum(int(d) * w for d, w in zip(n, weights, strict=True)) % 11 == 0)


def cpf(serial: int) -> str:
    return cpf_rule.complete(f"{serial:09d}")


@dataclass(frozen=True)
class Person:
    """`nascimento`: `AAAA-MM-DD`; `outros`: cards beside `cns`; `mais`: other columns of the base's file."""

    nome: str
    nascimento: str
    cns: str
    cpf: str = ""
    outros: tuple[str, ...] = ()
    mae: str = ""
    sexo: str = "F"
    mais: dict[str, str] = field(default_factory=dict)

    def columns(self, registro: str) -> dict[str, str]:
        """By the names of the base's columns; `registro`: what the file calls this registration."""
        return {
            "registro_id": registro, "cns": self.cns, "cns_outros": ";".join(self.outros), "cpf": self.cpf,
            "nome": self.nome, "nome_mae": self.mae, "sexo": self.sexo, "data_nascimento": self.nascimento,
            "atualizado_em": UPDATED, **self.mais,
        }  # fmt: skip


MARIA = Person(
    "MARIA EXEMPLO DA SILVA", "1985-03-12", "700000000000005", "11144477735", ("800000000000001",),
    "ANA EXEMPLO DA SILVA", "F",
    {
        "nome_social": "MARI EXEMPLO", "nome_pai": "JOSE EXEMPLO DA SILVA", "raca_cor": "03",
        "municipio_nascimento": "520870", "pis": "12056412545", "tipo_logradouro": "081", "logradouro": "DAS FLORES",
        "numero": "100", "bairro": "CENTRO", "cep": "74000000", "municipio": "5208707", "uf": "GO", "ddd": "62",
        "telefone": "900000000", "email": "maria@example.org",
    },
)  # fmt: skip
JOSE = Person("JOSÉ D'ÁVILA SEM CPF", "1950-01-02", "898000000000002", mae="RITA D'ÁVILA", sexo="M")
FAMOSA = Person("FAMOSA PESSOA DE TESTE", "1970-07-07", cns(7), cpf(700_000_007), mae="MAE DA FAMOSA")
"""VIP."""
PROTEGIDA = Person(
    "PROTEGIDA PESSOA DE TESTE", "1971-08-08", cns(8), cpf(700_000_008), mae="MAE DA PROTEGIDA"
)
"""Witness under protection."""
_TWELVE = ("UM", "DOIS", "TRES", "QUATRO", "CINCO", "SEIS", "SETE", "OITO", "NOVE", "DEZ", "ONZE", "DOZE")
NAMESAKES = [
    Person(
        "JOANA NUMEROSA DE SOUZA",
        f"{1960 + n}-02-03",
        cns(100 + n),
        cpf(710_000_000 + n),
        mae=f"MAE NUMERO {word}",
    )
    for n, word in enumerate(_TWELVE)
]
EVERYBODY = (MARIA, JOSE, FAMOSA, PROTEGIDA, *NAMESAKES)
TO_COME = (
    Person("JOANA DAS NEVES LIMA", "1984-02-29", "", "73000900101"),
    Person("NAIR FERREIRA LIMA", "1985-03-12", "", "73000900284"),
)
"""Whom the examples register: not in the base, but the Receita knows them, else they would be refused. It knows no
mother of theirs, so that the examples can correct her name."""


def rows() -> Iterator[Row]:
    """Their registrations, in CADSUS_COLUMNS order."""
    for number, one in enumerate(EVERYBODY, 1):
        columns = one.columns(f"EXEMPLO-{number}")
        yield tuple(columns.get(name, "") for name in CADSUS_COLUMNS)


def receita_rows() -> Iterator[Row]:
    """Whom the examples register, in RECEITA_COLUMNS order."""
    for one in TO_COME:
        columns = {
            "cpf": one.cpf, "nome": one.nome, "nome_mae": one.mae, "data_nascimento": one.nascimento,
            "sexo": one.sexo, "situacao": "0",
        }  # fmt: skip
        yield tuple(columns.get(name, "") for name in RECEITA_COLUMNS)
